/** Where `run --save` keeps results by the README's commands, and where builds go that are nobody's. */
export const KEPT = '.perf-baseline';

/** The environment that the setup makes for Python. */
const ENVIRONMENT = '.venv';

/** The folders that git is to ignore for a service that is set up so. */
export const ignoredFolders = (setup: string | undefined): string[] =>
  setup?.includes(` ${ENVIRONMENT} `) ? [KEPT, ENVIRONMENT] : [KEPT];

/**
 * What to add at the end of a `.gitignore` (null where there is none) so that a folder is not committed: a line of
 * its own, with the file's line endings. Null where the file names the folder already, whatever it says of it.
 */
export function ignoreLine(text: string | null, folder: string): string | null {
  const present = text ?? '';
  const names = present.split(/\r?\n/).map((line) =>
    line
      .trim()
      .replace(/^!?\/?/, '')
      .replace(/\/.*$/, ''),
  );
  if (names.includes(folder)) return null;
  const end = present.includes('\r\n') ? '\r\n' : '\n';
  return `${present === '' || present.endsWith('\n') ? '' : end}${folder}/${end}`;
}
