import { COMMENT_LENGTH, inertText, type RenderFrame, renderBody } from './comment-body.ts';
import { isOfRun, type Section, staleSeries } from './comment-sections.ts';

/** The sections being written, by series, with the shorter report to fall back to. */
export type OwnTexts = ReadonlyMap<string, () => string>;

/** Raised when not even the markers of all sections fit. */
export class CommentTooLongError extends Error {
  override name = 'CommentTooLongError';
}

/**
 * A body within GitHub's limit. When the full one is too long: first the own sections in their short form, then the
 * first line of the longest sections of other series, one after the other, then the own ones, then markers without text,
 * and at last sections of older commits are left out. What was cut is in the summary of its run. Throws a
 * CommentTooLongError when nothing helps.
 */
export function fitBody(
  keyHash: string,
  sections: readonly Section[],
  own: OwnTexts,
  renderFrame: RenderFrame,
  limit = COMMENT_LENGTH,
  head?: string,
): { body: string; sections: Section[] } {
  const isOwn = (section: Section) => own.has(section.series);
  const longestOwn = sections.filter(isOwn).sort((a, b) => b.text.length - a.text.length);
  const longestFirst = [...sections].sort(
    (a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.text.length - a.text.length,
  );
  const toShort = (section: Section): Section => {
    const short = section.form === 'full' ? own.get(section.series) : undefined;
    return short === undefined ? section : { ...section, form: 'short', text: short() };
  };

  let current = [...sections];
  let body = renderBody(keyHash, current, renderFrame, head);
  for (const [queue, shrink] of [
    [longestOwn, toShort],
    [longestFirst, firstLine],
    [longestFirst, bare],
  ] as const) {
    if (body.length <= limit) break;
    current = shrinkUntil(current, queue, shrink, body.length - limit);
    body = renderBody(keyHash, current, renderFrame, head);
  }
  const older = staleSeries(current, head);
  const leavable = current
    .filter((section) => older.has(section.series) && !isOwn(section) && !isOfRun(section))
    .sort((a, b) => a.run.id - b.run.id);
  for (let gone = 0; body.length > limit && gone < leavable.length; ) {
    // As many at once as it takes on average: hundreds of sections are not rendered hundreds of times.
    gone += Math.max(1, Math.floor(((body.length - limit) * current.length) / body.length));
    const left = new Set(leavable.slice(0, gone));
    current = current.filter((section) => !left.has(section));
    body = renderBody(keyHash, current, telling(renderFrame, left.size), head);
  }
  if (body.length <= limit) return { body, sections: current };
  throw new CommentTooLongError(
    `${sections.length} sections do not fit into a comment of ${limit} characters; give some jobs another \`comment-key\``,
  );
}

/** The frame, which says that so many sections of older commits are left out. */
function telling(renderFrame: RenderFrame, left: number): RenderFrame {
  const what = left === 1 ? '1 series was' : `${left} series were`;
  const words = `_${what} measured at older commits alone and left out here: a comment holds no more._`;
  return (heads) => {
    const { top, bottom } = renderFrame(heads);
    return { top: `${top}\n\n${words}`, bottom };
  };
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
