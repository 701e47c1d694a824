import type { HttpScenario } from '../../domain/config.ts';
import { seededRandom, type ValueSource } from '../values.ts';

/** Values that all connections of one side share: the counter, and the seeded random numbers. */
export type SideValues = { counter: number; random: () => number };

export function sideValues(): SideValues {
  return { counter: 0, random: seededRandom(0x9e3779b9) };
}

/**
 * The order in which one connection sends the requests of a scenario. `part` is the next one's index and stays until
 * `finished` is told how it went.
 */
export interface Flow {
  readonly part: number;
  readonly captured: Map<string, unknown>;
  /** Says whether a flow of steps was cut short: it then starts anew. */
  finished(ok: boolean): { restarted: boolean };
  /** Forgets what was captured, and begins with the first step. The place in a weighted order is kept. */
  restart(): void;
}

/** The flow of connection `index` of a scenario. */
export function createFlow(scenario: HttpScenario, index: number): Flow {
  if (scenario.mode === 'steps') return new StepFlow(scenario.requests.length);
  return new WeightedFlow(
    scenario.requests.map((request) => request.weight),
    index,
  );
}

/**
 * Smooth weighted round-robin (as in nginx): every request in proportion to its weight, spread evenly, 3:1 as AABA.
 * Connections start rotated, so that they do not all send the same request at once.
 */
class WeightedFlow implements Flow {
  readonly captured = new Map<string, unknown>();
  readonly #weights: readonly number[];
  readonly #credit: number[];
  readonly #total: number;
  part = 0;

  constructor(weights: readonly number[], rotation: number) {
    this.#weights = weights;
    this.#credit = weights.map(() => 0);
    this.#total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i <= rotation; i += 1) this.#pick();
  }

  finished(): { restarted: boolean } {
    this.#pick();
    return { restarted: false };
  }

  restart(): void {}

  #pick(): void {
    if (this.#weights.length === 1) return;
    let best = 0;
    for (let i = 0; i < this.#weights.length; i += 1) {
      this.#credit[i] = (this.#credit[i] ?? 0) + (this.#weights[i] ?? 0);
      if ((this.#credit[i] ?? 0) > (this.#credit[best] ?? 0)) best = i;
    }
    this.#credit[best] = (this.#credit[best] ?? 0) - this.#total;
    this.part = best;
  }
}

/** The steps in order. After the last one, and after a failed one, the flow starts anew with nothing captured. */
class StepFlow implements Flow {
  readonly captured = new Map<string, unknown>();
  readonly #steps: number;
  part = 0;

  constructor(steps: number) {
    this.#steps = steps;
  }

  finished(ok: boolean): { restarted: boolean } {
    if (ok && this.part + 1 < this.#steps) {
      this.part += 1;
      return { restarted: false };
    }
    this.restart();
    return { restarted: !ok };
  }

  restart(): void {
    this.part = 0;
    this.captured.clear();
  }
}

/** Values for the next request of a flow. */
export function nextValues(side: SideValues, flow: Flow): ValueSource {
  side.counter += 1;
  return { random: side.random, counter: side.counter, captured: flow.captured };
}
