import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { issueCommentEvent, workflowRunEvent } from '../harness/events.ts';
import { Chat } from './chat.ts';
import { CHATTING, measuredRun, resultOf, resultOfPull, upload, withoutCheckout } from './measurements.ts';
import { leaveUnfinished } from './unfinished.ts';

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(() => chat.close());

describe('accept', () => {
  test('by somebody who may write lets the head pass, visibly, and completes the check; revoke takes it back', async () => {
    const ran = await chat.say(
      'keeper',
      '/perf-baseline accept work p95 because <b>security</b> @everyone costs',
    );
    expect(ran.exitCode).toBe(0);
    expect(chat.answers()).toHaveLength(1);
    expect(chat.answers()[0]?.body).toMatch(/`work` `p95`: accepted by @keeper: .*security/);
    expect(chat.answers()[0]?.body).not.toMatch(/<b>|@everyone/);
    expect(chat.report()).toMatch(/accepted by @keeper: .*security/);
    expect(chat.report()).toMatch(/^### 🤝 1 of \d+ metrics? regressed, accepted/m);
    expect(chat.report()).toMatch(/\| `work` .*\| 🤝 regressed, accepted/);
    expect(chat.report()).not.toMatch(/❌|✅/);
    expect(chat.reactions('keeper')).toEqual([['eyes']]);
    expect(chat.hub.repository.checkRuns).toEqual([
      expect.objectContaining({ name: 'perf-baseline', headSha: chat.pull.head.sha, conclusion: 'success' }),
    ]);
    expect(chat.hub.repository.checkRuns[0]?.output.title).toBe('accepted');

    // The check is there now, and is completed anew also where nobody asks for it.
    await chat.say('keeper', '/perf-baseline revoke', { inputs: { check: 'false' } });
    expect(chat.report()).toMatch(/^### ❌/m);
    expect(chat.report()).not.toContain('accepted by');
    expect(chat.hub.repository.checkRuns).toHaveLength(1);
    expect(chat.hub.repository.checkRuns[0]?.conclusion).toBe('failure');
    expect(chat.answers()).toHaveLength(2);
    chat.hub.assertClean();
  });

  test('does not make the check green while other legs of the run have yet to report, nor where they never will', async () => {
    chat.run.status = 'in_progress';
    await chat.say('keeper', '/perf-baseline accept');
    const [check] = chat.hub.repository.checkRuns;
    expect(check).toMatchObject({ status: 'completed', conclusion: 'success' });
    // As the leg left it that knows how many there are.
    const externalId = check?.externalId?.replace(/:\d+$/, ':2') ?? '';
    expect(externalId).toMatch(new RegExp(`:${chat.run.id}:2$`));
    Object.assign(check ?? {}, { externalId });
    await chat.say('keeper', '/perf-baseline accept because two');
    expect(chat.hub.repository.checkRuns).toEqual([
      expect.objectContaining({ status: 'in_progress', externalId }),
    ]);
    chat.run.status = 'completed';
    await chat.say('keeper', '/perf-baseline accept because it is over');
    expect(chat.hub.repository.checkRuns).toEqual([
      expect.objectContaining({ status: 'completed', conclusion: 'cancelled' }),
    ]);
  });

  test('of everything, until a day, and of what does not fail', async () => {
    await chat.say('keeper', '/perf-baseline accept work rps');
    expect(chat.answer()).toMatch(/Nothing of `work` `rps` fails here. What does: `work` `p95`/);
    await chat.say('keeper', '/perf-baseline accept until 2020-01-01');
    expect(chat.answer()).toMatch(/2020-01-01 is over/);
    expect(chat.report()).toMatch(/^### ❌/m);
    await chat.say('keeper', '/perf-baseline accept until 2999-12-31');
    expect(chat.report()).toMatch(
      /Every regression \(until 2999-12-31; after that day .* judges without it\): accepted by @keeper/,
    );
  });

  test('has one effect, though it is delivered twice, replayed, edited', async () => {
    const comment = chat.comment('keeper', '/perf-baseline accept');
    await Promise.all([chat.hear(comment), chat.hear(comment)]);
    await chat.hear(comment);
    expect(chat.answers()).toHaveLength(1);
    expect(chat.report()).toContain('accepted by @keeper');

    const edited = chat.comment('keeper', '/perf-baseline revoke');
    await chat.hear(edited, {}, { action: 'edited', before: 'hello' });
    const event = await issueCommentEvent(chat.hub, chat.pull, edited);
    edited.body = '/perf-baseline revoke, or rather not';
    await withoutCheckout(chat.hub, event, { permissions: CHATTING });
    expect(chat.report()).toContain('accepted by @keeper');
    expect(chat.answers()).toHaveLength(1);
    chat.hub.assertClean();
  });

  test('is derived anew after the job that answered has died', async () => {
    const comment = chat.comment('keeper', '/perf-baseline accept');
    const fault = chat.hub.fault({
      match: { route: /issues\/update-comment/ },
      kind: { type: 'status', status: 500 },
      times: 100,
    });
    await chat.hear(comment);
    fault.stop();
    expect(chat.answers()).toHaveLength(1);
    expect(chat.report()).not.toContain('accepted by');
    await chat.hear(comment);
    expect(chat.answers()).toHaveLength(1);
    expect(chat.report()).toContain('accepted by @keeper');
  });

  test('holds for the head that was reported, and no other', async () => {
    await chat.hub.world.push(chat.hub.repository, 'topic', { 'a.txt': '2' });
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toMatch(/no report of `\w+`.*older commit/);
    expect(chat.report()).not.toContain('accepted by');

    // A command from before the report cannot have been about it.
    const early = chat.comment('keeper', '/perf-baseline accept');
    early.createdAt = '2026-01-01T00:00:00Z';
    chat.run = measuredRun(chat.hub, chat.pull);
    upload(chat.hub, chat.run, resultOfPull(chat.run, 20));
    await withoutCheckout(chat.hub, await workflowRunEvent(chat.hub, chat.run));
    await chat.hear(early);
    expect(chat.answer()).toMatch(/older than the report/);
    expect(chat.report()).not.toContain('accepted by');
  });

  test('is not given unseen to what a repeated run reports before the command is carried out', async () => {
    const written = chat.comment('keeper', '/perf-baseline accept');
    written.createdAt = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, '');
    chat.hub.repository.artifacts.forEach((artifact) => {
      artifact.createdAt = new Date(Date.now() - 120_000).toISOString().replace(/\.\d+/, '');
    });
    chat.hub.world.rerun(chat.run);
    chat.hub.world.completeRun(chat.run, 'success');
    upload(chat.hub, chat.run, resultOfPull(chat.run, 200));
    await withoutCheckout(chat.hub, await workflowRunEvent(chat.hub, chat.run));
    await chat.hear(written);
    expect(chat.answer()).toMatch(/older than the report/);
    expect(chat.report()).not.toContain('accepted by');
  });

  test('waits for what is still being measured', async () => {
    leaveUnfinished(chat.hub, chat.pull, chat.run, 22);
    chat.run.status = 'in_progress';
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toMatch(/still being measured/);
  });

  test('of a pair that the own repository measured judges that pair', async () => {
    chat.run = measuredRun(chat.hub, chat.pull);
    const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id: 'p', side } });
    upload(
      chat.hub,
      chat.run,
      resultOfPull(chat.run, 30, pairing('candidate')),
      resultOf(15, pairing('baseline')),
    );
    await withoutCheckout(chat.hub, await workflowRunEvent(chat.hub, chat.run));
    await chat.say('keeper', '/perf-baseline accept work');
    expect(chat.report()).toMatch(/measured now, interleaved/);
    expect(chat.report()).toContain('accepted by @keeper');
  });
});
