import { describe, expect, test } from '@jest/globals';
import type { Comparison, LimitOutcome } from '../../src/domain/verdict.ts';
import {
  type Annotation,
  annotate,
  configAnnotations,
  inputAnnotations,
  reportAnnotations,
} from '../../src/github/annotations.ts';
import type { AnnotationPlace, StepSummary } from '../../src/github/core.ts';
import { SUMMARY_BYTES, writeSummary } from '../../src/github/summary.ts';

function recorder() {
  const shown: { level: string; message: string; place: AnnotationPlace | undefined }[] = [];
  const log: string[] = [];
  const put = (level: string) => (message: string, place?: AnnotationPlace) =>
    void shown.push({ level, message, place });
  return {
    shown,
    log,
    core: { error: put('error'), warning: put('warning'), info: (m: string) => void log.push(m) },
  };
}

const many = (level: Annotation['level'], count: number): Annotation[] =>
  Array.from({ length: count }, (_, i) => ({
    level,
    title: 't',
    message: `m${i}`,
    file: 'f.yml',
    line: i + 1,
  }));

describe('annotations', () => {
  test('point at file, line and column', () => {
    const { core, shown } = recorder();
    annotate(
      core,
      configAnnotations(
        [
          {
            file: '.github/perf-baseline.yml',
            line: 3,
            column: 5,
            path: 'measure.rounds',
            value: 'x',
            expected: 'a number',
            message: "measure.rounds is 'x'; expected a number",
          },
        ],
        './services/api/',
      ),
    );
    expect(shown).toEqual([
      {
        level: 'error',
        message: "measure.rounds is 'x'; expected a number",
        place: {
          title: 'perf-baseline config',
          file: 'services/api/.github/perf-baseline.yml',
          startLine: 3,
          startColumn: 5,
        },
      },
    ]);
  });

  test('of one level are at most ten; the last says how many more the log has', () => {
    const { core, shown, log } = recorder();
    annotate(core, [...many('error', 14), ...many('warning', 10)]);
    const errors = shown.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(10);
    expect(errors[9]?.message).toBe('5 more of these; all of them are in the log of this step');
    expect(shown.filter(({ level }) => level === 'warning').map(({ message }) => message)).toContain('m9');
    expect(log).toEqual([10, 11, 12, 13, 14].map((n) => `error: f.yml:${n} m${n - 1}`));
  });

  test('hold no workflow command and no endless text', () => {
    const { core, shown } = recorder();
    annotate(
      core,
      inputAnnotations([{ name: 'x', value: 'y', expected: 'z', message: `::error::${'x'.repeat(9000)}` }]),
    );
    expect(shown[0]?.message.startsWith('::')).toBe(false);
    expect(shown[0]?.message.length).toBeLessThanOrEqual(4000);
  });

  test('of a report: failed scenarios, exceeded limits and gating regressions, each at its level', () => {
    const metric = { name: 'p95' };
    const comparison = (changes: Partial<Comparison>) =>
      ({
        scenario: 's',
        metric,
        verdict: 'regressed',
        gating: true,
        level: 'fail',
        ...changes,
      }) as Comparison;
    const limit = (changes: Partial<LimitOutcome>) =>
      ({ scenario: 'l', metric, outcome: 'exceeded', level: 'fail', ...changes }) as LimitOutcome;
    const found = reportAnnotations(
      {
        comparisons: [
          comparison({ part: 'a' }),
          comparison({ part: 'b', level: 'warn' }),
          comparison({ part: 'c', gating: false }),
          comparison({ part: 'd', verdict: 'inconclusive', level: null }),
          ...['p50', 'p95'].map((name) =>
            comparison({
              part: 'h',
              metric: { ...metric, name } as Comparison['metric'],
              verdict: 'invalid',
              level: null,
              broken: true,
              reason: 'throws: Error: no',
            }),
          ),
        ],
        limits: [
          limit({ part: 'e' }),
          limit({ part: 'f', outcome: 'within' }),
          limit({ part: 'g', level: 'warn' }),
          ...[1, 2].map((bound) =>
            limit({ part: 'i', outcome: 'inconclusive', broken: true, bound, reason: 'hangs: for ever' }),
          ),
        ],
        scenarios: [
          {
            name: 'dead',
            type: 'http',
            status: 'failed',
            failure: { reason: 'target-died', detail: 'it died' },
            rounds: 0,
            generator: null,
            parts: [],
            warnings: [],
          },
        ],
      },
      {
        file: 'f.yml',
        lineOf: (scenario, name, kind) =>
          scenario === 's' && name === 'p95' && kind === 'criteria' ? 12 : undefined,
        describe: ({ part }) => `part ${part}`,
        describeLimit: ({ part }) => `limit ${part}`,
      },
    );
    expect(found.map(({ level, message, line }) => [level, message, line])).toEqual([
      ['error', 'it died', 1],
      ['error', 'i: hangs: for ever', 1],
      ['error', 'h: throws: Error: no', 1],
      ['error', 'limit e', 1],
      ['warning', 'limit g', 1],
      ['error', 'part a', 12],
      ['warning', 'part b', 12],
    ]);
  });
});

describe('the step summary', () => {
  function fake(fails = false) {
    const written: { text: string; overwrite: boolean }[] = [];
    let buffer = '';
    const summary: StepSummary = {
      addRaw(text) {
        buffer += text;
        return summary;
      },
      async write({ overwrite }) {
        if (fails) throw new Error('ENOSPC: no space left on device');
        written.push({ text: buffer, overwrite });
        buffer = '';
      },
    };
    return { summary, written };
  }

  test('is the full report as long as GitHub shows it', async () => {
    const { summary, written } = fake();
    const full = 'é'.repeat(SUMMARY_BYTES / 2);
    expect(await writeSummary(summary, full, () => 'short')).toEqual({ status: 'written', form: 'full' });
    expect(written).toEqual([{ text: full, overwrite: true }]);
  });

  test('is the short one over 1 MiB of bytes, cut at a line in the end', async () => {
    const { summary, written } = fake();
    const full = `${'é'.repeat(SUMMARY_BYTES / 2)}x`;
    expect(await writeSummary(summary, full, () => 'short')).toEqual({ status: 'written', form: 'short' });
    await writeSummary(summary, full, () => 'línea\n'.repeat(SUMMARY_BYTES / 2));
    expect(written[0]?.text).toBe('short');
    expect(Buffer.byteLength(written[1]?.text ?? '')).toBeLessThanOrEqual(SUMMARY_BYTES);
    expect(written[1]?.text).toMatch(/línea\n\n_The rest/);
  });

  test('that cannot be written is an outcome, not a crash', async () => {
    const { summary } = fake(true);
    expect(await writeSummary(summary, 'x', () => 'x')).toMatchObject({ status: 'failed', reason: /ENOSPC/ });
  });
});
