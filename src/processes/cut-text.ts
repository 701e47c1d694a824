/**
 * Stands where a text was cut by who does not know its secrets. What is left of one beside a cut is not found by who looks
 * for whole ones, so it is dropped there, and the mark with it. SUBSTITUTE, which no text shows.
 */
export const CUT = '\u001a';

/** The beginning of a text that is longer than `length`, with an ellipsis. */
export const cutEnd = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}${CUT}…` : text;

/** The end of a text that is longer than `length`, mark included. May be given what it gave before, with more behind it. */
export const cutStart = (text: string, length: number): string =>
  text.length > length ? `${CUT}${text.slice(1 - length)}` : text;

/** `text` with every form of a secret replaced by `***`, and without parts of them at a cut, whose mark stays. Longest forms first. */
export function maskForms(text: string, forms: readonly string[]): string {
  let masked = text;
  for (const form of forms) masked = masked.replaceAll(form, '***');
  return dropParts(masked, forms);
}

/** Without what is left of any of `forms` on either side of a cut, in a text where none of them stands whole. */
function dropParts(text: string, forms: readonly string[]): string {
  if (!text.includes(CUT)) return text;
  const pieces = text.split(CUT);
  return pieces
    .map((piece, i) => {
      const start = i === 0 ? 0 : Math.max(0, ...forms.map((form) => shared(form, piece)));
      const end = i === pieces.length - 1 ? 0 : Math.max(0, ...forms.map((form) => shared(piece, form)));
      return piece.slice(start, Math.max(start, piece.length - end));
    })
    .join(CUT);
}

/** How much of the end of one text is the beginning of the other. */
function shared(ending: string, beginning: string): number {
  let length = Math.min(ending.length, beginning.length);
  while (!ending.endsWith(beginning.slice(0, length))) length -= 1;
  return length;
}
