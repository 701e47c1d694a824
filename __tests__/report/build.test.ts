import { describe, expect, test } from '@jest/globals';
import { microMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Result } from '../../src/domain/result.ts';
import { buildReport, type ReportInput } from '../../src/report/build.ts';
import { formatMarkdown } from '../../src/report/markdown.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { failedScenario, history, result, scenario } from './results.ts';
import { relative, row } from './rows.ts';

const candidate = result([scenario('mixed', { ms: 12, parts: { validate: 9 } })]);
const build = (input: Partial<ReportInput>) =>
  buildReport({
    candidate,
    source: { type: 'none' },
    comparisons: [],
    limits: [],
    verdict: 'new',
    title: '',
    ...input,
  });

const found = (window: [Result, ...Result[]]): ReportInput['source'] => ({
  type: 'lookup',
  lookup: { status: 'found', baseline: { result: window[0], location: 'here' }, window, choice: 'ancestor' },
});

describe('figures', () => {
  test('are pooled over all rounds, the whole first, then each part', () => {
    const [mixed] = build({}).scenarios;
    expect(mixed?.rounds).toBe(3);
    expect(mixed?.parts.map(({ name }) => name)).toEqual([null, 'validate']);
    expect(mixed?.parts[0]?.counters).toEqual({ ok: 6000, failed: 0, finished: 6000 });
    expect(mixed?.parts[0]?.values.rps).toBeCloseTo(400, 6);
    expect(mixed?.parts[1]?.counters.finished).toBe(2700);
    expect(mixed?.parts[1]?.values).not.toHaveProperty('memory');
  });

  test('a peak is the mean of its boots, each the highest of its rounds', () => {
    const memories = [100e6, 300e6, 200e6];
    const made = scenario('mixed', { ms: 12 });
    if (made.outcome.status !== 'measured') throw new Error('not measured');
    made.outcome.rounds.forEach((round, i) => {
      round.block = i === 2 ? 1 : 0;
      round.values.memory = memories[i] ?? 0;
    });
    expect(build({ candidate: result([made]) }).scenarios[0]?.parts[0]?.values.memory).toBe(250e6);
  });

  test('one value a round has its interval where the rounds differ', () => {
    const made = scenario('mixed', { ms: 12 });
    made.outcome.rounds.forEach((round, i) => {
      round.total.values.cpu = [0.4, 0.5, 0.6][i] ?? 0;
    });
    const report = build({ candidate: result([made]) });
    const part = report.scenarios[0]?.parts[0];
    expect(part?.values.cpu).toBeCloseTo(0.493, 3);
    expect(part?.estimates?.cpu).toMatchObject({ center: part?.values.cpu, confidence: 0.95 });
    expect(formatMarkdown(report)).toMatch(/0\.49\Wcores \(0\.30 to 0\.82\Wcores\)/);
    expect(formatTerminal(report)).toMatch(/0\.49\Wcores \(0\.30 to 0\.82\Wcores\)/);
  });

  test('an invalid round has no latency and no rate, but its errors count', () => {
    const values = build({
      candidate: result([scenario('mixed', { ms: 12, failed: 600, invalid: 'errors' })]),
    }).scenarios[0]?.parts[0];
    expect(values?.values).not.toHaveProperty('p95');
    expect(values?.values).not.toHaveProperty('rps');
    expect(values?.values['error-rate']).toBeCloseTo(0.3, 9);
    expect(values?.errors).toEqual({ '5xx': 1797, timeout: 3 });
  });

  test('of a scenario that failed before its first round there are none', () => {
    const [broken] = build({
      candidate: result([failedScenario('mixed', { reason: 'not-ready', detail: 'x' })]),
    }).scenarios;
    expect(broken).toMatchObject({ status: 'failed', parts: [], rounds: 0, generator: null });
  });

  test('the generator is shown at its busiest', () => {
    const busy = build({ candidate: result([scenario('mixed', { ms: 12, limited: true })]) });
    expect(busy.scenarios[0]?.generator).toEqual({ cpu: 0.97, limited: true });
  });
});

describe('scenarios against the baseline', () => {
  const window = history(() => [scenario('mixed', { ms: 12 }), scenario('gone', { ms: 5 })], 3);

  test('one that only the baseline has is missing, one that only the candidate has is new', () => {
    const report = build({
      candidate: result([scenario('mixed', { ms: 12 }), scenario('fresh', { ms: 3 })]),
      source: found(window),
    });
    expect(report.scenarios.map(({ name, status }) => [name, status])).toEqual([
      ['mixed', 'measured'],
      ['fresh', 'new'],
      ['gone', 'missing'],
    ]);
  });

  test('without a baseline nothing is new or missing', () => {
    expect(
      build({ source: { type: 'lookup', lookup: { status: 'absent' } } }).scenarios.map(
        ({ status }) => status,
      ),
    ).toEqual(['measured']);
  });
});

describe('trends', () => {
  const window = history((i) => [scenario('mixed', { ms: 10 + i })], 4);
  const compared = [row('mixed', 'p50', 'unchanged', 12, relative(0, -0.1, 0.1))];

  test('run from the oldest baseline to this run', () => {
    const [trend] = build({ source: found(window), comparisons: compared }).trends;
    const values = trend?.values ?? [];
    expect(values).toHaveLength(5);
    expect(values.slice(0, 4)).toEqual([...values.slice(0, 4)].sort((a, b) => b - a));
  });

  test('leave out baselines under another load', () => {
    const [first, ...rest] = window;
    const other = rest.map((r) => ({ ...r, scenarios: r.scenarios.map((s) => ({ ...s, load: 'another' })) }));
    expect(build({ source: found([first, ...other]), comparisons: compared }).trends[0]?.values).toHaveLength(
      2,
    );
  });

  test('there is none of a metric that no baseline has', () => {
    const comparisons = [row('mixed', 'p50', 'new', 12, null, { part: 'validate' })];
    expect(build({ source: found(window), comparisons }).trends).toEqual([]);
  });
});

describe('the rest', () => {
  test('an unusable baseline tells its environment where it is known', () => {
    const baseline = { result: candidate, location: 'x' };
    const report = build({
      source: {
        type: 'lookup',
        lookup: { status: 'unusable', reason: 'environment', detail: 'd', baseline },
      },
    });
    expect(report.baseline).toEqual({
      status: 'unusable',
      reason: 'environment',
      detail: 'd',
      environment: candidate.environment,
    });
  });

  test('two results named by the caller', () => {
    const report = build({ source: { type: 'given', result: candidate, location: 'base.json' } });
    expect(report.baseline).toMatchObject({
      status: 'found',
      mode: 'stored',
      choice: 'given',
      location: 'base.json',
    });
  });

  test('the page of the run comes from the result unless the caller knows better', () => {
    expect(build({}).runUrl).toBe('https://github.com/octo/service/actions/runs/4711');
    expect(build({ runUrl: null }).runUrl).toBeNull();
  });

  test('a warning is said once', () => {
    const warning = { code: 'w', message: 'careful' };
    expect(
      build({ candidate: { ...candidate, warnings: [warning] }, warnings: [{ ...warning }] }).warnings,
    ).toEqual([warning]);
  });

  test('a metric of any scenario type is pooled: nothing here has a list of names', () => {
    const micro = {
      ...scenario('json', { ms: 1 }),
      type: 'micro',
      metrics: [...microMetrics.module],
    };
    expect(build({ candidate: result([micro]) }).scenarios[0]?.parts[0]?.values).toEqual({});
  });
});
