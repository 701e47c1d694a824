/*
 * The JSON Schema of the config file, from the schema that the reader uses.
 *   --write  writes schema/config.schema.json     --check  exits 1 when it is out of date (default)
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const target = new URL('../schema/config.schema.json', import.meta.url);
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../src/config/json-schema.ts', import.meta.url))],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
});
const { configJsonSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;

if (process.argv.includes('--write')) await writeFile(target, text);
else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
  console.error('schema/config.schema.json is out of date: run node scripts/generate-schema.mjs --write');
  process.exitCode = 1;
}
