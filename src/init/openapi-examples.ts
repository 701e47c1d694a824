import { listOf, type Mapping, mappingOf, resolved } from './openapi-document.ts';

/** A body of more characters is no example to read. */
const LONGEST_BODY = 600;

/** A path with the examples of its parameters filled in, null where one has none; and an example of the body, as JSON. */
export function apiExamples(
  document: Mapping,
  path: string,
  parameters: readonly Mapping[],
  operation: Mapping,
): { filled: string | null; body?: string } {
  let filled: string | null = path;
  const query: string[] = [];
  for (const parameter of parameters) {
    const { name, in: where } = parameter;
    // A path parameter is required whatever it says.
    if (typeof name !== 'string' || (where !== 'path' && parameter.required !== true) || where === 'cookie')
      continue;
    if (where === 'body' || where === 'formData') continue;
    const value = exampleOf(document, parameter);
    if (value === undefined || (where !== 'path' && where !== 'query')) filled = null;
    else if (where === 'path') filled = filled?.replaceAll(`{${name}}`, encoded(value)) ?? null;
    else query.push(`${encoded(name)}=${encoded(value)}`);
  }
  if (filled?.includes('{')) filled = null;
  const body = bodyOf(document, parameters, operation);
  const whole = filled === null || query.length === 0 ? filled : `${filled}?${query.join('&')}`;
  return { filled: whole, ...(body === undefined ? {} : { body }) };
}

function exampleOf(document: Mapping, parameter: Mapping): string | undefined {
  const schema = resolved(document, parameter.schema);
  const [named] = Object.values(mappingOf(parameter.examples));
  const candidates = [
    parameter.example,
    resolved(document, named).value,
    parameter['x-example'],
    schema.example,
    listOf(schema.examples)[0],
    parameter.default,
    schema.default,
    listOf(parameter.enum)[0],
    listOf(schema.enum)[0],
  ];
  const value = candidates.find((one) => ['string', 'number', 'boolean'].includes(typeof one) && one !== '');
  return value === undefined ? undefined : String(value);
}

/** Lone halves of characters cannot be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));

function bodyOf(document: Mapping, parameters: readonly Mapping[], operation: Mapping): string | undefined {
  const content = mappingOf(resolved(document, operation.requestBody).content);
  const media = mappingOf(content['application/json']);
  const inBody = parameters.find((one) => one.in === 'body');
  const schema = resolved(document, media.schema ?? inBody?.schema);
  const [named] = Object.values(mappingOf(media.examples));
  const example =
    media.example ?? resolved(document, named).value ?? schema.example ?? listOf(schema.examples)[0];
  if (typeof example !== 'object' || example === null) return undefined;
  try {
    const text = JSON.stringify(example);
    return text.length > LONGEST_BODY || /\$\{|[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
