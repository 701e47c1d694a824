import { parse } from 'yaml';
import type { Tree } from './tree.ts';

const DOCUMENT = /(?:^|\/)(?:openapi|swagger|api-docs|api-spec)(?:[.-][\w.-]*)?\.(?:json|ya?ml)$/i;
const PATH = /^\/[^\s#{}$"]*$/;

export type ApiRoutes = {
  file: string;
  /** Paths of GET operations that need neither a parameter nor a key. */
  open: string[];
  /** How many GET operations want a key, and how many a parameter. */
  guarded: number;
  parametrised: number;
};

type Mapping = Record<string, unknown>;
const mappingOf = (value: unknown): Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** GET routes of the repository's OpenAPI (or Swagger 2) document; null where there is none that can be read. */
export function apiRoutes(tree: Tree): ApiRoutes | null {
  for (const file of tree.paths.filter((path) => DOCUMENT.test(path))) {
    const document = documentOf(tree.read(file));
    if (document !== null) return routesOf(file, document);
  }
  return null;
}

function documentOf(text: string | null): Mapping | null {
  try {
    const document = mappingOf(text === null ? null : parse(text, { logLevel: 'silent' }));
    const known = typeof document.openapi === 'string' || document.swagger !== undefined;
    return known && document.paths !== undefined ? document : null;
  } catch {
    return null;
  }
}

function routesOf(file: string, document: Mapping): ApiRoutes {
  const found: ApiRoutes = { file, open: [], guarded: 0, parametrised: 0 };
  const base = basePath(document);
  for (const [path, value] of Object.entries(mappingOf(document.paths))) {
    const item = resolved(document, value);
    const operation = mappingOf(item.get);
    if (item.get === undefined || operation.deprecated === true) continue;
    const full = `${base}${path}`;
    const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)];
    if (path.includes('{') || parameters.some((parameter) => isRequired(resolved(document, parameter))))
      found.parametrised += 1;
    else if (isGuarded(operation.security ?? document.security)) found.guarded += 1;
    else if (PATH.test(full) && !isStream(operation)) found.open.push(full);
  }
  return found;
}

/** A path parameter is required whatever it says; a default of the server's own makes one optional. */
const isRequired = (parameter: Mapping): boolean =>
  parameter.in === 'path' || (parameter.required === true && parameter.in !== 'cookie');

/** An empty alternative (`{}`) means that a key is not needed. */
function isGuarded(security: unknown): boolean {
  const alternatives = listOf(security);
  return alternatives.length > 0 && !alternatives.some((one) => Object.keys(mappingOf(one)).length === 0);
}

/** An event stream never ends: as a request it would only time out. */
function isStream(operation: Mapping): boolean {
  return Object.values(mappingOf(operation.responses)).some((response) =>
    Object.keys(mappingOf(mappingOf(response).content)).some((type) => type.startsWith('text/event-stream')),
  );
}

/** A `$ref` inside the document, followed at most a few times. */
function resolved(document: Mapping, value: unknown): Mapping {
  let current = mappingOf(value);
  for (let hops = 0; hops < 8 && typeof current.$ref === 'string'; hops++) {
    const keys = current.$ref.startsWith('#/') ? current.$ref.slice(2).split('/') : [];
    let target: unknown = keys.length === 0 ? undefined : document;
    for (const key of keys) {
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
      const inside = mappingOf(target);
      target = Object.hasOwn(inside, name) ? inside[name] : undefined;
    }
    current = mappingOf(target);
  }
  return current;
}

/** The path that stands before all others: `basePath` of Swagger 2, or that of the first server. */
function basePath(document: Mapping): string {
  const [server] = listOf(document.servers);
  const stated = document.basePath ?? mappingOf(server).url ?? '';
  if (typeof stated !== 'string') return '';
  const variables = mappingOf(mappingOf(server).variables);
  const url = stated.replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(mappingOf(variables[name]).default ?? whole),
  );
  const path = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url.replace(/^[^:]+:\/\/[^/]*/, '') : url;
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' || PATH.test(trimmed) ? trimmed : '';
}
