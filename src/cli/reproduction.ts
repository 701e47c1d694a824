import { readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/** The options of `run` that decide what is measured and what it is compared with; where the result goes is not among them. */
export type Repeatable = {
  config: string | undefined;
  workingDirectory: string;
  start: string | undefined;
  url: string | undefined;
  only: string | undefined;
  baseline: string | undefined;
  series: string;
};

/**
 * The shell command that repeats a run. `program` is what `programOf` gave; `base` is the hash of the base commit, as a
 * branch may have moved on by the time that somebody repeats it.
 */
export function reproduction(program: string, options: Repeatable, base: string | null): string {
  const { config, workingDirectory, start, url, only, baseline, series } = options;
  const given: [option: string, value: string | null | undefined][] = [
    ['working-directory', workingDirectory === '.' ? undefined : workingDirectory],
    ['config', config],
    ['start', start],
    ['url', url],
    ['only', only],
    ['base', base],
    ['baseline', baseline],
    ['series', series === 'local' ? undefined : series],
  ];
  const words = given.flatMap(([option, value]) =>
    value === undefined || value === null ? [] : `--${option}${assigned(value)}`,
  );
  return [program, 'run', ...words].join(' ');
}

/** A value that starts with a dash would be read as an option of its own if it stood apart. */
const assigned = (value: string): string => `${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`;

/** One word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

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
