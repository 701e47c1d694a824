import type { Finding, Listening, Place } from './finding.ts';
import { listeningOf, portArgument } from './listening.ts';

/** Programs that listen on PORT without being told in their arguments. */
const KNOWN = /\b(?:gunicorn|puma|next start|nuxt start|serve)\b/;

/** The `web:` line of a Procfile: a deployed service has its command there. */
export function procfileStart({ tree }: Place): { start: Finding<string>; listening: Listening } | null {
  const command = /^web:[ \t]*(\S.*)$/m.exec(tree.read('Procfile') ?? '')?.[1]?.trim();
  if (command === undefined) return null;
  const why = 'the line "web" of the Procfile';
  const start = { value: command, why };
  if (/\$\{?PORT\b/.test(command)) return { start, listening: { type: 'free', why: `${why} says $PORT` } };
  const port = portArgument(command);
  if (port !== undefined)
    return { start, listening: { type: 'fixed', port, why: `${why} says port ${port}` } };
  if (KNOWN.test(command))
    return { start, listening: { type: 'free', why: `${why} runs what listens on PORT` } };
  const named = [...command.matchAll(/[\w./-]+\.(?:[cm]?[jt]s|py|rb)\b/g)].map(([path]) =>
    path.replace(/^\.\//, ''),
  );
  return { start, listening: listeningOf(tree, named) };
}
