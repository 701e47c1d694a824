import { UsageError } from '../domain/errors.ts';
import { updatesBaseline } from './baseline-policy.ts';
import type { Env, RunEvent } from './event.ts';
import { branchProblem, insideWorkspace, PORT_PLACE, pathProblem, urlProblem } from './input-forms.ts';

const CHOICES = {
  compare: ['auto', 'stored', 'paired', 'none'],
  'baseline-store': ['branch', 'artifact', 'file'],
  'update-baseline': ['auto', 'always', 'never'],
  comment: ['auto', 'on-alert', 'never'],
  'fail-on': ['regression', 'inconclusive', 'never'],
} as const;

const NAMES = [
  'config',
  'start',
  'url',
  'working-directory',
  'github-token',
  'compare',
  'baseline-store',
  'baseline-branch',
  'baseline-path',
  'update-baseline',
  'series',
  'comment',
  'comment-key',
  'fail-on',
  'upload-result',
  'check',
  'legs',
] as const;

export type InputName = (typeof NAMES)[number];
type Choice<K extends keyof typeof CHOICES> = (typeof CHOICES)[K][number];

/** The action's inputs after reading. Nothing is optional: an input that may be absent is null. */
export type Inputs = {
  /** As written; null: the default file when it exists. */
  config: string | null;
  start: string | null;
  url: string | null;
  workingDirectory: string;
  /** Null: measure without GitHub. */
  token: string | null;
  compare: Choice<'compare'>;
  baselineStore: Choice<'baseline-store'>;
  baselineBranch: string;
  baselinePath: string | null;
  updateBaseline: Choice<'update-baseline'>;
  /** As written; series.ts makes the key of it. */
  series: string;
  comment: Choice<'comment'>;
  commentKey: string;
  failOn: Choice<'fail-on'>;
  /** A push to the default branch fails only when `fail-on` was written in the workflow. */
  failOnExplicit: boolean;
  uploadResult: boolean;
  /** Write the check run `perf-baseline`. */
  check: boolean;
  /** How many jobs of the run report to the check run. */
  legs: number;
};

export type InputProblem = { name: string; value: string; expected: string; message: string };

/** Every problem of the inputs at once. */
export class InputError extends UsageError {
  override name = 'InputError';
  readonly problems: readonly InputProblem[];
  constructor(problems: readonly InputProblem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.problems = problems;
  }
}

/** What the inputs are checked against besides themselves. */
export type InputContext = { event: RunEvent; defaultBranch: string | null };

/**
 * Reads the action's inputs from the `INPUT_*` variables, as the runner sets them (upper case, hyphens kept).
 * An empty value is an absent one. Throws an InputError with every problem: name, value, expected form.
 */
export function readInputs(env: Env, context: InputContext): Inputs {
  const problems: InputProblem[] = [];
  const add = (name: string, value: string, expected: string, why = '') =>
    problems.push({
      name,
      value,
      expected,
      message: `input \`${name}\` is '${shown(value)}'${why === '' ? '' : `: ${why}`}; expected ${expected}`,
    });
  const text = (name: InputName) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const optional = (name: InputName) => text(name) || null;
  // `${{ github.workspace }}/x` is a common way to write x.
  const path = (name: InputName) => insideWorkspace(text(name), env.GITHUB_WORKSPACE ?? '');
  const choice = <K extends keyof typeof CHOICES>(name: K, fallback: Choice<K>): Choice<K> => {
    const value = text(name);
    if (value === '') return fallback;
    const choices: readonly string[] = CHOICES[name];
    if (!choices.includes(value)) add(name, value, `one of ${choices.join(', ')}`);
    return value as Choice<K>;
  };

  const flag = (name: InputName, fallback: boolean): boolean => {
    const value = text(name);
    if (/^(true|True|TRUE)$/.test(value)) return true;
    if (/^(false|False|FALSE)$/.test(value)) return false;
    if (value !== '') add(name, value, '`true` or `false`');
    return fallback;
  };

  for (const name of unknownInputs(env)) {
    add(name, env[`INPUT_${name.toUpperCase()}`] ?? '', closest(name), 'there is no such input');
  }

  const inputs: Inputs = {
    config: path('config') || null,
    start: optional('start'),
    url: optional('url'),
    workingDirectory: path('working-directory') || '.',
    token: optional('github-token'),
    compare: choice('compare', 'auto'),
    baselineStore: choice('baseline-store', 'branch'),
    baselineBranch: text('baseline-branch') || 'perf-baseline',
    baselinePath: optional('baseline-path'),
    updateBaseline: choice('update-baseline', 'auto'),
    series: text('series'),
    comment: choice('comment', 'auto'),
    commentKey: text('comment-key') || env.GITHUB_WORKFLOW || 'perf-baseline',
    failOn: choice('fail-on', 'regression'),
    failOnExplicit: text('fail-on') !== '',
    uploadResult: flag('upload-result', true),
    check: flag('check', false),
    legs: text('legs') === '' ? 1 : Number(text('legs')),
  };

  checkTarget(inputs, context.event, add);
  checkBaseline(inputs, context, add);
  for (const name of ['working-directory', 'config'] as const) {
    const value = path(name);
    const problem = value === '' ? null : pathProblem(value);
    if (problem !== null) add(name, value, 'a path inside the workspace', problem);
  }
  if (!/^[1-9]\d{0,3}$/.test(text('legs') || '1')) add('legs', text('legs'), 'a whole number from 1 on');
  if (inputs.commentKey.length > 200) add('comment-key', inputs.commentKey, 'at most 200 characters');
  if (inputs.series.length > 2000) add('series', inputs.series, 'at most 2,000 characters');
  if (problems.length > 0) throw new InputError(problems);
  return inputs;
}

type Add = (name: InputName, value: string, expected: string, why?: string) => void;

function checkTarget(inputs: Inputs, event: RunEvent, add: Add): void {
  const { config, start, url } = inputs;
  if (event.type === 'workflow_run' || event.type === 'issue_comment') {
    const why = `on \`${event.type}\` nothing is started or measured: it has the rights of the repository`;
    for (const [name, value] of Object.entries({ start, url } as const))
      if (value !== null) add(name as 'start' | 'url', value, 'nothing here', why);
    return;
  }
  if (url !== null) {
    const problem = urlProblem(url);
    if (problem !== null)
      add('url', url, `an http:// or https:// URL, as http://127.0.0.1:${PORT_PLACE}/`, problem);
  } else if (start !== null) {
    add(
      'start',
      start,
      `\`url\` beside it, the URL to measure, as http://127.0.0.1:${PORT_PLACE}/`,
      'it stands alone',
    );
  }
  if (config !== null && (start !== null || url !== null)) {
    add(
      'config',
      config,
      'either `config`, or `start` and `url`',
      'the config file already says what to start',
    );
  }
}

function checkBaseline(inputs: Inputs, context: InputContext, add: Add): void {
  const { baselineStore, baselineBranch, baselinePath, updateBaseline } = inputs;
  const branch = branchProblem(baselineBranch);
  if (branch !== null) add('baseline-branch', baselineBranch, 'the name of a branch', branch);
  else if (baselineStore === 'branch' && baselineBranch === context.defaultBranch) {
    add(
      'baseline-branch',
      baselineBranch,
      'a branch of its own, as perf-baseline',
      'it is the default branch, and baselines would be committed to it',
    );
  }
  const { type } = context.event;
  if (baselineStore === 'file' && (type === 'workflow_run' || type === 'issue_comment')) {
    add('baseline-store', 'file', '`branch` or `artifact`', `on \`${type}\` nothing is checked out`);
  } else if (baselineStore === 'file' && baselinePath === null) {
    add('baseline-path', '', 'the folder of the baselines, since `baseline-store` is `file`');
  }
  if (baselineStore !== 'file' && baselinePath !== null) {
    add('baseline-path', baselinePath, 'nothing here, or `baseline-store: file`', 'no folder is used');
  }
  if (baselineStore === 'artifact' && type !== 'push' && updatesBaseline(context.event, updateBaseline)) {
    add(
      'update-baseline',
      'always',
      '`auto`, or `baseline-store: branch`, on any event but a push',
      'among the artifacts, baselines are looked for in runs of pushes only',
    );
  }
  if (updateBaseline === 'always' && context.event.type === 'pull_request') {
    add(
      'update-baseline',
      'always',
      '`auto` or `never` on a pull request',
      "a pull request's numbers belong to no branch and never become a baseline",
    );
  }
}

/** `INPUT_*` variables that name no input: the runner only warns of them, and a misspelt one would be ignored. */
function unknownInputs(env: Env): string[] {
  const known = new Set(NAMES.map((name) => `INPUT_${name.toUpperCase()}`));
  return Object.keys(env)
    .filter((key) => key.startsWith('INPUT_') && !known.has(key))
    .map((key) => key.slice('INPUT_'.length).toLowerCase());
}

function closest(name: string): string {
  const plain = (text: string) => text.replace(/[^a-z]/g, '');
  const same = NAMES.find((known) => plain(known) === plain(name));
  return same === undefined ? `one of ${NAMES.join(', ')}` : `\`${same}\``;
}

/** A value for a message: one line, not too long. A token is never among them. */
function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
