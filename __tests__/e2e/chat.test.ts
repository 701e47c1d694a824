import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { measuringSection } from '../../src/action/section.ts';
import { parseAnswer } from '../../src/github/chat-answers.ts';
import { toSection } from '../../src/github/comment.ts';
import { renderBody } from '../../src/github/comment-body.ts';
import { shortHash } from '../../src/github/series.ts';
import { issueCommentEvent, workflowRunEvent } from '../harness/events.ts';
import type { Comment, Pull, Run } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import { job } from './jobs.ts';
import {
  CHATTING,
  measuredRun,
  resultOf,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
let pull: Pull;
let run: Run;
/** A reported regression of `work` p95 and rps. */
beforeEach(async () => {
  const files = { 'README.md': '# service\n', ...serviceFiles({ more: 'criteria: { rps: off }' }) };
  hub = await startGitHub({ files });
  hub.world.setPermission(hub.repository, 'keeper', 'write');
  hub.world.setPermission(hub.repository, 'reader', 'read');
  await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'topic', author: 'author' });
  await storeBaselines(hub, 10);
  run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 20));
  await withoutCheckout(hub, await workflowRunEvent(hub, run));
  expect(report()).toMatch(/❌/);
});
afterEach(() => hub.close());

const chatWorkflow = { name: 'Performance chat', path: '.github/workflows/chat.yml' };

/** A comment by somebody, as new, and the job that it starts. */
async function say(
  login: string,
  body: string,
  given: { comment?: Comment; inputs?: Record<string, string> } = {},
) {
  const comment = given.comment ?? hub.world.comment(hub.repository, pull.number, login, body);
  return hear(comment, given.inputs);
}

async function hear(comment: Comment, inputs: Record<string, string> = {}, event = {}) {
  return withoutCheckout(hub, await issueCommentEvent(hub, pull, comment, event), {
    workflow: chatWorkflow,
    job: 'chat',
    permissions: CHATTING,
    inputs: { check: 'true', ...inputs },
  });
}

const ours = () => hub.repository.comments.filter(({ user }) => user === ACTIONS_BOT);
const report = () => ours().find(({ body }) => body.includes('perf-baseline:comment'))?.body ?? '';
const answers = () => ours().filter(({ body }) => parseAnswer(body) !== undefined);
const reactions = (login: string) =>
  hub.repository.comments
    .filter(({ user }) => user.login === login)
    .map(({ reactions: all }) => all.map(({ content }) => content));

describe('accept', () => {
  test('by somebody who may write lets the head pass, visibly, and completes the check; revoke takes it back', async () => {
    const ran = await say('keeper', '/perf-baseline accept work p95 because <b>security</b> @everyone costs');
    expect(ran.exitCode).toBe(0);
    expect(answers()).toHaveLength(1);
    expect(answers()[0]?.body).toMatch(/`work` `p95`: accepted by @keeper: .*security/);
    expect(answers()[0]?.body).not.toMatch(/<b>|@everyone/);
    expect(report()).toMatch(/accepted by @keeper: .*security/);
    expect(report()).not.toMatch(/^### ❌/m);
    expect(reactions('keeper')).toEqual([['eyes']]);
    expect(hub.repository.checkRuns).toEqual([
      expect.objectContaining({ name: 'perf-baseline', headSha: pull.head.sha, conclusion: 'success' }),
    ]);

    // The check is there now, and is completed anew also where nobody asks for it.
    await say('keeper', '/perf-baseline revoke', { inputs: { check: 'false' } });
    expect(report()).toMatch(/^### ❌/m);
    expect(report()).not.toContain('accepted by');
    expect(hub.repository.checkRuns).toHaveLength(1);
    expect(hub.repository.checkRuns[0]?.conclusion).toBe('failure');
    expect(answers()).toHaveLength(2);
    hub.assertClean();
  });

  test('of everything, until a day, and of what does not fail', async () => {
    await say('keeper', '/perf-baseline accept work rps');
    expect(answers().at(-1)?.body).toMatch(/Nothing of `work` `rps` fails here. What does: `work` `p95`/);
    await say('keeper', '/perf-baseline accept until 2020-01-01');
    expect(answers().at(-1)?.body).toMatch(/2020-01-01 is over/);
    expect(report()).toMatch(/^### ❌/m);
    await say('keeper', '/perf-baseline accept until 2999-12-31');
    expect(report()).toMatch(/Every regression \(until 2999-12-31\): accepted by @keeper/);
  });

  test('has one effect, though it is delivered twice, replayed, edited', async () => {
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline accept');
    await Promise.all([hear(comment), hear(comment)]);
    await hear(comment);
    expect(answers()).toHaveLength(1);
    expect(report()).toContain('accepted by @keeper');

    const edited = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline revoke');
    await hear(edited, {}, { action: 'edited', before: 'hello' });
    const event = await issueCommentEvent(hub, pull, edited);
    edited.body = '/perf-baseline revoke, or rather not';
    await withoutCheckout(hub, event, { permissions: CHATTING });
    expect(report()).toContain('accepted by @keeper');
    expect(answers()).toHaveLength(1);
    hub.assertClean();
  });

  test('is derived anew after the job that answered has died', async () => {
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline accept');
    const fault = hub.fault({
      match: { route: /issues\/update-comment/ },
      kind: { type: 'status', status: 500 },
      times: 100,
    });
    await hear(comment);
    fault.stop();
    expect(answers()).toHaveLength(1);
    expect(report()).not.toContain('accepted by');
    await hear(comment);
    expect(answers()).toHaveLength(1);
    expect(report()).toContain('accepted by @keeper');
  });

  test('holds for the head that was reported, and no other', async () => {
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    await say('keeper', '/perf-baseline accept');
    expect(answers().at(-1)?.body).toMatch(/no report of `\w+`.*older commit/);
    expect(report()).not.toContain('accepted by');

    // A command from before the report cannot have been about it.
    const early = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline accept');
    early.createdAt = '2026-01-01T00:00:00Z';
    run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 20));
    await withoutCheckout(hub, await workflowRunEvent(hub, run));
    await hear(early);
    expect(answers().at(-1)?.body).toMatch(/older than the report/);
    expect(report()).not.toContain('accepted by');
  });

  test('waits for what is still being measured', async () => {
    const origin = { workflow: 'Performance', runId: run.id, runNumber: run.number, runAttempt: 1, url: '' };
    const place = { series: seriesOf({ node: 22 }), title: 'measure (22)', sha: pull.head.sha, origin };
    const frame = () => ({ top: '', bottom: '' });
    const body = renderBody(shortHash('Performance'), [toSection(measuringSection(place))], frame);
    hub.world.comment(hub.repository, pull.number, ACTIONS_BOT.login, body);
    await say('keeper', '/perf-baseline accept');
    expect(answers().at(-1)?.body).toMatch(/still being measured/);
  });

  test('of a pair that the own repository measured judges that pair', async () => {
    run = measuredRun(hub, pull);
    const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id: 'p', side } });
    upload(hub, run, resultOfPull(run, 30, pairing('candidate')), resultOf(15, pairing('baseline')));
    await withoutCheckout(hub, await workflowRunEvent(hub, run));
    await say('keeper', '/perf-baseline accept work');
    expect(report()).toMatch(/measured now, interleaved/);
    expect(report()).toContain('accepted by @keeper');
  });
});

describe('nobody else is obeyed', () => {
  test.each([['reader'], ['author'], ['nobody']])('%s, who may not write', async (login) => {
    const before = report();
    const ran = await say(login, '/perf-baseline accept');
    expect(ran.exitCode).toBe(0);
    expect(ran.annotations.map(({ message }) => message).join()).toMatch(/may not write/);
    expect(reactions(login)).toEqual([['-1']]);
    expect(report()).toBe(before);
    expect(answers()).toHaveLength(0);
    hub.assertClean();
  });

  test('somebody whose permission cannot be asked', async () => {
    hub.fault({
      match: { route: /get-collaborator-permission-level/ },
      kind: { type: 'status', status: 404 },
      times: 100,
    });
    await say('keeper', '/perf-baseline accept');
    expect(reactions('keeper')).toEqual([['-1']]);
    expect(answers()).toHaveLength(0);
  });

  test('an answer that somebody else has forged', async () => {
    await say('keeper', '/perf-baseline accept');
    const [answer] = answers();
    hub.repository.comments.splice(hub.repository.comments.indexOf(answer as Comment), 1);
    hub.world.comment(hub.repository, pull.number, 'reader', answer?.body ?? '');
    await say('keeper', '/perf-baseline status');
    expect(answers().at(-1)?.body).not.toContain('accepted');
  });

  test.each([
    ['a bot', ACTIONS_BOT.login, '/perf-baseline accept'],
    ['a quoted line', 'keeper', '> /perf-baseline accept\n\nno'],
    ['a code block', 'keeper', '```\n/perf-baseline accept\n```'],
    ['small talk', 'keeper', 'please /perf-baseline accept'],
  ])('%s', async (_, login, body) => {
    const ran = await say(login, body);
    expect(ran.exitCode).toBe(0);
    expect(hub.requests.filter(({ host, token }) => host === 'api' && token === ran.token)).toEqual([]);
  });

  test('a comment on an issue, and one on a closed pull request', async () => {
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline accept');
    await hear(comment, {}, { onIssue: true });
    expect(answers()).toHaveLength(0);
    pull.state = 'closed';
    await hear(comment);
    expect(answers().at(-1)?.body).toMatch(/closed/);
  });
});

describe('the other commands', () => {
  test('help and status answer once, and what is not understood gets the help', async () => {
    await say('keeper', '/perf-baseline help');
    await say('keeper', '/perf-baseline status');
    await say('keeper', '/perf-baseline approve @all');
    const [help, status, wrong] = answers().map(({ body }) => body);
    expect(help).toContain('/perf-baseline accept [SCENARIO [METRIC]]');
    expect(status).toMatch(
      new RegExp(`head is \`${pull.head.sha.slice(0, 7)}\`[\\s\\S]*\`measure\`: ❌ regressed`),
    );
    expect(wrong).toMatch(/no such command/);
    expect(answers()).toHaveLength(3);
    hub.assertClean();
  });

  test('rerun repeats the job that measured; without the permission it says what is missing', async () => {
    await say('keeper', '/perf-baseline rerun');
    expect(run).toMatchObject({ attempt: 2, status: 'queued' });
    expect(answers().at(-1)?.body).toMatch(/judged together with the earlier ones/);
    await say('keeper', '/perf-baseline rerun');
    expect(answers().at(-1)?.body).toMatch(/still running/);
    hub.world.completeRun(run, 'success');
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline rerun');
    await withoutCheckout(hub, await issueCommentEvent(hub, pull, comment), {
      permissions: { ...CHATTING, actions: 'read' },
    });
    expect(answers().at(-1)?.body).toMatch(/actions: write/);
    hub.assertClean();
  });
});

test('a re-run is judged together with the attempt before it, and with what was accepted', async () => {
  await hub.world.push(
    hub.repository,
    'topic',
    serviceFiles({ measure: '{ rounds: 2, max-rounds: 2, duration: 100ms, warmup: 0s }' }),
  );
  const { pullRequestEvent } = await import('../harness/events.ts');
  const event = await pullRequestEvent(hub, pull, { action: 'synchronize' });
  const inputs = { compare: 'stored' };
  const live = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run });
  const first = await job(hub, event, { inputs, run: live });
  expect(first.exitCode).toBe(0);
  hub.world.completeRun(live, 'success');
  hub.world.rerun(live);
  const second = await job(hub, event, { inputs, run: live });
  expect(second.exitCode).toBe(0);
  expect(second.summary).toMatch(/judged together with those of attempt 1, 4 in all/);
  expect(report()).toMatch(/judged together with those of attempt 1/);
  hub.assertClean();
});
