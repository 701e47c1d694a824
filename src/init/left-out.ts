/** A value in a path: `:id`, `{id}`, `<int:id>`, `[id]`, and what follows a beginning. */
const VALUE = /:\w+\??|\{[^}]*\}|<[^>]*>|\[[^\]]*\]|…$/g;
/** So many routes are named; the author knows the others. */
const MOST_SHOWN = 8;

/** Routes such as `POST /orders` and `GET /items/…`, as a list in words. */
export function leftWords(left: readonly string[], most = MOST_SHOWN): string {
  const more = left.length - most;
  return `${left.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Lines of YAML: a scenario that requests one route with a body and one with a value, as far as there are such. */
export function leftExample(
  left: readonly string[],
  bodies: ReadonlyMap<string, string> = new Map(),
): string[] {
  const plain = left.filter((one) => PLAIN.test(pathOf(one)));
  const isOfBody = (one: string) => /^(?:POST|PUT|PATCH) /.test(one) && !pathOf(one).includes('${');
  const withBody = plain.find((one) => bodies.has(one)) ?? plain.find(isOfBody);
  const withValue = plain.find((one) => one.startsWith('GET ') && pathOf(one).includes('${'));
  const requests = [
    ...(withBody === undefined
      ? []
      : [
          `{ ${methodOf(withBody)}path: ${quoted(withBody)}, json: ${bodies.get(withBody) ?? '{ name: "${uuid}" }'}, expect: { status: 2xx } }`,
        ]),
    ...(withValue === undefined ? [] : [`{ path: ${quoted(withValue)} }`]),
  ];
  return requests.length === 0
    ? []
    : ['mixed:', '  type: http', '  requests:', ...requests.map((one) => `    - ${one}`)];
}

/** A path that a request may have. What is left for a reason has that behind it, and is no example. */
const PLAIN = /^(?:[\w./~-]|\$\{int:1:100\})+$/;

/** POST goes without saying where there is a body. */
const methodOf = (route: string): string =>
  route.startsWith('POST ') ? '' : `method: ${route.slice(0, route.indexOf(' '))}, `;

const pathOf = (route: string): string => route.slice(route.indexOf(' ') + 1).replace(VALUE, '${int:1:100}');

const quoted = (route: string): string => {
  const path = pathOf(route);
  return /^\/[\w./-]*$/.test(path) ? path : JSON.stringify(path);
};
