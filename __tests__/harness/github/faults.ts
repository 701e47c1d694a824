/** What can go wrong with a request. `before` and `after` run something of the test's own around its effect. */
export type FaultKind =
  | { type: 'status'; status: number; message?: string; body?: unknown; headers?: Record<string, string> }
  | { type: 'secondary-limit'; retryAfter?: number }
  | { type: 'rate-limit'; resetInSeconds: number }
  /** Another writer's commit lands on the ref just before it is created or updated. */
  | { type: 'ref-race' }
  /** The connection is reset; the request has no effect. */
  | { type: 'cut-before' }
  /** The request takes effect, its answer is lost. */
  | { type: 'cut-after' }
  /** The request takes effect, then this is answered instead. */
  | { type: 'status-after'; status: number; message?: string }
  | { type: 'slow'; ms: number }
  /** Never answered; no effect. */
  | { type: 'hang' }
  /** The request takes effect, the answer ends in the middle of its body. */
  | { type: 'truncate' }
  | { type: 'before'; run: (request: FaultRequest) => void | Promise<void> }
  | { type: 'after'; run: (request: FaultRequest) => void | Promise<void> };

export type FaultRequest = {
  host: 'api' | 'results' | 'blob' | 'git';
  method: string;
  url: string;
  operation: string | null;
};

export type Fault = {
  /** `route` is tried on `METHOD /path?query` and on the operation (`git/update-ref`); all given must match. */
  match: { method?: string; route?: RegExp; host?: FaultRequest['host'] };
  kind: FaultKind;
  /** How many requests it strikes; 1, or without end when there is a probability. */
  times?: number;
  /** How many matching requests pass before it strikes. */
  skip?: number;
  /** Strikes this fraction of the matching requests. */
  probability?: number;
  /** Seed of the draws; the same seed strikes the same requests in the same order of arrival. */
  seed?: number;
};

/** An active fault: how often it struck, and an end to it. */
export type ActiveFault = { readonly struck: number; stop(): void };

/** Mulberry32: small, seeded, good enough to choose requests. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The faults of one stand-in, asked in the order in which they were added; the first that strikes counts. */
export class Faults {
  readonly #active: { fault: Fault; left: number; skip: number; struck: number; random: () => number }[] = [];

  add(fault: Fault): ActiveFault {
    const times = fault.times ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
    const entry = {
      fault,
      left: times,
      skip: fault.skip ?? 0,
      struck: 0,
      random: seededRandom(fault.seed ?? 1),
    };
    this.#active.push(entry);
    return {
      get struck() {
        return entry.struck;
      },
      stop: () => {
        entry.left = 0;
      },
    };
  }

  strike(request: FaultRequest): FaultKind | undefined {
    for (const entry of this.#active) {
      const { match, probability } = entry.fault;
      if (entry.left <= 0) continue;
      if (match.method !== undefined && match.method !== request.method) continue;
      if (match.host !== undefined && match.host !== request.host) continue;
      if (
        match.route !== undefined &&
        !match.route.test(`${request.method} ${request.url}`) &&
        !(request.operation !== null && match.route.test(request.operation))
      )
        continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      if (probability !== undefined && entry.random() >= probability) continue;
      entry.left -= 1;
      entry.struck += 1;
      return entry.fault.kind;
    }
    return undefined;
  }
}
