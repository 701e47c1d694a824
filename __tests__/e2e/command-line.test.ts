import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { localWorkspace, type Workspace } from '../harness/workspace.ts';
import { documentOf, type ErrorDocument, type ReportDocument } from './documents.ts';
import { QUICK, serviceFiles } from './service.ts';

const ESC = '\u001b';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await localWorkspace(serviceFiles());
});
afterAll(() => workspace.close());

type Options = Partial<Parameters<typeof runCli>[1]>;

async function cli(args: string[], options: Options = {}): Promise<CliResult> {
  const ended = await runCli(args, { cwd: workspace.path, ...options });
  expect(ended.orphans).toEqual([]);
  return ended;
}

describe('help and mistakes', () => {
  test('help, of all and of one command, and the version', async () => {
    const [all, one, version, none] = await Promise.all([
      cli(['--help']),
      cli(['run', '--help']),
      cli(['--version']),
      cli([]),
    ]);
    expect(all.stdout).toMatch(/^Usage: perf-baseline COMMAND[\s\S]*\bvalidate\b/);
    expect(one.stdout).toContain('--baseline DIR|FILE');
    expect(version).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect([all.exitCode, one.exitCode, none.exitCode]).toEqual([0, 0, 2]);
  });

  test.each([
    [['measure'], /Unknown command "measure": expected one of run, compare/],
    [['run', '--onyl', 'x'], /--onyl.*run --help/],
    [['run', '--format', 'xml'], /--format "xml": expected one of table, markdown, json/],
    [['run', '--fail-on', 'always'], /--fail-on "always": expected one of/],
    [['run', 'extra'], /takes no arguments/],
    [['run', '--only', 'nothing'], /--only "nothing".*there are work/],
    [['run', '--base', 'HEAD', '--baseline', 'x'], /give one of them/],
    [['run', '--base', 'no-such-commit'], /--base no-such-commit/],
    [['compare', 'one'], /takes BASE and CANDIDATE, not 1/],
    [['compare', 'no.json', 'none.json'], /none\.json: there is no such file/],
    [['report', 'server.mjs'], /server\.mjs is corrupt/],
    [['report', '.'], /\.: it is a folder/],
    [['validate', '-c', 'gone.yml'], /gone\.yml/],
    [['run', '--start', 'node server.mjs'], /perf-baseline\.yml and start both say/],
  ])('%j is one clear error, and nothing is measured', async (args, message) => {
    const plain = await cli(args);
    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    expect(plain.stderr).toMatch(message);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    if (args[0] === 'validate') return;
    const json = await cli([...args, ...(args.includes('--format') ? [] : ['--format', 'json'])]);
    if (args.includes('xml')) return;
    expect(json.exitCode).toBe(2);
    expect(documentOf<ErrorDocument>('error', json.stdout).error.message).toMatch(message);
  });

  test('every problem of a config at once, each with its place', async () => {
    writeFileSync(
      join(workspace.path, 'bad.yml'),
      `target: { start: node server.mjs, url: "ftp://x", ports: 3 }
measure: { rounds: 0, duration: 5 parsecs }
scenarios:
  a: { type: http, requests: [GET /], connections: many }
  b: { type: carrier-pigeon }
criteria: { p95: -20%, rps: 10%, memory: +5pp }
limits: {}
`,
    );
    const plain = await cli(['run', '-c', 'bad.yml']);
    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    const lines = plain.stderr.trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(8);
    for (const line of lines) expect(line).toMatch(/^bad\.yml:\d+:\d+ .*expected /);
    const json = await cli(['run', '-c', 'bad.yml', '--format=json']);
    const { error } = documentOf<ErrorDocument>('error', json.stdout);
    expect(error).toMatchObject({ type: 'config', message: plain.stderr.trim() });
    expect(error.problems).toHaveLength(lines.length);
    const validated = await cli(['validate', '-c', 'bad.yml']);
    expect(validated).toMatchObject({ exitCode: 2, stderr: plain.stderr });
  });

  test.each([
    ['scenarios: [', /^bad\.yml:\d+:\d+ /],
    ['', /^bad\.yml:1:1 /],
    ['target: &a [*a]', /^bad\.yml:\d+:\d+ /],
    ['target: { start: x }\nscenarios: {}', /scenarios/],
    ['\u0000\u0001', /^bad\.yml/],
  ])('malformed: %j', async (text, message) => {
    writeFileSync(join(workspace.path, 'bad.yml'), text);
    const ended = await cli(['validate', '-c', 'bad.yml']);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });

  test('a sound config is valid, without booting anything', async () => {
    const ended = await cli(['validate']);
    expect(ended).toMatchObject({ exitCode: 0, stdout: '' });
    expect(ended.stderr).toBe('.github/perf-baseline.yml: valid. Scenarios: work (http).\n');
  });

  test('a config that starts nothing is valid, and it is said', async () => {
    writeFileSync(
      join(workspace.path, 'bare.yml'),
      'target: { url: "http://127.0.0.1:3000" }\nscenarios: { a: { type: http, requests: [GET /] } }\n',
    );
    const ended = await cli(['validate', '-c', 'bare.yml']);
    expect(ended).toMatchObject({ exitCode: 0, stdout: '' });
    expect(ended.stderr).toMatch(/valid\. .*\nNothing starts the service: /);
    writeFileSync(join(workspace.path, 'micro.yml'), 'scenarios: { a: { type: micro, module: a.js } }\n');
    expect((await cli(['validate', '-c', 'micro.yml'])).stderr).not.toContain('Nothing starts');
  });
});

describe('run, compare, report', () => {
  test('a limit exceeded is exit 1, and no baseline is needed for it', async () => {
    writeFileSync(
      join(workspace.path, 'limit.yml'),
      String(
        serviceFiles({
          scenarios:
            '  work: { type: http, connections: 4, requests: [GET /work], limits: { rps: 1000000 } }',
          measure: QUICK,
        })['.github/perf-baseline.yml'],
      ),
    );
    const ended = await cli(['run', '-c', 'limit.yml', '--format', 'json', '-o', 'out/limit.json']);
    const report = documentOf<ReportDocument>('report', ended.stdout);
    expect(report).toMatchObject({ verdict: 'regressed', limits: [{ metric: 'rps', outcome: 'exceeded' }] });
    expect(ended.exitCode).toBe(1);
    expect((await cli(['run', '-c', 'limit.yml', '--fail-on', 'never'])).exitCode).toBe(0);
    const again = ['report', 'out/limit.json', '-c', 'limit.yml'];
    const [shown, tolerant] = await Promise.all([cli(again), cli([...again, '--fail-on', 'never'])]);
    expect([shown.exitCode, tolerant.exitCode]).toEqual([1, 0]);
  });

  test('a folder that cannot be saved to costs the baseline, not the report', async () => {
    writeFileSync(join(workspace.path, 'taken'), 'a file');
    const ended = await cli(['run', '--save', 'taken', '--format', 'json']);
    expect(ended.exitCode).toBe(2);
    expect(documentOf<ReportDocument>('report', ended.stdout).verdict).toBe('new');
    const kept = /It is kept in (\S+)\.$/m.exec(ended.stderr)?.[1] ?? '';
    expect(existsSync(kept)).toBe(true);
  });

  test('a base commit is measured side by side, and the pair of documents compares the same', async () => {
    const base = await workspace.git('rev-parse', 'HEAD');
    const ended = await cli([
      'run',
      '-c',
      '.github/perf-baseline.yml',
      '--base',
      base,
      '--format',
      'json',
      '-o',
      'out/pair.json',
    ]);
    const report = documentOf<ReportDocument>('report', ended.stdout);
    expect(report.baseline).toMatchObject({ status: 'found', mode: 'paired', commit: { sha: base } });
    expect(report.reproduce).toMatch(
      /cli\.js run --config \.github\/perf-baseline\.yml --base [0-9a-f]{40}$/,
    );
    const again = await cli(['compare', 'out/pair.base.json', 'out/pair.json', '--format', 'json']);
    expect(documentOf<ReportDocument>('report', again.stdout).comparisons).toEqual(report.comparisons);
    expect(await workspace.git('worktree', 'list')).not.toContain('\n');
  });

  test('outside git: everything but --base', async () => {
    const bare = await localWorkspace(serviceFiles(), { git: false });
    try {
      const measured = await runCli(['run', '--format', 'json'], { cwd: bare.path });
      expect(documentOf('report', measured.stdout)).toMatchObject({ verdict: 'new', commit: null });
      const based = await runCli(['run', '--base', 'main'], { cwd: bare.path });
      expect(based).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/--base main: .*git/) });
    } finally {
      bare.close();
    }
  });
});

describe('a terminal', () => {
  test('has live progress in place and a coloured table; NO_COLOR is heeded', async () => {
    const shown = await cli(['run'], { terminal: true });
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain(`\r${ESC}[2K`);
    expect(shown.stdout.slice(shown.stdout.lastIndexOf('[2K') + 3)).toContain(`${ESC}[`);
    const plain = await cli(['report', 'out/pair.json'], { terminal: true, env: { NO_COLOR: '1' } });
    expect(plain.stdout).toMatch(/^\S+ What one result holds, compared with nothing/m);
    expect(plain.stdout).not.toContain(ESC);
  });
});
