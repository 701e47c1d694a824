import { readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { shellWord } from '../domain/shell-word.ts';

/** How this program was called, for calling it again in `cwd`. `script` is `process.argv[1]`. */
export function programOf(script: string, cwd: string): string {
  if (basename(script) === 'perf-baseline') {
    const folder = dirname(dirname(dirname(script)));
    if (/[/\\]_npx[/\\]/.test(script)) return `npx ${shellWord(npxPackage(folder))}`;
    return /[/\\]node_modules[/\\]\.bin$/.test(dirname(script)) ? 'npx perf-baseline' : 'perf-baseline';
  }
  const from = relative(cwd, script);
  return `node ${shellWord(from.startsWith('..') || isAbsolute(from) ? script : from)}`;
}

/** What npx was asked for: it writes that into the folder that it installs to. */
function npxPackage(folder: string): string {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const spec: unknown = dependencies['perf-baseline'];
    // A version or a range is not a thing to type: the name alone is.
    return typeof spec === 'string' && spec.includes(':') ? spec : 'perf-baseline';
  } catch {
    return 'perf-baseline';
  }
}
