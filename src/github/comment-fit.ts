import { COMMENT_LENGTH, type RenderFrame, renderBody } from './comment-body.ts';
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
  let current = [...sections];
  let body = renderBody(keyHash, current, renderFrame);
  const replace = (series: string, change: (section: Section) => Section) => {
    current = current.map((section) => (section.series === series ? change(section) : section));
    body = renderBody(keyHash, current, renderFrame);
  };
  const isOwn = (section: Section) => section.series === own.series;
  if (body.length <= limit) return { body, sections: current };

  if (current.some((section) => isOwn(section) && section.form === 'full')) {
    replace(own.series, (section) => ({ ...section, form: 'short', text: own.short() }));
  }
  const longestFirst = [...current].sort(
    (a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.text.length - a.text.length,
  );
  for (const shrink of [firstLine, bare]) {
    for (const { series } of longestFirst) {
      if (body.length <= limit) return { body, sections: current };
      replace(series, shrink);
    }
  }
  if (body.length <= limit) return { body, sections: current };
  throw new CommentTooLongError(
    `${sections.length} sections do not fit into a comment of ${limit} characters; give some jobs another \`comment-key\``,
  );
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
