/**
 * Reads a command file (`GITHUB_OUTPUT`, `GITHUB_ENV`, `GITHUB_STATE`): `name=value`, or `name<<DELIMITER`, lines,
 * and the delimiter alone. Throws in the runner's words on anything else; the step has failed then.
 */
export function parseCommandFile(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const name = line.slice(0, heredoc);
      const delimiter = line.slice(heredoc + 2);
      if (name === '' || delimiter === '')
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
      const value: string[] = [];
      for (at += 1; lines[at] !== delimiter; at++) {
        // The last piece of the split is not a line when the text ends with a newline.
        if (at >= lines.length - (text.endsWith('\n') ? 1 : 0))
          throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
        value.push(lines[at] ?? '');
      }
      found[name] = value.join('\n');
    } else if (equals >= 0) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      found[line.slice(0, equals)] = line.slice(equals + 1);
    } else throw new Error(`Invalid format '${line}'`);
  }
  return found;
}

/** Largest step summary, in bytes; one byte more and nothing of it is shown. */
export const MAX_SUMMARY = 1024 * 1024;
