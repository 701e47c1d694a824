import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { documentOf, type ErrorDocument, expectVerdictOf, type ReportDocument } from '../e2e/documents.ts';
import { CALM, LONE, SLOW_MS, serviceFiles, WORK } from '../e2e/service.ts';
import { type CliResult, runCli } from '../harness/cli.ts';
import { localWorkspace, type Workspace } from '../harness/workspace.ts';

const ESC = '\u001b';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await localWorkspace(serviceFiles({ scenarios: `${WORK}\n${CALM}`, measure: LONE }));
});
afterAll(() => workspace.close());

type Options = Partial<Parameters<typeof runCli>[1]>;

async function cli(args: string[], options: Options = {}): Promise<CliResult> {
  const ended = await runCli(args, { cwd: workspace.path, ...options });
  expect(ended.orphans).toEqual([]);
  return ended;
}

test('a saved run is what the next one, a comparison and a report read', async () => {
  const saved = await cli(['run', '--save', 'kept', '--output', 'out/a.json']);
  expect(saved.exitCode).toBe(0);
  expect(saved.stdout).not.toContain(ESC);
  expect(saved.stdout).toMatch(/Measured and saved as a baseline.*\n.*run --baseline kept$/m);
  expect(saved.stderr).toMatch(/^\[block 1\/9\] starting the candidate$/m);
  expect(readdirSync(join(workspace.path, 'kept'))).toHaveLength(1);
  documentOf('result', readFileSync(join(workspace.path, 'out/a.json'), 'utf8'));

  const slow = { WORK_MS: String(SLOW_MS) };
  writeFileSync(join(workspace.path, 'server.mjs'), slowedByEnvironment());
  const ran = await cli(['run', '--baseline', 'kept', '--format', 'json', '-o', 'out/b.json'], { env: slow });
  const report = documentOf<ReportDocument>('report', ran.stdout);
  expectVerdictOf(report, 'regressed');
  expect(ran.exitCode).toBe(1);
  const regressed = report.comparisons.filter(({ verdict, gating }) => gating && verdict === 'regressed');
  expect(new Set(regressed.map(({ scenario }) => scenario))).toEqual(new Set(['work']));

  const [files, folder, tolerant, shown, first] = await Promise.all([
    cli(['compare', 'out/a.json', 'out/b.json', '--format', 'json']),
    cli(['compare', 'kept', 'out/b.json', '--format', 'markdown']),
    cli(['compare', 'kept', 'out/b.json', '--fail-on', 'never']),
    cli(['report', 'out/b.json', '--format', 'json']),
    cli(['compare', 'kept', 'out/a.json', '--format', 'json']),
  ]);
  expect(documentOf<ReportDocument>('report', files.stdout).comparisons).toEqual(report.comparisons);
  expect([files.exitCode, folder.exitCode, tolerant.exitCode, shown.exitCode]).toEqual([1, 1, 0, 0]);
  expect(folder.stdout).toMatch(/^### ❌ .* — `work` .*(slower|fewer requests)/);
  expect(documentOf<ReportDocument>('report', shown.stdout).verdict).toBe('new');
  // Nothing is compared with itself.
  expect(first.exitCode).toBe(2);
  expect(documentOf<ErrorDocument>('error', first.stdout).error.message).toMatch(/holds no baseline/);
});

test('one scenario alone: the others are not missing', async () => {
  const ended = await cli(['run', '--only', 'calm', '--baseline', 'kept', '--format', 'json'], {});
  const report = documentOf<ReportDocument>('report', ended.stdout);
  expect(report.scenarios.map(({ name, status }) => [name, status])).toEqual([['calm', 'measured']]);
  expect(report.comparisons.map(({ verdict }) => verdict)).not.toContain('missing');
  expect(ended.exitCode).toBe(0);
});

/** The service with its delay from the environment, so that nothing of the checkout changes between two runs. */
function slowedByEnvironment(): string {
  const { 'server.mjs': source } = serviceFiles();
  return String(source).replace(/(startsWith\('\/work'\) \?) (\d+)/, '$1 Number(process.env.WORK_MS ?? $2)');
}
