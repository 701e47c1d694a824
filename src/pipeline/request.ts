import type { BaselineStore } from '../domain/baseline.ts';
import type { Config } from '../domain/config.ts';
import type { Environment } from '../domain/environment.ts';
import type { Commit, Origin } from '../domain/result.ts';
import type { Base } from './base.ts';

/** What a run is asked to do. */
export type Request = {
  config: Config;
  /** How to get the baseline; `auto` decides by what the stored one shows. */
  compare: 'auto' | 'stored' | 'paired' | 'none';
  /** The one scenario that was asked for, when not all were: what the baseline has besides is then not missing. */
  only: string | null;
  series: string;
  /** Short name of the series for a heading; empty when there is only one. */
  title: string;
  commit: Commit | null;
  origin: Origin | null;
  environment: Environment;
  store: BaselineStore | null;
  /** Commits to prefer a baseline of: the base commit, then its ancestors, nearest first. */
  ancestors: () => Promise<string[]>;
  /** The commit to measure side by side; null when there is none, and `noBase` then says why. */
  base: Base | null;
  noBase: string;
  /** File of the result document, written before anything is judged. */
  resultPath: string;
  /** Told the secrets of the base's config, before anything of the base is started. */
  onSecrets?: (secrets: readonly string[]) => void;
  reproduce: string | null;
};

/** The series that is measured, and how it is called. */
export type Named = Pick<Request, 'series' | 'title'>;
