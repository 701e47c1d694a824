import type { Warning } from '../domain/result.ts';

/** The commit that a candidate is measured side by side with. */
export type Base = {
  sha: string;
  /** How the commit was found, for a reader. */
  label: string;
  /**
   * Checks it out somewhere else. `directory` is the run's working directory in there. Rejects with an Error that
   * says why it cannot be had.
   */
  checkOut(): Promise<{ directory: string; warnings: Warning[]; dispose(): Promise<void> }>;
};
