import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import type { Result } from '../../src/domain/result.ts';
import { parseSections } from '../../src/github/comment-body.ts';
import { pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull, Repository, Run, Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import { type ZipEntry, zipOf } from '../harness/zip.ts';
import { job } from './jobs.ts';
import {
  measuredRun,
  PUBLISHING,
  resultOf,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';
import { leaveUnfinished } from './unfinished.ts';

let hub: GitHubStandIn;
let fork: Repository;
let pull: Pull;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
  fork = await hub.world.fork(hub.repository, 'stranger');
  // The fork allows itself everything.
  await hub.world.push(fork, 'idea', serviceFiles({ more: 'criteria: { p95: +900%, rps: -99% }' }));
  pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
});
afterEach(() => hub.close());

const publish = async (run: Run, permissions: Scopes = PUBLISHING, inputs: Record<string, string> = {}) =>
  withoutCheckout(hub, await workflowRunEvent(hub, run), { permissions, inputs });

const told = (ran: Awaited<ReturnType<typeof publish>>) =>
  ran.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);

describe('an honest fork', () => {
  test('measures with a token that may only read, and gets its comment from the second workflow', async () => {
    await hub.world.push(fork, 'idea', serviceFiles());
    const event = await pullRequestEvent(hub, pull, { action: 'synchronize' });
    const measured = await job(hub, event, { inputs: { compare: 'stored' } });
    expect(measured).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(measured.log).toMatch(
      /may not comment, .*a fork's: the workflow that `perf-baseline init --forks` writes/,
    );
    expect(hub.repository.comments).toHaveLength(0);
    expect(hub.repository.artifacts).toHaveLength(1);

    const ran = await publish(measured.run);
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(ran.log).toMatch(/: new; the comment is https?:.*#issuecomment-\d+/);
    expect(hub.repository.comments).toHaveLength(1);
    expect(hub.repository.comments[0]).toMatchObject({ number: pull.number, user: ACTIONS_BOT });
    expect(hub.repository.comments[0]?.body).toContain(pull.head.sha.slice(0, 7));
    const again = await publish(measured.run);
    expect(again.exitCode).toBe(0);
    expect(hub.repository.comments).toHaveLength(1);
    expect(await hub.repository.git.resolve('refs/heads/perf-baseline')).toBeUndefined();
    hub.assertClean();
  });

  test('is judged by the criteria of the base branch, whatever its artifact and its config say', async () => {
    await storeBaselines(hub, 10);
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 20, { verdict: 'improved' }));
    const ran = await publish(run);
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed' } });
    expect(told(ran).join()).toMatch(/says improved of itself; judged anew it is regressed/);
    const [comment] = hub.repository.comments;
    expect(comment?.body).toMatch(/❌.*`work` p95 is .*slower/);
    expect(comment?.body).not.toContain('evil.example');
    expect(ran.summary).toMatch(/regressed/);
    hub.assertClean();
  });

  test('says nothing in Markdown: what it holds is shown as it stands, and does nothing', async () => {
    const hostile =
      '## ✅ Fine @everyone <img src=x> ![a](https://evil.example/a) </details> <!-- perf-baseline:end --> ::error::x ##[error]y';
    const run = measuredRun(hub, pull);
    const result = resultOfPull(run, 10, {
      warnings: [{ code: 'forged', message: `x\n\n${hostile}\n::error::z` }],
    });
    const [scenario] = result.scenarios;
    if (scenario === undefined) throw new Error('there is a scenario');
    const { gates } = result.environment;
    upload(hub, run, {
      ...result,
      environment: { ...result.environment, gates: { ...gates, cpuModel: hostile } },
      scenarios: [scenario, { ...scenario, name: hostile }],
    });
    const ran = await publish(run);
    expect(ran.exitCode).toBe(0);
    const body = hub.repository.comments[0]?.body ?? '';
    expect(body).toContain('everyone');
    for (const text of [body, ran.summary]) {
      expect(text).not.toMatch(/@everyone|<img|^::error|##\[error\]|^## ✅ Fine/m);
      expect(new MarkdownIt({ html: true, linkify: true }).render(text)).not.toMatch(/<img|href="[^"]*evil/);
    }
    expect(body.match(/<!-- perf-baseline:end -->/g)).toHaveLength(1);
    expect(parseSections(body)).toHaveLength(1);
    expect(ran.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    hub.assertClean();
  });

  test('a pair that it measured itself does not speak: its base could say anything', async () => {
    await storeBaselines(hub, 10);
    const run = measuredRun(hub, pull);
    const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id: 'p', side } });
    upload(hub, run, resultOfPull(run, 20, pairing('candidate')), resultOf(20, pairing('baseline')));
    const ran = await publish(run);
    expect(ran.outputs.verdict).toBe('regressed');
    expect(hub.repository.comments[0]?.body).toMatch(/the stored baseline speaks here/);
  });

  test('is not in the way of a report that the run has made itself', async () => {
    await hub.world.push(hub.repository, 'own', { 'a.txt': '1' });
    const own = await hub.world.openPull(hub.repository, { head: 'own' });
    const measured = await job(hub, await pullRequestEvent(hub, own), { inputs: { compare: 'stored' } });
    const [before] = hub.repository.comments.map(({ body }) => body);
    expect(before).toMatch(/no baseline/i);
    const ran = await publish(measured.run);
    expect(ran.exitCode).toBe(0);
    expect(hub.repository.comments.map(({ body }) => body)).toEqual([before]);
    hub.assertClean();
  });
});

test('a report is shown as one of an older commit as soon as the next run begins', async () => {
  const run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 10));
  await publish(run);
  const old = pull.head.sha.slice(0, 7);
  await hub.world.push(fork, 'idea', { 'd.txt': '4' });
  const next = measuredRun(hub, pull);
  Object.assign(next, { status: 'in_progress', conclusion: null });
  const event = await workflowRunEvent(hub, next, { action: 'requested' });
  await withoutCheckout(hub, event);
  const body = () => hub.repository.comments[0]?.body ?? '';
  expect(body()).toContain(`\`${pull.head.sha.slice(0, 7)}\`, the latest commit, is being measured`);
  expect(body()).toContain(`_Measured at \`${old}\`, not at the latest commit:_`);
  upload(hub, next, resultOfPull(next, 10));
  hub.world.completeRun(next, 'success');
  await publish(next);
  expect(body()).not.toMatch(/being measured|not at the latest/);
  // GitHub may tell of the beginning after the end.
  await withoutCheckout(hub, event);
  expect(body()).not.toMatch(/being measured/);
  expect(hub.repository.comments).toHaveLength(1);
  hub.assertClean();
});

test.each([
  ['before its run ends', false],
  ['while the result is judged', true],
])(
  'a pull request that is closed %s: its comment does not go on measuring, and gets the report',
  async (_, late) => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10));
    await publish(run);
    await hub.world.push(fork, 'idea', { 'd.txt': '4' });
    const next = measuredRun(hub, pull);
    Object.assign(next, { status: 'in_progress', conclusion: null });
    const begun = await workflowRunEvent(hub, next, { action: 'requested' });
    await withoutCheckout(hub, begun);
    const body = () => hub.repository.comments[0]?.body ?? '';
    expect(body()).toContain('is being measured');
    upload(hub, next, resultOfPull(next, 10));
    hub.world.completeRun(next, 'success');
    const close = () => {
      pull.state = 'closed';
    };
    if (late)
      hub.fault({
        match: { route: /repos\/get-content/ },
        kind: { type: 'after', run: async () => close() },
      });
    else close();
    const ran = await publish(next);
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(body()).not.toMatch(/being measured|not at the latest/);
    expect(body()).toContain(pull.head.sha.slice(0, 7));
    expect(hub.repository.comments).toHaveLength(1);
    expect(await hub.repository.git.resolve('refs/heads/perf-baseline')).toBeUndefined();
    // Nothing begins there any more.
    await hub.world.push(fork, 'idea', { 'e.txt': '5' });
    const last = measuredRun(hub, pull);
    Object.assign(last, { status: 'in_progress', conclusion: null });
    await withoutCheckout(hub, await workflowRunEvent(hub, last, { action: 'requested' }));
    expect(body()).not.toMatch(/being measured/);
    hub.assertClean();
  },
);

test('a section of the own repository that was lost is made again from the artifact', async () => {
  await hub.world.push(hub.repository, 'own', { 'a.txt': '1' });
  const own = await hub.world.openPull(hub.repository, { head: 'own' });
  const run = measuredRun(hub, own);
  const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id: 'p', side } });
  upload(hub, run, resultOfPull(run, 30, pairing('candidate')), resultOf(15, pairing('baseline')));
  await publish(run);
  expect(hub.repository.comments[0]?.body).toMatch(/❌[\s\S]*measured now, interleaved/);
});

describe('what changes nothing, and is reported in one line', () => {
  let other: Pull;
  beforeEach(async () => {
    await hub.world.push(hub.repository, 'other', { 'a.txt': '1' });
    other = await hub.world.openPull(hub.repository, { head: 'other' });
  });
  const bomb = Buffer.alloc(70_000_000, 32);
  const gz = (result: Result) => Buffer.from(encodeBaseline(result));
  const origin = (run: Run, changes: object) => ({
    origin: { ...(resultOfPull(run, 10).origin as NonNullable<Result['origin']>), ...changes },
  });

  test.each<[string, (run: Run) => Result | ZipEntry[], RegExp]>([
    [
      'another head',
      (run) => resultOfPull(run, 10, origin(run, { headSha: 'a'.repeat(40) })),
      /it says head/,
    ],
    [
      'the number of another pull request',
      (run) => [
        {
          name: 'result.json.gz',
          content: JSON.stringify({ ...resultOfPull(run, 10), pullRequest: other.number }),
        },
      ],
      /unknown key "pullRequest"/,
    ],
    [
      'the head of another pull request',
      (run) => resultOfPull(run, 10, origin(run, { headSha: other.head.sha })),
      /it says head/,
    ],
    ['another run', (run) => resultOfPull(run, 10, origin(run, { runId: 1 })), /it says run 1/],
    [
      'another repository',
      (run) => resultOfPull(run, 10, origin(run, { repository: 'a/b' })),
      /it says repository/,
    ],
    ['another event', (run) => resultOfPull(run, 10, origin(run, { event: 'push' })), /it says event "push"/],
    [
      'another workflow',
      (run) => resultOfPull(run, 10, { series: seriesOf().replace('perf.yml', 'lint.yml') }),
      /it says workflow/,
    ],
    [
      'a redefined metric',
      (run) => {
        const result = resultOfPull(run, 10);
        const [scenario] = result.scenarios;
        const metrics = scenario?.metrics.map((metric) => ({ ...metric, better: 'higher' as const })) ?? [];
        return { ...result, scenarios: scenario ? [{ ...scenario, metrics }] : [] };
      },
      /not defined so here/,
    ],
    [
      'Markdown beside the result',
      (run) => [
        { name: 'result.json.gz', content: gz(resultOfPull(run, 10)) },
        { name: 'report.md', content: '# All fine @everyone' },
      ],
      /holds "report.md"/,
    ],
    ['a path that leads out', () => [{ name: '../../../result.json.gz', content: 'x' }], /is refused/],
    ['a link', () => [{ name: 'result.json.gz', content: '/etc/passwd', mode: 0o120777 }], /link/],
    ['a bomb', () => [{ name: 'result.json.gz', content: bomb }], /unpacks to more than|is refused/],
    [
      'a newer schema',
      () => [{ name: 'result.json.gz', content: '{"schema":"perf-baseline/result","version":99}' }],
      /newer perf-baseline/,
    ],
    ['no result', () => [{ name: 'result.json.gz', content: 'all is well' }], /is not JSON/],
    [
      'a prototype key',
      () => [
        {
          name: 'result.json.gz',
          content: '{"schema":"perf-baseline/result","version":1,"__proto__":{"a":1}}',
        },
      ],
      /__proto__/,
    ],
  ])('an artifact with %s', async (_, make, words) => {
    const run = measuredRun(hub, pull);
    const made = make(run);
    const name = `perf-baseline-result-${'0'.repeat(20)}-1`;
    if (Array.isArray(made)) hub.world.addArtifact(hub.repository, run, name, zipOf(made));
    else upload(hub, run, made);
    const before = await hub.repository.git.refs('refs');
    const ran = await publish(run);
    expect(ran.exitCode).toBe(0);
    expect(told(ran)).toEqual([expect.stringMatching(words)]);
    expect(told(ran)[0]).not.toContain('\n');
    expect(ran.summary.trim().split('\n')).toHaveLength(1);
    expect(hub.repository.comments).toHaveLength(0);
    expect(await hub.repository.git.refs('refs')).toEqual(before);
    expect(hub.requests.filter(({ method, host }) => host === 'api' && method !== 'GET')).toEqual([]);
    hub.assertClean();
  });

  test('one leg of several: the others are published, and it is named', async () => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10, { series: seriesOf({ node: 22 }) }));
    const forged = { series: seriesOf({ node: 24 }), ...origin(run, { headSha: other.head.sha }) };
    upload(hub, run, resultOfPull(run, 10, forged));
    const ran = await publish(run);
    expect(told(ran)).toEqual([expect.stringMatching(/^Refused: .*it says head/)]);
    expect(ran.summary).toMatch(/^- ⚠️ Refused: .*it says head.*\n\n###/);
    expect(hub.repository.comments.map(({ number }) => number)).toEqual([pull.number]);
    expect(hub.repository.comments[0]?.body).toContain('measure (22)');
    expect(hub.repository.comments[0]?.body).not.toContain('measure (24)');
    hub.assertClean();
  });

  test('an artifact of another run, and one that is no result, are not even looked at', async () => {
    const other = measuredRun(hub, pull);
    upload(hub, other, resultOfPull(other, 10));
    const run = measuredRun(hub, pull);
    hub.world.addArtifact(hub.repository, run, 'coverage', zipOf([{ name: 'a', content: 'b' }]));
    const ran = await publish(run);
    expect(ran).toMatchObject({ exitCode: 0, summary: '' });
    expect(hub.repository.comments).toHaveLength(0);
    expect(hub.counts()['actions/download-artifact 302']).toBeUndefined();
  });

  test.each<[string, () => Promise<void> | void, RegExp]>([
    [
      'a head that has moved on',
      async () => {
        await hub.world.push(fork, 'idea', { 'b.txt': '2' });
      },
      /moved on/,
    ],
    [
      'a closed pull request',
      () => {
        pull.state = 'closed';
      },
      /no open pull request/,
    ],
    [
      'two pull requests from one head',
      async () => {
        await hub.repository.git.run(['branch', 'release', 'main']);
        await hub.world.openPull(hub.repository, { head: 'idea', from: fork, base: 'release' });
      },
      /several pull requests/,
    ],
  ])('%s', async (_, happen, words) => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10));
    await happen();
    const ran = await publish(run);
    expect(ran.exitCode).toBe(0);
    expect(told(ran)).toEqual([expect.stringMatching(words)]);
    expect(hub.repository.comments).toHaveLength(0);
  });

  test('a head that moves on while the result is judged', async () => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10));
    hub.fault({
      match: { route: /repos\/get-content/ },
      kind: { type: 'after', run: async () => void (await hub.world.push(fork, 'idea', { 'c.txt': '3' })) },
    });
    expect(told(await publish(run))).toEqual([expect.stringMatching(/moved on/)]);
    expect(hub.repository.comments).toHaveLength(0);
  });

  test('an expired artifact', async () => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10)).expired = true;
    expect(told(await publish(run))).toEqual([expect.stringMatching(/expired/)]);
  });
});

describe('the publishing mode', () => {
  test('refuses to start or measure anything', async () => {
    const run = measuredRun(hub, pull);
    const ran = await publish(run, PUBLISHING, { start: 'touch hacked', url: 'http://127.0.0.1:1/' });
    expect(ran.exitCode).toBe(1);
    expect(ran.log).toMatch(/nothing is started or measured/);
  });

  test.each<[keyof Scopes, RegExp]>([
    ['actions', /actions: read/],
    ['pull-requests', /pull-requests: (read|write)/],
    ['contents', /contents: read/],
  ])('without %s it says what is missing', async (scope, words) => {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10));
    const ran = await publish(run, { ...PUBLISHING, [scope]: 'none' });
    expect(ran.annotations.map(({ message }) => message).join()).toMatch(words);
    expect(ran.log).not.toMatch(/\n\s+at /);
    expect(hub.repository.comments).toHaveLength(0);
  });

  test.each(['open', 'closed'] as const)(
    'a job that was killed, and one that was skipped, are not left as if they were still measuring, in one that is %s',
    async (state) => {
      pull.state = state;
      const run = measuredRun(hub, pull, ['measure (20)', 'measure (22)', 'measure (24)', 'lint']);
      for (const [name, conclusion] of [
        ['measure (20)', 'success'],
        ['measure (22)', 'failure'],
        ['measure (24)', 'skipped'],
        ['lint', 'cancelled'],
      ])
        Object.assign(run.jobs.find((one) => one.name === name) ?? {}, { conclusion });
      leaveUnfinished(hub, pull, run, 22);
      upload(hub, run, resultOfPull(run, 10, { series: seriesOf({ node: 20 }) }));
      await publish(run);
      const [comment] = hub.repository.comments;
      expect(hub.repository.comments).toHaveLength(1);
      expect(comment?.body).not.toContain('Measuring');
      expect(comment?.body).toMatch(/`measure \(22\)`.*cancelled/);
      expect(comment?.body).toContain('Never reported');
      expect(comment?.body).toMatch(/`measure \(20\)`/);
      expect(comment?.body).toContain('`measure (24)` did not report for this commit: skipped');
      expect(comment?.body).toContain('`lint` ended with cancelled, and no result is known to be of it');
      hub.assertClean();
    },
  );
});
