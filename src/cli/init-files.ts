import { appendFile, lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../baseline/make-folder.ts';
import { parseConfig } from '../config/parse.ts';
import { ConfigError, UsageError } from '../domain/errors.ts';
import { ignoreLine } from '../init/ignored.ts';
import type { Workflow } from '../init/present.ts';
import { git } from '../target/git.ts';

const WORKFLOWS = '.github/workflows';

/** The workflows of a repository, by their path in it. */
export async function workflowsOf(root: string): Promise<Workflow[]> {
  const names = await readdir(join(root, WORKFLOWS)).catch(() => []);
  const found: Workflow[] = [];
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) {
    const path = join(root, WORKFLOWS, name);
    if (!(await stat(path).catch(() => null))?.isFile()) continue;
    found.push({ file: `${WORKFLOWS}/${name}`, text: await readFile(path, 'utf8').catch(() => '') });
  }
  return found;
}

/** Writes a file that is not there; one that is, is left as it is. Gives whether it was written. */
export async function write(root: string, file: string, text: string): Promise<boolean> {
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
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path).catch(() => null))?.isFile()) return false;
    throw new UsageError(`cannot write ${path}: ${message}`);
  }
}

/** What is wrong with a config that is there already, on one line; null where nothing is. */
export async function problemsOf(root: string, file: string): Promise<string | null> {
  try {
    // A variable that is missing here may be there where it is measured.
    const text = await readFile(join(root, file), 'utf8');
    parseConfig(text, { file, workingDirectory: '.', env: null });
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) return (error as Error).message;
    const [first, ...more] = error.problems;
    const path = first?.path ? `${first.path}: ` : '';
    return `line ${first?.line}: ${path}${first?.message}${more.length > 0 ? `, and ${more.length} more` : ''}`;
  }
}

/** Has git ignore some folders, by lines at the end of the root's `.gitignore`. Gives those that were added. */
export async function ignoreFolders(
  root: string,
  folder: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const added: string[] = [];
  for (const name of names) if (await ignore(root, folder, name, signal)) added.push(name);
  return added;
}

async function ignore(root: string, folder: string, name: string, signal: AbortSignal): Promise<boolean> {
  const asked = await git(['check-ignore', '--quiet', `${name}/`], { cwd: folder, signal });
  // 1 says that it is not ignored; anything else, that this is no repository. What is committed is so on purpose.
  if (asked.ok || asked.code !== 1) return false;
  const committed = await git(['ls-files', '--', name], { cwd: folder, signal });
  if (!committed.ok || committed.stdout !== '') return false;
  const path = join(root, '.gitignore');
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isFile()) return false;
  try {
    const line = ignoreLine(found === null ? null : await readFile(path, 'utf8'), name);
    if (line !== null) await appendFile(path, line);
    return line !== null;
  } catch {
    // The config and the workflow are written; that a result may be committed is no reason to fail.
    return false;
  }
}
