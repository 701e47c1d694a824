import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/domain/report.ts';
import { formatJson } from '../../src/report/json.ts';
import { relative, row, warnAndFail } from './rows.ts';
import { HOSTILE, manyRegressions, states } from './states.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'));
const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

function state(name: string): Report {
  const report = states[name];
  if (report === undefined) throw new Error(`no state ${name}`);
  return report;
}

describe('JSON report', () => {
  test.each(Object.keys(states))('%s keeps to the published schema', (name) => {
    valid(JSON.parse(formatJson(state(name))));
    expect(valid.errors ?? []).toEqual([]);
  });

  test('the schema refuses a document with an unknown verdict, a missing unit or a stray key', () => {
    const document = JSON.parse(formatJson(state('regressed')));
    expect(valid({ ...document, verdict: 'fine' })).toBe(false);
    expect(valid({ ...document, extra: 1 })).toBe(false);
    const { unit: _, ...unitless } = document.comparisons[0];
    expect(valid({ ...document, comparisons: [unitless] })).toBe(false);
  });

  test('a number that is not finite is null, never 0', () => {
    const infinite = {
      ...row('mixed', 'p95', 'inconclusive', 0, { ...relative(Number.POSITIVE_INFINITY, Number.NaN, 1) }),
      detectable: Number.POSITIVE_INFINITY,
    };
    const document = JSON.parse(formatJson({ ...state('unchanged'), comparisons: [infinite] }));
    expect(valid(document)).toBe(true);
    expect(document.comparisons[0].change).toEqual({
      type: 'relative',
      center: null,
      low: null,
      high: 1,
      confidence: 0.999,
    });
    expect(document.comparisons[0].detectable).toBeNull();
  });

  test('a criterion is written as in the config', () => {
    const rows = [
      row('a', 'p95', 'unchanged', 1, null),
      row('b', 'p95', 'unchanged', 1, null, { criterion: warnAndFail }),
      row('c', 'p95', 'unchanged', 1, null, { criterion: null }),
    ];
    const document = JSON.parse(formatJson({ ...state('unchanged'), comparisons: rows }));
    expect(document.comparisons.map((c: { criterion: string | null }) => c.criterion)).toEqual([
      '+20%',
      '{ warn: +10%, fail: +20% }',
      null,
    ]);
  });

  test('why a pair came to nothing is told', () => {
    const unpaired = { cause: 'base', detail: 'the base commit could not be set up' } as const;
    const document = JSON.parse(
      formatJson({ ...state('not-compared'), baseline: { status: 'not-compared', unpaired } }),
    );
    expect(valid(document)).toBe(true);
    expect(document).toMatchObject({ verdict: 'new', baseline: { unpaired } });
  });

  test('what the candidate broke is marked', () => {
    const rows = [row('a', 'p95', 'invalid', 1, null, { broken: true }), row('b', 'p95', 'invalid', 1, null)];
    const document = JSON.parse(formatJson({ ...state('unchanged'), comparisons: rows }));
    expect(valid(document)).toBe(true);
    expect(document.comparisons.map((c: { broken?: boolean }) => c.broken)).toEqual([true, undefined]);
  });

  test('hostile names keep their value, and no line can be read as a workflow command', () => {
    const text = formatJson(state('hostile'));
    expect(JSON.parse(text).comparisons[0].scenario).toBe(HOSTILE);
    expect(text).not.toMatch(/##\[|^\s*::/m);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test('is one document of many rows', () => {
    expect(JSON.parse(formatJson(manyRegressions(3000))).comparisons).toHaveLength(3000);
  });
});
