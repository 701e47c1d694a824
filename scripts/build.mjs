import { mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundledLicences } from './licences.mjs';

/** Every file that is started as a process of its own. They lie side by side in dist/, and find each other there. */
const entryPoints = {
  action: 'src/action.ts',
  cli: 'src/cli.ts',
  'http-generator': 'src/scenarios/http/generator.ts',
  'websocket-generator': 'src/scenarios/websocket/generator.ts',
  'micro-runner': 'src/scenarios/micro/runner.ts',
  'anchor-server': 'src/measure/anchor-server.ts',
};

const outdir = process.argv[2] ?? 'dist';
await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
const { metafile } = await build({
  entryPoints,
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  legalComments: 'none',
  // Workflows that init writes.
  loader: { '.yml': 'text' },
  // Flat, so that import.meta.url of shared code finds the other entries beside it.
  chunkNames: '[name]-[hash]',
  // Bundled CommonJS packages expect these three; the two paths under names of their own, as some ESM packages declare them.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __toPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __bundleFile = __toPath(import.meta.url);',
      "const __bundleFolder = __toPath(new URL('.', import.meta.url));",
    ].join(' '),
  },
  define: { __filename: '__bundleFile', __dirname: '__bundleFolder' },
  // hdr-histogram-js, inside autocannon, reaches zlib through eval; its encoded form is not used here.
  logOverride: { 'direct-eval': 'silent' },
});
await writeFile(`${outdir}/package.json`, '{ "type": "module" }\n');
await writeFile(`${outdir}/LICENSES.txt`, await bundledLicences(Object.keys(metafile.inputs)));
const kilobytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0) / 1000;
console.log(`${outdir}: ${Object.keys(metafile.outputs).length} files, ${Math.round(kilobytes)} kB`);
