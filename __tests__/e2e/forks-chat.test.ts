import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { workflowRunEvent } from '../harness/events.ts';
import { Chat } from './chat.ts';
import { measuredRun, resultOf, resultOfPull, upload, withoutCheckout } from './measurements.ts';
import { serviceFiles } from './service.ts';

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(() => chat.close());

test("of a pull request of Dependabot's neither the base that it measured nor its config speaks after a command", async () => {
  const { hub, pull } = chat;
  await hub.world.push(hub.repository, 'topic', serviceFiles({ more: 'criteria: { p95: +900%, rps: off }' }));
  chat.run = measuredRun(hub, pull);
  chat.run.actor = hub.world.user('dependabot[bot]', 'Bot');
  const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id: 'p', side } });
  upload(hub, chat.run, resultOfPull(chat.run, 20, pairing('candidate')), resultOf(20, pairing('baseline')));
  await withoutCheckout(hub, await workflowRunEvent(hub, chat.run));
  expect(chat.report()).toMatch(/❌[\s\S]*the stored baseline speaks here/);
  await chat.say('keeper', '/perf-baseline accept because meant');
  expect(chat.answers().at(-1)?.body).toContain('This lets');
  expect(chat.report()).toMatch(/🤝[\s\S]*the stored baseline speaks here/);
  await chat.say('keeper', '/perf-baseline revoke');
  expect(chat.report()).toMatch(/❌[\s\S]*the stored baseline speaks here/);
});
