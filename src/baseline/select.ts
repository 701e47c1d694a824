import type { BaselineLookup, History, StoredBaseline } from '../domain/baseline.ts';
import { type Environment, environmentDifferences } from '../domain/environment.ts';
import type { Result } from '../domain/result.ts';

/** Comparable baselines that one comparison rests on. */
const WINDOW = 20;

/**
 * The baseline to compare a candidate with. An equal environment comes first, however far back; among those the
 * base commit, else its nearest measured ancestor, else the newest. `ancestors` holds commit hashes, the base
 * commit first, then nearest first; empty when unknown. Pure.
 */
export function selectBaseline(query: {
  history: History;
  candidate: { environment: Environment; series: string };
  ancestors: readonly string[];
}): BaselineLookup {
  const { history, candidate, ancestors } = query;
  if (history.entries.length === 0) return nothingReadable(history);
  const alike = history.entries.filter(
    ({ result }) => environmentDifferences(result.environment, candidate.environment).length === 0,
  );
  // A run that measured nothing (its target did not start) tells nothing; it is better than none at all.
  const measured = alike.filter(({ result }) => hasMeasured(result));
  const chosen = choose(measured.length > 0 ? measured : alike, ancestors);
  if (chosen === undefined) return otherEnvironments(history.entries, candidate, ancestors);
  return { status: 'found', ...chosen, window: windowOf(alike, chosen.baseline) };
}

type Choice = { baseline: StoredBaseline; choice: 'base-commit' | 'ancestor' | 'newest' };

function choose(entries: readonly StoredBaseline[], ancestors: readonly string[]): Choice | undefined {
  const distance = new Map(ancestors.map((sha, index) => [sha, index]));
  let nearest: { baseline: StoredBaseline; at: number } | undefined;
  for (const baseline of entries) {
    const { commit } = baseline.result;
    // What was measured with uncommitted changes is not a measurement of its commit.
    const at = commit === null || commit.dirty ? undefined : distance.get(commit.sha);
    if (at !== undefined && (nearest === undefined || at < nearest.at)) nearest = { baseline, at };
  }
  if (nearest !== undefined)
    return { baseline: nearest.baseline, choice: nearest.at === 0 ? 'base-commit' : 'ancestor' };
  const [newest] = entries;
  return newest && { baseline: newest, choice: 'newest' };
}

const hasMeasured = (result: Result): boolean =>
  result.scenarios.some((scenario) => scenario.outcome.status === 'measured');

/** The newest ones, and the chosen one even when it is older than all of them. */
function windowOf(alike: readonly StoredBaseline[], chosen: StoredBaseline): Result[] {
  const newest = alike.slice(0, WINDOW);
  if (!newest.includes(chosen)) newest.splice(WINDOW - 1, 1, chosen);
  return newest.map(({ result }) => result);
}

function nothingReadable({ unreadable }: History): BaselineLookup {
  const [first] = unreadable;
  if (first === undefined) return { status: 'absent' };
  const corrupt = unreadable.find((entry) => entry.reason === 'corrupt');
  const rest = unreadable.length === 1 ? '' : ` (and ${unreadable.length - 1} more that cannot be used)`;
  if (corrupt === undefined)
    return { status: 'unusable', reason: 'schema', detail: `${first.detail}${rest}` };
  return { status: 'unusable', reason: 'corrupt', detail: `${corrupt.detail}${rest}` };
}

function otherEnvironments(
  entries: readonly StoredBaseline[],
  candidate: { environment: Environment },
  ancestors: readonly string[],
): BaselineLookup {
  const nearest = choose(entries, ancestors);
  if (nearest === undefined) return { status: 'absent' };
  const { baseline } = nearest;
  const differences = environmentDifferences(baseline.result.environment, candidate.environment)
    .map(({ gate, a, b }) => `${gate} is ${b}, it was ${a}`)
    .join('; ');
  const counted = entries.length === 1 ? 'the only baseline is' : `all ${entries.length} baselines are`;
  return {
    status: 'unusable',
    reason: 'environment',
    detail: `${counted} from another environment: ${differences}`,
    baseline,
  };
}
