import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { issueCommentEvent, workflowRunEvent } from '../harness/events.ts';
import type { Comment } from '../harness/github/records.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import { Chat } from './chat.ts';
import { inParallel } from './jobs.ts';
import { CHATTING, measuredRun, resultOfPull, upload, withoutCheckout } from './measurements.ts';

/** Every command, in every situation in which it may be written. */
const VERBS = ['accept', 'revoke', 'rerun', 'status', 'help'] as const;
type Verb = (typeof VERBS)[number];
const order = (verb: Verb) => `/perf-baseline ${verb}`;

let chat: Chat;

/** What no command may have changed. */
const state = () => ({
  report: chat.report(),
  answers: chat.answers().length,
  attempt: chat.run.attempt,
  checks: chat.hub.repository.checkRuns.length,
});

describe('no command has an effect', () => {
  // One thread for all: nothing may change on it.
  beforeAll(async () => {
    chat = await Chat.begin();
    chat.hub.world.user('helper[bot]', 'Bot');
    chat.hub.world.setPermission(chat.hub.repository, 'helper[bot]', 'write');
  });
  afterAll(() => chat.close());

  /** `unheard`: not a single request was made for it. `refused`: a thumb down, and no words. */
  const situations: [
    name: string,
    outcome: 'unheard' | 'refused',
    say: (body: string) => [comment: Comment, event?: object, after?: (comment: Comment) => void],
  ][] = [
    ['by a reader', 'refused', (body) => [chat.comment('reader', body)]],
    ['by the author, who may not write', 'refused', (body) => [chat.comment('author', body)]],
    ['by nobody known', 'refused', (body) => [chat.comment('stranger', body)]],
    [
      'edited before it was read',
      'refused',
      (body) => [
        chat.comment('keeper', body),
        {},
        (comment) => {
          comment.body = `${body} or not`;
        },
      ],
    ],
    ['by the bot itself', 'unheard', (body) => [chat.comment(ACTIONS_BOT.login, body)]],
    ['by a bot that may write', 'unheard', (body) => [chat.comment('helper[bot]', body)]],
    ['in a quoted line', 'unheard', (body) => [chat.comment('keeper', `> ${body}\n\nno`)]],
    ['in a code block', 'unheard', (body) => [chat.comment('keeper', `\`\`\`\n${body}\n\`\`\``)]],
    ['in HTML that is code', 'unheard', (body) => [chat.comment('keeper', `<pre>\n\n${body}\n\n</pre>`)]],
    ['in code of several lines', 'unheard', (body) => [chat.comment('keeper', `So \`a\n${body}\nb\`?`)]],
    ['in indented code', 'unheard', (body) => [chat.comment('keeper', `So:\n\n    ${body}`)]],
    ['in the middle of a line', 'unheard', (body) => [chat.comment('keeper', `please ${body}`)]],
    ['in what readers do not see', 'unheard', (body) => [chat.comment('keeper', `<!--\n${body}\n-->`)]],
    [
      'written into a comment afterwards',
      'unheard',
      (body) => [chat.comment('keeper', body), { action: 'edited', before: 'hello' }],
    ],
  ];

  test.each(situations)('%s', async (_, outcome, say) => {
    const before = state();
    await inParallel(VERBS, async (verb) => {
      const [comment, changes, after] = say(order(verb));
      const event = await issueCommentEvent(chat.hub, chat.pull, comment, changes);
      after?.(comment);
      const ran = await withoutCheckout(chat.hub, event, {
        ...{ job: 'chat', permissions: CHATTING, inputs: { check: 'true' } },
      });
      expect(ran.exitCode).toBe(0);
      const asked = chat.hub.requests.filter(({ host, token }) => host === 'api' && token === ran.token);
      if (outcome === 'unheard') expect(asked).toEqual([]);
      else expect(ran.annotations.map(({ message }) => message).join()).toMatch(/may not write|was edited/);
      const reactions = comment.reactions.map(({ content }) => content);
      expect(reactions).toEqual(outcome === 'refused' ? ['-1'] : []);
    });
    expect(state()).toEqual(before);
    chat.hub.assertClean();
  });

  test('while nobody can say who may write', async () => {
    const before = state();
    const down = chat.hub.fault({
      match: { route: /get-collaborator-permission-level/ },
      kind: { type: 'status', status: 404 },
      times: 100,
    });
    await inParallel(VERBS, async (verb) => {
      const comment = chat.comment('keeper', order(verb));
      const ran = await chat.hear(comment);
      expect(ran.annotations.map(({ message }) => message).join()).toMatch(/counts as not allowed/);
      expect(comment.reactions.map(({ content }) => content)).toEqual(['-1']);
    });
    down.stop();
    expect(state()).toEqual(before);
  });
});

describe('each command', () => {
  beforeEach(async () => {
    chat = await Chat.begin();
  });
  afterEach(() => chat.close());

  test('by somebody who may write has one effect and one answer, delivered again or edited afterwards', async () => {
    /** What is to be seen when the command has been carried out once. */
    const effects: [Verb, RegExp, () => void][] = [
      ['help', /takes back all that was accepted/, () => {}],
      ['status', /`measure`: ❌ regressed/, () => {}],
      ['accept', /accepted by @keeper/, () => expect(chat.report()).toContain('accepted by @keeper')],
      ['revoke', /Taken back by @keeper/, () => expect(chat.report()).not.toContain('accepted by')],
      ['rerun', /measures `\w{7}` again/, () => expect(chat.run.attempt).toBe(2)],
    ];
    for (const [i, [verb, words, seen]] of effects.entries()) {
      const comment = chat.comment('keeper', order(verb));
      await chat.hear(comment);
      expect(chat.answer()).toMatch(words);
      seen();
      await chat.hear(comment);
      const other = VERBS.find((one) => one !== verb) ?? 'help';
      comment.body = order(other);
      await chat.hear(comment, {}, { action: 'edited', before: order(verb) });
      seen();
      expect(chat.answers()).toHaveLength(i + 1);
      expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes']);
    }
    expect(chat.hub.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure']);
    chat.hub.assertClean();
  });

  test('when the head is not the one that was reported', async () => {
    await chat.say('keeper', order('accept'));
    await chat.hub.world.push(chat.hub.repository, 'topic', { 'a.txt': '2' });
    const before = state();
    const words: Record<Verb, RegExp> = {
      accept: /no report of `\w+`.*older commit/,
      revoke: /no report of `\w+`.*older commit/,
      rerun: /no report of `\w+`.*older commit/,
      status: /`measure`: 🤝 regressed, accepted, of the older commit/,
      help: /takes back all that was accepted/,
    };
    for (const verb of VERBS) {
      await chat.say('keeper', order(verb));
      expect(chat.answer()).toMatch(words[verb]);
      expect(chat.answer()).not.toContain('accepted by @keeper');
    }
    expect(state()).toEqual({ ...before, answers: before.answers + VERBS.length });
    chat.hub.assertClean();
  });

  test('when what it accepted was another head', async () => {
    await chat.say('keeper', order('accept'));
    await chat.hub.world.push(chat.hub.repository, 'topic', { 'a.txt': '2' });
    chat.run = measuredRun(chat.hub, chat.pull);
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20));
    await withoutCheckout(chat.hub, await workflowRunEvent(chat.hub, chat.run));
    expect(chat.report()).toMatch(/^### ❌/m);
    expect(chat.report()).not.toContain('accepted by');
    chat.hub.assertClean();
  });
});
