import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseSections } from '../../src/github/comment-body.ts';
import { issueCommentEvent, pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Comment } from '../harness/github/records.ts';
import { Chat } from './chat.ts';
import { job } from './jobs.ts';
import { CHATTING, measuredRun, resultOfPull, seriesOf, upload, withoutCheckout } from './measurements.ts';
import { serviceFiles } from './service.ts';
import { commentOf, unfinished } from './unfinished.ts';

let chat: Chat;

describe('what changes the thread', () => {
  beforeEach(async () => {
    chat = await Chat.begin();
  });
  afterEach(() => chat.close());

  test('an answer that somebody else has forged', async () => {
    await chat.say('keeper', '/perf-baseline accept');
    const [answer] = chat.answers();
    chat.hub.repository.comments.splice(chat.hub.repository.comments.indexOf(answer as Comment), 1);
    chat.comment('reader', answer?.body ?? '');
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.answers()).toHaveLength(1);
    expect(chat.answer()).not.toContain('accepted');
    // Nor does the head pass any more: of the one that we gave there is no record.
    expect(chat.report()).toMatch(/^### ❌/m);
    expect(chat.conclusion()).toBe('failure');
  });

  test('a comment on an issue, and one on a closed pull request', async () => {
    const comment = chat.comment('keeper', '/perf-baseline accept');
    await chat.hear(comment, {}, { onIssue: true });
    expect(chat.answers()).toHaveLength(0);
    chat.pull.state = 'closed';
    await chat.hear(comment);
    expect(chat.answer()).toMatch(/closed/);
  });

  test('help and status answer once, and what is not understood gets the help', async () => {
    await chat.say('keeper', '/perf-baseline help');
    await chat.say('keeper', '/perf-baseline status');
    await chat.say('keeper', '/perf-baseline approve @all');
    await chat.say('keeper', '> quoted, and displayed so to its end\n/perf-baseline accept');
    const [help, status, wrong, quoted] = chat.answers().map(({ body }) => body);
    expect(help).toContain('/perf-baseline accept [SCENARIO [METRIC]]');
    expect(status).toMatch(
      new RegExp(`head is \`${chat.pull.head.sha.slice(0, 7)}\`[\\s\\S]*\`measure\`: ❌ regressed`),
    );
    expect(wrong).toMatch(/no such command/);
    expect(quoted).toMatch(/leave an empty line above and below it/);
    expect(chat.report()).not.toContain('accepted by');
    expect(chat.answers()).toHaveLength(4);
    chat.hub.assertClean();
  });

  test('rerun repeats the job that measured; without the permission it says what is missing', async () => {
    await chat.say('keeper', '/perf-baseline rerun');
    expect(chat.run).toMatchObject({ attempt: 2, status: 'queued' });
    expect(chat.answer()).toMatch(/judged together with the earlier ones/);
    await chat.say('keeper', '/perf-baseline rerun');
    expect(chat.answer()).toMatch(/still running/);
    chat.hub.world.completeRun(chat.run, 'success');
    const comment = chat.comment('keeper', '/perf-baseline rerun');
    await withoutCheckout(chat.hub, await issueCommentEvent(chat.hub, chat.pull, comment), {
      permissions: { ...CHATTING, actions: 'read' },
    });
    expect(chat.answer()).toMatch(/actions: write/);
    chat.hub.assertClean();
  });

  test('rerun repeats every job of a run that measured', async () => {
    chat.run = measuredRun(chat.hub, chat.pull, ['measure', 'sockets']);
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20));
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20, { series: seriesOf(null, 'sockets') }));
    await withoutCheckout(chat.hub, await workflowRunEvent(chat.hub, chat.run));
    await chat.say('keeper', '/perf-baseline rerun');
    const again = chat.run.jobs.filter(({ attempt }) => attempt === 2).map(({ name }) => name);
    expect(again.sort()).toEqual(['measure', 'sockets']);
  });

  test('a leg whose job was killed holds nobody up: status tells it, the comment too, and rerun repeats it', async () => {
    const { hub, pull, run } = chat;
    const report = hub.repository.comments.find(({ body }) => body === chat.report()) as Comment;
    const leave = (sections = parseSections(report.body)) => {
      report.body = commentOf(run, [...sections, unfinished(pull, run, 22)]);
    };
    leave();
    run.status = 'in_progress';
    const [lost] = run.jobs;
    Object.assign(lost ?? {}, { name: 'measure (22)', status: 'in_progress', conclusion: null });
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.answer()).toMatch(/`measure \(22\)`: .*being measured/);
    expect(chat.report()).toContain('Measuring…');

    Object.assign(lost ?? {}, { status: 'completed', conclusion: 'failure' });
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.answer()).toMatch(/`measure \(22\)`: .*never reported/);
    expect(chat.report()).toMatch(/### ⏹️ Never reported[\s\S]*Run and its log/);
    expect(chat.report()).not.toContain('Measuring…');

    hub.world.completeRun(run, 'failure');
    leave();
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.report()).toMatch(/accepted by @keeper/);
    expect(chat.report()).toContain('Never reported');
    expect(chat.answer()).toMatch(/does not pass yet[\s\S]*`measure \(22\)` .* stays ⏹️ cancelled/);
    // Accepted is what was measured. What never reported keeps the check from being green.
    expect(hub.repository.checkRuns[0]?.conclusion).toBe('cancelled');

    leave([]);
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toMatch(/was never reported.*rerun/);
    leave([]);
    await chat.say('keeper', '/perf-baseline rerun');
    expect(run.attempt).toBe(2);
    hub.assertClean();
  });

  test('a re-run is judged together with the attempt before it, and with what was accepted', async () => {
    await chat.hub.world.push(
      chat.hub.repository,
      'topic',
      serviceFiles({ measure: '{ rounds: 2, max-rounds: 2, duration: 100ms, warmup: 0s }' }),
    );
    const event = await pullRequestEvent(chat.hub, chat.pull, { action: 'synchronize' });
    const inputs = { compare: 'stored' };
    const live = chat.hub.world.createRun(chat.hub.repository, { event: 'pull_request', ...event.run });
    const first = await job(chat.hub, event, { inputs, run: live });
    expect(first.exitCode).toBe(0);
    chat.hub.world.completeRun(live, 'success');
    chat.hub.world.rerun(live);
    const second = await job(chat.hub, event, { inputs, run: live });
    expect(second.exitCode).toBe(0);
    expect(second.summary).toMatch(/judged together with those of attempt 1, 4 in all/);
    expect(chat.report()).toMatch(/judged together with those of attempt 1/);
    chat.hub.assertClean();
  });
});
