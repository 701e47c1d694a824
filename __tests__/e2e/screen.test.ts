import { afterEach, describe, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunResult } from '../harness/runner.ts';
import type { Files } from '../harness/workspace.ts';
import { baselineFiles, job, openPull } from './jobs.ts';
import { type ServiceOptions, serviceFiles } from './service.ts';

/*
 * `compare: auto`, as by default: the stored baselines screen, and where they do not settle things base and head are
 * measured side by side.
 */

let hub: GitHubStandIn;
afterEach(() => hub.close());

const SHORT: ServiceOptions = {
  measure: '{ rounds: 2, max-rounds: 2, duration: 100ms, warmup: 0s, budget: 60s }',
};
const open = async (base: ServiceOptions): Promise<void> => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles(base) } });
};

/** Opens a pull request and runs the action on it as a workflow without inputs does. */
async function onPull(files: Files): Promise<RunResult & { comment: string; boots: string[] }> {
  const pull = await openPull(hub, 'change', files);
  const result = await job(hub, await pullRequestEvent(hub, pull));
  hub.assertClean();
  const boots = [...result.log.matchAll(/starting the (baseline|candidate)/g)].map(([, side = '']) => side);
  return { ...result, comment: hub.repository.comments.at(-1)?.body ?? '', boots };
}

describe('no stored baseline', () => {
  test('base and head are measured side by side at once, the head not alone before', async () => {
    await open(SHORT);
    const { boots, comment, outputs } = await onPull({ 'README.md': '# other words\n' });
    expect(boots.toSorted()).toEqual(['baseline', 'baseline', 'candidate', 'candidate']);
    expect(comment).toContain('No stored baseline can be compared with; base and head were measured');
    expect(outputs['baseline-sha']).toBe(await hub.repository.git.resolve('main'));
  });

  test('nor a base that can be set up: the head is measured alone, and it says why', async () => {
    await open({ ...SHORT, target: '  setup: exit 3\n' });
    const { boots, comment, outputs } = await onPull(serviceFiles(SHORT));
    expect(boots).toEqual(['candidate', 'candidate']);
    expect(comment).toMatch(/Not compared: the base commit could not be set up/);
    expect(outputs.verdict).toBe('new');
  });

  test('nor a base that starts: its boots count towards the budget, of which the head has the rest', async () => {
    const measure = '{ rounds: 300, max-rounds: 300, duration: 100ms, warmup: 0s, budget: 15s }';
    const listen = "setTimeout(() => { console.error('no database'); process.exit(7); }, 6000);";
    await open({ ...SHORT, listen });
    const { comment } = await onPull(serviceFiles({ measure }));
    expect(comment).toMatch(/Not compared: the base commit could not be measured: start .*code 7/);
    const [, seconds] = /under load, ([\d.]+) s in all; stopped because the time budget/.exec(comment) ?? [];
    // 9 s are left, and a tenth of the whole may be too much.
    expect(Number(seconds)).toBeLessThanOrEqual(10.5);
  });
});

describe('a stored baseline', () => {
  test('that proves nothing screens; then the pair speaks, whose budget the setups leave alone', async () => {
    const measure = '{ rounds: 2, max-rounds: 2, duration: 100ms, warmup: 0s, budget: 6s }';
    const slow = { measure, target: '  setup: sleep 5\n' };
    await open(slow);
    expect((await job(hub, await pushEvent(hub))).outputs.verdict).toBe('new');
    expect(await baselineFiles(hub)).toHaveLength(1);
    const { boots, comment } = await onPull({ 'README.md': '# other words\n' });
    expect(boots.slice(0, 2)).toEqual(['candidate', 'candidate']);
    expect(boots.slice(2).toSorted()).toEqual(['baseline', 'baseline', 'candidate', 'candidate']);
    expect(comment).toMatch(/The stored baseline alone said \w+; base and head were measured side by side/);
  });
});
