import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Result } from '../../src/domain/result.ts';
import { sparkline } from '../../src/report/sparkline.ts';
import { buildTrend, type TrendReport } from '../../src/report/trend/build.ts';
import { TREND_FORMATS } from '../../src/report/trend/formats.ts';
import { trendJsonSchema } from '../../src/report/trend/json-schema.ts';
import { createRandom } from '../../src/stats/random.ts';
import { environment, failedScenario, history, result, scenario } from './results.ts';

const isMain = ({ name }: { name: string }) => ['p95', 'rps', 'memory', 'error-rate'].includes(name);
const trendOf = (results: readonly Result[]) => buildTrend(results, [], { isMain });

/** Results whose latency goes through these values, oldest first. */
const through = (latencies: number[], failed: number[] = []) =>
  history((i) => {
    const at = latencies.length - 1 - i;
    return [
      scenario('health', {
        ms: latencies[at] ?? 0,
        failed: failed[at] ?? 0,
        parts: { read: latencies[at] ?? 0 },
      }),
    ];
  }, latencies.length);

function metricOf(report: TrendReport, name: string, part?: string) {
  const found = report.sections[0]?.metrics.find((one) => one.metric.name === name && one.part === part);
  if (found === undefined) throw new Error(`no trend of ${name}`);
  return found;
}

describe('buildTrend', () => {
  test.each([
    ['degrading', [10, 11, 12, 13, 14, 15]],
    ['improving', [15, 14, 13, 12, 11, 10]],
    ['stable', [10, 10.1, 9.9, 10, 10.2, 10]],
    ['unclear', [10, 14, 9, 15, 10, 16]],
  ] as const)('%s', (direction, latencies) => {
    const { metrics } = { metrics: trendOf(through([...latencies])) };
    for (const part of [undefined, 'read']) expect(metricOf(metrics, 'p95', part).direction).toBe(direction);
  });

  test('the values stand in order of time, whatever order the results have', () => {
    const results = through([10, 11, 12]);
    const [a, b, c] = results;
    const values = (list: readonly (Result | undefined)[]) =>
      metricOf(trendOf(list.filter((one) => one !== undefined)), 'p50').points.map(({ value }) =>
        Math.round(value),
      );
    expect(values([b, c, a])).toEqual(values([a, b, c]));
    expect(values([a, b, c])).toEqual([...values([c, b, a])].sort((x, y) => x - y));
  });

  test('more is better for a metric that says so', () => {
    const slower = history(
      (i) =>
        [scenario('health', { ms: 10, failed: 0 })].map((one) => withRequests(one, 2000 - 200 * (5 - i))),
      6,
    );
    expect(metricOf(trendOf(slower), 'rps')).toMatchObject({
      direction: 'degrading',
      change: expect.any(Number),
    });
    expect(metricOf(trendOf(slower), 'rps').change).toBeLessThan(-0.3);
  });

  test('an error rate changes by percentage points, also from zero', () => {
    const report = trendOf(
      through(
        Array.from({ length: 6 }, () => 10),
        [0, 0, 60, 100, 140, 200],
      ),
    );
    const errors = metricOf(report, 'error-rate');
    expect(errors.direction).toBe('degrading');
    expect(errors.change).toBeGreaterThan(0.05);
    expect(errors.change).toBeLessThan(0.11);
  });

  test('a change of level has its commit and the means around it', () => {
    const report = trendOf(through([10, 10.05, 9.95, 10, 10.02, 13, 13.05, 12.95, 13, 13.02]));
    const [change, ...more] = metricOf(report, 'p50').changePoints;
    expect(more).toEqual([]);
    expect(change?.point.sha).toMatch(/^4ba5e/);
    expect((change?.after ?? 0) / (change?.before ?? 1)).toBeCloseTo(1.3, 2);
  });

  test('two values are too few to tell, and it is said', () => {
    expect(metricOf(trendOf(through([10, 20])), 'p95')).toMatchObject({
      direction: 'unclear',
      reason: '2 values; a direction needs 3',
    });
    expect(metricOf(trendOf(through([10])), 'p95')).toMatchObject({ change: null, direction: 'unclear' });
  });

  test('environments, series and loads are never mixed', () => {
    const [newest, middle, oldest] = through([10, 11, 12]);
    if (!middle || !oldest) throw new Error('three results');
    const elsewhere = { ...environment, gates: { ...environment.gates, cpuModel: 'Other' } };
    const otherLoad = { ...oldest, scenarios: oldest.scenarios.map((one) => ({ ...one, load: 'another' })) };
    const report = trendOf([
      newest,
      { ...middle, environment: elsewhere },
      otherLoad,
      { ...oldest, id: 'x', series: 'b' },
    ]);
    expect(report.sections.map((one) => [one.series, one.environment.gates.cpuModel, one.results])).toEqual([
      ['ci.yml/bench/Linux', 'AMD EPYC 7763', 2],
      ['ci.yml/bench/Linux', 'Other', 1],
      ['b', 'AMD EPYC 7763', 1],
    ]);
    expect(report.sections[0]?.notes).toEqual(['health: 1 result with another load left out']);
    expect(metricOf(report, 'p95').points).toHaveLength(1);
  });

  test('what failed or went away is said, not drawn', () => {
    const [newest, ...older] = through([10, 11, 12]);
    const failed = { ...newest, scenarios: [failedScenario('health', { reason: 'not-ready', detail: 'x' })] };
    const report = trendOf([failed, ...older]);
    expect(metricOf(report, 'p95').points).toHaveLength(2);
    expect(report.sections[0]?.notes).toEqual(['health: not measured in the newest 1 result']);
  });
});

function withRequests(one: ReturnType<typeof scenario>, finished: number): ReturnType<typeof scenario> {
  const { outcome } = one;
  if (outcome.status !== 'measured') return one;
  const [first, ...rest] = outcome.rounds.map((round) => ({
    ...round,
    total: { ...round.total, counters: { ok: finished, failed: 0, finished } },
  }));
  return first ? { ...one, outcome: { ...outcome, rounds: [first, ...rest] } } : one;
}

describe('formats', () => {
  const report = buildTrend(through([10, 11, 12, 13, 14, 15]), ['x.json is corrupt'], { isMain });

  test('a table with a line for each main metric, narrow where the terminal is', () => {
    const wide = TREND_FORMATS.table(report, { width: null });
    expect(wide).toMatch(/^ci\.yml\/bench\/Linux: 6 baselines, 2026-11-16 to 2026-11-21\n/);
    expect(wide).toMatch(/health +p95 +▁▂▄▅▇█ +\+\d+% +▲ degrading +[\d., ]+ ms/);
    expect(wide).toMatch(/\d+ more metrics with --format json/);
    expect(wide).toContain('not read: x.json is corrupt');
    const narrow = TREND_FORMATS.table(report, { width: 60 });
    const rows = narrow.split('\n').filter((line) => line.startsWith('health '));
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(60);
  });

  test('why something is unclear is said once', () => {
    const few = TREND_FORMATS.table(trendOf(through([10, 20])), { width: null });
    expect(few.match(/a direction needs 3/g)).toHaveLength(1);
    expect(few).toContain('unclear, 2 values; a direction needs 3: all of them');
    const some = TREND_FORMATS.table(trendOf(through([10, 14, 9, 15, 10, 16])), { width: null });
    expect(some).toContain('unclear, no more than these values scatter: health › p95, health › read › p95');
  });

  test('Markdown that a hostile name cannot break', () => {
    const evil = '<img src=x> | `@octocat` ::error::x\n# x';
    const hostile = history(() => [scenario(evil, { ms: 10 })], 4).map((one) => ({ ...one, series: evil }));
    for (const format of ['markdown', 'table'] as const) {
      const text = TREND_FORMATS[format](trendOf(hostile), { width: null });
      expect(text).not.toMatch(/::error|^# x/m);
      if (format === 'markdown') expect(text).not.toMatch(/<img|(?<!\u200B)@octocat/);
    }
  });

  test('JSON: one document, with every metric', () => {
    const document = JSON.parse(TREND_FORMATS.json(report));
    expect(document).toMatchObject({
      schema: 'perf-baseline/trend',
      version: 1,
      unreadable: ['x.json is corrupt'],
    });
    const p95 = document.sections[0].metrics.find((one: { metric: string }) => one.metric === 'p95');
    expect(p95).toMatchObject({
      scenario: 'health',
      part: null,
      unit: 'ms',
      better: 'lower',
      direction: 'degrading',
      changeType: 'relative',
    });
    expect(p95.values).toHaveLength(6);
    expect(document.sections[0].metrics.map((one: { metric: string }) => one.metric)).toContain('p50');
  });
});

describe('the published schema', () => {
  const published = JSON.parse(
    readFileSync(new URL('../../schema/trend.schema.json', import.meta.url), 'utf8'),
  );
  const valid = new Ajv2020({ allErrors: true }).compile(published);
  const written = (report: TrendReport) => JSON.parse(TREND_FORMATS.json(report));

  test('is current (node scripts/generate-document-schemas.mjs --write)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(trendJsonSchema())));
  });

  test.each([
    ['a direction', trendOf(through([10, 11, 12, 13, 14, 15]))],
    ['a change of level', trendOf(through([10, 10.05, 9.95, 10, 10.02, 13, 13.05, 12.95, 13, 13.02]))],
    ['a single value', trendOf(through([10]))],
    ['nothing', buildTrend([], ['x.json is corrupt'], { isMain })],
    ['no commit', trendOf(through([10, 11]).map((one) => ({ ...one, commit: null })))],
    [
      'a scenario that was never measured',
      trendOf([result([failedScenario('health', { reason: 'not-ready', detail: 'x' })])]),
    ],
  ])('describes what is printed of %s', (_, report) => {
    valid(written(report));
    expect(valid.errors ?? []).toEqual([]);
  });

  test('refuses a document with an unknown direction, a missing unit or a stray key', () => {
    const document = written(trendOf(through([10, 11, 12])));
    const [section] = document.sections;
    const [metric] = section.metrics;
    const withMetric = (other: object) => ({ ...document, sections: [{ ...section, metrics: [other] }] });
    const { unit: _, ...unitless } = metric;
    expect(valid(withMetric(metric))).toBe(true);
    expect(valid(withMetric({ ...metric, direction: 'sideways' }))).toBe(false);
    expect(valid(withMetric(unitless))).toBe(false);
    expect(valid({ ...document, extra: 1 })).toBe(false);
  });
});

test('no results give no sections', () => {
  expect(trendOf([])).toEqual({ sections: [], unreadable: [] });
  expect(trendOf([result([])]).sections[0]?.metrics).toEqual([]);
});

test('a sparkline has a block for every value, also where rounding is unkind', () => {
  const random = createRandom(7);
  for (let i = 0; i < 2000; i++) {
    const values = Array.from({ length: 3 }, () => 10 + 40 * Math.sqrt(random.uniform()));
    expect(sparkline(values)).toMatch(/^[▁-█]{3}$/);
  }
});
