/*
 * The JSON Schemas of documents, each from the schema that the code has of it.
 *   --write  writes them     --check  exits 1 when one is out of date (default)
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const documents = [
  { file: 'schema/result.schema.json', entry: 'src/baseline/json-schema.ts', make: 'resultJsonSchema' },
  { file: 'schema/trend.schema.json', entry: 'src/report/trend/json-schema.ts', make: 'trendJsonSchema' },
];
const root = new URL('../', import.meta.url);

for (const { file, entry, make } of documents) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, root))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const source = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  const text = `${JSON.stringify(source[make](), null, 2)}\n`;
  const target = new URL(file, root);
  if (process.argv.includes('--write')) await writeFile(target, text);
  else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    console.error(`${file} is out of date: run node scripts/generate-document-schemas.mjs --write`);
    process.exitCode = 1;
  }
}
