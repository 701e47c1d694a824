import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Acceptance, parseAnswer, renderAnswer } from '../../src/github/chat-answers.ts';
import { pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import { Chat } from './chat.ts';
import { job } from './jobs.ts';
import {
  CHATTING,
  publishWithCheck,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
} from './measurements.ts';

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(() => chat.close());

const LEG = seriesOf({ node: 24 });

const publish = async () => publishWithCheck(chat.hub, await workflowRunEvent(chat.hub, chat.run));

/** A second leg of the same run, as slow as the first. */
async function secondLeg() {
  await storeBaselines(chat.hub, 10, { series: LEG });
  const artifact = upload(chat.hub, chat.run, resultOfPull(chat.run, 20, { series: LEG }));
  await publish();
  return artifact;
}

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

const conclusion = () => chat.hub.repository.checkRuns.at(-1)?.conclusion;
const answer = () => chat.answers().at(-1)?.body ?? '';

describe('an acceptance whose day is over', () => {
  beforeEach(async () => {
    await chat.say('keeper', '/perf-baseline accept until 2999-12-31 because of a hurry');
    expect(conclusion()).toBe('success');
    letTimePass();
  });

  test.each(['status', 'help', 'rerun', 'accept work rps', 'nonsense'])(
    'ends at the latest when somebody says %s',
    async (words) => {
      await chat.say('keeper', `/perf-baseline ${words}`);
      expect(conclusion()).toBe('failure');
      expect(chat.report()).toMatch(/^### ❌ /m);
      expect(chat.report()).toMatch(
        /⌛ Every regression: the acceptance of @keeper was until 2020-01-01, and is over: of a hurry/,
      );
      expect(chat.report()).not.toContain('🤝');
      if (words === 'status') {
        expect(answer()).toMatch(/`measure`: ❌ regressed/);
        expect(answer()).toMatch(/the acceptance of @keeper was until 2020-01-01, and is over/);
      }
      chat.hub.assertClean();
    },
  );

  test('ends too where what was measured is gone', async () => {
    for (const artifact of chat.hub.repository.artifacts) artifact.expired = true;
    await chat.say('keeper', '/perf-baseline status');
    expect(answer()).toMatch(/`measure`: ❌ regressed/);
    expect(chat.report()).toMatch(/^### ❌ .*holds no more/m);
    expect(conclusion()).toBe('failure');
    chat.hub.assertClean();
  });

  test('ends when another leg is published', async () => {
    await secondLeg();
    expect(chat.report().match(/^### ❌/gm)).toHaveLength(2);
    expect(conclusion()).toBe('failure');
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
    expect(conclusion()).toBe('failure');
    chat.hub.assertClean();
  });

  test('can be renewed', async () => {
    await chat.say('keeper', '/perf-baseline accept because it takes longer');
    expect(conclusion()).toBe('success');
    expect(chat.report()).not.toContain('⌛');
    chat.hub.assertClean();
  });
});

describe('the order of the comments decides', () => {
  test('where a later revoke is carried out first', async () => {
    const accept = chat.comment('keeper', '/perf-baseline accept');
    const revoke = chat.comment('keeper', '/perf-baseline revoke');
    await chat.hear(revoke);
    expect(answer()).toMatch(/Nothing is accepted .*no comment from before this one/);
    await chat.hear(accept);
    expect(answer()).toMatch(/A later comment has taken this back already/);
    expect(chat.report()).toMatch(/^### ❌/m);
    expect(chat.report()).not.toContain('accepted by');
    expect(conclusion()).toBe('failure');
    // And one that is written after it holds.
    await chat.say('keeper', '/perf-baseline accept');
    expect(conclusion()).toBe('success');
    chat.hub.assertClean();
  });

  test('where a later accept is carried out before a revoke', async () => {
    const revoke = chat.comment('keeper', '/perf-baseline revoke');
    await chat.say('keeper', '/perf-baseline accept because it is meant');
    await chat.hear(revoke);
    expect(answer()).toMatch(/but for what a later comment accepts:\n- 🤝 .*it is meant/);
    expect(chat.report()).toContain('accepted by @keeper');
    expect(conclusion()).toBe('success');
    chat.hub.assertClean();
  });

  test.each([
    ['accept', 'revoke', 'failure'],
    ['revoke', 'accept', 'success'],
  ])('where %s and then %s are carried out at the same time', async (first, second, ended) => {
    const comments = [first, second].map((verb) => chat.comment('keeper', `/perf-baseline ${verb}`));
    await Promise.all(comments.map((comment) => chat.hear(comment)));
    expect(conclusion()).toBe(ended);
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
    expect(conclusion()).toBe(ended);
    chat.hub.assertClean();
  });

  test('also where there is nothing to take back any more when it is carried out', async () => {
    const accept = chat.comment('keeper', '/perf-baseline accept');
    chat.pull.state = 'closed';
    await chat.say('keeper', '/perf-baseline revoke');
    expect(answer()).toMatch(/closed.*\n\nNothing is accepted/);
    chat.pull.state = 'open';
    await chat.hear(accept);
    expect(chat.report()).not.toContain('accepted by');
    expect(answer()).toMatch(/taken this back already/);
  });
});

describe('what cannot be judged again', () => {
  test('is told in the answer, which does not say that the head passes', async () => {
    (await secondLeg()).expired = true;
    await chat.say('keeper', '/perf-baseline accept');
    expect(answer()).toMatch(/It does not pass yet/);
    expect(answer()).toMatch(
      /`measure \(24\)` could not be judged again and stays ❌ regressed, and the check run with it, until it is measured again: `\/perf-baseline rerun`/,
    );
    expect(answer()).toMatch(/has expired/);
    expect(answer()).not.toMatch(/This lets/);
    expect(conclusion()).toBe('failure');
    expect(chat.report()).toMatch(/🤝/);
    chat.hub.assertClean();
  });

  test('keeps nothing that was taken back', async () => {
    await chat.say('keeper', '/perf-baseline accept');
    for (const artifact of chat.hub.repository.artifacts) artifact.expired = true;
    await chat.say('keeper', '/perf-baseline revoke');
    expect(chat.report()).toMatch(/^### ❌ .*holds no more/m);
    expect(conclusion()).toBe('failure');
  });

  test('is told beside what would have to be accepted too', async () => {
    await secondLeg();
    await chat.say('keeper', '/perf-baseline accept');
    expect(answer()).toMatch(/This lets `\w+` pass with/);
    expect(conclusion()).toBe('success');
  });
});
