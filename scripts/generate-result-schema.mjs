// Writes schema/result.schema.json from the reader's own schema; with --check only says whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const target = new URL('../schema/result.schema.json', import.meta.url);
const bundle = await build({
  entryPoints: [new URL('../src/baseline/json-schema.ts', import.meta.url).pathname],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
});
const { resultJsonSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
);
const text = `${JSON.stringify(resultJsonSchema(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== text) {
    console.error('schema/result.schema.json is out of date: run node scripts/generate-result-schema.mjs');
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
