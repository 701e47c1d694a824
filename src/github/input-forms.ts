/*
 * The forms of single inputs. Each function returns what is wrong with a value, in words, or null.
 */

export const PORT_PLACE = '${PORT}';

/** Rules of `git check-ref-format --branch`, as far as a branch's name goes, and no name that reads as an option. */
export function branchProblem(name: string): string | null {
  if (name.startsWith('-')) return 'it begins with `-`';
  if (name.startsWith('refs/')) return 'leave out `refs/heads/`';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids control characters
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return 'it has a character that git does not allow';
  if (/\.\.|@\{|\/\/|^\/|\/$|\.$|^@$/.test(name)) return 'it is not a name that git allows';
  if (name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return 'a part of it begins with `.` or ends with `.lock`';
  }
  return name.length > 200 ? 'it is longer than 200 characters' : null;
}

/** A relative path that stays inside the folder it starts from. Links are checked when the path is opened. */
export function pathProblem(path: string): string | null {
  if (path.includes('\0')) return 'it has a zero byte';
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return 'it is absolute';
  let depth = 0;
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return 'it leads out of the workspace';
  }
  return null;
}

/** A path in the workspace without the workspace's own path; any other path as it is. */
export function insideWorkspace(path: string, workspace: string): string {
  const root = workspace.replace(/[\\/]+$/, '');
  if (root === '' || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  if (rest === '') return '.';
  return /^[\\/]/.test(rest) ? rest.replace(/^[\\/]+/, '') || '.' : path;
}

/** An HTTP URL; `${PORT}` stands for the free port that is given to the target. */
export function urlProblem(text: string): string | null {
  const filled = text.replaceAll(PORT_PLACE, '8080');
  if (!URL.canParse(filled)) return 'it is not a URL';
  const url = new URL(filled);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol}// is not measured`;
  if (url.username !== '' || url.password !== '')
    return 'it holds credentials; use a header in a config file instead';
  return null;
}
