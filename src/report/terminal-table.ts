/** How a text is marked in a terminal; without colour it stays as it is. */
export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
export type Paint = (style: Style, text: string) => string;

/** A cell: its text, and how it is painted when colour is asked for. */
export type Cell = { text: string; paint?: (text: string) => string };
export type Column = { title: string; align: 'l' | 'r' /** Dropped first when the highest. */; drop: number };

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/u;
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns of a terminal that a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/**
 * Rows under their column titles, two spaces between columns, at most `width` wide where one is given: columns
 * that matter least go first, then the first column is cut.
 */
export function terminalTable(
  columns: Column[],
  rows: Cell[][],
  width: number | null,
  paintTitle = (text: string) => text,
): string {
  const used = columns.map((_, i) => i).filter((i) => rows.some((row) => (row[i]?.text ?? '') !== ''));
  const widths = columns.map((column, i) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[i]?.text ?? ''))),
  );
  const total = (shown: number[]) => shown.reduce((sum, i) => sum + (widths[i] ?? 0) + 2, -2);
  let shown = used;
  while (width !== null && total(shown) > width) {
    const least = shown.reduce((a, b) => ((columns[b]?.drop ?? 0) > (columns[a]?.drop ?? 0) ? b : a));
    if ((columns[least]?.drop ?? 0) === 0) break;
    shown = shown.filter((i) => i !== least);
  }
  const over = width === null ? 0 : total(shown) - width;
  const [first = 0] = shown;
  if (over > 0) widths[first] = Math.max(8, (widths[first] ?? 0) - over);
  const line = (cells: Cell[]) =>
    shown
      .map((i) => cellText(cells[i] ?? { text: '' }, widths[i] ?? 0, columns[i]?.align ?? 'l'))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, paint: paintTitle }))), ...rows.map(line)].join(
    '\n',
  );
}

function cellText({ text, paint = (t: string) => t }: Cell, width: number, align: 'l' | 'r'): string {
  const cut = shorten(text, width);
  const pad = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'r' ? pad + paint(cut) : paint(cut) + pad;
}

function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
