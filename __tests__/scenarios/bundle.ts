import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a generator's entry, as the build does, into a temporary folder; gives the path of the bundle. */
export async function bundleEntry(entry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-entry-'));
  const outfile = join(folder, 'generator.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}
