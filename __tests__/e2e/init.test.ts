import { execFileSync } from 'node:child_process';
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
import { TINY } from './service.ts';

const CONFIG = '.github/perf-baseline.yml';
const WORKFLOW = '.github/workflows/perf-baseline.yml';
const FORKS = '.github/workflows/perf-baseline-forks.yml';

const SERVICE = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { build: 'node build.js', start: 'node dist/server.js' },
    engines: { node: '>=20' },
  }),
  'build.js':
    "import { mkdirSync, copyFileSync } from 'node:fs';\nmkdirSync('dist', { recursive: true });\ncopyFileSync('src/server.js', 'dist/server.js');\n",
  'src/server.js': `import { createServer } from 'node:http';
createServer((request, response) => {
  const known = request.url === '/health' || request.url === '/products';
  setTimeout(() => response.writeHead(known ? 200 : 404).end('{}'), 5);
}).listen(process.env.PORT ?? 3000);
`,
  'openapi.json': JSON.stringify({
    openapi: '3.1.0',
    paths: { '/products': { get: { responses: {} } }, '/products/{id}': { get: { responses: {} } } },
  }),
  '.gitignore': 'dist/\n',
};

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
  const job = /does not use perf-baseline, .* add this job to it\n\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '';
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

describe('where it stands', () => {
  test('outside git; the branch is a guess, and it is said', async () => {
    await make(SERVICE, { git: false });
    const { exitCode, stdout } = await cli(['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Could not be found out:\n +- the default branch: main is a guess/);
    expect(read(WORKFLOW)).toContain('# Could not be found out: the default branch');
  });

  test('in a repository without a commit', async () => {
    await make(SERVICE, { git: false });
    execFileSync('git', ['init', '--quiet', '--initial-branch=trunk'], { cwd: workspace.path });
    const { stdout } = await cli(['init']);
    expect(stdout).toMatch(/branch +trunk +\(the only branch\)/);
    expect(parse(read(WORKFLOW)).on.push.branches).toEqual(['trunk']);
    expect(read('.gitignore')).toContain('.perf-baseline/');
  });

  test('the default branch is that of origin, whatever is checked out', async () => {
    await make(SERVICE);
    await workspace.git('update-ref', 'refs/remotes/origin/develop/next', 'HEAD');
    await workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop/next');
    await cli(['init']);
    expect(parse(read(WORKFLOW)).on.push.branches).toEqual(['develop/next']);
  });

  test.each([
    [['develop', 'bugfix/main'], null],
    [['develop/main'], 'develop/main'],
    [['develop', 'release/x', 'master'], 'master'],
  ])('the branch of a repository with %j, none of which is of origin', async (branches, expected) => {
    await make(SERVICE);
    const head = (await workspace.git('symbolic-ref', '--short', 'HEAD')).trim();
    await workspace.git('checkout', '--quiet', '--detach');
    await workspace.git('branch', '--delete', '--force', head);
    for (const branch of branches) await workspace.git('branch', branch);
    await workspace.git('checkout', '--quiet', branches[0] ?? '');
    const { stdout } = await cli(['init']);
    expect(stdout.includes('the default branch: main is a guess')).toBe(expected === null);
    expect(parse(read(WORKFLOW)).on.push.branches).toEqual([expected ?? 'main']);
  });

  test('a branch with an expression is not written into a workflow', async () => {
    await make(SERVICE);
    await workspace.git('branch', '--move', 'x-${{y}}');
    const ended = await cli(['init']);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/Nothing was written: the branch "x-\$\{\{y\}\}" holds "\$\{\{"/);
    expect(existsSync(join(workspace.path, '.github'))).toBe(false);
  });

  test('a folder with an expression is not written into a workflow', async () => {
    const folder = 'sv c ${{ github.actor }}';
    await make({ [`${folder}/server.js`]: SERVICE['src/server.js'] });
    const ended = await cli(['init', '--working-directory', folder]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/Nothing was written: the folder "sv c /);
    expect(existsSync(join(workspace.path, folder, '.github'))).toBe(false);
  });

  test.each([
    [
      'named',
      ['init', '--working-directory', 'apps/api'],
      '.',
      'cli.js validate --working-directory apps/api',
    ],
    ['stood in', ['init'], 'apps/api', 'cli.js validate '],
    ['the only one', ['init'], '.', 'cli.js run --working-directory apps/api'],
  ])('a package of several, %s', async (_, args, folder, next) => {
    const inner = Object.fromEntries(
      Object.entries(SERVICE).map(([name, text]) => [`apps/api/${name}`, text]),
    );
    await make({ ...inner, 'package.json': '{"workspaces":["apps/*"]}', 'package-lock.json': '{}' });
    const { exitCode, stdout } = await cli(args, folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(next);
    expect(parse(read(`apps/api/${CONFIG}`)).target.setup).toBe('npm --prefix ../.. ci && npm run build');
    expect(parse(read(WORKFLOW)).jobs.perf.steps.at(-1).with).toEqual({ 'working-directory': 'apps/api' });
    expect(existsSync(join(workspace.path, CONFIG))).toBe(false);
    expect(await cli(['validate', '--working-directory', 'apps/api'])).toMatchObject({ exitCode: 0 });
  });

  test('code of others, tests and links lead nowhere', async () => {
    await make({ 'README.md': '' });
    const server = "app.get('/other', x); app.listen(1234)";
    workspace.write({
      'node_modules/x/server.js': server,
      'test/server.js': server,
      '../outside/server.js': server,
    });
    symlinkSync('../outside', join(workspace.path, 'linked'));
    const { stdout } = await cli(['init']);
    expect(stdout).toMatch(
      /Could not be found out:\n +- the command that starts the service[\s\S]*Fill in what could not/,
    );
    expect(read(CONFIG)).not.toMatch(/1234|other/);
  });
});

describe('a repository with several services', () => {
  const of = (folder: string, files: Files = SERVICE) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
  const PAGE = { 'package.json': '{"scripts":{"dev":"vite"},"devDependencies":{"vite":"8"}}' };

  test('leaves the choice, and writes nothing', async () => {
    await make({ ...of('backend'), ...of('users'), ...of('frontend', PAGE) });
    const ended = await cli(['init', '--forks']);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /Nothing was written: .*\n.* init --working-directory backend --forks .*\n.* users --forks /,
    );
    expect(ended.stderr).not.toContain('frontend');
    expect(existsSync(join(workspace.path, '.github'))).toBe(false);
  });

  test('of which one is a page is measured by the other', async () => {
    await make({ ...of('backend'), ...of('frontend', PAGE) });
    const { exitCode, stdout } = await cli(['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Measured is backend: the only folder with a service/);
    expect(existsSync(join(workspace.path, CONFIG))).toBe(false);
    const again = await cli(['init']);
    expect(again.stdout).not.toContain('Wrote');
  });

  test('has a workflow for each, and one for forks that follows it', async () => {
    await make({ ...of('svc/a'), ...of('svc/b') });
    await cli(['init', '--working-directory', 'svc/a', '--forks']);
    const { stdout } = await cli(['init', '--working-directory', 'svc/b', '--forks']);
    const folder = '.github/workflows/perf-baseline';
    expect(stdout).toMatch(/Wrote \S*-svc-b\.yml[\s\S]*Wrote \S*-svc-b-forks\.yml/);
    for (const [name, ending] of [
      ['svc/a', ''],
      ['svc/b', '-svc-b'],
    ]) {
      const measures = parse(read(`${folder}${ending}.yml`));
      const publishes = parse(read(`${folder}${ending}-forks.yml`));
      expect(measures.name).toBe(`Performance (${name})`);
      expect(publishes.on.workflow_run.workflows).toEqual([measures.name]);
      for (const { steps } of [measures.jobs.perf, publishes.jobs.publish])
        expect(steps.at(-1).with).toEqual({ 'working-directory': name });
    }
    const again = await cli(['init', '--working-directory', 'svc/b', '--forks']);
    expect(again.stdout).not.toContain('Wrote');
    expect(again.stdout).toContain('svc-b.yml as it is: it runs perf-baseline');
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
