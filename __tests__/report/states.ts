import type { Report } from '../../src/domain/report.ts';
import type { Comparison } from '../../src/domain/verdict.ts';
import { type BaselineSource, buildReport, type ReportInput } from '../../src/report/build.ts';
import { environment, failedScenario, history, result, scenario } from './results.ts';
import { around, limit, points, relative, row, warnAndFail } from './rows.ts';

const health = (ms = 0.213) =>
  scenario('health', { ms, parts: { 'GET /health': ms, 'GET /ready': ms * 1.1 } });
const mixed = (ms = 12) =>
  scenario('mixed', { ms, parts: { validate: ms * 0.8, generate: ms * 1.4 }, memory: 96e6 });

const past = history((i) => [health(0.213 + i * 0.002), mixed(12 + (i % 3) * 0.3)], 8);
const stored: BaselineSource = {
  type: 'lookup',
  lookup: {
    status: 'found',
    baseline: { result: past[0], location: 'branch perf-baseline, series/ab12cd/0ba5e-4700-1.json.gz' },
    window: past,
    choice: 'base-commit',
  },
};

const quiet: Comparison[] = [
  row('health', 'p95', 'unchanged', 0.246, relative(0.012, -0.034, 0.06)),
  row('health', 'rps', 'unchanged', 21_300, relative(-0.008, -0.05, 0.036)),
  row('health', 'error-rate', 'unchanged', 0, points(0, 0, 0.002), {
    candidate: { center: 0, low: 0, high: 0.002, confidence: 0.95 },
    baseline: { center: 0, low: 0, high: 0.0019, confidence: 0.95 },
  }),
  row('mixed', 'p95', 'unchanged', 15.2, relative(0.021, -0.02, 0.065)),
  row('mixed', 'p95', 'unchanged', 12.1, relative(-0.004, -0.04, 0.033), { part: 'validate' }),
  row('mixed', 'p95', 'unchanged', 21.4, relative(0.05, 0.011, 0.091), {
    part: 'generate',
    reason: 'Slower for certain, but by less than is allowed.',
  }),
  row('mixed', 'rps', 'unchanged', 1290, relative(-0.02, -0.06, 0.02)),
  row('mixed', 'memory', 'unchanged', 96e6, relative(0.01, -0.05, 0.08)),
  row('mixed', 'p50', 'unchanged', 11.8, relative(0.004, -0.02, 0.03), { gating: false, criterion: null }),
];

/** The quiet rows, some of them replaced by others of the same scenario, part and metric. */
function withRows(...changed: Comparison[]): Comparison[] {
  const same = (a: Comparison, b: Comparison) =>
    a.scenario === b.scenario && a.part === b.part && a.metric.name === b.metric.name;
  const added = changed.filter((c) => !quiet.some((q) => same(q, c)));
  return [...quiet.map((q) => changed.find((c) => same(q, c)) ?? q), ...added];
}

const slower = row('mixed', 'p95', 'regressed', 12.1, relative(0.34, 0.29, 0.4), { part: 'validate' });
const fewer = row('mixed', 'rps', 'regressed', 1290, relative(-0.22, -0.28, -0.17));

const base: ReportInput = {
  candidate: result([health(), mixed()]),
  source: stored,
  comparisons: quiet,
  limits: [],
  verdict: 'unchanged',
  title: 'bench (ubuntu-24.04)',
  reproduce: 'npx perf-baseline run --config .github/perf-baseline.yml --base 0ba5e0000',
};

const report = (overrides: Partial<ReportInput>): Report => buildReport({ ...base, ...overrides });

const log = [
  '> service@1.0.0 start',
  '> node dist/server.js',
  '',
  'Error: listen EADDRINUSE: address already in use :::3000',
  '    at Server.setupListenHandle [as _listen2] (node:net:1907:16)',
].join('\n');

export const HOSTILE =
  '`</code>@octocat | <img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [y](https://evil.example)\n' +
  '<!-- perf-baseline:section abc --> --> </details> ::set-output name=a::b ##[error]boom \u202Egnp.exe \u001b[31mred #1 www.evil.example';

/** One report for each state that a reader can meet; the golden files show each of them. */
export const states: Record<string, Report> = {
  'first-run': report({
    source: { type: 'lookup', lookup: { status: 'absent' } },
    comparisons: quiet.map((q) => ({ ...q, verdict: 'new', baseline: null, change: null, detectable: null })),
    limits: [limit('mixed', 'p95', 'within', 3000, 15.4)],
    verdict: 'new',
  }),
  unchanged: report({ limits: [limit('mixed', 'p95', 'within', 3000, 15.4)] }),
  regressed: report({
    comparisons: withRows(
      slower,
      fewer,
      row('mixed', 'memory', 'improved', 96e6, relative(-0.35, -0.4, -0.31)),
    ),
    limits: [
      limit('mixed', 'p95', 'within', 3000, 15.4),
      limit('mixed', 'error-rate', 'within', 0.02, 0.001),
    ],
    verdict: 'regressed',
    criterionChanges: [{ scenario: 'mixed', metric: 'p95', from: '+20%', to: '+30%' }],
  }),
  improved: report({
    comparisons: withRows(row('mixed', 'p95', 'improved', 15.2, relative(-0.31, -0.36, -0.26))),
    verdict: 'improved',
  }),
  inconclusive: report({
    comparisons: withRows(
      row('mixed', 'p95', 'inconclusive', 15.2, relative(0.12, -0.08, 0.35), {
        detectable: 0.41,
        reason: 'The interval holds both no change and more than is allowed; 3 more boots would settle it.',
      }),
      row('health', 'p95', 'improved', 0.246, relative(-0.3, -0.34, -0.26)),
    ),
    candidate: result([health(), mixed()], {
      sampling: { rounds: 20, stopped: 'budget', loadMs: 100_000, wallMs: 600_000 },
    }),
    verdict: 'inconclusive',
  }),
  'limit-exceeded': report({
    source: { type: 'lookup', lookup: { status: 'absent' } },
    comparisons: [],
    limits: [
      limit('mixed', 'p95', 'exceeded', 200, 213),
      limit('mixed', 'rps', 'exceeded', 100, 71, { level: 'warn' }),
      limit('health', 'p95', 'inconclusive', 0.25, 0.246, { reason: 'The bound lies inside the interval.' }),
    ],
    verdict: 'regressed',
  }),
  'failed-target': report({
    candidate: result(
      [
        health(),
        failedScenario('mixed', {
          reason: 'target-died',
          detail: 'The target ended in round 2 of 5, under load.',
          exitCode: 137,
          log,
        }),
      ],
      { sampling: { rounds: 4, stopped: 'failed', loadMs: 20_000, wallMs: 44_000 } },
    ),
    comparisons: quiet.filter((q) => q.scenario === 'health'),
    verdict: 'failed',
  }),
  'nothing-started': report({
    candidate: result(
      ['health', 'mixed'].map((name) =>
        failedScenario(name, {
          reason: 'start-failed',
          detail: '`target.start` ended before it was ready.',
          exitCode: 1,
          log,
        }),
      ),
      { sampling: { rounds: 0, stopped: 'failed', loadMs: 0, wallMs: 2100 } },
    ),
    comparisons: [],
    verdict: 'failed',
  }),
  'environment-differs': report({
    source: {
      type: 'lookup',
      lookup: {
        status: 'unusable',
        reason: 'environment',
        detail: 'the newest baseline was measured on another CPU model and memory size',
        baseline: {
          location: 'branch perf-baseline',
          result: {
            ...past[0],
            environment: {
              ...environment,
              gates: { ...environment.gates, cpuModel: 'Intel Xeon 8370C', memoryGb: 8 },
            },
          },
        },
      },
    },
    comparisons: [],
    verdict: 'new',
  }),
  'corrupt-baseline': report({
    source: {
      type: 'lookup',
      lookup: {
        status: 'unusable',
        reason: 'corrupt',
        detail: 'branch perf-baseline, series/ab12cd/0ba5e-4700-1.json.gz: unexpected end of data',
      },
    },
    comparisons: [],
    verdict: 'new',
  }),
  'newer-baseline': report({
    source: {
      type: 'lookup',
      lookup: {
        status: 'unusable',
        reason: 'schema',
        detail: 'it is of version 2; this perf-baseline reads version 1',
      },
    },
    comparisons: [],
    verdict: 'new',
  }),
  'unreadable-store': report({
    source: {
      type: 'lookup',
      lookup: {
        status: 'unusable',
        reason: 'unreadable',
        detail: 'branch perf-baseline: 403, the token lacks `contents: read`',
      },
    },
    comparisons: [],
    verdict: 'new',
  }),
  'not-compared': report({ source: { type: 'none' }, comparisons: [], verdict: 'new', runUrl: null }),
  'paired-warning': report({
    source: { type: 'paired', result: { ...past[0], createdAt: '2026-11-21T14:02:00.000Z' } },
    comparisons: withRows(
      row('mixed', 'p95', 'regressed', 15.2, relative(0.14, 0.118, 0.163), {
        level: 'warn',
        criterion: warnAndFail,
        n: { baseline: 8, candidate: 8 },
      }),
    ),
    candidate: result([health(), mixed()], {
      sampling: { rounds: 16, stopped: 'conclusive', loadMs: 80_000, wallMs: 150_000 },
    }),
  }),
  'missing-scenario': report({
    candidate: result([health()]),
    comparisons: [
      ...quiet.filter((q) => q.scenario === 'health'),
      row('mixed', 'p95', 'missing', 15.2, null, { candidate: null }),
    ],
  }),
  'new-scenario': report({
    candidate: result([health(), mixed(), scenario('journey', { ms: 31 })]),
    comparisons: [...quiet, row('journey', 'p95', 'new', 31, null, { baseline: null, gating: false })],
  }),
  'too-many-errors': report({
    candidate: result([health(), scenario('mixed', { ms: 12, failed: 600, invalid: 'too many errors' })]),
    comparisons: withRows(
      row('mixed', 'p95', 'invalid', 15.2, null, {
        candidate: null,
        reason: '30% of the requests failed; latencies are judged up to 10% (`max-errors`).',
      }),
      row('mixed', 'error-rate', 'regressed', 0, points(0.3, 0.26, 0.34), {
        baseline: { center: 0, low: 0, high: 0.002, confidence: 0.95 },
      }),
    ),
    verdict: 'regressed',
  }),
  'invalid-only': report({
    candidate: result([health(), scenario('mixed', { ms: 12, failed: 250, invalid: 'too many errors' })]),
    comparisons: withRows(
      row('mixed', 'p95', 'invalid', 15.2, null, {
        candidate: null,
        reason: '12.5% of the requests failed; latencies are judged up to 10% (`max-errors`).',
      }),
    ),
    verdict: 'inconclusive',
  }),
  'generator-limited': report({
    candidate: result([health(), scenario('mixed', { ms: 12, limited: true })]),
  }),
  cancelled: report({
    candidate: result(
      [
        health(),
        failedScenario('mixed', {
          reason: 'cancelled',
          detail: 'The run was cancelled before its first round.',
        }),
      ],
      { sampling: { rounds: 2, stopped: 'cancelled', loadMs: 10_000, wallMs: 21_000 } },
    ),
    comparisons: quiet.filter((q) => q.scenario === 'health'),
    verdict: 'failed',
  }),
  hostile: hostileReport(HOSTILE),
};

/** A report in which every text that a stranger can choose is the given one. */
export function hostileReport(text: string): Report {
  const bad = { ...scenario(text, { ms: 12, parts: { [`${text} part`]: 9 } }) };
  const broken = failedScenario(`${text} 2`, {
    reason: 'target-died',
    detail: text,
    exitCode: 1,
    log: `${text}\n\`\`\`\`\n</details>\n::error::injected\r\n# heading\n@octocat`,
  });
  return report({
    candidate: result([bad, broken], {
      commit: { sha: '@octocat`', ref: text, dirty: true },
      warnings: [{ code: 'w', message: text }],
      environment: { ...environment, recorded: { [text]: text } },
    }),
    source: { type: 'lookup', lookup: { status: 'unusable', reason: 'corrupt', detail: text } },
    comparisons: [
      row(text, 'p95', 'regressed', 10, relative(0.34, 0.29, 0.4), {
        part: text,
        reason: text,
        baseline: around(10),
      }),
    ],
    limits: [limit(text, 'p95', 'exceeded', 5, 12, { part: text, reason: text, text: text })],
    verdict: 'failed',
    title: text,
    runUrl: 'javascript:alert(1)',
    reproduce: `perf-baseline run --config '${text}'`,
    criterionChanges: [{ scenario: text, metric: text, from: text, to: text }],
  });
}

/** A report of `n` scenarios, all of them regressed: too long for a comment when there are many. */
export function manyRegressions(n: number): Report {
  const names = Array.from({ length: n }, (_, i) => `scenario-${String(i).padStart(4, '0')}`);
  return report({
    candidate: result([health()]),
    comparisons: names.map((name, i) =>
      row(name, 'p95', 'regressed', 10, relative(0.3 + i / 1e4, 0.25, 0.6)),
    ),
    verdict: 'regressed',
  });
}
