import type { Result } from './result.ts';

/** A stored baseline and where it was found (`branch perf-baseline, series/ab12…/<sha>-….json.gz`). */
export type StoredBaseline = { result: Result; location: string };

/** What a store knows of a series, newest first. Entries it could not read are told, never dropped in silence. */
export type History = {
  entries: StoredBaseline[];
  unreadable: { location: string; reason: 'corrupt' | 'newer'; detail: string }[];
};

/** `ancestors`: nearest first, the base commit itself included; empty when unknown. */
export type BaselineQuery = { series: string; limit: number };

export type Stored = { location: string; sha?: string };

/**
 * The port of the three stores (`branch`, `artifact`, `file`). `history` rejects when it cannot tell whether
 * there is one: only a proven absence gives no entries. `append` never overwrites, and is idempotent for a
 * result's id.
 */
export interface BaselineStore {
  readonly type: string;
  history(query: BaselineQuery): Promise<History>;
  append(result: Result): Promise<Stored>;
}

export type BaselineLookup =
  | {
      status: 'found';
      baseline: StoredBaseline;
      /** Comparable baselines of the same environment, newest first, the chosen one included. */
      window: Result[];
      /** How it was chosen, in words: "base commit", "nearest measured ancestor", "newest". */
      choice: 'base-commit' | 'ancestor' | 'newest';
    }
  | { status: 'absent' }
  | {
      status: 'unusable';
      reason: 'corrupt' | 'schema' | 'environment' | 'unreadable';
      detail: string;
      baseline?: StoredBaseline;
    };
