import type { Scenario } from '../domain/config.ts';
import type { Failure, Round } from '../domain/result.ts';
import { sentOf } from './pace.ts';
import { whyNothing } from './websocket-words.ts';

/** Why rounds hold nothing that could be judged, where they do not. */
export function nothingMeasured(scenario: Scenario, rounds: readonly Round[]): Failure | undefined {
  return neverAnswered(scenario, rounds) ?? neverRan(rounds);
}

/** Whether not a single part of what needs no answers (a benchmark) could be measured. */
function neverRan(rounds: readonly Round[]): Failure | undefined {
  const reasons = rounds.map(({ invalid, parts, total }) => {
    if (total.counters.finished !== undefined) return undefined;
    const broken = parts.filter((part) => part.invalid !== undefined);
    const [first] = broken;
    if (invalid !== undefined || first === undefined || broken.length < parts.length) return invalid;
    const others = broken.length > 1 ? ` (and ${broken.length - 1} more)` : '';
    return `${first.name}: ${first.invalid}${others}`;
  });
  const [detail] = reasons;
  if (detail === undefined || reasons.includes(undefined)) return undefined;
  return { reason: 'benchmark-failed', detail };
}

/** Whether what was sent was never answered as expected: then there is nothing to measure, however fast it was. */
function neverAnswered(scenario: Scenario, rounds: readonly Round[]): Failure | undefined {
  const counted = rounds.filter((round) => round.total.counters.finished !== undefined);
  const count = (name: string) =>
    counted.reduce((total, round) => total + (round.total.counters[name] ?? 0), 0);
  if (counted.length === 0 || count('ok') > 0) return undefined;
  const byKind = new Map<string, number>();
  for (const { total } of counted)
    for (const [kind, times] of Object.entries(total.errors))
      byKind.set(kind, (byKind.get(kind) ?? 0) + times);
  const kinds = [...byKind].sort((a, b) => b[1] - a[1]);
  const listed = kinds.map(([kind, times]) => `${times} × ${kind}`).join(', ');
  const seen = listed === '' ? '' : `: ${listed}`;
  if (scenario.type === 'websocket') {
    const samples = (family: string) =>
      counted.reduce((total, round) => total + (round.total.distributions[family]?.count ?? 0), 0);
    const sent = counted.reduce((sum, { total }) => sum + sentOf(scenario, total), 0);
    const { silent, text } = whyNothing(scenario, { count, samples, kinds, sent });
    return {
      reason: silent ? 'nothing-answered' : 'only-errors',
      detail: `${text}${listed === '' ? '' : ` (${listed})`}`,
    };
  }
  return count('answered') === 0
    ? { reason: 'nothing-answered', detail: `no request was answered${seen}` }
    : { reason: 'only-errors', detail: `no request was answered as expected${seen}` };
}
