import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Acceptance, parseAnswer, renderAnswer } from '../../src/github/chat-answers.ts';
import { pullRequestEvent } from '../harness/events.ts';
import { Chat } from './chat.ts';
import { job } from './jobs.ts';
import { CHATTING } from './measurements.ts';

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(() => chat.close());

/** Makes the day of every acceptance one that is long over. */
function letTimePass(): void {
  for (const comment of chat.answers()) {
    const answer = parseAnswer(comment.body);
    if (answer === undefined || typeof answer.effect === 'string' || answer.effect.until === null) continue;
    const effect: Acceptance & { type: 'accept' } = { ...answer.effect, until: '2020-01-01' };
    comment.body = renderAnswer({ ...answer, effect }, 'as it was');
    const report = chat.hub.repository.comments.find(({ body }) => body === chat.report());
    if (report) report.body = report.body.replaceAll('until 2999-12-31', 'until 2020-01-01');
  }
}

describe('an acceptance whose day is over', () => {
  beforeEach(async () => {
    await chat.say('keeper', '/perf-baseline accept until 2999-12-31 because of a hurry');
    expect(chat.conclusion()).toBe('success');
    letTimePass();
  });

  test.each(['status', 'help', 'rerun', 'accept work rps', 'nonsense'])(
    'ends at the latest when somebody says %s',
    async (words) => {
      await chat.say('keeper', `/perf-baseline ${words}`);
      expect(chat.conclusion()).toBe('failure');
      expect(chat.report()).toMatch(/^### ❌ /m);
      expect(chat.report()).toMatch(
        /⌛ Every regression: the acceptance of @keeper was until 2020-01-01, and is over: of a hurry/,
      );
      expect(chat.report()).not.toContain('🤝');
      if (words === 'status') {
        expect(chat.answer()).toMatch(/`measure`: ❌ regressed/);
        expect(chat.answer()).toMatch(/the acceptance of @keeper was until 2020-01-01, and is over/);
      }
      chat.hub.assertClean();
    },
  );

  test('ends too where what was measured is gone', async () => {
    for (const artifact of chat.hub.repository.artifacts) artifact.expired = true;
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.answer()).toMatch(/`measure`: ❌ regressed/);
    expect(chat.report()).toMatch(/^### ❌ .*holds no more/m);
    expect(chat.conclusion()).toBe('failure');
    chat.hub.assertClean();
  });

  test('ends when another leg is published', async () => {
    await chat.secondLeg();
    expect(chat.report().match(/^### ❌/gm)).toHaveLength(2);
    expect(chat.conclusion()).toBe('failure');
    await chat.say('keeper', '/perf-baseline status');
    expect(chat.report().match(/^### ❌/gm)).toHaveLength(2);
    expect(chat.report()).not.toContain('holds no more');
  });

  test('ends when another leg measures', async () => {
    const event = await pullRequestEvent(chat.hub, chat.pull, { action: 'synchronize' });
    await job(chat.hub, event, {
      inputs: { compare: 'stored', check: 'true' },
      permissions: { ...CHATTING, contents: 'write' },
      matrix: { node: 24 },
      legs: 2,
    });
    expect(chat.report()).toMatch(/^### ❌ .*holds no more/m);
    expect(chat.report()).toMatch(/the acceptance of @keeper was until 2020-01-01, and is over/);
    expect(chat.conclusion()).toBe('failure');
    chat.hub.assertClean();
  });

  test('can be renewed', async () => {
    await chat.say('keeper', '/perf-baseline accept because it takes longer');
    expect(chat.conclusion()).toBe('success');
    expect(chat.report()).not.toContain('⌛');
    chat.hub.assertClean();
  });
});
