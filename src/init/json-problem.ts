/** What is wrong with a package.json that is there, with its line as far as the engine tells; null where nothing is. */
export function packageProblem(text: string | null): string | null {
  if (text === null) return null;
  const source = text.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? null
      : 'package.json holds no object, so nothing of it was read';
  } catch (error) {
    const { message } = error as Error;
    const at = positionOf(message, source);
    // Of the engine's words only what is about the mistake: it quotes the file around it, and counts characters.
    const words = message.replace(/,? (?:\.\.\.)?".*|(?: in JSON)? at position .*|(?: in)? JSON input/s, '');
    const line = at === null ? '' : `line ${source.slice(0, at).split('\n').length}: `;
    return `package.json is not valid JSON: ${line}${words}; nothing of it was read`;
  }
}

function positionOf(message: string, source: string): number | null {
  const [, stated] = /at position (\d+)/.exec(message) ?? [];
  if (stated !== undefined) return Number(stated);
  if (/end of JSON/.test(message)) return source.length;
  // Newer engines quote ten characters on either side of the mistake in place of its position.
  const [, before, quoted] = /, (\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const at = quoted === undefined ? -1 : source.indexOf(quoted);
  if (before !== undefined) return at === -1 ? null : at + 10;
  const [, token] = /^Unexpected token '?(.)/s.exec(message) ?? [];
  const found = token === undefined || source.length > 40 ? -1 : source.lastIndexOf(token);
  return found === -1 ? null : found;
}
