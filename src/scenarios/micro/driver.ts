import type { Benchmark, MicroScenario } from '../../domain/config.ts';
import {
  type Driver,
  GeneratorError,
  type Session,
  type Side,
  type Stretch,
  type StretchTally,
} from '../../domain/driver.ts';
import { CancelledError } from '../../domain/errors.ts';
import { microMetrics } from '../../domain/metric-catalogue.ts';
import type { Tally } from '../../domain/result.ts';
import { emptyTally } from '../../domain/tally.ts';
import type { Answer, Job } from './job.ts';
import { type Ended, runJob } from './runner-process.ts';
import type { Stage } from './words.ts';

/**
 * Drives `micro` scenarios: each case of a module, or the command, in a process of its own per side and round.
 * `runnerEntry` is the bundled micro/runner.ts.
 */
export function createMicroDriver(options: { runnerEntry: URL | string }): Driver<MicroScenario> {
  const known = new WeakMap<MicroScenario, Known>();
  return {
    type: 'micro',
    interleave: 'process',
    metrics: ({ run }) => [...microMetrics[run.type]],
    open: async (scenario, signal) => {
      if (signal.aborted) throw new CancelledError('cancelled before the benchmark was started');
      const remembered = known.get(scenario) ?? { parts: new Map(), hung: new Map() };
      known.set(scenario, remembered);
      return new MicroSession(scenario, options.runnerEntry, remembered);
    },
  };
}

/**
 * What holds for all rounds of a run, by checkout: the parts of a module, and those that hung. A hang costs its whole
 * timeout, so that one is enough.
 */
type Known = { parts: Map<string, string[]>; hung: Map<string, string> };

/** Figures, or why there are none. */
type Found = Exclude<Answer, { type: 'unmeasurable' }> | string;

class MicroSession implements Session {
  readonly #scenario: MicroScenario;
  readonly #entry: URL | string;
  readonly #known: Known;
  readonly #tails = new Map<string, string>();

  constructor(scenario: MicroScenario, entry: URL | string, known: Known) {
    this.#scenario = scenario;
    this.#entry = entry;
    this.#known = known;
  }

  async parts(side: Side, signal: AbortSignal): Promise<string[]> {
    const { run } = this.#scenario;
    if (run.type === 'command') return [];
    const names = this.#known.parts.get(side.checkout);
    if (names !== undefined) return names;
    const found = await this.#perform({ type: 'list', ...modulePart(run) }, side, signal);
    if (typeof found === 'string' || found.type !== 'parts') return [];
    this.#known.parts.set(side.checkout, found.names);
    return found.names;
  }

  async run(side: Side, stretch: Stretch, signal: AbortSignal): Promise<StretchTally> {
    const { run } = this.#scenario;
    const startedAt = new Date().toISOString();
    const { durationMs, warmupMs = 0, part } = stretch;
    const generator = { cpu: 0, limited: false };
    if (run.type === 'command') {
      const job: Job = { type: 'command', command: run.command, warmupMs, durationMs };
      const found = await this.#perform(job, { ...side, env: { ...side.env, ...run.env } }, signal);
      const none = { startedAt, total: emptyTally(), parts: [], generator };
      if (typeof found === 'string') return { ...none, invalid: found };
      if (found.type !== 'command') return none;
      const { unmeasured } = found.figures;
      return { ...none, total: commandTally(found), ...(unmeasured !== undefined && { unmeasured }) };
    }
    if (part === undefined) {
      const found = await this.#perform({ type: 'list', ...modulePart(run) }, side, signal);
      const invalid =
        typeof found === 'string' ? found : 'cannot be run: no part of the module was asked for';
      return { startedAt, total: emptyTally(), parts: [], generator, invalid };
    }
    const hung = JSON.stringify([side.checkout, part]);
    const { concurrency } = run;
    const job: Job = { type: 'case', ...modulePart(run), part, concurrency, warmupMs, durationMs };
    const found = this.#known.hung.get(hung) ?? (await this.#perform(job, side, signal));
    if (typeof found === 'string' && found.startsWith('hangs')) this.#known.hung.set(hung, found);
    const tally = typeof found === 'string' || found.type !== 'figures' ? emptyTally() : caseTally(found);
    return {
      startedAt,
      total: { ...emptyTally(), elapsedMs: tally.elapsedMs },
      parts: [{ name: part, tally, ...(typeof found === 'string' && { invalid: found }) }],
      generator,
    };
  }

  logTail(side: Side): string {
    return this.#tails.get(side.checkout) ?? '';
  }

  async close(): Promise<void> {}

  async #perform(job: Job, side: Side, signal: AbortSignal): Promise<Found> {
    const { timeoutMs } = this.#scenario;
    const { checkout: cwd, env, safe = (text: string) => text } = side;
    const ended = await runJob(job, { entry: this.#entry, cwd, env, timeoutMs, signal });
    const told = resultOf(ended, timeoutMs);
    if (typeof told !== 'string') return told;
    this.#tails.set(cwd, safe(ended.output));
    return safe(told);
  }
}

const modulePart = ({ module, bench, inputs }: Extract<Benchmark, { type: 'module' }>) => ({
  module,
  bench,
  inputs,
});

const HUNG: Record<Stage, string> = {
  loading: 'loading the module did not end',
  setup: 'its setup did not end',
  calls: 'no call ended',
  teardown: 'its teardown did not end',
  runs: 'no run of the command ended',
};

const ENDED: Record<Stage, string> = {
  loading: 'while the module was loaded',
  setup: 'in its setup',
  calls: 'while it was called',
  teardown: 'in its teardown',
  runs: 'while its command ran',
};

function resultOf(ended: Ended, timeoutMs: number): Found {
  switch (ended.status) {
    case 'answered':
      return ended.answer.type === 'unmeasurable' ? ended.answer.text : ended.answer;
    case 'hung':
      return `hangs: ${HUNG[ended.stage]} within ${timeoutMs / 1000} s, so it was killed; if it is meant to take that long, raise timeout`;
    case 'unstarted':
      throw new GeneratorError(`the process for a benchmark could not be started: ${ended.reason}`);
    case 'ended': {
      const { code, signal, output, stage } = ended;
      if (/heap out of memory|Allocation failed/.test(output))
        return 'leaks: it filled the heap until its process was ended; keep nothing between calls';
      const uncaught = /^(?:Uncaught )?(\w*(?:Error|Exception)\b[^\n]*)$/m.exec(output)?.[1];
      if (uncaught !== undefined && code !== 0) return `throws: outside of its call, ${uncaught}`;
      const how = signal === null ? `with code ${code}` : `by ${signal}`;
      return `ends the process: it ended ${how} ${ENDED[stage]}`;
    }
  }
}

function caseTally({ figures }: Extract<Answer, { type: 'figures' }>): Tally {
  const { elapsedMs, calls, time, ops, heap } = figures;
  return {
    ...emptyTally(),
    elapsedMs,
    counters: { operations: calls },
    distributions: { time },
    values: { ops, ...(heap !== undefined && { heap }) },
  };
}

function commandTally({ figures }: Extract<Answer, { type: 'command' }>): Tally {
  const { elapsedMs, runs, time, cpuTime, memory } = figures;
  return {
    ...emptyTally(),
    elapsedMs,
    counters: { runs },
    distributions: { time },
    values: {
      ...(cpuTime !== undefined && { 'cpu-time': cpuTime }),
      ...(memory !== undefined && { memory }),
    },
  };
}
