import type { Condition } from '../../src/domain/criterion.ts';
import type { Metric } from '../../src/domain/metric.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Change, Comparison, Estimate, LimitOutcome } from '../../src/domain/verdict.ts';

export function metric(name: string): Metric {
  const found = metricCatalogue.http.scenario.find((m) => m.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

export const around = (center: number, share = 0.03): Estimate => ({
  center,
  low: center * (1 - share),
  high: center * (1 + share),
  confidence: 0.95,
});

export const relative = (center: number, low: number, high: number): Change => ({
  type: 'relative',
  center,
  low,
  high,
  confidence: 0.999,
});

export const points = (center: number, low: number, high: number): Change => ({
  type: 'absolute',
  center,
  low,
  high,
  confidence: 0.999,
});

const plus = (text: string, change: number): Condition => ({ all: [{ type: 'relative', change }], text });

export const criteria: Record<string, Comparison['criterion']> = {
  p95: { fail: plus('+20%', 0.2) },
  rps: { fail: plus('-15%', -0.15) },
  memory: { fail: plus('+30%', 0.3) },
  'error-rate': { fail: { all: [{ type: 'points', change: 0.05 }], text: '+5pp' } },
};

export const warnAndFail: Comparison['criterion'] = { warn: plus('+10%', 0.1), fail: plus('+20%', 0.2) };

/** A gating comparison: the candidate's centre follows from the baseline's and the change. */
export function row(
  scenario: string,
  name: string,
  verdict: Comparison['verdict'],
  base: number,
  change: Change | null,
  more: Partial<Comparison> = {},
): Comparison {
  const center =
    change === null ? base : change.type === 'relative' ? base * (1 + change.center) : base + change.center;
  return {
    scenario,
    metric: metric(name),
    verdict,
    level: verdict === 'regressed' ? 'fail' : null,
    gating: true,
    baseline: around(base),
    candidate: around(center),
    change,
    criterion: criteria[name] ?? null,
    detectable: change === null ? null : 0.06,
    n: { baseline: 8, candidate: 3 },
    ...more,
  };
}

export function limit(
  scenario: string,
  name: string,
  outcome: LimitOutcome['outcome'],
  bound: number,
  candidate: number,
  more: Partial<LimitOutcome> = {},
): LimitOutcome {
  return {
    scenario,
    metric: metric(name),
    level: 'fail',
    bound,
    text: String(bound),
    outcome,
    candidate: around(candidate),
    ...more,
  };
}
