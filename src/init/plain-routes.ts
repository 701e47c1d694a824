import { caseAt, literalAt, methodOf, type Site, siteAt } from './handler-code.ts';
import { UNFIT } from './handler-needs.ts';

/** A route of code without a framework. `open`: whether it can be requested as it is written. */
export type PlainRoute = { method: string; route: string; open: boolean };

const PATH = '(\\/[\\w./~-]*)';
/** A path that may have values, as `/items/:id` and `/items/{id}`. */
const TEMPLATE = '(\\/[\\w./~:{}-]*)';
const QUOTE = '["\'`]';
const METHOD = '(GET|POST|PUT|PATCH|DELETE)';
/**
 * What holds the path of a request: `req.url`, `url.pathname`, `path`, `req.url.split('?')[0]`. Repetitions have bounds:
 * a bundle may be a single line.
 */
const SUBJECT = '((?:[\\w$]{1,40}\\??\\.){0,4}(?:\\w{0,30}(?:[uU]rl|[pP]ath(?:[nN]ame)?)|route))';
const CUT = '(?:\\??\\.split\\([^)]{0,40}\\)\\??\\.?\\[0\\])?';

const COMPARED = new RegExp(`\\b${SUBJECT}${CUT}\\s*(===?|!==?)\\s*${QUOTE}${PATH}${QUOTE}`, 'g');
const REVERSED = new RegExp(`${QUOTE}${PATH}${QUOTE}\\s*(===?|!==?)\\s*${SUBJECT}\\b`, 'g');
const STARTS = new RegExp(`(!?)\\b${SUBJECT}\\??\\.startsWith\\(\\s*${QUOTE}${PATH}${QUOTE}\\s*\\)`, 'g');
/** `/^\/items\/(\d+)$/.exec(pathname)`, and `pathname.match(…)` of one. */
const PATTERN = '\\/\\^((?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n]){0,40}\\]|[^/\\\\\\n[]){1,120})\\/[iu]{0,2}';
const TESTED = new RegExp(`${PATTERN}\\.(?:exec|test)\\(\\s{0,9}${SUBJECT}`, 'g');
const MATCHED = new RegExp(`\\b${SUBJECT}${CUT}\\??\\.match\\(\\s{0,9}${PATTERN}`, 'g');
const CASE = new RegExp(`\\bcase\\s+${QUOTE}${PATH}${QUOTE}\\s*:`, 'g');
/** `'GET /x': list`, `case 'GET /x':`, `routes.set('GET /x', list)`; not what a client is told to request. */
const KEYED = new RegExp(
  `(?<!\\b(?:request|fetch|log|info|debug)\\(\\s{0,9})${QUOTE}${METHOD} ${TEMPLATE}${QUOTE}`,
  'g',
);
/** `route('GET', '/x', list)` of a router of one's own. */
const CALLED = new RegExp(
  `\\b(?:\\w*[rR]oute[rs]?(?:\\.\\w+)?|on|add|handle|register|endpoint)\\(\\s*${QUOTE}${METHOD}${QUOTE}\\s*,\\s*${QUOTE}${TEMPLATE}${QUOTE}\\s*,`,
  'g',
);
/** `{ method: 'GET', path: '/x', handler }` */
const LISTED = new RegExp(
  `\\bmethod:\\s*${QUOTE}${METHOD}${QUOTE}\\s*,\\s*(?:path|url|pathname|route):\\s*${QUOTE}${TEMPLATE}${QUOTE}\\s*,\\s*handle`,
  'g',
);
/** `routes[pathname]`, `routes.get(url.pathname)`: the keys of the table of that name are paths. */
const LOOKED_UP = new RegExp(
  `\\b([\\w$]{1,40})(?:(?:\\?\\.)?\\[\\s{0,9}${SUBJECT}\\s{0,9}\\]|\\.get\\(\\s{0,9}${SUBJECT}\\s{0,9}\\))`,
  'g',
);
const KEY = new RegExp(
  `(?:[{,[]\\s{0,40}|^[ \\t]{0,40})${QUOTE}${PATH}${QUOTE}\\s{0,40}[:,](?:\\s{0,40}\\{\\s{0,40}${METHOD}\\b)?`,
  'gm',
);

/** Code that answers requests; a client compares paths as well. */
const ANSWERS =
  /\bcreateServer\(|\bIncomingMessage\b|\.writeHead\(|\b(?:res|response|reply)\.(?:end|statusCode|setHeader)\b|\b(?:Bun|Deno)\.serve\(/;
const OF_A_PAGE = /\b(?:window|location|history|router|nextUrl|document)\b/;
const IN_PASSING = /^\/(?:favicon\.ico|static|assets|public)\b/;

/** More than these are nobody's handler: a bundle, or a table of something else. */
const MOST = 200;
const MOST_TABLES = 4;

/** Routes of a source that compares paths itself, as services of plain `node:http` do, in the order in which they stand. */
export function plainRoutes(text: string): PlainRoute[] {
  if (!ANSWERS.test(text)) return listed(text);
  const code = text.replace(/^[ \t]*(?:\/\/|\/?\*).*$/gm, '');
  const found = [...comparisons(code), ...cases(code), ...beginnings(code), ...patterns(code)]
    .filter(({ site, route }) => !isUpgrade(site) && !UNFIT.test(site.body) && !IN_PASSING.test(route))
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST);
  // `/api` in front of `/api/items` lets through what the others answer.
  const passes = (one: Sighting) =>
    one.kind === 'beginning' && found.some((other) => other.route.startsWith(`${one.route}/`));
  const seen = found.filter((one) => !passes(one));
  return [
    // Behind a slash something has to follow.
    ...seen.map(({ site, route, kind }) => ({
      method: methodOf(site),
      route,
      open: kind === 'whole' || !route.endsWith('/'),
    })),
    ...looked(code),
    ...pairs(code.matchAll(KEYED)),
    ...listed(code),
  ];
}

type Sighting = { at: number; site: Site; route: string; kind: 'whole' | 'beginning' };

function* comparisons(code: string): Generator<Sighting> {
  const found = [
    ...[...code.matchAll(COMPARED)].map((match) => ({
      match,
      subject: match[1],
      sign: match[2],
      route: match[3],
    })),
    ...[...code.matchAll(REVERSED)].map((match) => ({
      match,
      subject: match[3],
      sign: match[2],
      route: match[1],
    })),
  ];
  for (const { match, subject = '', sign = '', route = '' } of found) {
    if (OF_A_PAGE.test(subject)) continue;
    const site = siteAt(code, match.index, match[0].length);
    // What runs where a path is *not* this one tells nothing about it.
    yield {
      at: match.index,
      site: sign.startsWith('!') ? { ...site, body: '' } : site,
      route,
      kind: 'whole',
    };
  }
}

function* cases(code: string): Generator<Sighting> {
  for (const { index: at, 0: whole, 1: route = '' } of code.matchAll(CASE))
    yield { at, site: caseAt(code, at, whole.length), route, kind: 'whole' };
}

function* beginnings(code: string): Generator<Sighting> {
  for (const { index: at, 0: whole, 1: not, 2: subject = '', 3: route = '' } of code.matchAll(STARTS)) {
    if (not === '!' || route === '/' || OF_A_PAGE.test(subject)) continue;
    yield { at, site: siteAt(code, at, whole.length), route, kind: 'beginning' };
  }
}

function* patterns(code: string): Generator<Sighting> {
  const found = [
    ...[...code.matchAll(TESTED)].map((match) => ({ match, pattern: match[1], subject: match[2] })),
    ...[...code.matchAll(MATCHED)].map((match) => ({ match, pattern: match[2], subject: match[1] })),
  ];
  for (const { match, pattern = '', subject = '' } of found) {
    const route = templateOf(pattern);
    if (route === null || OF_A_PAGE.test(subject)) continue;
    yield { at: match.index, site: siteOfPattern(code, match), ...route };
  }
}

/** Where what was found is asked for: after `const match = …`, in a condition of its name. */
function siteOfPattern(code: string, { index, 0: whole }: RegExpExecArray): Site {
  const [, name] =
    /(?:const|let|var)\s+([\w$]+)\s*=\s*$/.exec(code.slice(Math.max(0, index - 80), index)) ?? [];
  const asked =
    name === undefined
      ? null
      : new RegExp(`\\bif\\s*\\([^;{}]{0,120}?\\b${name.replaceAll('$', '\\$')}\\b`).exec(
          code.slice(index + whole.length, index + whole.length + 600),
        );
  if (asked === null || name === undefined) return siteAt(code, index, whole.length);
  const end = index + whole.length + asked.index + asked[0].length;
  return siteAt(code, end - name.length, name.length);
}

/** The route that a regular expression after `^` stands for, its groups and classes as values; null where it is another thing. */
function templateOf(pattern: string): { route: string; kind: Sighting['kind'] } | null {
  const ends = pattern.endsWith('$');
  const text = (ends ? pattern.slice(0, -1) : pattern)
    .replaceAll('\\/', '/')
    .replace(/\/\?$/, '')
    .replace(/\(\?<(\w+)>[^()]*\)[+*]?/g, ':$1')
    .replace(/\((?:\?:)?[^()]*\)[+*]?/g, ':id')
    .replace(/(?:\[[^\]]*\]|\\[dwS])(?:[+*]|\{[\d,]*\})?/g, ':id')
    .replaceAll('\\.', '.')
    .replaceAll('\\-', '-');
  if (!/^\/[\w./~:-]*$/.test(text) || text === '/') return null;
  return { route: text, kind: ends ? 'whole' : 'beginning' };
}

/** The keys of the tables that the path is looked up in, for the method that it is looked up for. */
function looked(code: string): PlainRoute[] {
  const tables = [...code.matchAll(LOOKED_UP)].slice(0, MOST_TABLES);
  return tables.flatMap((lookup) => {
    const [whole, table = ''] = lookup;
    const asked = methodOf(siteAt(code, lookup.index, whole.length));
    const name = table.replaceAll('$', '\\$');
    const definition = new RegExp(`\\b${name}\\b[^=;\\n]{0,200}=\\s{0,40}(?=[{[n])`).exec(code);
    const start = definition === null ? -1 : definition.index + definition[0].length;
    const set = new RegExp(`\\b${name}\\.set\\(\\s{0,40}${QUOTE}${PATH}${QUOTE}\\s{0,9},`, 'g');
    return [...[...(start < 0 ? '' : literalAt(code, start)).matchAll(KEY)], ...code.matchAll(set)].map(
      ([, route = '', method = asked]) => ({ method, route, open: true }),
    );
  });
}

const listed = (code: string): PlainRoute[] => [
  ...pairs(code.matchAll(CALLED)),
  ...pairs(code.matchAll(LISTED)),
];

const pairs = (matches: Iterable<RegExpExecArray>): PlainRoute[] =>
  [...matches].map(([, method = '', route = '']) => ({ method, route, open: true }));

const isUpgrade = (site: Site): boolean => site.around.some(({ header }) => /["'`]upgrade["'`]/.test(header));
