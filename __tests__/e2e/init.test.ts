import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runCli } from '../harness/cli.ts';
import { type Files, localWorkspace, type Workspace } from '../harness/workspace.ts';
import { houseRules, lintWorkflows } from '../workflows/lint.ts';
import { documentOf, type ErrorDocument, type ReportDocument } from './documents.ts';
import { SERVICE } from './init-service.ts';
import { TINY } from './service.ts';

const CONFIG = '.github/perf-baseline.yml';
const WORKFLOW = '.github/workflows/perf-baseline.yml';
const FORKS = '.github/workflows/perf-baseline-forks.yml';

const USES = 'on: pull_request\njobs: { a: { steps: [{ uses: acme/perf-baseline@v1 }] } }\n';

let workspace: Workspace;
afterEach(() => workspace.close());
const make = async (files: Files, options: { git?: boolean } = {}) => {
  workspace = await localWorkspace(files, options);
};
const read = (file: string) => readFileSync(join(workspace.path, file), 'utf8');
const cli = async (args: string[], folder = '.') => {
  const ended = await runCli(args, { cwd: join(workspace.path, folder) });
  expect(ended.orphans).toEqual([]);
  return ended;
};

test('from a fresh service to a trend: init, validate, run, trend', async () => {
  await make(SERVICE);
  const init = await cli(['init']);
  expect(init).toMatchObject({ exitCode: 0, stderr: '' });
  expect(init.stdout).toMatch(
    /^Wrote \.github\/perf-baseline\.yml\n[\s\S]*Wrote \.github\/workflows\/perf-baseline\.yml\n/,
  );
  expect(init.stdout).not.toContain('Could not be found out');
  expect(lintWorkflows([read(WORKFLOW)])).toBe('');
  expect(houseRules(read(WORKFLOW))).toEqual([]);
  expect(parse(read(CONFIG))).toMatchObject({
    target: { setup: 'npm run build', ready: { path: '/health' } },
    scenarios: { health: { requests: ['GET /health'] }, routes: { requests: ['GET /products'] } },
  });

  const validated = await cli(['validate']);
  expect(validated).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('health (http), routes (http)'),
  });

  appendFileSync(join(workspace.path, CONFIG), `measure: ${TINY}\n`);
  for (let i = 0; i < 3; i++) {
    const run = await cli(['run', '--save', 'kept', '--format', 'json']);
    expect(run.exitCode).toBe(0);
    const report = documentOf<ReportDocument>('report', run.stdout);
    expect(report.scenarios.map(({ name, status }) => [name, status])).toEqual([
      ['health', 'measured'],
      ['routes', 'measured'],
    ]);
  }
  const trend = await cli(['trend', '--baseline', 'kept', '--format', 'json', '--only', 'routes']);
  expect(trend).toMatchObject({ exitCode: 0, stderr: '' });
  const [section, ...others] = JSON.parse(trend.stdout).sections;
  expect(others).toEqual([]);
  expect(section).toMatchObject({ series: 'local', results: 3 });
  const p95 = section.metrics.find((one: { metric: string }) => one.metric === 'p95');
  expect(p95).toMatchObject({
    scenario: 'routes',
    values: [expect.any(Number), expect.any(Number), expect.any(Number)],
  });
  const table = await cli(['trend', '--baseline', 'kept']);
  expect(table.stdout).toMatch(/^local: 3 baselines, [\s\S]*\nhealth +p95 +[▁-█]{3} /m);
});

test('nothing is overwritten, also not what another name does already', async () => {
  await make({
    ...SERVICE,
    [CONFIG]: 'mine: 1\n',
    '.github/workflows/speed.yaml': 'jobs: { a: { steps: [\n  uses: acme/perf-baseline@v1\n] } }\n',
  });
  const { exitCode, stdout } = await cli(['init']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /Left \.github\/perf-baseline\.yml as it is: but nothing can be measured by it \(line 1: .*mine/,
  );
  expect(stdout).toContain('Left .github/workflows/speed.yaml as it is');
  expect(read(CONFIG)).toBe('mine: 1\n');
  expect(existsSync(join(workspace.path, WORKFLOW))).toBe(false);
});

test('for forks: a workflow that measures with little, and one that publishes; also added later', async () => {
  await make(SERVICE);
  const { stdout } = await cli(['init']);
  expect(stdout).toContain('cli.js init --forks');
  const alone = read(WORKFLOW);
  const added = await cli(['init', '--forks']);
  expect(added.stdout).toContain(`Wrote ${FORKS}`);
  expect(read(WORKFLOW)).toBe(alone);
  expect(parse(read(FORKS)).on.workflow_run.workflows).toEqual([parse(alone).name]);
  rmSync(join(workspace.path, '.github'), { recursive: true });
  await cli(['init', '--forks']);
  const written = [read(WORKFLOW), read(FORKS)];
  expect(written[0]).not.toBe(alone);
  expect(lintWorkflows(written)).toBe('');
  expect(written.flatMap(houseRules)).toEqual([]);
});

test('for forks: after the workflow that is there, by its name', async () => {
  await make({ ...SERVICE, [WORKFLOW]: `name: "Speed: all"\n${USES}` });
  await cli(['init', '--forks']);
  expect(parse(read(FORKS)).on.workflow_run.workflows).toEqual(['Speed: all']);
});

test('a workflow that is ours in name only is said to be, with the job to add', async () => {
  await make({
    ...SERVICE,
    [WORKFLOW]: 'name: Mine\non: push\njobs: { a: { steps: [{ run: echo hi }] } }\n',
  });
  const { exitCode, stdout } = await cli(['init', '--forks']);
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('it runs perf-baseline');
  const job =
    /does not use perf-baseline, .* add this job to it, [^\n]*\n\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '';
  const { perf } = parse(job);
  expect(perf.permissions).toMatchObject({ contents: 'write', 'pull-requests': 'write' });
  expect(perf.steps.at(-1)).toEqual({ uses: 'org/perf-baseline@v1' });
  expect(lintWorkflows([`on: push\njobs:\n${job}\n`])).toBe('');
  expect(existsSync(join(workspace.path, FORKS))).toBe(false);
});

describe('what is kept on this machine', () => {
  const IGNORED = `${SERVICE['.gitignore']}.perf-baseline/\n`;

  test('is ignored by git from then on: one line at the end, once, and it is said', async () => {
    await make(SERVICE);
    const first = await cli(['init']);
    expect(first.stdout).toContain('Added .perf-baseline/ to .gitignore');
    expect(first.stdout).toMatch(/Commit .*perf-baseline\.yml and \.gitignore, and bring them to /);
    expect(read('.gitignore')).toBe(IGNORED);
    const again = await cli(['init']);
    expect(again.stdout).not.toContain('.gitignore');
    expect(read('.gitignore')).toBe(IGNORED);
  });

  test('is ignored together with the environment that the setup makes for Python', async () => {
    await make({ 'requirements.txt': 'fastapi\n', 'main.py': 'app = FastAPI()\n' });
    const { stdout } = await cli(['init']);
    expect(stdout).toContain('Added .perf-baseline/ and .venv/ to .gitignore');
    expect(read('.gitignore')).toBe('.perf-baseline/\n.venv/\n');
    expect((await cli(['init'])).stdout).not.toContain('.gitignore');
  });

  test('is ignored by the one of the root, for a service in a folder', async () => {
    await make({ 'apps/api/server.js': SERVICE['src/server.js'] });
    const { stdout } = await cli(['init'], 'apps/api');
    expect(stdout).toContain('Added .perf-baseline/ to ../../.gitignore');
    expect(read('.gitignore')).toBe('.perf-baseline/\n');
    expect(existsSync(join(workspace.path, 'apps/api/.gitignore'))).toBe(false);
  });

  test('stays as it is where it is committed on purpose, behind a link, or outside git', async () => {
    await make({ ...SERVICE, '.perf-baseline/x.json': '{}' });
    expect((await cli(['init'])).stdout).not.toContain('.gitignore');
    expect(read('.gitignore')).toBe(SERVICE['.gitignore']);
    await workspace.close();
    const { '.gitignore': _, ...bare } = SERVICE;
    await make(bare);
    workspace.write({ '../elsewhere': 'mine' });
    symlinkSync('../elsewhere', join(workspace.path, '.gitignore'));
    expect((await cli(['init'])).exitCode).toBe(0);
    expect(read('../elsewhere')).toBe('mine');
    await workspace.close();
    await make(bare, { git: false });
    await cli(['init']);
    expect(existsSync(join(workspace.path, '.gitignore'))).toBe(false);
  });
});

describe('mistakes', () => {
  test('a config whose name is not read is no config, and none is written beside it', async () => {
    await make({ ...SERVICE, '.github/perf-baseline.yaml': 'scenarios: {}\n' });
    const ended = await cli(['init']);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /Nothing was written: \.github\/perf-baseline\.yaml .* not read.*rename it to \.github\/perf-baseline\.yml/,
    );
    expect(existsSync(join(workspace.path, WORKFLOW))).toBe(false);
  });

  test.each([
    [['init', '--working-directory', 'gone'], /--working-directory "gone": expected a folder/],
    [['init', '--url', 'ftp://x'], /Nothing was written\. --url: /],
    [['init', '--url', 'http://127.0.0.1:${PORT}'], /Nothing was written\. --url: .*\$\{PORT\}/],
    [['init', '--force'], /--force.*init --help/],
    [['trend'], /\.perf-baseline holds no baselines: save some with/],
    [['trend', '--baseline', 'bad'], /bad holds no baseline that can be read[\s\S]*corrupt/],
  ])('%j is one clear error, and nothing is written', async (args, message) => {
    await make({ 'README.md': '' });
    mkdirSync(join(workspace.path, 'bad'));
    writeFileSync(join(workspace.path, 'bad/x.json'), '{"schema":"perf-baseline/result"');
    const ended = await cli(args);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(existsSync(join(workspace.path, '.github'))).toBe(false);
    if (args[0] !== 'trend') return;
    const json = await cli([...args, '--format', 'json']);
    expect(documentOf<ErrorDocument>('error', json.stdout).error.message).toMatch(message);
  });

  test('a link that leads out of the repository is not written through', async () => {
    await make(SERVICE);
    workspace.write({ '../elsewhere/x': '' });
    symlinkSync('../elsewhere', join(workspace.path, '.github'));
    const ended = await cli(['init']);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/cannot write .*\.github is a symbolic link/);
    expect(existsSync(join(workspace.path, '../elsewhere/perf-baseline.yml'))).toBe(false);
  });

  test('a file where a folder belongs', async () => {
    await make({ '.github': 'a file' });
    const ended = await cli(['init']);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/cannot write .*perf-baseline\.yml/);
  });
});
