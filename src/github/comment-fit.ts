import { COMMENT_LENGTH, inertText, type RenderFrame, renderBody } from './comment-body.ts';
import type { Section } from './comment-sections.ts';

/** The section being written, with the shorter report to fall back to. */
export type OwnTexts = { series: string; short: () => string };

/** Raised when not even the markers of all sections fit. */
export class CommentTooLongError extends Error {
  override name = 'CommentTooLongError';
}

/**
 * A body within GitHub's limit. When the full one is too long: first the own section in its short form, then the
 * first line of the longest sections of other series, one after the other, then the own, then markers without text.
 * What was cut is in the summary of its run. Throws a CommentTooLongError when nothing helps.
 */
export function fitBody(
  keyHash: string,
  sections: readonly Section[],
  own: OwnTexts,
  renderFrame: RenderFrame,
  limit = COMMENT_LENGTH,
): { body: string; sections: Section[] } {
  const isOwn = (section: Section) => section.series === own.series;
  const ownFirst = [...sections].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const longestFirst = [...sections].sort(
    (a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.text.length - a.text.length,
  );
  const toShort = (section: Section): Section =>
    isOwn(section) && section.form === 'full' ? { ...section, form: 'short', text: own.short() } : section;

  let current = [...sections];
  let body = renderBody(keyHash, current, renderFrame);
  for (const [queue, shrink] of [
    [ownFirst.slice(0, 1), toShort],
    [longestFirst, firstLine],
    [longestFirst, bare],
  ] as const) {
    if (body.length <= limit) break;
    current = shrinkUntil(current, queue, shrink, body.length - limit);
    body = renderBody(keyHash, current, renderFrame);
  }
  if (body.length <= limit) return { body, sections: current };
  throw new CommentTooLongError(
    `${sections.length} sections do not fit into a comment of ${limit} characters; give some jobs another \`comment-key\``,
  );
}

/** Shrinks the sections of the queue, in its order, until `excess` characters are saved. */
function shrinkUntil(
  sections: readonly Section[],
  queue: readonly Section[],
  shrink: (section: Section) => Section,
  excess: number,
): Section[] {
  const bySeries = new Map(sections.map((section) => [section.series, section]));
  let over = excess;
  for (const { series } of queue) {
    const section = bySeries.get(series);
    if (over <= 0 || section === undefined) break;
    const smaller = shrink(section);
    bySeries.set(series, smaller);
    over -= inertText(section.text).length - inertText(smaller.text).length;
  }
  return [...bySeries.values()];
}

function firstLine(section: Section): Section {
  if (section.form === 'line' || section.form === 'bare') return section;
  const line = section.text.split('\n').find((text) => text.trim() !== '') ?? '';
  const points = [...line];
  // A cut line may lose the end of a code span or tag, so those marks go.
  const text =
    points.length > 200
      ? `${points
          .slice(0, 199)
          .join('')
          .replace(/[`<>|*[\]]/g, '')}…`
      : line;
  return { ...section, form: 'line', text: `${text}\n\n_The rest is in the summary of the run._` };
}

function bare(section: Section): Section {
  return { ...section, form: 'bare', text: '' };
}
