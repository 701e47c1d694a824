import { resolve } from 'node:path';
import { type ArtifactStoreOptions, artifactStore } from '../baseline/artifact.ts';
import { branchStore } from '../baseline/branch.ts';
import type { Clock } from '../baseline/clock.ts';
import { fileStore } from '../baseline/file.ts';
import type { BaselineStore } from '../domain/baseline.ts';
import { artifactService, workflowFileName } from '../github/artifacts.ts';
import { gitDatabase } from '../github/git-database.ts';
import { type ActionContext, requireClient } from './context.ts';
import { onceEach } from './once.ts';

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
  branch: (context, workflow) =>
    branchStore({
      git: asReader(
        gitDatabase(requireClient(context, 'baseline-store: branch'), context.repo),
        workflow,
        'head',
      ),
      clock: clockOf(context),
      branch: context.inputs.baselineBranch,
    }),
  artifact: (context, workflow) => {
    const { artifacts, clock } = artifactPorts(context, workflow);
    return artifactStore({ artifacts: asReader(artifacts, workflow, 'pushRuns', 'artifactsOf'), clock });
  },
  file: ({ inputs }) => fileStore({ path: resolve(inputs.workingDirectory, inputs.baselinePath ?? '') }),
};

/**
 * For the results of another workflow baselines are only read, of as many series as it has legs: what is the same for all
 * of them is asked for once.
 */
function asReader<T extends object, K extends keyof T>(
  port: T,
  workflow: string | undefined,
  ...names: K[]
): T {
  if (workflow === undefined) return port;
  const once = (name: K) => {
    const ask = port[name] as (argument: unknown) => Promise<unknown>;
    return onceEach((argument: unknown) => ask(argument));
  };
  return { ...port, ...Object.fromEntries(names.map((name) => [name, once(name)])) };
}

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
