import { UsageError } from '../domain/errors.ts';

/**
 * The config that a start command and a URL stand for: one HTTP scenario, `default`, that gets the URL's path.
 * JSON, so that it is read like any other. `conceal`: the URL's query may hold a secret.
 */
export function configFreeText(
  {
    start,
    url = 'http://127.0.0.1:${PORT}/',
  }: {
    start?: string | undefined;
    url?: string | undefined;
  },
  conceal = false,
): string {
  const match = /^(https?:\/\/[^/?#\s]+)([^#\s]*)$/.exec(url);
  if (match === null)
    throw new UsageError(
      `url: ${JSON.stringify(url)} is not an http or https URL such as http://127.0.0.1:3000/health`,
    );
  const [, origin, rest = ''] = match;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const [shown = path, query] = path.split('?', 2);
  // Names are in comments and baselines, which nobody masks.
  const request = query === undefined || !conceal ? `GET ${path}` : { name: `GET ${shown}`, path };
  return JSON.stringify({
    target: { ...(start === undefined ? {} : { start }), url: origin },
    scenarios: { default: { type: 'http', requests: [request] } },
  });
}
