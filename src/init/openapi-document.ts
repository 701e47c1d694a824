export type Mapping = Record<string, unknown>;
export const mappingOf = (value: unknown): Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A `$ref` inside the document, followed at most a few times. */
export function resolved(document: Mapping, value: unknown): Mapping {
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
