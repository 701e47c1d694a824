import type { BaselineStore } from '../domain/baseline.ts';
import { artifactStore } from './artifact.ts';
import type { ArtifactService } from './artifact-service.ts';
import { branchStore } from './branch.ts';
import type { Clock } from './clock.ts';
import { fileStore } from './file.ts';
import type { GitDatabase } from './git-database.ts';

/** What the stores may need; a function is called only by the store that needs it. */
export type StorePorts = {
  git: () => GitDatabase;
  artifacts: () => ArtifactService;
  clock: Clock;
  /** `baseline-branch`. */
  branch: string;
  /** `baseline-path`, or what `--save` or `--baseline` name. */
  path: () => string;
};

/** A new store is one file and one line here. */
export const STORES = {
  branch: (ports) => branchStore({ git: ports.git(), clock: ports.clock, branch: ports.branch }),
  artifact: (ports) => artifactStore({ artifacts: ports.artifacts(), clock: ports.clock }),
  file: (ports) => fileStore({ path: ports.path() }),
} satisfies Record<string, (ports: StorePorts) => BaselineStore>;

export type StoreType = keyof typeof STORES;
