import { sources, type Tree } from './tree.ts';

export type Route = { route: string; path: string };

const CONTROLLER =
  /@Controller\(\s*(?:["'`]([^"'`]*)["'`]|\{[^}]*\bpath:\s*["'`]([^"'`]*)["'`][^}]*\})?\s*\)/;
const GET = /@Get\(\s*(?:["'`]([^"'`]*)["'`])?\s*\)((?:\s*@\w+\([^)]*\))*)/g;
const GLOBAL_PREFIX = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*[,)]/;
/** What needs more than its path: a version, a user, a value of the query. */
const GUARDED = /enableVersioning\(|@UseGuards\(/;

/** GET routes of Nest controllers that need no parameter. */
export function* nestRoutes(tree: Tree, first: readonly string[]): Generator<Route> {
  const all = [...sources(tree, first)].filter(({ path }) => /\.[jt]s$/.test(path));
  if (all.some(({ text }) => /enableVersioning\(/.test(text))) return;
  const prefix =
    all.map(({ text }) => GLOBAL_PREFIX.exec(text)?.[1]).find((found) => found !== undefined) ?? '';
  for (const { path, text } of all) {
    const controller = CONTROLLER.exec(text);
    if (controller === null || GUARDED.test(text)) continue;
    for (const match of text.matchAll(GET)) {
      const [, own = '', decorators = ''] = match;
      if (GUARDED.test(decorators) || takesInput(text, match)) continue;
      const parts = [prefix, controller[1] ?? controller[2] ?? '', own].flatMap((part) => part.split('/'));
      const route = `/${parts.filter((part) => part !== '').join('/')}`;
      if (/^\/[\w./~-]*$/.test(route)) yield { route, path };
    }
  }
}

/** Whether the handler below a decorator asks for something of the request. */
function takesInput(text: string, match: RegExpExecArray): boolean {
  const handler = text.slice(match.index + match[0].length).split(/\{|;/)[0] ?? '';
  return /@(?:Param|Query|Headers|Body)\(/.test(handler);
}

const DJANGO = /\bpath\(\s*["']([\w/-]*)["']\s*,(?!\s*(?:include|admin)\b)/g;

/** Routes of a Django project's own urls.py, which stands beside its settings. */
export function* djangoRoutes(tree: Tree): Generator<Route> {
  for (const path of tree.paths.filter((one) => /(?:^|\/)urls\.py$/.test(one))) {
    const folder = path.slice(0, -'urls.py'.length);
    if (!tree.paths.some((one) => one === `${folder}wsgi.py` || one === `${folder}settings.py`)) continue;
    for (const [, route = ''] of (tree.read(path) ?? '').matchAll(DJANGO)) yield { route: `/${route}`, path };
  }
}
