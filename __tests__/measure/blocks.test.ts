import { describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../src/domain/config.ts';
import { GeneratorError } from '../../src/domain/driver.ts';
import { TargetError } from '../../src/domain/errors.ts';
import { type BlockPlan, measureBlocks } from '../../src/measure/blocks.ts';
import { fakeBench, scenario, tally } from './fakes.ts';

const alone: BlockPlan = { sides: ['candidate'], alternate: false, blocks: 3, looks: [], look: null };
const paired: BlockPlan = {
  sides: ['baseline', 'candidate'],
  alternate: false,
  blocks: 3,
  looks: [],
  look: null,
};
const otherwise = { reason: 'budget-spent', detail: '' } as const;

describe('blocks of one side', () => {
  test('every round has a fresh boot, and the scenarios of a block are all measured in it', async () => {
    const { bench, runs, boots, alive } = fakeBench({ scenarios: [scenario('a'), scenario('b')] });
    const { recordings, stopped } = await measureBlocks(bench, alone);
    expect(stopped).toBe('rounds');
    expect(boots).toEqual(['candidate', 'candidate', 'candidate']);
    const rounds = recordings
      .get('candidate')
      ?.results(otherwise)
      .map((s) => s.outcome.rounds.map((r) => r.block));
    expect(rounds).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    const timed = runs.filter((run) => run.stretch.kind === 'round').map((run) => run.scenario);
    expect(timed.slice(0, 2).sort()).toEqual(['a', 'b']);
    expect(alive()).toBe(0);
  });

  test('a target that was running already gives rounds of one block', async () => {
    const { bench, boots, events } = fakeBench({ scenarios: [scenario('a')], restarts: false });
    const { recordings } = await measureBlocks(bench, alone);
    expect(boots).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'round')).toEqual(
      [0, 1, 2].map((round) => ({ type: 'round', scenario: 'a', block: 0, of: 1, round, rounds: 3 })),
    );
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome.rounds.map(({ block, index }) => [block, index])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  test('where booting is dear, rounds share boots, but never fewer than three boots', async () => {
    const { bench, boots, events } = fakeBench({
      scenarios: [scenario('a')],
      bootMs: 60_000,
      measure: { budgetMs: 600_000 },
    });
    const { recordings } = await measureBlocks(bench, { ...alone, blocks: 9 });
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome.rounds).toHaveLength(9);
    expect(boots.length).toBeGreaterThanOrEqual(3);
    expect(boots.length).toBeLessThan(9);
    // The last block that is told is the last one that was planned.
    const told = events.flatMap((event) => (event.type === 'boot' ? [[event.block + 1, event.of]] : []));
    expect(told.at(-1)).toEqual([boots.length, boots.length]);
  });

  test('memory is the peak of boot and load together', async () => {
    const { bench } = fakeBench({ scenarios: [scenario('a')] });
    const { recordings } = await measureBlocks(bench, alone);
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome.rounds[0]?.resources.memory).toEqual({ peak: 50, source: 'pss' });
    expect(only?.outcome.rounds[0]?.total.values.memory).toBe(50);
  });

  test('a target that dies fails the scenario that was loaded, and the other one is still measured', async () => {
    const { bench, alive } = fakeBench({
      scenarios: [scenario('deadly'), scenario('calm')],
      respond: (run, kill) => {
        if (run.scenario === 'deadly') kill({ exitCode: 7, signal: null, log: 'boom' });
        return {};
      },
    });
    const { recordings } = await measureBlocks(bench, alone);
    const [deadly, calm] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(deadly?.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'target-died', exitCode: 7, log: 'boom' },
    });
    expect(calm?.outcome).toMatchObject({ status: 'measured' });
    expect(calm?.outcome.rounds).toHaveLength(3);
    expect(alive()).toBe(0);
  });

  test('a target that never boots fails all, once', async () => {
    const { bench, boots } = fakeBench({
      scenarios: [scenario('a'), scenario('b')],
      boot: () => {
        throw new TargetError({ reason: 'not-ready', detail: 'not ready within 30 s' });
      },
    });
    const { recordings, stopped } = await measureBlocks(bench, alone);
    expect(boots).toHaveLength(1);
    expect(stopped).toBe('failed');
    expect((await measureBlocks(bench, { ...alone, blocks: 1 })).stopped).toBe('failed');
    const outcomes = recordings
      .get('candidate')
      ?.results(otherwise)
      .map((s) => s.outcome);
    expect(outcomes).toMatchObject([
      { status: 'failed', failure: { reason: 'not-ready' } },
      { status: 'failed', failure: { reason: 'not-ready' } },
    ]);
  });

  test('what was measured before a later boot failed is kept beside the failure', async () => {
    const { bench } = fakeBench({
      scenarios: [scenario('a')],
      boot: (_side, nth) => {
        if (nth === 3) throw new TargetError({ reason: 'start-failed', detail: 'exit 1' });
      },
    });
    const { recordings } = await measureBlocks(bench, alone);
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome.status).toBe('failed');
    expect(only?.outcome.rounds).toHaveLength(2);
  });

  test.each([
    ['nothing answers', { sent: 5, answered: 0, ok: 0, failed: 5, finished: 5 }, 'nothing-answered'],
    ['only errors answer', { sent: 5, answered: 5, ok: 0, failed: 5, finished: 5 }, 'only-errors'],
  ])('%s: failed after the first round, never fast', async (_name, counters, reason) => {
    const { bench, boots } = fakeBench({
      scenarios: [scenario('a')],
      respond: () => ({ total: { ...tally(1000, 1, 0), counters, errors: { '5xx': 5 } } }),
    });
    const { recordings } = await measureBlocks(bench, alone);
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome).toMatchObject({ status: 'failed', failure: { reason, log: 'last line' } });
    expect(boots).toHaveLength(1);
  });

  test('a round with more errors than allowed is marked, with its share', async () => {
    const { bench } = fakeBench({
      scenarios: [scenario('a')],
      respond: () => ({ total: tally(1000, 1, 80, 20) }),
    });
    const { recordings } = await measureBlocks(bench, alone);
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(only?.outcome.rounds[0]?.invalid).toContain('20%');
    expect(only?.outcome.rounds[0]?.invalid).toContain('10%');
  });

  test('a broken generator fails its scenario only', async () => {
    const { bench } = fakeBench({
      scenarios: [scenario('a'), scenario('b')],
      respond: (run) => {
        if (run.scenario === 'a') throw new GeneratorError('it broke');
        return {};
      },
    });
    const { recordings } = await measureBlocks(bench, alone);
    const outcomes = recordings
      .get('candidate')
      ?.results(otherwise)
      .map((s) => s.outcome);
    expect(outcomes).toMatchObject([
      { status: 'failed', failure: { reason: 'generator-failed', detail: 'it broke' } },
      { status: 'measured' },
    ]);
  });

  test('connections that the target may not open files for are not tried', async () => {
    const chat = { ...scenario('chat'), type: 'websocket', connections: 400 } as unknown as Scenario;
    const { bench, runs, boots, alive } = fakeBench({
      scenarios: [chat],
      openFiles: { allowed: 200, processes: 1 },
    });
    const { recordings, stopped } = await measureBlocks(bench, alone);
    expect(stopped).toBe('failed');
    expect([runs.length, boots.length, alive()]).toEqual([0, 1, 0]);
    expect(recordings.get('candidate')?.results(otherwise)[0]?.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'generator-failed', detail: expect.stringContaining('ulimit -n 464') },
    });
  });

  test('nothing is begun that would end after the budget', async () => {
    const { bench, clock } = fakeBench({ scenarios: [scenario('a')], measure: { budgetMs: 4000 } });
    const { stopped, recordings } = await measureBlocks(bench, { ...alone, blocks: 20 });
    expect(stopped).toBe('budget');
    expect(clock.time).toBeLessThanOrEqual(4000);
    expect(recordings.get('candidate')?.blocks).toBeGreaterThanOrEqual(2);
  });

  test('a cancel keeps what was measured and leaves no target', async () => {
    const cancel = new AbortController();
    const { bench, alive } = fakeBench({
      scenarios: [scenario('a')],
      cancel: cancel.signal,
      boot: (_side, nth) => {
        if (nth === 2) cancel.abort();
      },
    });
    const { stopped, recordings } = await measureBlocks(bench, alone);
    expect(stopped).toBe('cancelled');
    expect(recordings.get('candidate')?.blocks).toBe(1);
    expect(alive()).toBe(0);
  });
});

describe('blocks of two sides', () => {
  test('both sides are alive at once, and get the same load in cycles that cancel a drift', async () => {
    const { bench, runs } = fakeBench({ scenarios: [scenario('a')] });
    await measureBlocks(bench, { ...paired, blocks: 1 });
    const slices = runs.filter((run) => run.stretch.kind === 'slice').map((run) => run.side[0]);
    expect(slices.length % 4).toBe(0);
    for (let i = 0; i < slices.length; i += 4) {
      expect(['bccb', 'cbbc']).toContain(slices.slice(i, i + 4).join(''));
    }
  });

  test('the last slice of each side knows that it is', async () => {
    const { bench, runs } = fakeBench({ scenarios: [scenario('a')] });
    await measureBlocks(bench, { ...paired, blocks: 1 });
    for (const side of ['baseline', 'candidate']) {
      const own = runs.filter((run) => run.side === side && run.stretch.kind === 'slice');
      expect(own.map(({ stretch }) => stretch.last)).toEqual(own.map((_, i) => i === own.length - 1));
    }
  });

  test('the rate that was asked for stands on the rounds of an open loop', async () => {
    const { bench } = fakeBench({ scenarios: [scenario('paced', { rate: 50 }), scenario('free')] });
    const { recordings } = await measureBlocks(bench, { ...paired, blocks: 1 });
    const [pacedOne, free] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(pacedOne?.outcome.rounds[0]?.load).toEqual({ rate: 50 });
    expect(free?.outcome.rounds[0]).not.toHaveProperty('load');
  });

  test('slices are twice as long as the slowest requests', async () => {
    const { bench, runs } = fakeBench({
      scenarios: [scenario('slow')],
      respond: (run) => ({ total: tally(run.stretch.durationMs, 60, 10) }),
    });
    await measureBlocks(bench, { ...paired, blocks: 1 });
    const slices = runs.filter((run) => run.stretch.kind === 'slice');
    expect(Math.min(...slices.map((run) => run.stretch.durationMs))).toBeGreaterThanOrEqual(120);
  });

  test('one fixed port: the sides are booted in turn, never together', async () => {
    let most = 0;
    const world = fakeBench({ scenarios: [scenario('a')] });
    const boot = world.bench.boot;
    const bench = {
      ...world.bench,
      boot: async (...args: Parameters<typeof boot>) => {
        const live = await boot(...args);
        most = Math.max(most, world.alive());
        return live;
      },
    };
    const { recordings } = await measureBlocks(bench, { ...paired, alternate: true });
    expect(most).toBe(1);
    expect(recordings.get('baseline')?.blocks).toBe(3);
    expect(recordings.get('candidate')?.blocks).toBe(3);
  });

  test('a scenario that is decided at a look gets no more load; when all are, sampling stops', async () => {
    const { bench, runs } = fakeBench({ scenarios: [scenario('early'), scenario('late')] });
    const { stopped, recordings } = await measureBlocks(bench, {
      ...paired,
      blocks: 9,
      looks: [3, 5],
      look: (_recordings, blocks) =>
        blocks === 3 ? { undecided: ['late'], conclusive: false } : { undecided: [], conclusive: true },
    });
    expect(stopped).toBe('conclusive');
    const [early, late] = recordings.get('candidate')?.results(otherwise) ?? [];
    expect(early?.outcome.rounds).toHaveLength(3);
    expect(late?.outcome.rounds).toHaveLength(5);
    expect(
      runs.filter((run) => run.scenario === 'early' && run.stretch.kind === 'warmup').length,
    ).toBeGreaterThan(0);
  });

  test('a base that does not boot is recorded as the base’s failure, not the candidate’s', async () => {
    const { bench, alive } = fakeBench({
      scenarios: [scenario('a')],
      boot: (side) => {
        if (side === 'baseline') throw new TargetError({ reason: 'start-failed', detail: 'exit 1' });
      },
    });
    const { recordings } = await measureBlocks(bench, paired);
    expect(recordings.get('baseline')?.hasFailed(scenario('a'))).toBe(true);
    expect(recordings.get('candidate')?.hasFailed(scenario('a'))).toBe(false);
    expect(alive()).toBe(0);
  });
});
