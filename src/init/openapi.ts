import { parse } from 'yaml';
import { riskOf } from './handler-needs.ts';
import { listOf, type Mapping, mappingOf, resolved } from './openapi-document.ts';
import { apiExamples } from './openapi-examples.ts';
import type { Tree } from './tree.ts';

const DOCUMENT = /(?:^|\/)(?:openapi|swagger|api-docs|api-spec)(?:[.-][\w.-]*)?\.(?:json|ya?ml)$/i;
const PATH = /^\/(?!\/)[^\s#{}$"]*$/;

export type ApiRoutes = {
  file: string;
  /** Paths of GET operations that need no key, and no value that the document has no example of. */
  open: string[];
  /** Operations that are not requested by themselves, and bodies that the document gives for some, as JSON. */
  left: string[];
  bodies: Map<string, string>;
  /** How many GET operations want a key, and the header that it is sent in. */
  guarded: number;
  header: string;
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The routes of the repository's OpenAPI (or Swagger 2) document, and what is to be said of one that could not be read. */
export function apiRoutes(tree: Tree): { api: ApiRoutes | null; unread: string[] } {
  const unread: string[] = [];
  for (const file of tree.paths.filter((path) => DOCUMENT.test(path))) {
    const document = documentOf(tree.read(file));
    if (typeof document === 'string') unread.push(`${file} was not read: ${document}`);
    else if (document !== null) return { api: routesOf(file, document), unread };
  }
  return { api: null, unread };
}

/** The document; null for another one of that name, and in words why it cannot be read. */
function documentOf(text: string | null): Mapping | string | null {
  if (text === null) return 'it is larger than 2 MB, or no file that can be read';
  try {
    const document = mappingOf(parse(text, { logLevel: 'error' }));
    const known = typeof document.openapi === 'string' || document.swagger !== undefined;
    return known && document.paths !== undefined ? document : null;
  } catch (error) {
    return error instanceof ReferenceError ? 'its aliases expand without end' : 'it is no valid YAML or JSON';
  }
}

function routesOf(file: string, document: Mapping): ApiRoutes {
  const found: ApiRoutes = { file, open: [], left: [], bodies: new Map(), guarded: 0, header: '' };
  const base = basePath(document);
  for (const [path, value] of Object.entries(mappingOf(document.paths))) {
    const item = resolved(document, value);
    for (const method of METHODS) {
      const operation = mappingOf(item[method]);
      if (item[method] === undefined || operation.deprecated === true) continue;
      const full = `${base}${path}`;
      const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)].map((one) =>
        resolved(document, one),
      );
      const { filled, body } = apiExamples(document, full, parameters, operation);
      const security = operation.security ?? document.security;
      const name = `${method.toUpperCase()} ${full}`;
      if (method !== 'get') {
        const request = `${method.toUpperCase()} ${filled ?? full}`;
        if (body !== undefined && !isGuarded(security)) found.bodies.set(request, body);
        found.left.push(request);
        continue;
      }
      const reason = isGuarded(security)
        ? 'it needs a key'
        : isStream(operation)
          ? 'it streams without end'
          : riskOf(full);
      if (isGuarded(security)) {
        found.guarded += 1;
        found.header ||= headerOf(document, security);
      }
      if (reason !== undefined) found.left.push(`${name} (${reason})`);
      else if (filled === null) found.left.push(path.includes('{') ? name : `${name} (it needs a parameter)`);
      else if (PATH.test(filled)) found.open.push(filled);
    }
  }
  return found;
}

/** The header that a key is sent in, as a line of the config. */
function headerOf(document: Mapping, security: unknown): string {
  const schemes = mappingOf(mappingOf(document.components).securitySchemes ?? document.securityDefinitions);
  for (const name of listOf(security).flatMap((one) => Object.keys(mappingOf(one)))) {
    const scheme = resolved(document, Object.hasOwn(schemes, name) ? schemes[name] : undefined);
    const { type, in: where, name: header } = scheme;
    if (type === 'apiKey' && where === 'header' && typeof header === 'string' && /^[\w-]+$/.test(header))
      return `${header}: "\${env:API_KEY}"`;
    if (type === 'basic' || scheme.scheme === 'basic') return 'authorization: "Basic ${env:API_CREDENTIALS}"';
  }
  return 'authorization: "Bearer ${env:API_TOKEN}"';
}

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
