import { resolve } from 'node:path';
import { type ArtifactStoreOptions, artifactStore } from '../baseline/artifact.ts';
import { branchStore } from '../baseline/branch.ts';
import type { Clock } from '../baseline/clock.ts';
import { fileStore } from '../baseline/file.ts';
import type { BaselineStore } from '../domain/baseline.ts';
import { artifactService, workflowFileName } from '../github/artifacts.ts';
import { gitDatabase } from '../github/git-database.ts';
import { type ActionContext, requireClient } from './context.ts';

const clockOf = (context: ActionContext): Clock => ({
  now: () => performance.now(),
  sleep: context.sleep,
  random: Math.random,
});

/** One line a store: the value of `baseline-store`, and how it is made here. */
const STORES: Record<
  ActionContext['inputs']['baselineStore'],
  (context: ActionContext, workflow?: string) => BaselineStore
> = {
  branch: (context) =>
    branchStore({
      git: gitDatabase(requireClient(context, 'baseline-store: branch'), context.repo),
      clock: clockOf(context),
      branch: context.inputs.baselineBranch,
    }),
  artifact: (context, workflow) => artifactStore(artifactPorts(context, workflow)),
  file: ({ inputs }) => fileStore({ path: resolve(inputs.workingDirectory, inputs.baselinePath ?? '') }),
};

/**
 * The store that the inputs name; null where it cannot be had (no token) and is not needed. `workflow`: the file name of
 * the workflow that measures, where that is not the running one.
 */
export function openStore(context: ActionContext, workflow?: string): BaselineStore | null {
  const { inputs, client } = context;
  if (client === null && inputs.baselineStore !== 'file' && inputs.updateBaseline !== 'always') return null;
  return STORES[inputs.baselineStore](context, workflow);
}

/** Artifacts of this workflow: the artifact store's, and the uploaded results. */
export function artifactPorts(context: ActionContext, workflow?: string): ArtifactStoreOptions {
  const { env, repo, defaultBranch } = context;
  return {
    artifacts: artifactService({
      client: requireClient(context, 'reading artifacts'),
      repo,
      workflow: workflow ?? workflowFileName(env.GITHUB_WORKFLOW_REF ?? ''),
      defaultBranch: defaultBranch ?? '',
      apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
      signal: context.signal,
    }),
    clock: clockOf(context),
  };
}
