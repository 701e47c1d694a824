import { appendFile, lstat, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { makeFolder } from '../baseline/make-folder.ts';
import { parseConfig } from '../config/parse.ts';
import { DEFAULT_FILE } from '../config/read.ts';
import { ConfigError, UsageError } from '../domain/errors.ts';
import { configText } from '../init/config-file.ts';
import { detect, type Plan } from '../init/detect.ts';
import type { Finding, Place } from '../init/finding.ts';
import { ignoreLine, KEPT } from '../init/ignored.ts';
import { type Outcome, summary } from '../init/summary.ts';
import { readTree } from '../init/tree.ts';
import { forkWorkflowText, workflowName, workflowText } from '../init/workflow-file.ts';
import { isMonorepo, packagesOf } from '../init/workspaces.ts';
import { git } from '../target/git.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';

export type InitOptions = {
  workingDirectory: string | undefined;
  start: string | undefined;
  url: string | undefined;
  /** Whether to publish for pull requests from forks. */
  forks: boolean;
};

const WORKFLOWS = '.github/workflows';
const WORKFLOW = `${WORKFLOWS}/perf-baseline.yml`;
const FORKS = `${WORKFLOWS}/perf-baseline-forks.yml`;

/**
 * `perf-baseline init`: writes a config and a workflow for the repository it stands in, and says what it found and what
 * it did not. An existing file is left as it is. Gives the exit code.
 */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const folder = await existingFolder(options.workingDirectory ?? '.');
  const root = await rootOf(folder, io.signal);
  const { place, plan } = planFor(folder, root, options);
  const config = configText(plan);
  check(config, options);
  const branch = await defaultBranch(root, io.signal);
  if (branch === null)
    plan.unknown.push({
      key: 'workflow',
      text: 'the default branch: main is a guess; correct it in on.push.branches',
    });
  const workflow = workflowText({
    branch: branch?.value ?? 'main',
    within: place.within,
    steps: plan.service.steps,
    unknown: plan.unknown.filter(({ key }) => key === 'workflow').map(({ text }) => text),
    forks: options.forks,
  });
  const configFile = place.within === '.' ? DEFAULT_FILE : `${place.within}/${DEFAULT_FILE}`;
  const outcomes: Outcome[] = [await write(root, configFile, config)];
  const other = await otherWorkflow(root);
  outcomes.push(other ?? (await write(root, WORKFLOW, workflow)));
  if (options.forks) {
    const after = (await nameOf(join(root, other?.file ?? WORKFLOW))) ?? workflowName(place.within);
    outcomes.push(await write(root, FORKS, forkWorkflowText({ after, within: place.within })));
  }
  const ignored = (await ignoreKept(root, folder, io.signal)) ? shown(root, '.gitignore') : null;
  io.printText(
    summary({
      program: programOf(process.argv[1] ?? '', process.cwd()),
      plan,
      ignored,
      branch,
      outcomes: outcomes.map((outcome) => ({ ...outcome, shown: shown(root, outcome.file) })),
      configFile: shown(root, configFile),
      within: place.within,
      fromHere: relative(process.cwd(), resolve(root, place.within)) || '.',
    }),
  );
  return 0;
}

const shown = (root: string, file: string) => relative(process.cwd(), join(root, file)) || file;

function planFor(folder: string, root: string, options: InitOptions): { place: Place; plan: Plan } {
  const place = placeOf(folder, root);
  const plan = detect(place, options);
  const given = options.workingDirectory ?? options.start ?? options.url;
  if (plan.service.start !== undefined || given !== undefined) return { place, plan };
  // Of a repository of several packages, the only one that can be started is the one that is meant.
  const [only, ...more] = isMonorepo(place.tree) ? packagesOf(place.tree) : [];
  if (only === undefined || more.length > 0) return { place, plan };
  const inner = placeOf(join(folder, only), root);
  return { place: inner, plan: detect(inner, options) };
}

function placeOf(folder: string, root: string): Place {
  const within = relative(root, folder).replaceAll('\\', '/') || '.';
  const above = [];
  for (let outer = folder; outer !== root; ) {
    outer = dirname(outer);
    above.push(readTree(outer, 1));
  }
  return { tree: readTree(folder), above, within };
}

async function existingFolder(given: string): Promise<string> {
  const kind = await stat(given).catch(() => null);
  if (kind?.isDirectory()) return realpath(given);
  throw new UsageError(`--working-directory ${JSON.stringify(given)}: expected a folder that exists.`);
}

/** The repository's root, where workflows are; outside git, the current folder when it holds the other one. */
async function rootOf(folder: string, signal: AbortSignal): Promise<string> {
  const found = await git(['rev-parse', '--show-toplevel'], { cwd: folder, signal });
  if (found.ok && found.stdout.trim() !== '') return realpath(found.stdout.trim());
  const here = await realpath('.');
  return relative(here, folder).startsWith('..') ? folder : here;
}

/** The branch that pull requests go to: what the remote says, else the one that is there. */
async function defaultBranch(root: string, signal: AbortSignal): Promise<Finding<string> | null> {
  const ask = async (...args: string[]) => {
    const answer = await git(args, { cwd: root, signal });
    return answer.ok ? answer.stdout.trim() : '';
  };
  const remote = (await ask('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')).replace(
    'origin/',
    '',
  );
  if (remote !== '') return { value: remote, why: 'the default branch of origin' };
  const listed = await ask(
    'for-each-ref',
    '--format=%(refname:lstrip=-1)',
    'refs/heads',
    'refs/remotes/origin',
  );
  const names = [...new Set(listed.split('\n').filter((name) => name !== '' && name !== 'HEAD'))];
  const usual = ['main', 'master', 'trunk'].find((name) => names.includes(name));
  if (usual !== undefined) return { value: usual, why: 'a branch of this repository' };
  const current = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  return current !== '' && names.length <= 1 ? { value: current, why: 'the only branch' } : null;
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

async function write(root: string, file: string, text: string): Promise<Outcome> {
  const path = join(root, file);
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    if ((await lstat(folder).catch(() => null))?.isSymbolicLink())
      throw new UsageError(
        `cannot write ${path}: ${folder} is a symbolic link, which is not followed; put a folder in its place`,
      );
  }
  try {
    await makeFolder(dirname(path));
    await writeFile(path, text, { flag: 'wx' });
    return { file, status: 'written' };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path).catch(() => null))?.isFile())
      return { file, status: 'exists' };
    throw new UsageError(`cannot write ${path}: ${message}`);
  }
}

/** Has git ignore what `run --save` keeps, by a line at the end of the root's `.gitignore`. Gives whether one was added. */
async function ignoreKept(root: string, folder: string, signal: AbortSignal): Promise<boolean> {
  const asked = await git(['check-ignore', '--quiet', `${KEPT}/`], { cwd: folder, signal });
  // 1 says that it is not ignored; anything else, that this is no repository. What is committed is so on purpose.
  if (asked.ok || asked.code !== 1) return false;
  const committed = await git(['ls-files', '--', KEPT], { cwd: folder, signal });
  if (!committed.ok || committed.stdout !== '') return false;
  const path = join(root, '.gitignore');
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isFile()) return false;
  try {
    const line = ignoreLine(found === null ? null : await readFile(path, 'utf8'));
    if (line !== null) await appendFile(path, line);
    return line !== null;
  } catch {
    // The config and the workflow are written; that a result may be committed is no reason to fail.
    return false;
  }
}

/** The name of a workflow, by which another one can follow it; GitHub takes its path where it has none. */
async function nameOf(path: string): Promise<string | undefined> {
  const document = parseDocument(await readFile(path, 'utf8').catch(() => ''));
  const name = isMap(document.contents) ? document.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** A workflow that uses the action already, under whatever name: a second one would measure everything twice. */
async function otherWorkflow(root: string): Promise<Outcome | null> {
  const names = await readdir(join(root, WORKFLOWS)).catch(() => []);
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) {
    const file = `${WORKFLOWS}/${name}`;
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    if (/\bworkflow_run:|\bissue_comment:/.test(text)) continue;
    if (file !== WORKFLOW && /^\s*(?:-\s*)?uses:\s*['"]?[\w.-]+\/perf-baseline@/m.test(text))
      return { file, status: 'exists' };
  }
  return null;
}
