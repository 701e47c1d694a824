import { z } from 'zod';
import {
  type Finding,
  isOfRun,
  isQuiet,
  MOST_FAILING,
  type Ruling,
  type Section,
  type SectionHead,
  staleSeries,
} from './comment-sections.ts';

/** GitHub refuses a longer body. Its count is of UTF-8 characters; that of UTF-16 units is never smaller. */
export const COMMENT_LENGTH = 65_536;

/** The words around the sections: `top` is the overall verdict, `bottom` what holds for all of them. */
export type Frame = { top: string; bottom: string };
export type RenderFrame = (sections: readonly (SectionHead & { stale: boolean })[]) => Frame;

/*
 *   <!-- perf-baseline:comment v1 key=<hash> -->     whose comment this is, at the very start
 *   the frame's top
 *   <!-- perf-baseline:section <base64 of JSON> -->  what the section is; base64, so that a title cannot end it
 *   the section's text
 *   <!-- perf-baseline:end -->
 *   ... more sections ...
 *   the frame's bottom
 *
 * Only what stands between a section's marker and its end is ever read back.
 */
const VERSION = 1;
const MARKER = /<!-- perf-baseline:(?:section ([A-Za-z0-9+/]+)|end) -->/g;
const END = '<!-- perf-baseline:end -->';

const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const hash = z.string().regex(/^[0-9a-f]{1,64}$/);
const verdicts = [
  'failed',
  'regressed',
  'inconclusive',
  'improved',
  'unchanged',
  'new',
  'accepted',
  'cancelled',
  'none',
] as const satisfies SectionHead['verdict'][];
/** A word of another version is no verdict that is known here: left out, its section would leave the others looking whole. */
const unknownVerdict = z
  .string()
  .regex(/^[a-z-]{1,30}$/)
  .transform(() => 'none' as const);
/** A tuple, since with a few hundred legs every byte of a marker counts. */
const markerSchema = z.tuple([
  hash,
  z.string().max(200),
  z.enum(['measuring', 'final']),
  z.enum(verdicts).or(unknownVerdict),
  hash,
  whole,
  whole,
  whole,
  z.string().regex(/^[0-9a-f]{0,40}$/),
  z.enum(['full', 'short', 'line', 'bare']),
  // What is not understood of it is as if it were not there.
  z.string().optional(),
]);

/** A ruling in two letters. */
const CONCLUSIONS = { s: 'success', n: 'neutral', c: 'cancelled', f: 'failure' } as const;
const RULES = { r: 'regression', i: 'inconclusive', n: 'never', w: 'run' } as const;

/** `fr` for a ruling; with a finding `frt4x9c0,0123abcd,…` and `,+` for more rows: the time in base 36. */
const formatRuling = ({ conclusion, by }: Ruling, finding: Finding | undefined): string =>
  `${conclusion.charAt(0)}${by === 'run' ? 'w' : by.charAt(0)}${finding === undefined ? '' : formatFinding(finding)}`;

const formatFinding = ({ reportedAt, failing, more }: Finding): string =>
  [reportedAt.toString(36), ...failing, ...(more ? ['+'] : [])].join(',');

const FINDING = new RegExp(`^..([0-9a-z]{1,8})((?:,[0-9a-f]{8}){0,${MOST_FAILING}})(,\\+)?$`);

function readFinding(text = ''): Finding | null {
  const [, time, rows = '', more] = FINDING.exec(text) ?? [];
  if (time === undefined) return null;
  const failing = rows.split(',').filter((row) => row !== '');
  return { reportedAt: Number.parseInt(time, 36), failing, more: more !== undefined };
}

function readRuling(text = ''): Ruling | null {
  const [letter = '', rule = ''] = text;
  const conclusion = CONCLUSIONS[letter as keyof typeof CONCLUSIONS];
  const by = RULES[rule as keyof typeof RULES];
  return conclusion === undefined || by === undefined ? null : { conclusion, by };
}

/** First line of a comment with this key (its hash). */
export function commentMarker(keyHash: string): string {
  return `<!-- perf-baseline:comment v${VERSION} key=${keyHash} -->`;
}

const ANY_KEY = new RegExp(`^<!-- perf-baseline:comment v${VERSION} key=([0-9a-f]{1,64}) -->`);

/** The hash of the key in a body's marker, or undefined. Says nothing of who wrote it. */
export function keyOfBody(body: string): string | undefined {
  return ANY_KEY.exec(body)?.[1];
}

/** Whether a body begins with this key's marker. Says nothing of who wrote it. */
export function hasMarker(body: string, keyHash: string): boolean {
  return body.startsWith(commentMarker(keyHash));
}

/** Text that cannot end, begin or forge a section, and that GitHub stores as it is. Applying it twice changes nothing. */
export function inertText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/<!--(?=\s*\/?\s*perf-baseline)/gi, '&lt;!--')
      .trim()
  );
}

/** The whole body, however long. `head`: the commit that is current, where it is known better than from the sections. */
export function renderBody(
  keyHash: string,
  sections: readonly Section[],
  renderFrame: RenderFrame,
  head?: string,
): string {
  const stale = staleSeries(sections, head);
  const isHidden = (section: SectionHead) =>
    isQuiet(section) || (isOfRun(section) && stale.has(section.series));
  const frame = renderFrame(
    sections
      .filter((section) => !isHidden(section))
      .map(({ text: _, form: __, ...head }) => ({ ...head, stale: stale.has(head.series) })),
  );
  const parts = [`${commentMarker(keyHash)}\n${inertText(frame.top)}`];
  for (const section of sections) {
    if (isHidden(section)) {
      parts.push(`${sectionMarker(section)}\n${END}`);
      continue;
    }
    const isStale = stale.has(section.series);
    const at = `\`${section.sha.slice(0, 7)}\``;
    // A job that was killed leaves its word behind. Its marker stays as it is: should the job be alive after all, its report replaces it.
    const overtaken = isStale && section.state === 'measuring';
    const note = isStale && !overtaken ? `_Measured at ${at}, not at the latest commit:_\n\n` : '';
    const text = overtaken
      ? `### ⏹️ Never reported\n\nNothing came of ${at}, which is not the latest commit.`
      : inertText(section.text);
    parts.push(`${note}${sectionMarker(section)}\n${text === '' ? '' : `\n${text}\n\n`}${END}`);
  }
  parts.push(inertText(frame.bottom));
  return parts.join('\n\n').trim();
}

/** The sections of a body, in its order. What is not a section, or is a damaged one, is left out. */
export function parseSections(body: string): Section[] {
  const text = body.replace(/\r\n?/g, '\n');
  const sections: Section[] = [];
  let open: { head: Omit<Section, 'text'>; start: number } | null = null;
  for (const match of text.matchAll(MARKER)) {
    const [marker, encoded] = match;
    if (encoded !== undefined) {
      const head = readMarker(encoded);
      open = head === null ? null : { head, start: match.index + marker.length };
    } else if (open !== null) {
      sections.push({ ...open.head, text: text.slice(open.start, match.index).trim() });
      open = null;
    }
  }
  return sections;
}

/** Whether two bodies are the same to GitHub, which may store other line ends. */
export function sameBody(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, '\n').trim();
  return plain(a) === plain(b);
}

function sectionMarker(section: Section): string {
  const { run } = section;
  const fields: z.infer<typeof markerSchema> = [
    section.series,
    plainTitle(section.title),
    section.state,
    section.verdict,
    run.workflow,
    run.id,
    run.number,
    run.attempt,
    section.sha,
    section.form,
  ];
  if (section.ruling !== undefined) fields[10] = formatRuling(section.ruling, section.finding);
  const encoded = Buffer.from(JSON.stringify(fields)).toString('base64').replace(/=+$/, '');
  return `<!-- perf-baseline:section ${encoded} -->`;
}

function readMarker(encoded: string): Omit<Section, 'text'> | null {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    return null;
  }
  const parsed = markerSchema.safeParse(fields);
  if (!parsed.success) return null;
  const [series, title, state, verdict, workflow, id, number, attempt, sha, form, letters] = parsed.data;
  const ruling = readRuling(letters);
  const finding = readFinding(letters);
  return {
    ...{ series, title, state, verdict, run: { workflow, id, number, attempt }, sha, form },
    ...(ruling !== null && { ruling }),
    ...(ruling !== null && finding !== null && { finding }),
  };
}

/** A title as it survives the marker: well-formed, one line, at most 80 characters. */
export function plainTitle(title: string): string {
  return [...title.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Surrogate}/gu, '\ufffd')]
    .slice(0, 80)
    .join('')
    .trim();
}
