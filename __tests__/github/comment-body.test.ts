import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  COMMENT_LENGTH,
  hasMarker,
  inertText,
  parseSections,
  plainTitle,
  type RenderFrame,
  renderBody,
  sameBody,
} from '../../src/github/comment-body.ts';
import { CommentTooLongError, fitBody } from '../../src/github/comment-fit.ts';
import {
  compareRuns,
  containsAll,
  MOST_FAILING,
  mergeSections,
  type Section,
  staleSeries,
} from '../../src/github/comment-sections.ts';

const KEY = '00112233aabbccdd';
const frame: RenderFrame = (heads) => ({
  top: `Overall: ${heads.map(({ verdict }) => verdict).join(', ')}`,
  bottom: 'made by perf-baseline',
});

function section(changes: Partial<Section> = {}): Section {
  return {
    series: 'abc123',
    title: 'bench',
    state: 'final',
    verdict: 'unchanged',
    run: { workflow: '11', id: 100, number: 10, attempt: 1 },
    sha: '0123456789ab',
    form: 'full',
    text: 'all fine',
    ...changes,
  };
}

describe('a body', () => {
  test('begins with the marker of its key, and has the frame around its sections in order', () => {
    const body = renderBody(KEY, [section(), section({ series: 'def', title: 'other', text: 'B' })], frame);
    expect(hasMarker(body, KEY)).toBe(true);
    expect(hasMarker(body, KEY.replace('0', '1'))).toBe(false);
    expect(hasMarker(`hi ${body}`, KEY)).toBe(false);
    const visible = body
      .replace(/<!--.*?-->/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    expect(visible).toBe('Overall: unchanged, unchanged all fine B made by perf-baseline');
  });

  test('gives back what was to be seen of a section and since when, of so many rows that a marker stays short', () => {
    const ids = Array.from({ length: MOST_FAILING }, (_, i) => i.toString(16).padStart(8, '0'));
    const ruling = { conclusion: 'failure', by: 'regression' } as const;
    for (const finding of [
      { reportedAt: 1_795_871_145, failing: [], more: false },
      { reportedAt: 1_795_871_145, failing: ids.slice(0, 1), more: false },
      { reportedAt: 1_795_871_145, failing: ids, more: true },
    ]) {
      const body = renderBody(KEY, [section({ ruling, finding })], frame);
      expect(parseSections(body)).toEqual([section({ ruling, finding })]);
      expect(body.length).toBeLessThan(750);
    }
  });

  test('gives back its sections, whatever they hold', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            '<!-- perf-baseline:end -->',
            '<!-- perf-baseline:section QQ -->',
            '<!--perf-baseline',
            '<!-- /perf-baseline',
            '-->',
            '<!--',
            '\r\n',
            '\n\n',
            '```',
            'x',
            '\u0000',
            '\ud800',
          ),
        )
        .map((parts) => parts.join('')),
    );
    const anySection = fc.record({
      series: fc.stringMatching(/^[0-9a-f]{16}$/),
      title: text.map(plainTitle),
      state: fc.constantFrom('measuring' as const, 'final' as const),
      verdict: fc.constantFrom('regressed' as const, 'new' as const, 'cancelled' as const, 'none' as const),
      run: fc.record({
        workflow: fc.constant('0a0a0a0a'),
        id: fc.nat(),
        number: fc.nat(),
        attempt: fc.nat({ max: 9 }),
      }),
      sha: fc.stringMatching(/^[0-9a-f]{12}$/),
      form: fc.constantFrom('full' as const, 'short' as const, 'line' as const, 'bare' as const),
      text,
    });
    fc.assert(
      fc.property(fc.array(anySection, { maxLength: 5 }), text, (sections, hostile) => {
        const body = renderBody(KEY, sections, () => ({ top: hostile, bottom: hostile }));
        const stale = staleSeries(sections);
        const left = (one: Section) => one.state === 'measuring' && stale.has(one.series);
        const expected = sections.map((one) => ({
          ...one,
          text: left(one) ? expect.stringMatching(/^### ⏹️ Never reported/) : inertText(one.text),
        }));
        expect(parseSections(body)).toEqual(expected);
        expect(parseSections(body.replaceAll('\n', '\r\n'))).toEqual(expected);
        expect(renderBody(KEY, parseSections(body), () => ({ top: hostile, bottom: hostile }))).toBe(body);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test('never throws on a body that somebody edited', () => {
    const whole = renderBody(KEY, [section(), section({ series: 'def' })], frame);
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: 60 }), fc.string(), (at, length, put) => {
        const edited = whole.slice(0, at) + put + whole.slice(at + length);
        for (const found of parseSections(edited))
          expect(found.run.id).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
      }),
      { numRuns: 500, seed: 7 },
    );
    const forged = (value: unknown) =>
      `<!-- perf-baseline:section ${Buffer.from(JSON.stringify(value)).toString('base64').replace(/=+$/, '')} -->x<!-- perf-baseline:end -->`;
    expect(parseSections(forged({ __proto__: null }))).toEqual([]);
    expect(parseSections(forged(['zz', 't', 'final', 'new', '1', 1, 1, 1, 'a', 'full']))).toEqual([]);
    expect(parseSections(forged(['ab', 't', 'final', 'new', '1', -1, 1, 1, 'a', 'full']))).toEqual([]);
    expect(parseSections(forged(['ab', 't', 'final', 'new', '1', 1, 1, 1, 'a', 'full']))).toHaveLength(1);
    // A section whose verdict another version of this tool has is there, and not green.
    expect(
      parseSections(forged(['ab', 't', 'final', 'unheard-of', '1', 1, 1, 1, 'a', 'full'])),
    ).toMatchObject([{ verdict: 'none' }]);
    expect(parseSections(forged(['ab', 't', 'final', 7, '1', 1, 1, 1, 'a', 'full']))).toEqual([]);
  });

  test('is the same with other line ends', () => {
    expect(sameBody('a\r\nb\n', 'a\nb')).toBe(true);
    expect(sameBody('a\nb', 'a\nc')).toBe(false);
  });

  test('says of a section of another commit that it is not of the latest one', () => {
    const old = section({
      series: 'def',
      title: 'old',
      sha: 'ffffffffffff',
      run: { ...section().run, id: 90 },
    });
    const body = renderBody(KEY, [section(), old], frame);
    expect(body).toContain('Measured at `fffffff`, not at the latest commit');
    expect(body).not.toContain('Measured at `0123456`');
    expect(parseSections(body).map(({ text }) => text)).toEqual(['all fine', 'all fine']);
  });

  test('says of what was being measured at another commit that it never reported, until it does', () => {
    const left = section({
      ...{ series: 'def', title: 'z', sha: 'ffffffffffff', state: 'measuring', text: '⏳ Measuring…' },
      run: { ...section().run, id: 90 },
    });
    const body = renderBody(KEY, [section(), left], frame);
    expect(body).toContain('Never reported\n\nNothing came of `fffffff`');
    expect(body).not.toContain('Measuring…');
    // Read back it is still the older one of the two, should its job be alive after all.
    const [, kept] = parseSections(body);
    const report = { ...left, state: 'final' as const, text: 'all fine' };
    expect(mergeSections([report, kept as Section])).toEqual([report]);
  });
});

describe('sections of a series', () => {
  const run = (number: number, attempt = 1, id = number * 10) => ({ workflow: '11', id, number, attempt });

  test('the newest run wins, then its newest attempt, then the final state', () => {
    const ordered = [
      section({ run: run(1) }),
      section({ run: run(1, 2) }),
      section({ run: run(2), state: 'measuring' }),
      section({ run: run(2) }),
      section({ run: run(2, 2), state: 'measuring' }),
      section({ run: run(3) }),
    ];
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect(Math.sign(compareRuns(a, b))).toBe(Math.sign(i - j));
        expect(mergeSections([a, b])).toEqual([i > j ? a : b]);
      }
    }
  });

  test('of different workflows are ordered by the id of their runs', () => {
    const a = section({ run: { workflow: '11', id: 10, number: 500, attempt: 1 } });
    const b = section({ run: { workflow: '22', id: 20, number: 3, attempt: 1 } });
    expect(mergeSections([b, a])).toEqual([b]);
  });

  test('merging does not depend on the order', () => {
    const sections = ['a', 'b', 'c'].flatMap((series) =>
      [1, 2, 3].map((number) => section({ series, title: `t${series}`, run: run(number) })),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(sections, { minLength: 9 }), (shuffled) => {
        expect(mergeSections(shuffled)).toEqual(mergeSections(sections));
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(mergeSections(sections)).toHaveLength(3);
  });

  test('containsAll takes a later run for the one that is wanted', () => {
    const [older, newer] = [section({ run: run(1) }), section({ run: run(2) })];
    expect(containsAll([newer], [older])).toBe(true);
    expect(containsAll([older], [newer])).toBe(false);
    expect(containsAll([], [older])).toBe(false);
  });

  test('are stale when they measured another commit than the newest run', () => {
    const stale = section({ series: 'def', sha: 'ffffffffffff', run: run(9) });
    expect([...staleSeries([section({ run: run(10) }), stale])]).toEqual(['def']);
    expect([...staleSeries([])]).toEqual([]);
  });
});

describe('a comment over the limit', () => {
  const long = `❌ **1 regressed**\n\n${'row\n'.repeat(12_000)}`;
  const own = new Map([['abc123', () => 'short form']]);

  test('shows the short form of the own section first', () => {
    const other = section({ series: 'def', title: 'z', text: 'B'.repeat(30_000) });
    const { body, sections } = fitBody(KEY, [section({ text: long }), other], own, frame);
    expect(body.length).toBeLessThanOrEqual(COMMENT_LENGTH);
    expect(sections.map(({ form }) => form)).toEqual(['short', 'full']);
    expect(body).toContain('short form');
    expect(parseSections(body)).toHaveLength(2);
  });

  test('keeps the first line of the longest other sections', () => {
    const others = ['d', 'e', 'f'].map((series) => section({ series, title: series, text: long }));
    const { body, sections } = fitBody(KEY, [section(), ...others], own, frame);
    expect(body.length).toBeLessThanOrEqual(COMMENT_LENGTH);
    expect(sections.filter(({ form }) => form === 'line').length).toBeGreaterThanOrEqual(2);
    expect(body).toContain('❌ **1 regressed**\n\n_The rest is in the summary of the run._');
    expect(parseSections(body)).toHaveLength(4);
  });

  test('has every leg of the largest matrix', () => {
    const legs = Array.from({ length: 256 }, (_, leg) =>
      section({
        series: leg.toString(16).padStart(16, '0'),
        title: `bench (ubuntu-24.04, node ${leg})`,
        run: { workflow: 'abcdef01', id: 19_000_000_000 + leg, number: 1234, attempt: 1 },
        text: long,
      }),
    );
    const { body } = fitBody(KEY, legs, new Map([['0'.repeat(16), () => 's']]), frame);
    expect(body.length).toBeLessThanOrEqual(COMMENT_LENGTH);
    expect(parseSections(body)).toHaveLength(256);
  });

  test('that nothing makes short enough is said', () => {
    expect(() => fitBody(KEY, [section()], own, frame, 100)).toThrow(CommentTooLongError);
  });
});
