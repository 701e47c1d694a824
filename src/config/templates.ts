import type { Path } from './document.ts';
import { nearest, type ProblemList } from './problems.ts';

/*
 *   template ::= "${" value "}"
 *   value    ::= "uuid" | "counter" | "int:" integer ":" integer | "pick:" text { "," text }
 *              | name                what an earlier step captured
 *              | "env:" name         filled in when the config is read
 */

export const GENERATED = ['uuid', 'counter', 'int', 'pick'] as const;
const RESERVED: readonly string[] = [...GENERATED, 'env', 'PORT'];
const FORMS = '${uuid}, ${counter}, ${int:1:100}, ${pick:a,b,c} or ${env:NAME}';
export const ENV = /\$\{env:([^}]*)\}/g;
export const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isReservedName(name: string): boolean {
  return RESERVED.includes(name);
}

/** Checks every `${…}` of a request's text. `captured` are the names that earlier steps provide; null: not known. */
export function checkTemplates(
  problems: ProblemList,
  value: unknown,
  path: Path,
  captured: readonly string[] | null,
): void {
  const expected = [...(captured ?? []).map((name) => `\${${name}}`), FORMS].join(', ');
  for (const [text, at] of textsOf(value, path)) {
    const wrong: string[] = [];
    for (const [whole, inner] of text.matchAll(/\$\{([^}]*)\}?/g)) {
      const why = whole.endsWith('}') ? wrongValue(inner ?? '', captured) : 'is not closed by }';
      if (why !== undefined) wrong.push(`${whole}, which ${why}`);
    }
    if (wrong.length > 0) problems.value(at, expected, `has ${wrong.slice(0, 10).join('; and ')}`);
  }
}

function wrongValue(inner: string, captured: readonly string[] | null): string | undefined {
  const [kind = '', ...rest] = inner.split(':');
  const argument = rest.join(':');
  if (captured?.includes(inner) || inner === 'uuid' || inner === 'counter') return undefined;
  if (kind === 'env') return ENV_NAME.test(argument) ? undefined : 'names no environment variable';
  if (kind === 'pick') return argument === '' ? 'has nothing to pick from' : undefined;
  if (kind === 'int') {
    const [low, high, ...more] = rest.map((part) => (/^-?\d{1,15}$/.test(part) ? Number(part) : Number.NaN));
    const sound = low !== undefined && high !== undefined && more.length === 0 && low <= high;
    return sound ? undefined : 'needs two integers, the smaller first';
  }
  if (inner === 'PORT') return 'is only known in target';
  if (captured === null && /^\w+$/.test(inner)) return undefined;
  const near = nearest(inner, [...(captured ?? []), ...GENERATED]);
  return `is not known${near === undefined ? '' : ` (did you mean \${${near}}?)`}`;
}

/** Every text inside a plain value, keys of mappings included. */
export function* textsOf(value: unknown, path: Path): Generator<[text: string, path: Path]> {
  if (typeof value === 'string') yield [value, path];
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield [key, [...path, key]];
      yield* textsOf(item, [...path, key]);
    }
  }
}

/** A copy of a plain value with `fill` applied to each of its texts, keys of mappings included. */
export function mapTexts<T>(value: T, fill: (text: string) => string): T {
  if (typeof value === 'string') return fill(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, fill)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [fill(key), mapTexts(item, fill)]),
    ) as T;
  return value;
}
