import { median } from 'simple-statistics';
import type { Metric } from '../domain/metric.ts';
import type { MemorySource, Round, ScenarioResult, Tally } from '../domain/result.ts';
import { deriveValue, mergeTallies } from '../domain/tally.ts';

/** A round as one subject saw it; `invalid`: why it says nothing of that subject. */
type Entry = { round: Round; tally: Tally; invalid: string | undefined };

/** One piece of independent evidence: a block (fresh boot) with its rounds, or a round where nothing was restarted. */
export type Unit = {
  key: number;
  tally: Tally;
  anchor: Tally | undefined;
  rounds: readonly Entry[];
  /** Why its speeds say nothing. */
  invalid: string | undefined;
  /** Quantiles of histograms already derived: large ones are asked again and again while looks are replayed. */
  quantiles?: Map<Metric, number | undefined>;
};

/**
 * The evidence on one subject: a scenario as a whole, or one of its parts. `units` are blocks, or (`kind` round) the rounds
 * of a single boot where nothing was restarted; `blocks` are the boots in any case.
 */
export type Evidence = { units: readonly Unit[]; kind: 'block' | 'round'; blocks: readonly Unit[] };

/** Up to this many boots with at least this many rounds in one, rounds are looked at rather than boots. */
const FEW_BOOTS = 4;
const MANY_ROUNDS = 4;

/** Evidence on a scenario (`part` absent) or part, in order of measurement; no units when it was not measured. */
export function evidenceOf(scenario: ScenarioResult, part?: string): Evidence {
  const rounds: Entry[] = [];
  for (const round of scenario.outcome.rounds) {
    const own = part === undefined ? undefined : round.parts.find(({ name }) => name === part);
    const tally = part === undefined ? round.total : own?.tally;
    if (tally) rounds.push({ round, tally, invalid: own?.invalid ?? round.invalid });
  }
  const blocks = new Map<number, Entry[]>();
  for (const entry of rounds) {
    const inBlock = blocks.get(entry.round.block);
    if (inBlock) inBlock.push(entry);
    else blocks.set(entry.round.block, [entry]);
  }
  const errors = scenario.metrics.find(({ from }) => from.type === 'proportion');
  const inOrder = (a: Unit, b: Unit): number => a.key - b.key;
  const boots = [...blocks]
    .map(([key, entries]) => unitOf(key, entries, errors, scenario.maxErrors))
    .sort(inOrder);
  if (boots.length !== 1 || rounds.length === 1) return { kind: 'block', units: boots, blocks: boots };
  const units = rounds.map((entry) => unitOf(entry.round.index, [entry], errors, scenario.maxErrors));
  return { kind: 'round', units: units.sort(inOrder), blocks: boots };
}

/**
 * The rounds of few boots, each as a unit of its own, for where booting is too dear to give every block its own boot.
 * Undefined where there are boots enough, or hardly more rounds than boots. `boot` is the block a round belongs to.
 */
export function roundsOfFewBoots({ blocks }: Evidence): { unit: Unit; boot: number }[] | undefined {
  const most = Math.max(0, ...blocks.map(({ rounds }) => rounds.length));
  const few = blocks.length === 1 ? most > 1 : blocks.length <= FEW_BOOTS && most >= MANY_ROUNDS;
  if (!few) return undefined;
  return blocks.flatMap((block) =>
    block.rounds.map((entry, position) => ({
      boot: block.key,
      unit: {
        key: block.key * 1e6 + position,
        rounds: [entry],
        tally: entry.tally,
        anchor: entry.round.anchor,
        invalid: entry.invalid ?? block.invalid,
      },
    })),
  );
}

/**
 * Whether a scenario has figures as a whole. One of unlike cases has none: a mean of sorting and hashing would say nothing,
 * so each of its parts is judged alone.
 */
export function hasWhole(scenario: ScenarioResult): boolean {
  const { rounds } = scenario.outcome;
  const alone = rounds.every(({ parts }) => parts.length === 0);
  return (
    alone ||
    rounds.some(({ total }) => scenario.metrics.some((metric) => deriveValue(metric, total) !== undefined))
  );
}

/** Names of the parts that a scenario's rounds tell of, in their order. */
export function partNames(scenario: ScenarioResult): string[] {
  return [...new Set(scenario.outcome.rounds.flatMap((round) => round.parts.map(({ name }) => name)))];
}

function unitOf(key: number, rounds: Unit['rounds'], errors: Metric | undefined, maxErrors: number): Unit {
  const tally = merged(rounds.map((entry) => entry.tally));
  const anchors = rounds.flatMap(({ round }) => (round.anchor ? [round.anchor] : []));
  const told = rounds.find(({ invalid }) => invalid !== undefined)?.invalid;
  const share = errors ? deriveValue(errors, tally) : undefined;
  const tooMany =
    share !== undefined && share > maxErrors
      ? `${percent(share)} of the answers were errors, more than the ${percent(maxErrors)} that max-errors allows`
      : undefined;
  return {
    key,
    rounds,
    tally,
    anchor: anchors.length === 0 ? undefined : merged(anchors),
    invalid: told ?? tooMany ?? (share === undefined && errors ? 'nothing was answered' : undefined),
  };
}

/** Whether a unit has a word for why it was not measured, and not a single sample. */
export function isSilent({ invalid, tally }: Unit): boolean {
  return invalid !== undefined && Object.keys(tally.distributions).length === 0 && tally.elapsedMs === 0;
}

/**
 * Whether most units gave no figure at all, as when a benchmark throws; fewer may be chance, of one at the edge of what can
 * be timed. What answers with errors is not silent: its error rate is judged.
 */
export function mostlySilent(units: readonly Unit[]): boolean {
  return 2 * units.filter(isSilent).length > units.length;
}

function merged(tallies: readonly Tally[]): Tally {
  const [only] = tallies;
  return tallies.length === 1 && only ? only : mergeTallies(tallies);
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;

/**
 * A metric's value of a unit in its base unit, or undefined where it was not measured. What cannot be merged is the
 * median of the rounds; a peak is the highest of them.
 */
export function unitValue(metric: Metric, unit: Unit): number | undefined {
  const { from } = metric;
  if (from.type !== 'quantile' || unit.tally.distributions[from.of]?.type !== 'histogram')
    return derivedValue(metric, unit);
  unit.quantiles ??= new Map();
  if (!unit.quantiles.has(metric)) unit.quantiles.set(metric, derivedValue(metric, unit));
  return unit.quantiles.get(metric);
}

function derivedValue(metric: Metric, unit: Unit): number | undefined {
  if (metric.from.type === 'peak') {
    const peaks = unit.rounds.flatMap((entry) => peakOf(metric, entry) ?? []);
    return peaks.length === 0 ? undefined : Math.max(...peaks);
  }
  const value = deriveValue(metric, unit.tally);
  if (value !== undefined && Number.isFinite(value)) return value;
  const ofRounds = unit.rounds.flatMap(({ round, tally }) => {
    const own = deriveValue(metric, tally) ?? (tally === round.total ? round.values[metric.name] : undefined);
    return own !== undefined && Number.isFinite(own) ? [own] : [];
  });
  return ofRounds.length === 0 ? undefined : median(ofRounds);
}

function peakOf(metric: Metric, { round, tally }: Unit['rounds'][number]): number | undefined {
  const whole = tally === round.total;
  const peak =
    tally.values[metric.name] ??
    (whole
      ? (round.values[metric.name] ?? (metric.name === 'memory' ? round.resources.memory?.peak : undefined))
      : undefined);
  return peak !== undefined && Number.isFinite(peak) && peak > 0 ? peak : undefined;
}

/** Where the memory figures of some units come from; more than one source is a mixture. */
export function memorySources(units: readonly Unit[]): MemorySource[] {
  const sources = units.flatMap(({ rounds }) =>
    rounds.flatMap(({ round }) => round.resources.memory?.source ?? []),
  );
  return [...new Set(sources)].sort();
}

/** Why a metric has no value in any of some units, where they say so. */
export function unmeasuredReason({ from }: Metric, units: readonly Unit[]): string | undefined {
  if ('of' in from)
    return from.of === 'reconnect' && units.every(({ tally }) => tally.counters.dropped === 0)
      ? 'no connection was dropped in the whole measurement'
      : undefined;
  // A figure of the process tree.
  return units.flatMap(({ rounds }) => rounds.flatMap(({ round }) => round.resources.unmeasured ?? []))[0];
}

/** Samples behind a quantile over the whole of some units, and the mean length of their rounds in ms. */
export function samplesOf(
  metric: Metric,
  units: readonly Unit[],
): { count: number; roundMs: number } | undefined {
  const { from } = metric;
  if (from.type !== 'quantile') return undefined;
  let count = 0;
  let rounds = 0;
  let ms = 0;
  for (const unit of units)
    for (const { round, tally } of unit.rounds) {
      count += tally.distributions[from.of]?.count ?? 0;
      ms += round.durationMs;
      rounds += 1;
    }
  return { count, roundMs: rounds === 0 ? 0 : ms / rounds };
}
