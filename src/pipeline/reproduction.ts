import { shellWord } from '../domain/shell-word.ts';

/** The options of `run` that decide what is measured and what it is compared with; where the result goes is not among them. */
export type Repeatable = {
  config?: string | undefined;
  workingDirectory: string;
  start?: string | undefined;
  url?: string | undefined;
  only?: string | undefined;
  baseline?: string | undefined;
  series?: string | undefined;
};

/**
 * The shell command that repeats a run. `program` is how to call the command line; `base` is the hash of the base commit,
 * as a branch may have moved on by the time that somebody repeats it.
 */
export function reproduction(program: string, options: Repeatable, base: string | null): string {
  const { config, workingDirectory, start, url, only, baseline, series = 'local' } = options;
  const given: [option: string, value: string | null | undefined][] = [
    ['working-directory', /^\.?$/.test(workingDirectory) ? undefined : workingDirectory],
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
