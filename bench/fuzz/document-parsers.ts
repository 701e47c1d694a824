import fc from 'fast-check';
import { resultOf } from '../../__tests__/baseline/samples.ts';
import { zipOf } from '../../__tests__/baseline/zip-writer.ts';
import { parseArtifactName, readUploadedResult } from '../../src/baseline/artifact.ts';
import { decodeResult, encodeBaseline, encodeResult } from '../../src/baseline/codec.ts';
import { parseName } from '../../src/baseline/layout.ts';
import { allCopies, encodeWindow } from '../../src/baseline/window.ts';
import type { Condition } from '../../src/domain/criterion.ts';
import type { Result } from '../../src/domain/result.ts';
import { judge } from '../../src/pipeline/judgement.ts';
import { buildReport } from '../../src/report/build.ts';
import { formatMarkdown, formatSection } from '../../src/report/markdown.ts';
import { FORMATS } from '../../src/report/registry.ts';
import { nothing, type Parser } from './check.ts';
import { hostileText, mutatedBytes, mutatedJson } from './hostile.ts';
import { activeInMarkdown } from './sinks.ts';

const BASE = resultOf(1);
const fail: Condition = { all: [{ type: 'relative', change: 0.2 }], text: '+20%' };
const CRITERIA = [{ name: 'health', criteria: [{ metric: 'p95', fail }], limits: [] }];

/** Judges and renders a document as a publisher does; gives what a log would show of it. */
function publish(result: Result): string {
  const judged = judge(
    result,
    { type: 'given', result: BASE, location: 'a file' } as never,
    CRITERIA as never,
  );
  const report = buildReport({
    candidate: result,
    ...judged,
    title: result.series,
  });
  for (const markdown of [formatMarkdown(report), formatSection(report, { maxLength: 5000 })]) {
    const active = activeInMarkdown(markdown);
    if (active !== undefined) throw new Error(`a comment would hold ${JSON.stringify(active)}`);
  }
  return [FORMATS.table(report), FORMATS.json(report)].join('\n');
}

/** A document that is sound, with hostile text wherever text may stand. */
const soundDocument = fc
  .array(hostileText, { minLength: 5, maxLength: 5 })
  .map(([a = '', b = '', c = '', d = '', e = '']) => {
    const [scenario] = BASE.scenarios;
    return JSON.stringify({
      ...BASE,
      id: 'other',
      series: a || 's',
      commit: { ...BASE.commit, ref: b },
      warnings: [{ code: 'w', message: c }],
      scenarios: [
        { ...scenario, name: d || 'n' },
        {
          ...scenario,
          name: `${d}2`,
          outcome: {
            status: 'failed',
            rounds: [],
            warnings: [],
            failure: { reason: 'target-died', detail: e, log: c },
          },
        },
      ],
    });
  });

const SMALL: Result = { ...BASE, id: 'candidate' };
const GZ = encodeBaseline(SMALL);
const ZIP = zipOf([{ name: 'result.json.gz', content: GZ }]);
const WINDOW = Buffer.from(encodeWindow(new Map([['a.json.gz', GZ]])));

const zipEntries = fc
  .array(
    fc.record({
      name: fc.oneof(fc.constant('result.json.gz'), hostileText),
      content: fc.oneof(fc.constant(GZ), fc.uint8Array({ maxLength: 20 })),
      mode: fc.constantFrom(0o100644, 0o120777, 0o040755, 0),
      flags: fc.constantFrom(0, 1),
      size: fc.constantFrom(GZ.length, 0, 1, 2 ** 31, 2 ** 32 - 1),
    }),
    { maxLength: 4 },
  )
  .map(zipOf);

export const documentParsers = [
  {
    name: 'result: JSON, judged and rendered when it is sound',
    share: 6,
    input: mutatedJson(SMALL),
    read: (text: string) => publish(decodeResult(text, 'a file')),
  },
  {
    name: 'result: hostile names, judged and rendered',
    share: 2,
    input: soundDocument,
    read: (text: string) => publish(decodeResult(text, 'a file')),
  },
  {
    name: 'result: written and read again',
    share: 1,
    input: mutatedJson(SMALL),
    read: (text: string) => {
      const result = decodeResult(text, 'a file');
      if (encodeResult(decodeResult(encodeResult(result), 'again')) !== encodeResult(result))
        throw new Error('changed by being written');
      return '';
    },
  },
  {
    name: 'result: gzip',
    share: 8,
    input: mutatedBytes(GZ),
    read: (bytes: Uint8Array) => nothing(decodeResult(bytes, 'a file')),
  },
  {
    name: 'artifact: zip',
    share: 8,
    input: fc.oneof(mutatedBytes(ZIP), zipEntries),
    read: async (bytes: Uint8Array) => nothing(await readUploadedResult(bytes, 'artifact 1')),
  },
  {
    name: 'window of copies',
    share: 4,
    input: fc.oneof(
      mutatedBytes(WINDOW),
      mutatedJson(JSON.parse(WINDOW.toString())).map((text) => Buffer.from(text)),
    ),
    read: (bytes: Uint8Array) => nothing(allCopies(bytes)),
  },
  {
    name: 'names of artifacts and files',
    share: 3,
    input: fc.oneof(
      hostileText,
      hostileText.map((text) => `perf-baseline-result-${text}`),
    ),
    read: (text: string) => nothing([parseArtifactName(text), parseName(text)]),
  },
] as unknown as Parser<never>[];
