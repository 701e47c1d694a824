import { NEEDS_KEY, needOf } from './handler-needs.ts';
import type { Seen } from './mounts.ts';
import { sources, type Tree } from './tree.ts';

const CONTROLLER =
  /@Controller\(\s*(?:["'`]([^"'`]*)["'`]|\{[^}]*\bpath:\s*["'`]([^"'`]*)["'`][^}]*\})?\s*\)/;
const VERB = /@(Get|Post|Put|Patch|Delete)\(\s*(?:["'`]([^"'`]*)["'`])?\s*\)((?:\s*@\w+\([^)]*\))*)/g;
const GLOBAL_PREFIX = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*([,)])/;
const GUARDED = /@(?:UseGuards|Roles|Auth\w*)\(/;

/** Routes of Nest controllers. */
export function* nestRoutes(tree: Tree, first: readonly string[]): Generator<Seen> {
  const all = [...sources(tree, first)].filter(({ path }) => /\.[jt]s$/.test(path));
  const versioned = all.some(({ text }) => /enableVersioning\(/.test(text));
  const [, prefix = '', more] =
    all.map(({ text }) => GLOBAL_PREFIX.exec(text)).find((found) => found !== null) ?? [];
  const everywhere = all.some(({ text }) => /\bAPP_GUARD\b|useGlobalGuards\(/.test(text));
  for (const { path: file, text } of all) {
    const controller = CONTROLLER.exec(text);
    if (controller === null) continue;
    const own = controller[1] ?? controller[2] ?? '';
    // Which controllers are left out of the prefix would have to be read as Nest reads it.
    const lost =
      versioned ||
      (more === ',' &&
        new RegExp(`exclude[\\s\\S]{0,300}["'\`]/?${escaped(own)}\\b`).test(
          all.map((one) => one.text).join('\n'),
        ));
    const guarded = everywhere || GUARDED.test(aroundController(text, controller.index));
    for (const match of text.matchAll(VERB)) {
      const [whole, verb = '', route = '', decorators = ''] = match;
      const before =
        /(?:@\w+\([^)]*\)\s*)+$/.exec(text.slice(Math.max(0, match.index - 200), match.index))?.[0] ?? '';
      const parts = [lost ? '' : prefix, own, route].flatMap((part) => part.split('/'));
      const reason =
        guarded || GUARDED.test(decorators + before)
          ? NEEDS_KEY
          : takesInput(text, match.index + whole.length)
            ? 'it may need a value of the request'
            : needOf(text.slice(match.index, match.index + 800).split(VERB_AFTER)[0] ?? '');
      yield {
        method: verb.toUpperCase(),
        route: `/${parts.filter((part) => part !== '').join('/')}`,
        file,
        ...(reason === undefined || route.includes(':') ? {} : { reason }),
        ...(lost ? { lost: true } : {}),
      };
    }
  }
}

/** The decorators of a controller: what stands around its own, up to the class. */
function aroundController(text: string, at: number): string {
  const before = /(?:@\w+\([^)]*\)\s*)*$/.exec(text.slice(Math.max(0, at - 400), at))?.[0] ?? '';
  return before + (text.slice(at, at + 400).split(/\bclass\b/)[0] ?? '');
}

const escaped = (text: string): string => text.replace(/[^\w/-]/g, '\\$&');
/** Where the next handler begins. */
const VERB_AFTER = /(?<=[\s\S]{5})@(?:Get|Post|Put|Patch|Delete)\(/;

/** Whether the handler below a decorator asks for something of the request. */
function takesInput(text: string, at: number): boolean {
  const handler = text.slice(at).split(/\{|;/)[0] ?? '';
  return /@(?:Param|Query|Headers|Body|Req|Session|User|CurrentUser)\(/.test(handler);
}

const DJANGO = /\bpath\(\s*["']([\w/-]*)["']\s*,(?!\s*(?:include|admin)\b)/g;

/** Routes of a Django project's own urls.py, which stands beside its settings. */
export function* djangoRoutes(tree: Tree): Generator<Seen> {
  for (const path of tree.paths.filter((one) => /(?:^|\/)urls\.py$/.test(one))) {
    const folder = path.slice(0, -'urls.py'.length);
    if (!tree.paths.some((one) => one === `${folder}wsgi.py` || one === `${folder}settings.py`)) continue;
    for (const [, route = ''] of (tree.read(path) ?? '').matchAll(DJANGO))
      yield { method: 'GET', route: `/${route}`, file: path };
  }
}
