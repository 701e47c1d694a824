import { HistogramRecorder } from '../../domain/histogram.ts';
import type { Tally } from '../../domain/result.ts';
import { mergeTallies } from '../../domain/tally.ts';
import type { ErrorKind } from './judgement.ts';

type Page = {
  sent: number;
  answered: number;
  ok: number;
  failed: number;
  bytes: number;
  behind: number;
  restarts: number;
  errors: Map<ErrorKind, number>;
  latency: HistogramRecorder;
};

/**
 * What happened in one stretch, by request. Every request, and every failed attempt to connect, ends up in exactly one
 * of `ok` and `failed`; every failed one in exactly one kind of error.
 */
export class Book {
  readonly #names: readonly string[];
  readonly #pages: Page[];
  readonly #kind: { openLoop: boolean; steps: boolean };

  constructor(names: readonly string[], kind: { openLoop: boolean; steps: boolean }) {
    this.#names = names;
    this.#kind = kind;
    this.#pages = names.map(() => ({
      sent: 0,
      answered: 0,
      ok: 0,
      failed: 0,
      bytes: 0,
      behind: 0,
      restarts: 0,
      errors: new Map(),
      latency: new HistogramRecorder('ms'),
    }));
  }

  sent(part: number): void {
    this.#page(part).sent += 1;
  }

  received(part: number, bytes: number): void {
    this.#page(part).bytes += bytes;
  }

  answered(part: number): void {
    this.#page(part).answered += 1;
  }

  ok(part: number, latencyMs: number): void {
    const page = this.#page(part);
    page.ok += 1;
    page.latency.record(latencyMs);
  }

  failed(part: number, kind: ErrorKind): void {
    const page = this.#page(part);
    page.failed += 1;
    page.errors.set(kind, (page.errors.get(kind) ?? 0) + 1);
  }

  /** A timeout counts in the latencies at its timeout value: leaving it out would make a hanging target look fast. */
  timedOut(part: number, timeoutMs: number): void {
    this.failed(part, 'timeout');
    this.#page(part).latency.record(timeoutMs);
  }

  /** Of an open loop: sent more than one interval late, because every connection was busy. */
  behind(part: number): void {
    this.#page(part).behind += 1;
  }

  restarted(part: number): void {
    this.#page(part).restarts += 1;
  }

  /** Tallies of the whole and of each part (none when there is one only). `elapsedMs` is the same for all of them. */
  tallies(elapsedMs: number): { total: Tally; parts: { name: string; tally: Tally }[] } {
    const parts = this.#pages.map((page, i) => ({
      name: this.#names[i] ?? '',
      tally: this.#tally(page, elapsedMs),
    }));
    const total = { ...mergeTallies(parts.map(({ tally }) => tally)), elapsedMs };
    return { total, parts: parts.length > 1 ? parts : [] };
  }

  #tally(page: Page, elapsedMs: number): Tally {
    const { sent, answered, ok, failed, bytes, behind, restarts } = page;
    return {
      elapsedMs,
      counters: {
        sent,
        answered,
        ok,
        failed,
        finished: ok + failed,
        bytes,
        ...(this.#kind.openLoop ? { behind } : {}),
        ...(this.#kind.steps ? { restarts } : {}),
      },
      errors: Object.fromEntries(page.errors),
      distributions: { latency: page.latency.distribution() },
      values: {},
    };
  }

  #page(part: number): Page {
    const page = this.#pages[part];
    if (!page) throw new RangeError(`no request ${part}`);
    return page;
  }
}
