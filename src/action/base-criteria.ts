import { posix } from 'node:path';
import { criteriaOf, type ScenarioCriteria } from '../compare/input.ts';
import { defaultCriteria } from '../config/defaults.ts';
import { parseConfig } from '../config/parse.ts';
import { DEFAULT_FILE } from '../config/read.ts';
import { ConfigError, UsageError } from '../domain/errors.ts';
import type { Warning } from '../domain/result.ts';
import { type FileAtRef, readFileAt } from '../github/contents.ts';
import { explained } from '../github/errors.ts';
import type { PullRequest } from '../github/pull-request.ts';
import type { WorkflowRun } from '../github/runs.ts';
import { partsOfSeries } from '../github/series.ts';
import { type ActionContext, requireClient } from './context.ts';
import { onceEach } from './once.ts';
import type { StoredResult } from './stored-results.ts';

export type Criteria = ScenarioCriteria & { maxErrors?: number };

/** What is allowed; or what is wrong with the config that the result names, to follow its artifact's name. */
type Found =
  | { criteria: readonly Criteria[]; isConfigured: boolean; warnings: Warning[] }
  | { refused: string };

/** A path that may be asked for because an upload says so: a config's, of a length that GitHub takes. */
const CONFIG_PATH = /^[^\p{C}\\]{1,250}\.(?:ya?ml|json)$/u;

/** The configs of a branch or commit, each read once for all the results of a run. */
export type BaseConfigs = { ref: string; read: (path: string) => Promise<FileAtRef> };

function baseConfigs(context: ActionContext, ref: string): BaseConfigs {
  const client = requireClient(context, 'reading the config');
  const read = (path: string) => explained('read-config', () => readFileAt(client, context.repo, path, ref));
  return { ref, read: onceEach(read) };
}

/**
 * The configs of the commit that a run of this repository measured: of a pull request the merge of head and base, which may
 * have more limits than the head. Where that commit is not to be had any more, those of the head.
 */
function measuredConfigs(context: ActionContext, headSha: string): (stored: StoredResult) => BaseConfigs {
  const at = onceEach((sha: string) => baseConfigs(context, sha));
  return ({ result: { commit } }) => {
    if (commit === null || commit.sha === headSha || !/^[0-9a-f]{40}$/.test(commit.sha)) return at(headSha);
    const [measured, head] = [at(commit.sha), at(headSha)];
    const read = async (path: string) => {
      const file = await measured.read(path);
      return file.status === 'absent' ? head.read(path) : file;
    };
    return { ref: commit.sha, read };
  };
}

/** Who says what is allowed to a result, and whose word is taken for what it is compared with. */
export type Trust = {
  /** Of the branch or commit that says what is allowed. */
  configs: BaseConfigs;
  /** Whether a base that was measured beside the candidate speaks: not one that a stranger's run has sent. */
  pairs: boolean;
  /** The workflow whose baselines alone speak: that of a stranger's run, who may write any series; null: of any. */
  workflow: string | null;
};

/**
 * How far the results of a run are trusted. `isOwn`: it is of this repository and may write; else what it says of its own base,
 * and of what it is allowed, is a stranger's word.
 */
export function trustIn(
  context: ActionContext,
  { headSha, workflow }: Pick<WorkflowRun, 'headSha' | 'workflow'>,
  { baseRef }: Pick<PullRequest, 'baseRef'>,
  isOwn: boolean,
): (stored: StoredResult) => Trust {
  if (isOwn) {
    const configsOf = measuredConfigs(context, headSha);
    return (stored) => ({ configs: configsOf(stored), pairs: true, workflow: null });
  }
  const trust = { configs: baseConfigs(context, baseRef), pairs: false, workflow };
  return () => trust;
}

/**
 * The criteria of a result, from the config at a branch or commit. Which config that is its series may say, which may be a
 * stranger's: one that names a file that is no config is refused, and costs the other results nothing. The config that is
 * read without anybody's saying so must be sound.
 */
export async function criteriaFor(
  { series, result }: StoredResult,
  { context: { inputs }, configs: { ref, read } }: { context: ActionContext; configs: BaseConfigs },
): Promise<Found> {
  const named = inputs.config === null && inputs.workingDirectory === '.' ? partsOfSeries(series) : null;
  const folder = named?.workingDirectory ?? inputs.workingDirectory;
  const path = posix.normalize(posix.join(folder, named?.config ?? inputs.config ?? DEFAULT_FILE));
  const isClaimed = named !== null && path !== DEFAULT_FILE;
  const refuse = (why: string): Found => ({
    refused: `its series names the config ${JSON.stringify(path.slice(0, 120))}, which ${why}`,
  });
  if (isClaimed && !CONFIG_PATH.test(path)) return refuse('is no path of a config: .yml, .yaml or .json');
  const file = await read(path);
  if (file.status === 'unusable') {
    if (isClaimed) return refuse('is not a file that can be read as one');
    throw new UsageError(`The config at ${ref} cannot be used: ${file.reason}.`);
  }
  if (file.status === 'absent')
    return {
      criteria: defaultCriteria(result.scenarios),
      isConfigured: false,
      warnings: [
        {
          code: 'no-base-config',
          message: `There is no ${path} at ${ref.slice(0, 40)}, so the default criteria apply.`,
        },
      ],
    };
  try {
    const config = parseConfig(file.text, { file: path, workingDirectory: folder, env: null });
    return { criteria: criteriaOf(config), isConfigured: true, warnings: [] };
  } catch (error) {
    if (!isClaimed || !(error instanceof ConfigError)) throw error;
    return refuse(`cannot be read as one at ${ref.slice(0, 40)}: it has ${counted(error.problems.length)}`);
  }
}

const counted = (problems: number): string => (problems === 1 ? 'a problem' : `${problems} problems`);
