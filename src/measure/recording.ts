import type { Scenario } from '../domain/config.ts';
import type { Driver } from '../domain/driver.ts';
import type { Failure, NonEmpty, Round, ScenarioOutcome, ScenarioResult, Warning } from '../domain/result.ts';
import { paceOf } from './pace.ts';
import { nothingMeasured } from './unanswered.ts';

/** Collects what was measured of one side, scenario by scenario, and what went wrong. */
export class Recording {
  readonly #rounds = new Map<string, Round[]>();
  readonly #failures = new Map<string, Failure>();
  readonly #overruns = new Map<string, string>();
  readonly #scenarios: readonly Scenario[];
  readonly #driverOf: (scenario: Scenario) => Driver;

  constructor(scenarios: readonly Scenario[], driverOf: (scenario: Scenario) => Driver) {
    this.#scenarios = scenarios;
    this.#driverOf = driverOf;
  }

  add(scenario: Scenario, round: Round): void {
    const rounds = this.#rounds.get(scenario.name) ?? [];
    rounds.push({ ...round, index: rounds.length });
    this.#rounds.set(scenario.name, rounds);
  }

  fail(scenario: Scenario, failure: Failure): void {
    if (!this.#failures.has(scenario.name)) this.#failures.set(scenario.name, failure);
  }

  /** It was under load when the budget was spent, for a reason of its own: what to say if that leaves it without a round. */
  overran(scenario: Scenario, detail: string): void {
    this.#overruns.set(scenario.name, detail);
  }

  hasFailed(scenario: Scenario): boolean {
    return this.#failures.has(scenario.name);
  }

  rounds(scenario: Scenario): readonly Round[] {
    return this.#rounds.get(scenario.name) ?? [];
  }

  get loadMs(): number {
    return [...this.#rounds.values()].flat().reduce((sum, round) => sum + round.durationMs, 0);
  }

  get blocks(): number {
    return new Set([...this.#rounds.values()].flat().map((round) => round.block)).size;
  }

  /** The scenarios as a result holds them. One without a single round has failed: `otherwise` says why. */
  results(otherwise: Failure): ScenarioResult[] {
    return this.#scenarios.map((scenario) => ({
      name: scenario.name,
      type: scenario.type,
      load: scenario.load,
      metrics: this.#driverOf(scenario).metrics(scenario),
      maxErrors: scenario.maxErrors,
      outcome: this.#outcome(scenario, otherwise),
    }));
  }

  /** Of a service, and not a figure of the benchmark's own. */
  #hasMemory(scenario: Scenario): boolean {
    return this.#driverOf(scenario)
      .metrics(scenario)
      .some(({ name, from }) => name === 'memory' && from.type === 'peak');
  }

  #outcome(scenario: Scenario, otherwise: Failure): ScenarioOutcome {
    const rounds = [...this.rounds(scenario)];
    const warnings = [
      ...generatorWarnings(rounds),
      ...behindWarnings(scenario, rounds),
      ...partWarnings(rounds),
      ...(this.#hasMemory(scenario) ? memoryWarnings(rounds) : []),
      ...(isCommand(scenario) ? commandWarnings(rounds) : []),
    ];
    const failure = this.#failures.get(scenario.name) ?? nothingMeasured(scenario, rounds);
    if (failure) return { status: 'failed', failure, rounds, warnings };
    const [first, ...others] = rounds;
    if (first === undefined) {
      const own = otherwise.reason === 'budget-spent' ? this.#overruns.get(scenario.name) : undefined;
      const failure = own === undefined ? otherwise : { ...otherwise, detail: own };
      return { status: 'failed', failure, rounds, warnings };
    }
    warnings.push(...reconnectWarnings(scenario, rounds));
    return { status: 'measured', rounds: [first, ...others] satisfies NonEmpty<Round>, warnings };
  }
}

function generatorWarnings(rounds: readonly Round[]): Warning[] {
  const limited = rounds.filter((round) => round.generator.limited).length;
  if (limited === 0) return [];
  return [
    {
      code: 'generator-limited',
      message: `In ${limited} of ${rounds.length} rounds the load generator, not the target, was the bottleneck: use fewer connections, or a fixed rate.`,
    },
  ];
}

/** Up to this share of what an open loop sends may be late without being worth a word. */
const LATE = 0.05;

/** An open loop that could not keep the rate it was asked for. */
function behindWarnings(scenario: Scenario, rounds: readonly Round[]): Warning[] {
  const sum = (name: string) => rounds.reduce((total, round) => total + (round.total.counters[name] ?? 0), 0);
  const [behind, sent] = [sum('behind'), sum('sent')];
  if (sent === 0 || behind <= LATE * sent) return [];
  const pace = paceOf(
    scenario,
    rounds.map(({ total }) => total),
  );
  return [
    {
      code: 'behind',
      message: `${((behind / sent) * 100).toFixed(0)}% of what was to be sent at a fixed rate was sent late: every connection was busy, or the load generator was${pace === undefined ? '' : ` (${pace})`}. Latencies count from the intended time all the same; for those below saturation, lower the rate or add connections.`,
    },
  ];
}

/** A scenario that measures how connections come back, and lost none. */
function reconnectWarnings(scenario: Scenario, rounds: readonly Round[]): Warning[] {
  if (scenario.type !== 'websocket' || scenario.reconnect === undefined) return [];
  if (rounds.some(({ total }) => (total.counters.dropped ?? 0) > 0)) return [];
  const { reconnect } = scenario;
  const loaded = `${Number((rounds.reduce((ms, round) => ms + round.durationMs, 0) / 1000).toPrecision(3))} s under load`;
  return [
    {
      code: 'never-dropped',
      message:
        reconnect.by === 'server'
          ? `Reconnecting was not measured: the server dropped no connection in ${loaded}. Raise measure.duration until it does in every round, let it drop them sooner, or let the client do it (reconnect: { every: 2s }).`
          : `Reconnecting was not measured: no connection lived for the ${reconnect.everyMs / 1000} s of reconnect.every in ${loaded}. Raise measure.duration, or lower reconnect.every.`,
    },
  ];
}

/** Memory that is not measured cannot regress: that is told whether or not there is something to compare with. */
function memoryWarnings(rounds: readonly Round[]): Warning[] {
  const [reason] = rounds.flatMap(({ resources }) => resources.unmeasured ?? []);
  return reason === undefined
    ? []
    : [{ code: 'memory-unmeasured', message: `Memory and CPU of the target are not measured: ${reason}.` }];
}

const isCommand = (scenario: Scenario): boolean =>
  scenario.type === 'micro' && scenario.run.type === 'command';

/** A blank instead of a figure of a command has a reason, with the first of which it is told. */
function commandWarnings(rounds: readonly Round[]): Warning[] {
  const reasons = rounds.flatMap(({ resources }) => resources.unmeasured ?? []);
  const [first] = reasons;
  if (first === undefined) return [];
  const where =
    reasons.length < rounds.length ? `In ${reasons.length} of ${rounds.length} rounds not` : 'Not';
  return [{ code: 'command-unmeasured', message: `${where} all of the command was measured: ${first}.` }];
}

/** A part without figures is told whatever it is compared with, with the first of its reasons: their numbers may differ. */
function partWarnings(rounds: readonly Round[]): Warning[] {
  const told = new Map<string, { name: string; invalid: string; rounds: number }>();
  for (const { parts } of rounds) {
    for (const { name, invalid } of parts) {
      if (invalid === undefined) continue;
      const before = told.get(name);
      told.set(name, { name, invalid: before?.invalid ?? invalid, rounds: (before?.rounds ?? 0) + 1 });
    }
  }
  return [...told.values()].map(({ name, invalid, rounds: count }) => ({
    code: 'part-invalid',
    message: `${name} was not measured${count < rounds.length ? ` in ${count} of ${rounds.length} rounds` : ''}: ${invalid}`,
  }));
}
