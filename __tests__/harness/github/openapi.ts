import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';

type Schema = Record<string, unknown>;
export type Operation = {
  id: string;
  method: string;
  path: string;
  parameters: { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }[];
  body?: Schema;
  bodyRequired?: boolean;
  responses: Record<string, Schema | null>;
};
type Subset = { $defs: Record<string, Schema>; operations: Record<string, Omit<Operation, 'id'>> };
type Webhooks = { $defs: Record<string, Schema>; events: Record<string, Schema> };

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../openapi/${name}`, import.meta.url), 'utf8'));
}

function compiler($defs: Record<string, Schema>): (key: string, schema: Schema) => ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const add = formats.default as unknown as { default?: (ajv: Ajv) => void } & ((ajv: Ajv) => void);
  (add.default ?? add)(ajv);
  ajv.addFormat('repo.nwo', /^[\w.-]+\/[\w.-]+$/);
  ajv.addSchema({ $id: 'github', $defs });
  const compiled = new Map<string, ValidateFunction>();
  return (key, schema) => {
    const known = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, known);
    return known;
  };
}

function complaints(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .slice(0, 5)
    .map((e) => `${e.instancePath || '(whole)'} ${e.message ?? ''} ${JSON.stringify(e.params)}`);
}

/** Text of a query or path as the type that its parameter declares; text stays when it is not of that type. */
function coerced(text: string, schema: Schema): unknown {
  const types = [schema.type, ...((schema.oneOf as Schema[] | undefined) ?? []).map((s) => s.type)];
  if (types.includes('integer') && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Checks requests and responses against GitHub's description. Every check gives a list of complaints. */
export class GitHubDescription {
  readonly operations: readonly Operation[];
  readonly #validator: (key: string, schema: Schema) => ValidateFunction;

  constructor() {
    const subset = read('api.github.com.subset.json') as Subset;
    this.operations = Object.entries(subset.operations).map(([id, operation]) => ({ id, ...operation }));
    this.#validator = compiler(subset.$defs);
  }

  checkRequest(
    operation: Operation,
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: unknown,
  ): string[] {
    const found: string[] = [];
    const check = (name: string, where: string, text: string, schema: Schema) =>
      found.push(
        ...complaints(this.#validator(`${operation.id} ${where} ${name}`, schema), coerced(text, schema)).map(
          (c) => `${where} parameter ${name}=${JSON.stringify(text)}: ${c}`,
        ),
      );
    for (const parameter of operation.parameters) {
      const text =
        parameter.in === 'path' ? params[parameter.name] : (query.get(parameter.name) ?? undefined);
      if (text !== undefined) check(parameter.name, parameter.in, text, parameter.schema);
      else if (parameter.required) found.push(`${parameter.in} parameter ${parameter.name} is missing`);
    }
    for (const name of query.keys())
      if (!operation.parameters.some((p) => p.in === 'query' && p.name === name))
        found.push(`unknown query parameter ${name}`);
    if (body === undefined) {
      if (operation.bodyRequired) found.push('the body is missing');
    } else if (operation.body === undefined) {
      if (typeof body !== 'object' || body === null || Object.keys(body).length > 0)
        found.push('a body where none is expected');
    } else
      found.push(
        ...complaints(this.#validator(`${operation.id} body`, operation.body), body).map((c) => `body ${c}`),
      );
    return found;
  }

  checkResponse(operation: Operation, status: number, body: unknown): string[] {
    const schema = operation.responses[String(status)];
    if (schema) return complaints(this.#validator(`${operation.id} ${status}`, schema), body);
    if (schema === null) return body === undefined || status >= 300 ? [] : ['a body where none is described'];
    // 401 and most 403s are described nowhere: they can follow on any request.
    if (status >= 400)
      return typeof (body as { message?: unknown } | undefined)?.message === 'string'
        ? []
        : ['an error without a message'];
    return [`status ${status} is not described`];
  }
}

/** Complaints about an event's payload, against the schema of the webhook of that name (`push`, `pull-request-opened`). */
export function checkWebhook(name: string, payload: unknown): string[] {
  webhooks ??= read('webhooks.subset.json') as Webhooks;
  webhookValidator ??= compiler(webhooks.$defs);
  const schema = webhooks.events[name];
  if (schema === undefined) throw new Error(`no schema for the event ${name}`);
  return complaints(webhookValidator(name, schema), payload);
}
let webhooks: Webhooks | undefined;
let webhookValidator: ReturnType<typeof compiler> | undefined;
