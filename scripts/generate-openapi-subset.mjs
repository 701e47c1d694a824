/*
 * Writes the part of GitHub's OpenAPI description that the stand-in for GitHub serves and checks against:
 *   __tests__/harness/openapi/api.github.com.subset.json   operations, and the schemas they refer to
 *   __tests__/harness/openapi/webhooks.subset.json         schemas of the events a workflow is started with
 * Only schemas are kept, no prose. Source: the npm package @octokit/openapi (MIT), which is github/rest-api-description
 * (MIT) with small extensions. The package takes 385 MB, so it is installed into a temporary folder when needed.
 *
 *   node scripts/generate-openapi-subset.mjs [FOLDER]   FOLDER: where the package is, or is to be, installed
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@octokit/openapi';
const VERSION = '23.0.2';
const OUT = fileURLToPath(new URL('../__tests__/harness/openapi/', import.meta.url));

const OPERATIONS = `
  repos/get repos/get-content repos/get-commit repos/list-commits repos/compare-commits-with-basehead
  repos/list-branches repos/get-branch repos/get-collaborator-permission-level
  repos/list-pull-requests-associated-with-commit repos/create-commit-status
  repos/get-combined-status-for-ref repos/list-commit-statuses-for-ref repos/get-branch-rules
  git/get-ref git/list-matching-refs git/create-ref git/update-ref git/delete-ref git/get-blob git/create-blob
  git/get-tree git/create-tree git/get-commit git/create-commit
  pulls/list pulls/get pulls/list-commits pulls/list-files
  issues/get issues/list-comments issues/create-comment issues/get-comment issues/update-comment
  issues/delete-comment
  reactions/create-for-issue-comment reactions/list-for-issue-comment reactions/delete-for-issue-comment
  checks/create checks/update checks/get checks/list-for-ref checks/list-annotations
  actions/list-workflow-runs-for-repo actions/list-workflow-runs actions/get-workflow-run
  actions/get-workflow-run-attempt actions/list-jobs-for-workflow-run
  actions/list-jobs-for-workflow-run-attempt actions/get-job-for-workflow-run
  actions/list-workflow-run-artifacts actions/list-artifacts-for-repo actions/get-artifact
  actions/download-artifact actions/delete-artifact actions/re-run-workflow
  actions/re-run-workflow-failed-jobs actions/re-run-job-for-workflow-run actions/get-workflow
  actions/list-repo-workflows
  users/get-authenticated users/get-by-username rate-limit/get meta/root
`
  .trim()
  .split(/\s+/);

const WEBHOOKS = [
  'push',
  'pull-request-opened',
  'pull-request-synchronize',
  'pull-request-reopened',
  'pull-request-closed',
  'workflow-run-completed',
  'workflow-run-requested',
  'issue-comment-created',
  'issue-comment-edited',
  'merge-group-checks-requested',
  'workflow-dispatch',
];

const KEPT = new Set(
  `type enum const format pattern minimum maximum minLength maxLength minItems maxItems minProperties maxProperties
   uniqueItems required exclusiveMinimum exclusiveMaximum multipleOf`.split(/\s+/),
);

/** A JSON Schema of an OpenAPI 3.0 one: `nullable` becomes a type, references point into `$defs`, prose is left out. */
function toJsonSchema(schema, closed) {
  if (schema.$ref) return { $ref: schema.$ref.replace('#/components/schemas/', 'github#/$defs/') };
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (KEPT.has(key)) out[key] = value;
    else if (key === 'properties')
      out.properties = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [name, toJsonSchema(property, closed)]),
      );
    else if (key === 'items' || key === 'not') out[key] = toJsonSchema(value, closed);
    else if (key === 'additionalProperties')
      out[key] = typeof value === 'object' ? toJsonSchema(value, closed) : value;
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf')
      out[key] = value.map((part) => toJsonSchema(part, false));
  }
  // What a caller sends must be known to GitHub: a misspelt key is otherwise ignored there without a word.
  if (closed && out.properties && out.additionalProperties === undefined) out.additionalProperties = false;
  if (!schema.nullable) return out;
  if (typeof out.type === 'string' && !out.allOf && !out.anyOf && !out.oneOf) {
    const nullable = { ...out, type: [out.type, 'null'] };
    if (out.enum && !out.enum.includes(null)) nullable.enum = [...out.enum, null];
    return nullable;
  }
  return { anyOf: [out, { type: 'null' }] };
}

/** Adds to `found` the names of all schemas that `value` refers to, directly or through others. */
function collect(value, schemas, found) {
  if (Array.isArray(value)) for (const item of value) collect(item, schemas, found);
  else if (value && typeof value === 'object') {
    if (typeof value.$ref === 'string') {
      const name = value.$ref.split('/').pop();
      if (!found.has(name)) {
        found.set(name, toJsonSchema(schemas[name], false));
        collect(found.get(name), schemas, found);
      }
    }
    for (const item of Object.values(value)) collect(item, schemas, found);
  }
}

/** JSON with one operation or schema a line, so that a change of one is a change of one line. */
function linePerEntry(document) {
  const groups = Object.entries(document).map(([key, value]) => {
    if (typeof value === 'string') return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const lines = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
    return `${JSON.stringify(key)}: {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${groups.join(',\n')}\n}\n`;
}

function operation(path, method, described, components) {
  const resolve = (item) =>
    item.$ref
      ? item.$ref
          .slice(2)
          .split('/')
          .slice(1)
          .reduce((at, key) => at[key], components)
      : item;
  const parameters = (described.parameters ?? [])
    .map(resolve)
    .filter((p) => p.in === 'path' || p.in === 'query');
  const json = (content) => content?.['application/json']?.schema;
  const body = json(described.requestBody?.content);
  const responses = Object.entries(described.responses).map(([status, response]) => {
    const schema = json(resolve(response).content);
    return [status, schema ? toJsonSchema(schema, false) : null];
  });
  return {
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((p) => ({
      name: p.name,
      in: p.in,
      ...(p.required ? { required: true } : {}),
      schema: toJsonSchema(p.schema, false),
    })),
    ...(body ? { body: toJsonSchema(body.$ref ? resolve(body) : body, true) } : {}),
    ...(body && described.requestBody.required ? { bodyRequired: true } : {}),
    responses: Object.fromEntries(responses),
  };
}

const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), 'openapi-'));
try {
  const description = join(folder, 'node_modules', PACKAGE, 'generated', 'api.github.com.json');
  if (!existsSync(description)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${PACKAGE}@${VERSION}`,
    ]);
  }
  const api = JSON.parse(readFileSync(description, 'utf8'));
  const about = {
    source: `npm package ${PACKAGE} ${api.info.version}, generated/api.github.com.json; written by scripts/generate-openapi-subset.mjs`,
    license: 'MIT, Copyright (c) GitHub Inc. (github/rest-api-description) and Octokit contributors',
  };

  const operations = {};
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, described] of Object.entries(methods))
      if (OPERATIONS.includes(described.operationId))
        operations[described.operationId] = operation(path, method, described, api.components);
  const unknown = OPERATIONS.filter((id) => !operations[id]);
  if (unknown.length > 0) throw new Error(`not in the description: ${unknown.join(', ')}`);
  const found = new Map();
  collect(operations, api.components.schemas, found);
  writeFileSync(
    join(OUT, 'api.github.com.subset.json'),
    linePerEntry({ ...about, operations, $defs: Object.fromEntries(found) }),
  );

  const events = {};
  for (const name of WEBHOOKS) {
    const described = api['x-webhooks'][name];
    if (!described) throw new Error(`no such webhook: ${name}`);
    events[name] = toJsonSchema(described.post.requestBody.content['application/json'].schema, false);
  }
  const used = new Map();
  collect(events, api.components.schemas, used);
  writeFileSync(
    join(OUT, 'webhooks.subset.json'),
    linePerEntry({ ...about, events, $defs: Object.fromEntries(used) }),
  );
} finally {
  if (!given) rmSync(folder, { recursive: true, force: true });
}
