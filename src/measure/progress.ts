import type { Side } from '../domain/driver.ts';

/** What a measurement tells while it runs. `of` is the number of blocks planned, as far as is known. */
export type ProgressEvent =
  | { type: 'setup'; side: Side['name']; command: string }
  | { type: 'boot'; side: Side['name']; block: number; of: number }
  | { type: 'round'; scenario: string; block: number; of: number }
  | {
      type: 'measured';
      scenario: string;
      side: Side['name'];
      block: number;
      of: number;
      values: Record<string, number>;
    }
  | { type: 'failed'; scenario: string; detail: string }
  | { type: 'look'; blocks: number; undecided: string[] }
  | { type: 'note'; message: string };

export type Progress = (event: ProgressEvent) => void;
