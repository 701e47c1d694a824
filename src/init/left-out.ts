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
export function leftExample(left: readonly string[]): string[] {
  const withBody = left.find((one) => /^(?:POST|PUT|PATCH) [^ :{<[*…]*$/.test(one));
  const withValue = left.find((one) => /^GET [^ *]*[:{<[…][^ *]*$/.test(one));
  const requests = [
    ...(withBody === undefined
      ? []
      : [
          `{ ${methodOf(withBody)}path: ${pathOf(withBody)}, json: { name: "\${uuid}" }, expect: { status: 2xx } }`,
        ]),
    ...(withValue === undefined ? [] : [`{ path: ${pathOf(withValue)} }`]),
  ];
  return requests.length === 0
    ? []
    : ['mixed:', '  type: http', '  requests:', ...requests.map((one) => `    - ${one}`)];
}

/** POST goes without saying where there is a body. */
const methodOf = (route: string): string =>
  route.startsWith('POST ') ? '' : `method: ${route.slice(0, route.indexOf(' '))}, `;

const pathOf = (route: string): string => {
  const path = route.slice(route.indexOf(' ') + 1).replace(VALUE, '${int:1:100}');
  return /^\/[\w./-]*$/.test(path) ? path : JSON.stringify(path);
};
