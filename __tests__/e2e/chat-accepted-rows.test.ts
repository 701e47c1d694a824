import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { workflowRunEvent } from '../harness/events.ts';
import { Chat } from './chat.ts';
import {
  measuredRun,
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

const publish = async () => publishWithCheck(chat.hub, await workflowRunEvent(chat.hub, chat.run));

describe('what was accepted', () => {
  test.each([
    ['holds when the run is repeated and nothing got worse', 20.2, 'success'],
    ['does not hold for an attempt that is far worse', 200, 'failure'],
  ])('%s', async (_, ms, conclusion) => {
    await chat.say('keeper', '/perf-baseline accept because twice is meant');
    chat.hub.world.rerun(chat.run);
    chat.hub.world.completeRun(chat.run, 'success');
    upload(chat.hub, chat.run, resultOfPull(chat.run, ms));
    await publish();
    expect(chat.hub.repository.checkRuns.at(-1)).toMatchObject({ status: 'completed', conclusion });
    expect(chat.report().includes('accepted by')).toBe(conclusion === 'success');
  });

  test.each([
    ['judged', /repos\/get-content/],
    ['shown', /issues\/update-comment/],
  ])('does not hold when it is taken back while a repeated run is %s', async (_, route) => {
    await chat.say('keeper', '/perf-baseline accept because twice is meant');
    chat.hub.world.rerun(chat.run);
    chat.hub.world.completeRun(chat.run, 'success');
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20.2));
    const revoke = async () => void (await chat.say('keeper', '/perf-baseline revoke'));
    chat.hub.fault({ match: { route }, kind: { type: 'after', run: revoke } });
    await publish();
    expect(chat.hub.repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure' });
    expect(chat.report()).not.toContain('accepted by');
  });

  test('holds when the run that failed for it is published again, but an attempt that fails before it measures is not green', async () => {
    await chat.say('keeper', '/perf-baseline accept because twice is meant');
    chat.run.conclusion = 'failure';
    for (const one of chat.run.jobs) one.conclusion = 'failure';
    await publish();
    expect(chat.conclusion()).toBe('success');
    expect(chat.report()).not.toContain('may be missing');
    chat.hub.world.rerun(chat.run);
    chat.hub.world.completeRun(chat.run, 'failure');
    await publish();
    expect(chat.conclusion()).toBe('cancelled');
    expect(chat.report()).toMatch(/`measure` ended with failure, .*may be missing/);
  });

  test('does not hold for a leg that reports later', async () => {
    const series = seriesOf({ node: 24 });
    await storeBaselines(chat.hub, 10, { series });
    await chat.say('keeper', '/perf-baseline accept because of one leg');
    expect(chat.conclusion()).toBe('success');
    chat.run = measuredRun(chat.hub, chat.pull, ['measure (24)']);
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20, { series }));
    await publish();
    expect(chat.conclusion()).toBe('failure');
  });

  test('does not hold for something worse at a commit that is pushed again', async () => {
    const { git } = chat.hub.repository;
    const first = (await git.resolve('refs/heads/topic')) ?? '';
    await chat.say('keeper', '/perf-baseline accept because twice is meant');
    await chat.hub.world.push(chat.hub.repository, 'topic', { 'b.txt': '1' });
    await git.run(['update-ref', 'refs/heads/topic', first]);
    await chat.hub.world.syncPulls();
    chat.run = measuredRun(chat.hub, chat.pull);
    upload(chat.hub, chat.run, resultOfPull(chat.run, 80));
    await publish();
    expect(chat.conclusion()).toBe('failure');
    expect(chat.report()).not.toContain('accepted by');
  });
});
