import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseConfig } from '../config/parse.ts';
import { DEFAULT_FILE } from '../config/read.ts';
import { ConfigError, UsageError } from '../domain/errors.ts';
import { choiceOf, choiceWords } from '../init/choice.ts';
import { configText } from '../init/config-file.ts';
import { detect, type Plan } from '../init/detect.ts';
import type { Finding, Place } from '../init/finding.ts';
import { ignoredFolders } from '../init/ignored.ts';
import { measuringSpot, namesOf, publishingSpot, type Spot } from '../init/present.ts';
import { type Outcome, summary } from '../init/summary.ts';
import {
  forkWorkflowText,
  jobText,
  type WorkflowOptions,
  workflowName,
  workflowText,
} from '../init/workflow-file.ts';
import { manifestAround } from '../init/workspaces.ts';
import { defaultBranch } from './init-branch.ts';
import { ignoreFolders, problemsOf, workflowsOf, write } from './init-files.ts';
import { existingFolder, placeOf, rootOf } from './init-place.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';

export type InitOptions = {
  workingDirectory: string | undefined;
  start: string | undefined;
  url: string | undefined;
  /** Whether to publish for pull requests from forks. */
  forks: boolean;
};

/**
 * `perf-baseline init`: writes a config and a workflow for the repository it stands in, and says what it found and what
 * it did not. An existing file is left as it is. Gives the exit code.
 */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const folder = await existingFolder(options.workingDirectory ?? '.');
  const root = await rootOf(folder, io.signal);
  const program = programOf(process.argv[1] ?? '', process.cwd());
  await refuseOtherName(folder);
  const { place, plan, chosen } = await planFor(folder, root, options, program);
  const config = configText(plan);
  check(config, options);
  const branch = await defaultBranch(root, io.signal);
  if (branch === null)
    plan.unknown.push({
      key: 'workflow',
      text: `the default branch: main is a guess; correct it in on.push.branches${await outsideGit(root)}`,
    });
  const { within } = place;
  refuseExpressions({ folder: within, branch: branch?.value ?? '' });
  const present = await workflowsOf(root);
  const workflow: WorkflowOptions = {
    name: workflowName(within, namesOf(present)),
    branch: branch?.value ?? 'main',
    within,
    steps: plan.service.steps,
    unknown: plan.unknown.filter(({ key }) => key === 'workflow').map(({ text }) => text),
    forks: options.forks,
  };
  const configFile = within === '.' ? DEFAULT_FILE : `${within}/${DEFAULT_FILE}`;
  const outcomes: Outcome[] = [await writeConfig(root, configFile, config)];
  const spot = measuringSpot(within, present);
  outcomes.push(await settle(root, spot, workflowText(workflow), jobText(workflow)));
  const after = spot.status === 'free' ? workflow.name : spot.serves ? spot.name : null;
  // Without a workflow that measures there is nothing to follow.
  const publishing = after === null ? null : publishingSpot(within, after, present);
  if (options.forks && after !== null && publishing !== null)
    outcomes.push(await settle(root, publishing, forkWorkflowText({ after, within })));
  // An environment is made only where the setup is written.
  const folders = ignoredFolders(outcomes[0]?.status === 'written' ? plan.service.setup?.value : undefined);
  const added = await ignoreFolders(root, folder, folders, io.signal);
  const ignored = added.length === 0 ? null : { folders: added, shown: shown(root, '.gitignore') };
  io.printText(
    summary({
      program,
      plan,
      chosen,
      ignored,
      branch,
      outcomes: outcomes.map((outcome) => ({ ...outcome, shown: shown(root, outcome.file) })),
      configFile: shown(root, configFile),
      within,
      hasForks: publishing?.status === 'taken' && publishing.serves,
      fromHere: relative(process.cwd(), resolve(root, within)) || '.',
    }),
  );
  return 0;
}

async function outsideGit(root: string): Promise<string> {
  const found = await stat(join(root, '.git')).catch(() => null);
  return found === null
    ? ' (this is no git repository: "git init" makes it one, for --base and for GitHub)'
    : '';
}

const shown = (root: string, file: string) => relative(process.cwd(), join(root, file)) || file;

type Planned = { place: Place; plan: Plan; chosen: Finding<string> | null };

async function planFor(
  folder: string,
  root: string,
  options: InitOptions,
  program: string,
): Promise<Planned> {
  const place = placeOf(folder, root);
  const given = options.workingDirectory ?? options.start ?? options.url;
  if (given === undefined && !place.tree.paths.includes(DEFAULT_FILE)) refuseInside(place, program);
  const plan = detect(place, options);
  const here = { place, plan, chosen: null };
  // Where there is a config, that was chosen before.
  if (plan.service.start !== undefined || given !== undefined || place.tree.paths.includes(DEFAULT_FILE))
    return here;
  const choice = choiceOf(place.tree);
  if (choice === null) return here;
  if ('among' in choice) {
    const forks = options.forks ? ' --forks' : '';
    throw new UsageError(
      choiceWords(choice.among, (one) => `${program} init --working-directory ${one}${forks}`),
    );
  }
  const inner = placeOf(join(folder, choice.folder.value), root);
  return { place: inner, plan: detect(inner, options), chosen: choice.folder };
}

/** What stands in a folder of sources has its setup elsewhere, and no runner would find it. */
function refuseInside(place: Place, program: string): void {
  const manifest = manifestAround(place);
  if (manifest === null) return;
  const outer = dirname(manifest);
  throw new UsageError(
    `Nothing was written: nothing in ${place.within} says how a service is set up, and ${manifest} does: ${program} init --working-directory ${outer} is for that; --start COMMAND measures what is started from here`,
  );
}

/** A config under a name that is not looked for would be ignored without a word, beside a second one. */
async function refuseOtherName(folder: string): Promise<void> {
  const other = DEFAULT_FILE.replace(/yml$/, 'yaml');
  const has = async (file: string) => (await stat(join(folder, file)).catch(() => null)) !== null;
  if ((await has(other)) && !(await has(DEFAULT_FILE)))
    throw new UsageError(
      `Nothing was written: ${other} is there, and not read without being named by --config; rename it to ${DEFAULT_FILE}, or move it away to have one written`,
    );
}

/** GitHub would evaluate what stands in a workflow: a name that somebody chose must not be code there. */
function refuseExpressions(names: Record<string, string>): void {
  for (const [what, name] of Object.entries(names))
    if (name.includes('${{'))
      throw new UsageError(
        `Nothing was written: the ${what} ${JSON.stringify(name)} holds "\${{", which GitHub would evaluate in a workflow; rename it`,
      );
}

/** What is written must be read without a problem; what was given on the command line may have one. */
function check(text: string, { start, url }: InitOptions): void {
  try {
    parseConfig(text, { file: DEFAULT_FILE, workingDirectory: '.', env: process.env });
  } catch (error) {
    if (!(error instanceof ConfigError) || (start === undefined && url === undefined)) throw error;
    const problems = error.problems.map(
      ({ path, message }) => `${path.replace('target.', '--')}: ${message}`,
    );
    throw new UsageError(`Nothing was written. ${problems.join('\n')}`);
  }
}

async function writeConfig(root: string, file: string, text: string): Promise<Outcome> {
  if (await write(root, file, text)) return { file, status: 'written' };
  const problems = await problemsOf(root, file);
  return {
    file,
    status: 'exists',
    serves: problems === null,
    why:
      problems === null
        ? 'it is what is measured; to have another written, move it away first'
        : `but nothing can be measured by it (${problems}); correct it, or move it away to have another written`,
  };
}

/** Writes a workflow where there is room for it; else `job` is what to add to the one that is there and does not do it. */
async function settle(root: string, spot: Spot, text: string, job?: string): Promise<Outcome> {
  const { file } = spot;
  if (spot.status === 'taken') {
    const add = spot.serves || job === undefined ? {} : { add: job };
    return { file, status: 'exists', why: spot.why, serves: spot.serves, ...add };
  }
  if (await write(root, file, text)) return { file, status: 'written' };
  throw new UsageError(`cannot write ${join(root, file)}: there is a file by now; run this again`);
}
