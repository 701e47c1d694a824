const FILE = /\/contents\/./;

/**
 * What is needed of an answer, by the end of its path: names of its fields, or `[]` for a list. A proxy's page, or half of
 * a document, comes with status 200 too; read as an answer it would say "nothing there", or end a run with a stack.
 */
const NEEDED: readonly [method: string, path: RegExp, fields: readonly string[] | '[]'][] = [
  ['GET', /^\/repos\/[^/]+\/[^/]+$/, ['default_branch']],
  ['GET', /\/git\/ref\/./, ['object']],
  ['GET', /\/git\/commits\/[^/]+$/, ['sha', 'tree']],
  ['GET', /\/git\/trees\/[^/]+$/, ['sha', 'tree']],
  ['GET', /\/git\/blobs\/[^/]+$/, ['sha', 'content']],
  ['POST', /\/git\/(blobs|trees|commits)$/, ['sha']],
  ['GET', FILE, ['type']],
  ['GET', /\/commits$/, '[]'],
  ['GET', /\/issues\/[^/]+\/comments$/, '[]'],
  ['GET', /\/issues\/comments\/[^/]+$/, ['id', 'user']],
  ['POST', /\/issues\/[^/]+\/comments$/, ['id']],
  ['PATCH', /\/issues\/comments\/[^/]+$/, ['id']],
  ['GET', /\/pulls$/, '[]'],
  ['GET', /\/pulls\/[^/]+$/, ['number', 'head', 'base']],
  ['GET', /\/collaborators\/[^/]+\/permission$/, ['permission']],
  ['GET', /\/actions\/artifacts\/[^/]+$/, ['id', 'name']],
  ['GET', /\/actions\/runs\/[^/]+$/, ['id', 'path', 'event', 'head_sha']],
  ['GET', /\/actions\/runs\/[^/]+\/artifacts$/, ['artifacts']],
  ['GET', /\/actions\/runs\/[^/]+\/jobs$/, ['jobs']],
  ['GET', /\/actions\/(workflows\/[^/]+\/)?runs$/, ['workflow_runs']],
  ['GET', /\/check-runs$/, ['check_runs']],
  ['POST', /\/check-runs$/, ['id']],
  ['PATCH', /\/check-runs\/[^/]+$/, ['id']],
];

/** What an answer to a request lacks, in words, or null. `url`: a template of Octokit's or a whole address. */
export function lacking(method: string, url: string, data: unknown): string | null {
  const { pathname } = new URL(url, 'https://api.github.com');
  const path = pathname.replace(/^\/api\/v3(?=\/)/, '');
  const isGraphql = method === 'POST' && path.endsWith('/graphql');
  const needed = NEEDED.find(([of, pattern]) => of === method && pattern.test(path))?.[2];
  if (isGraphql) return has(data, 'data') || has(data, 'errors') ? null : 'it has no `data`';
  if (needed === undefined) return null;
  if (needed === '[]') return Array.isArray(data) ? null : 'it is no list';
  // A folder is the list of its files.
  if (FILE.test(path) && Array.isArray(data)) return null;
  const missing = needed.find((field) => !has(data, field));
  return missing === undefined ? null : `it has no \`${missing}\``;
}

function has(data: unknown, field: string): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, field);
}
