/*
 * The tables of README.md: inputs and outputs from action.yml, config keys from schema/config.schema.json.
 *   --write  writes them     --check  exits 1 when they are out of date (default)
 */
import { readFile, writeFile } from 'node:fs/promises';
import { markdownTable } from 'markdown-table';
import { parse } from 'yaml';

const readme = new URL('../README.md', import.meta.url);
const read = (path) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
const action = parse(await read('action.yml'));
const schema = JSON.parse(await read('schema/config.schema.json'));

const cell = (text) => String(text).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
/** `{` in plain Markdown is fine, but angle brackets would be HTML. */
const prose = (text) => cell(text).replace(/<(?=\w)/g, '&lt;');
const code = (text) => `\`${cell(text)}\``;
const table = (head, rows) => markdownTable([head, ...rows]);

function inputs() {
  const rows = Object.entries(action.inputs).map(([name, { description, default: value }]) => [
    code(name),
    value === undefined ? '' : code(value),
    prose(description),
  ]);
  return table(['input', 'default', 'meaning'], rows);
}

function outputs() {
  const rows = Object.entries(action.outputs).map(([name, { description }]) => [
    code(name),
    prose(description),
  ]);
  return table(['output', 'meaning'], rows);
}

/** Rows of a mapping's keys and, where they are mappings themselves, of the keys inside. Metrics are not listed one by one. */
function keys(mapping, prefix) {
  return Object.entries(mapping.properties ?? {}).flatMap(([name, value]) => {
    if (name === '$schema' || (prefix !== '' && name === 'type')) return [];
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const own = [code(path), prose(value.description ?? '')];
    if (name === 'criteria' || name === 'limits') return [own];
    if (name === 'scenarios') return [own, ...value.additionalProperties.oneOf.flatMap(scenario)];
    if (name === 'requests' || name === 'steps') return [own, ...inList(value, path)];
    return [own, ...keys(value, path)];
  });
}

const scenario = (shape) => keys(shape, `scenarios.NAME (${shape.properties.type.const})`);

/** Steps have the keys of requests, and are listed for what they have besides. */
function inList(list, path) {
  const shape = list.items.anyOf.find(({ type }) => type === 'object');
  const rows = keys(shape, `${path.replace(/^.* /, '').replace(/^\(\w+\)\./, '')}[]`);
  return path.endsWith('.steps') ? rows.filter(([key]) => key.includes('capture')) : rows;
}

const sections = {
  inputs: inputs(),
  outputs: outputs(),
  config: table(['key', 'meaning'], keys(schema, '')),
};
const before = await readFile(readme, 'utf8');
let after = before;
for (const [name, content] of Object.entries(sections)) {
  const marked = new RegExp(`(<!-- ${name}: generated -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(after)) throw new Error(`README.md has no place for the table ${name}`);
  after = after.replace(marked, (_, open, close) => `${open}\n${content}\n\n${close}`);
}

if (process.argv.includes('--write')) await writeFile(readme, after);
else if (after !== before) {
  console.error('README.md is out of date: run node scripts/generate-readme.mjs --write');
  process.exitCode = 1;
}
