import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { issueCommentEvent, pullRequestEvent } from '../harness/events.ts';
import type { Comment } from '../harness/github/records.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import { Chat } from './chat.ts';
import { job } from './jobs.ts';
import { CHATTING, withoutCheckout } from './measurements.ts';
import { serviceFiles } from './service.ts';

let chat: Chat;

describe('nobody else is obeyed', () => {
  // One thread for all: none of them changes anything on it.
  beforeAll(async () => {
    chat = await Chat.begin();
  });
  afterAll(() => chat.close());

  test.each([['reader'], ['author'], ['nobody']])('%s, who may not write', async (login) => {
    const before = chat.report();
    const ran = await chat.say(login, '/perf-baseline accept');
    expect(ran.exitCode).toBe(0);
    expect(ran.annotations.map(({ message }) => message).join()).toMatch(/may not write/);
    expect(chat.reactions(login)).toEqual([['-1']]);
    expect(chat.report()).toBe(before);
    expect(chat.answers()).toHaveLength(0);
    chat.hub.assertClean();
  });

  test.each([
    ['a bot', ACTIONS_BOT.login, '/perf-baseline accept'],
    ['a quoted line', 'keeper', '> /perf-baseline accept\n\nno'],
    ['a code block', 'keeper', '```\n/perf-baseline accept\n```'],
    ['small talk', 'keeper', 'please /perf-baseline accept'],
  ])('%s', async (_, login, body) => {
    const ran = await chat.say(login, body);
    expect(ran.exitCode).toBe(0);
    expect(chat.hub.requests.filter(({ host, token }) => host === 'api' && token === ran.token)).toEqual([]);
  });
});

describe('what changes the thread', () => {
  beforeEach(async () => {
    chat = await Chat.begin();
  });
  afterEach(() => chat.close());

  test('somebody whose permission cannot be asked', async () => {
    chat.hub.fault({
      match: { route: /get-collaborator-permission-level/ },
      kind: { type: 'status', status: 404 },
      times: 100,
    });
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.reactions('keeper')).toEqual([['-1']]);
    expect(chat.answers()).toHaveLength(0);
  });

  test('an answer that somebody else has forged', async () => {
    await chat.say('keeper', '/perf-baseline accept');
    const [answer] = chat.answers();
    chat.hub.repository.comments.splice(chat.hub.repository.comments.indexOf(answer as Comment), 1);
    chat.comment('reader', answer?.body ?? '');
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.answers().at(-1)?.body).not.toContain('accepted');
  });

  test('a comment on an issue, and one on a closed pull request', async () => {
    const comment = chat.comment('keeper', '/perf-baseline accept');
    await chat.hear(comment, {}, { onIssue: true });
    expect(chat.answers()).toHaveLength(0);
    chat.pull.state = 'closed';
    await chat.hear(comment);
    expect(chat.answers().at(-1)?.body).toMatch(/closed/);
  });

  test('help and status answer once, and what is not understood gets the help', async () => {
    await chat.say('keeper', '/perf-baseline help');
    await chat.say('keeper', '/perf-baseline status');
    await chat.say('keeper', '/perf-baseline approve @all');
    const [help, status, wrong] = chat.answers().map(({ body }) => body);
    expect(help).toContain('/perf-baseline accept [SCENARIO [METRIC]]');
    expect(status).toMatch(
      new RegExp(`head is \`${chat.pull.head.sha.slice(0, 7)}\`[\\s\\S]*\`measure\`: ❌ regressed`),
    );
    expect(wrong).toMatch(/no such command/);
    expect(chat.answers()).toHaveLength(3);
    chat.hub.assertClean();
  });

  test('rerun repeats the job that measured; without the permission it says what is missing', async () => {
    await chat.say('keeper', '/perf-baseline rerun');
    expect(chat.run).toMatchObject({ attempt: 2, status: 'queued' });
    expect(chat.answers().at(-1)?.body).toMatch(/judged together with the earlier ones/);
    await chat.say('keeper', '/perf-baseline rerun');
    expect(chat.answers().at(-1)?.body).toMatch(/still running/);
    chat.hub.world.completeRun(chat.run, 'success');
    const comment = chat.comment('keeper', '/perf-baseline rerun');
    await withoutCheckout(chat.hub, await issueCommentEvent(chat.hub, chat.pull, comment), {
      permissions: { ...CHATTING, actions: 'read' },
    });
    expect(chat.answers().at(-1)?.body).toMatch(/actions: write/);
    chat.hub.assertClean();
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
