import fc from 'fast-check';
import { parseSections, renderBody } from '../../src/github/comment-body.ts';
import { readEvent } from '../../src/github/event.ts';
import { readInputs } from '../../src/github/inputs.ts';
import { createLog, maskSecrets } from '../../src/github/log.ts';
import { setOutputs } from '../../src/github/outputs.ts';
import { readSeries } from '../../src/github/series.ts';
import { nothing, type Parser } from './check.ts';
import { hostileJson, hostileText, mutatedJson, mutatedText } from './hostile.ts';

const SHA = 'a1'.repeat(20);
const repository = { id: 1, full_name: 'o/r', default_branch: 'main', owner: { login: 'o' } };
const user = { login: 'u', id: 7, type: 'User' };
const head = { sha: SHA, ref: 'topic', repo: { id: 2, owner: { login: 'fork' } } };
const PAYLOADS = {
  pull_request: {
    action: 'opened',
    repository,
    pull_request: { number: 3, user, head, base: { ...head, ref: 'main' } },
  },
  push: { ref: 'refs/heads/main', before: SHA, after: SHA, deleted: false, repository },
  merge_group: {
    repository,
    merge_group: { base_sha: SHA, base_ref: 'refs/heads/main', head_sha: SHA, head_ref: 'refs/heads/q' },
  },
  workflow_run: {
    repository,
    workflow_run: {
      id: 1,
      run_number: 1,
      run_attempt: 1,
      workflow_id: 1,
      path: '.github/workflows/p.yml',
      event: 'pull_request',
      conclusion: 'success',
      head_sha: SHA,
      head_branch: 'topic',
      head_repository: repository,
    },
  },
  issue_comment: {
    action: 'created',
    repository,
    issue: { number: 3, pull_request: {} },
    comment: { id: 1, body: '/perf-baseline help', user },
  },
  schedule: { schedule: '0 3 * * *', repository },
};

const ENV = {
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: SHA,
  GITHUB_RUN_ID: '1',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_NUMBER: '1',
};
const EVENT_NAMES = Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[];
const payload = fc
  .constantFrom(...EVENT_NAMES)
  .chain((name) => fc.tuple(fc.constant(name), fc.oneof(mutatedJson(PAYLOADS[name]), hostileJson)));

const INPUTS = [
  ...[
    'config',
    'start',
    'url',
    'working-directory',
    'compare',
    'baseline-store',
    'baseline-branch',
    'baseline-path',
  ],
  ...['update-baseline', 'series', 'comment', 'comment-key', 'fail-on', 'upload-result', 'no-such'],
];
const PUSH = readEvent({ ...ENV, GITHUB_EVENT_NAME: 'push' }, PAYLOADS.push).event;

const section = {
  series: 'ab12',
  title: 'bench',
  state: 'final' as const,
  verdict: 'regressed' as const,
  run: { workflow: 'ab12', id: 1, number: 2, attempt: 1 },
  sha: 'a1b2c3',
  form: 'full' as const,
  text: '### A regression\n\n| a | b |\n',
};
const frame = () => ({ top: 'top', bottom: 'bottom' });
const BODY = renderBody('ab12', [section, { ...section, series: 'cd34', title: 'other' }], frame);

/** Whatever sections a body holds, rendering them gives a body with the same ones. */
function readBody(body: string): string {
  const sections = parseSections(body);
  const distinct = sections.filter(
    ({ series }, i) => sections.findIndex((other) => other.series === series) === i,
  );
  const again = parseSections(renderBody('ab12', distinct, frame));
  if (again.length !== distinct.length) throw new Error(`${distinct.length} sections became ${again.length}`);
  return '';
}

/** A section's text can neither end its section nor begin another. */
function writeSection([text, title]: [string, string]): string {
  const body = renderBody('ab12', [{ ...section, text, title }], () => ({ top: title, bottom: text }));
  if (parseSections(body).length !== 1) throw new Error('a section was forged');
  return '';
}

/** What a runner's log and its file of outputs would hold. */
function print([text, secret]: [string, string]): string {
  const lines: string[] = [];
  const put = (message: string | Error, properties: object = {}) =>
    void lines.push(String(message), ...Object.values(properties).map(String));
  const core = {
    ...{ debug: put, info: put, notice: put, warning: put, error: put, startGroup: put, endGroup: () => {} },
    setSecret: () => {},
    setOutput: (name: string, value: unknown) => void lines.push(`OUTPUT ${name}=${value}`),
  };
  const log = createLog({ core: core as never, secrets: () => [secret] });
  for (const level of ['debug', 'info', 'notice', 'warning', 'error'] as const) log[level](text);
  maskSecrets(core, [secret]);
  setOutputs(core, { verdict: text as never, regressions: 0, improvements: 0, resultPath: text });
  if (lines.some((line) => line.startsWith('OUTPUT ') && /[\n\r]/.test(line)))
    throw new Error('an output of two lines');
  const marks: string[] = [];
  createLog({
    core: { ...core, info: (line: string) => void marks.push(line) } as never,
    token: () => 'w0rd',
  }).tail(text, text);
  const inside = marks.slice(marks.indexOf('::stop-commands::w0rd') + 1, -1);
  if (inside.some((line) => /^\s*::|##\[/.test(line))) throw new Error('a command inside a tail');
  return lines.join('\n');
}

export const githubParsers = [
  {
    name: 'event payloads',
    share: 10,
    input: payload,
    read: ([name, json]: [string, string]) =>
      nothing(readEvent({ ...ENV, GITHUB_EVENT_NAME: name }, JSON.parse(json))),
  },
  {
    name: "the action's inputs",
    share: 5,
    input: fc.dictionary(fc.constantFrom(...INPUTS), hostileText, { maxKeys: 5 }),
    read: (given: Record<string, string>) => {
      const inputs = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
      readInputs({ ...ENV, ...Object.fromEntries(inputs) }, { event: PUSH, defaultBranch: 'main' });
      return '';
    },
  },
  {
    name: 'series',
    share: 3,
    input: fc.tuple(
      fc.oneof(
        hostileText,
        hostileJson.map((json) => `auto ${json}`),
      ),
      hostileText,
    ),
    read: ([input, folder]: [string, string]) => {
      const { key, title } = readSeries(
        input,
        { ...ENV, GITHUB_JOB: folder },
        { workingDirectory: folder || '.', config: null },
      );
      if (/[\n\r]/.test(key + title)) throw new Error('a series of two lines');
      return '';
    },
  },
  { name: 'comment bodies', share: 10, input: fc.oneof(mutatedText(BODY), hostileText), read: readBody },
  { name: "a section's text", share: 5, input: fc.tuple(hostileText, hostileText), read: writeSection },
  { name: 'log, masks, outputs', share: 8, input: fc.tuple(hostileText, hostileText), read: print },
] as unknown as Parser<never>[];
