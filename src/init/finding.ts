import type { Tree } from './tree.ts';

/** Where `init` stands. `above` are the folders around it, nearest first, up to the root of the repository. */
export type Place = {
  tree: Tree;
  above: readonly Tree[];
  /** Path of the working directory in the repository, `.` at its root. */
  within: string;
};

/** Something found out, and what told it. */
export type Finding<T> = { value: T; why: string };

/** Where the service listens: on the port it is told, on one of its own, or nobody can tell. */
export type Listening =
  | {
      type: 'free';
      why: string /** The variable that it reads, where that is not PORT. */;
      variable?: string;
    }
  | { type: 'fixed'; port: number; why: string }
  | { type: 'unknown' };

/** A step of the workflow, as YAML data; `version` is the comment beside a pinned action. */
export type Step = {
  uses?: string;
  version?: string;
  run?: string;
  with?: Record<string, string>;
  why: string;
};

/** How a repository's service is set up, started and stopped. `notes` are for the reader: what to look at. */
export type Service = {
  kind: string;
  setup?: Finding<string>;
  start?: Finding<string>;
  stop?: Finding<string>;
  listening: Listening;
  /** Where its sources are, when the repository holds others too. */
  folder?: string;
  /** Files to look through first for routes. */
  entries: string[];
  steps: Step[];
  notes: string[];
};
