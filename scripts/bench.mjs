// Runs one measurement of this tool itself: `node scripts/bench.mjs decisions/simulate [arguments]`. The module under
// bench/ exports main(args), which resolves to the text to print.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const entry = join(root, 'bench', `${name}.ts`);
if (name === undefined || !existsSync(entry)) {
  console.error(
    `usage: node scripts/bench.mjs NAME [arguments], where bench/NAME.ts exists (${name ?? 'no name given'})`,
  );
  process.exit(2);
}
/** The stand-in for GitHub, and what the faults need, find their files beside themselves, also from inside a bundle. */
const placed = {
  name: 'placed',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](__tests__|bench[\\/]faults[\\/]matrix)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    })),
};

// Beside node_modules, so that what is not bundled is found.
const folder = await mkdtemp(join(root, 'node_modules', '.bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    plugins: [placed],
  });
  const { main } = await import(pathToFileURL(outfile).href);
  console.log(await main(args));
} finally {
  await rm(folder, { recursive: true, force: true });
}
