import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeResult } from '../../src/baseline/codec.ts';
import { compareCommand } from '../../src/cli/compare.ts';
import { reportCommand } from '../../src/cli/report.ts';
import { result, scenario } from '../report/results.ts';
import { capturedIo } from './captured-io.ts';

const CONFIG = (limit: string) =>
  `target: { start: x }\nscenarios: { health: { type: http, requests: [GET /], limits: { p95: ${limit} } } }\n`;

let folder: string;
let document: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-documents-'));
  document = join(folder, 'result.json');
  writeFileSync(document, encodeResult(result([scenario('health', { ms: 10 })])));
  writeFileSync(join(folder, 'strict.yml'), CONFIG('1ms'));
  writeFileSync(join(folder, 'loose.yml'), CONFIG('1s'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let io: ReturnType<typeof capturedIo>;
beforeEach(() => {
  io = capturedIo();
});

const report = (
  config: string | undefined,
  workingDirectory = folder,
  failOn: 'regression' | 'never' = 'regression',
) => reportCommand({ result: document, config, workingDirectory, failOn, format: 'table' }, io);

describe('report', () => {
  test('judges the limits of the config, and exits as run does', async () => {
    expect(await report('strict.yml')).toBe(1);
    expect(io.reports[0]).toMatchObject({
      verdict: 'regressed',
      limits: [{ metric: { name: 'p95' }, outcome: 'exceeded' }],
    });
    expect(io.said).toEqual([]);
    expect(await report('loose.yml')).toBe(0);
    expect(io.reports[1]).toMatchObject({ limits: [{ metric: { name: 'p95' }, outcome: 'within' }] });
    expect(await report('strict.yml', folder, 'never')).toBe(0);
  });

  test('takes the default config file where there is one', async () => {
    const checkout = join(folder, 'checkout');
    mkdirSync(join(checkout, '.github'), { recursive: true });
    writeFileSync(join(checkout, '.github/perf-baseline.yml'), CONFIG('1ms'));
    expect(await report(undefined, checkout)).toBe(1);
    expect(io.said).toEqual([]);
  });

  test('says that limits were not judged where there is no config', async () => {
    expect(await report(undefined)).toBe(0);
    expect(io.reports[0]?.limits).toEqual([]);
    expect(io.said).toEqual([
      expect.stringMatching(/^Limits were not judged: .*perf-baseline\.yml.*--config/),
    ]);
  });

  test('a config that was named and is not there is an error', async () => {
    await expect(report('gone.yml')).rejects.toThrow(/gone\.yml/);
  });
});

describe('compare', () => {
  const compare = (base: string, candidate: string) =>
    compareCommand(
      { base, candidate, config: undefined, workingDirectory: folder, failOn: 'never', format: 'table' },
      io,
    );

  test('names both files that are not there', async () => {
    const failed = compare(join(folder, 'nosuch'), join(folder, 'also'));
    await expect(failed).rejects.toThrow(
      /nosuch: there is no such file or folder\n.*also: there is no such file$/,
    );
  });

  test('names the one that is not there', async () => {
    await expect(compare(join(folder, 'nosuch'), document)).rejects.toThrow(
      /^[^\n]*nosuch: there is no such[^\n]*$/,
    );
    await expect(compare(document, join(folder, 'also'))).rejects.toThrow(
      /^[^\n]*also: there is no such file$/,
    );
  });

  test('says too that limits were not judged', async () => {
    expect(await compare(document, document)).toBe(0);
    expect(io.said).toEqual([expect.stringMatching(/^Limits were not judged/)]);
  });
});
