import { selectBaseline } from '../baseline/select.ts';
import type { BaselineLookup, BaselineStore, History } from '../domain/baseline.ts';
import { UsageError } from '../domain/errors.ts';
import type { Result, Warning } from '../domain/result.ts';

/** Baselines read for one comparison: the window that the judgement rests on, and room for other environments. */
const READ = 40;

/** What a store has of a series. Rejects when it cannot tell. */
export const readHistory = (store: BaselineStore, series: string): Promise<History> =>
  store.history({ series, limit: READ });

/**
 * The baseline of a candidate. A store that cannot be read is `unusable`, never `absent`; entries that cannot be
 * used are told as warnings. `known` is the history where it was read before.
 */
export async function lookUp(
  candidate: Result,
  store: BaselineStore,
  ancestors: () => Promise<string[]>,
  known: History | null = null,
): Promise<{ lookup: BaselineLookup; warnings: Warning[] }> {
  try {
    const found = known ?? (await readHistory(store, candidate.series));
    // A folder may hold the candidate itself: nothing is compared with itself.
    const history = { ...found, entries: found.entries.filter(({ result }) => result.id !== candidate.id) };
    const lookup = selectBaseline({ history, candidate, ancestors: await ancestors() });
    const warnings = history.unreadable.map(({ detail }) => ({
      code: 'unreadable-baseline',
      message: detail,
    }));
    return { lookup, warnings };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { lookup: { status: 'unusable', reason: 'unreadable', detail: error.message }, warnings: [] };
  }
}

/** Whether a baseline is there that should have been readable: an error of the run, unlike an absent one. */
export function isBroken(lookup: BaselineLookup): boolean {
  return lookup.status === 'unusable' && lookup.reason !== 'environment';
}

/** A lookup as if only this scenario had ever been measured: the others were not asked for, so they are not missing. */
export function onlyScenario(lookup: BaselineLookup, name: string): BaselineLookup {
  if (lookup.status !== 'found') return lookup;
  const keep = (result: Result): Result => ({
    ...result,
    scenarios: result.scenarios.filter((scenario) => scenario.name === name),
  });
  return {
    ...lookup,
    baseline: { ...lookup.baseline, result: keep(lookup.baseline.result) },
    window: lookup.window.map(keep),
  };
}
