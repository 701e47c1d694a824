import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Chat } from './chat.ts';

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(() => chat.close());

describe('the order of the comments decides', () => {
  test('where a later revoke is carried out first', async () => {
    const accept = chat.comment('keeper', '/perf-baseline accept');
    const revoke = chat.comment('keeper', '/perf-baseline revoke');
    await chat.hear(revoke);
    expect(chat.answer()).toMatch(/Nothing is accepted .*no comment from before this one/);
    await chat.hear(accept);
    expect(chat.answer()).toMatch(/A later comment has taken this back already/);
    expect(chat.report()).toMatch(/^### ❌/m);
    expect(chat.report()).not.toContain('accepted by');
    expect(chat.conclusion()).toBe('failure');
    // And one that is written after it holds.
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.conclusion()).toBe('success');
    chat.hub.assertClean();
  });

  test('where a later accept is carried out before a revoke', async () => {
    const revoke = chat.comment('keeper', '/perf-baseline revoke');
    await chat.say('keeper', '/perf-baseline accept because it is meant');
    await chat.hear(revoke);
    expect(chat.answer()).toMatch(/but for what a later comment accepts:\n- 🤝 .*it is meant/);
    expect(chat.report()).toContain('accepted by @keeper');
    expect(chat.conclusion()).toBe('success');
    chat.hub.assertClean();
  });

  test.each([
    ['accept', 'revoke', 'failure'],
    ['revoke', 'accept', 'success'],
  ])('where %s and then %s are carried out at the same time', async (first, second, ended) => {
    const comments = [first, second].map((verb) => chat.comment('keeper', `/perf-baseline ${verb}`));
    await Promise.all(comments.map((comment) => chat.hear(comment)));
    expect(chat.conclusion()).toBe(ended);
    expect(chat.report().includes('accepted by @keeper')).toBe(ended === 'success');
    expect(chat.answers()).toHaveLength(2);
    chat.hub.assertClean();
  });

  test.each([
    ['accept', 'revoke', 'comment', 'failure'],
    ['revoke', 'accept', 'comment', 'success'],
    ['accept', 'revoke', 'check run', 'failure'],
  ])('where %s has judged, and a later %s is carried out before its %s is written', async (...row) => {
    const [first, second, what, ended] = row;
    if (first === 'revoke') await chat.say('keeper', '/perf-baseline accept');
    const comments = [first, second].map((verb) => chat.comment('keeper', `/perf-baseline ${verb}`));
    chat.hub.fault({
      match: { route: what === 'comment' ? /issues\/update-comment/ : /checks\/(create|update)/ },
      kind: {
        type: 'before',
        run: async () => {
          for (const comment of comments.slice(1)) await chat.hear(comment);
        },
      },
      times: 1,
    });
    for (const comment of comments.slice(0, 1)) await chat.hear(comment);
    expect(chat.report().includes('accepted by @keeper')).toBe(ended === 'success');
    expect(chat.conclusion()).toBe(ended);
    chat.hub.assertClean();
  });

  test('also where there is nothing to take back any more when it is carried out', async () => {
    const accept = chat.comment('keeper', '/perf-baseline accept');
    chat.pull.state = 'closed';
    await chat.say('keeper', '/perf-baseline revoke');
    expect(chat.answer()).toMatch(/closed.*\n\nNothing is accepted/);
    chat.pull.state = 'open';
    await chat.hear(accept);
    expect(chat.report()).not.toContain('accepted by');
    expect(chat.answer()).toMatch(/taken this back already/);
  });
});

describe('what cannot be judged again', () => {
  test('is told in the answer, which does not say that the head passes', async () => {
    (await chat.secondLeg()).expired = true;
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toMatch(/It does not pass yet/);
    expect(chat.answer()).toMatch(
      /`measure \(24\)` could not be judged again and stays ❌ regressed, and the check run with it, until it is measured again: `\/perf-baseline rerun`/,
    );
    expect(chat.answer()).toMatch(/has expired/);
    expect(chat.answer()).not.toMatch(/This lets/);
    expect(chat.conclusion()).toBe('failure');
    expect(chat.report()).toMatch(/🤝/);
    chat.hub.assertClean();
  });

  test('keeps nothing that was taken back', async () => {
    await chat.say('keeper', '/perf-baseline accept');
    for (const artifact of chat.hub.repository.artifacts) artifact.expired = true;
    await chat.say('keeper', '/perf-baseline revoke');
    expect(chat.report()).toMatch(/^### ❌ .*holds no more/m);
    expect(chat.conclusion()).toBe('failure');
  });

  test('is told beside what would have to be accepted too', async () => {
    await chat.secondLeg();
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toMatch(/This lets `\w+` pass with/);
    expect(chat.conclusion()).toBe('success');
  });
});
