import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runCli } from '../harness/cli.ts';
import { type Files, localWorkspace, type Workspace } from '../harness/workspace.ts';
import { SERVICE } from './init-service.ts';

const CONFIG = '.github/perf-baseline.yml';
const WORKFLOW = '.github/workflows/perf-baseline.yml';

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

describe('where it stands', () => {
  test('outside git; the branch is a guess, and it is said', async () => {
    await make(SERVICE, { git: false });
    const { exitCode, stdout } = await cli(['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Could not be found out:\n +- the default branch: main is a guess/);
    expect(read(WORKFLOW)).toContain('# Could not be found out: the default branch');
  });

  test('among the sources of a package it writes nothing, and says where the package is', async () => {
    await make({ ...SERVICE, 'lib/inner/server.js': 'require("http").createServer().listen(3000);\n' });
    const { exitCode, stderr } = await cli(['init'], 'lib/inner');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Nothing was written: .*\.\.\/\.\.\/package\.json does/);
    expect(stderr).toContain('init --working-directory ../..');
    expect(existsSync(join(workspace.path, 'lib/inner/.github'))).toBe(false);
    expect((await cli(['init', '--working-directory', '../..'], 'lib/inner')).exitCode).toBe(0);
    expect(existsSync(join(workspace.path, CONFIG))).toBe(true);
  });

  test('beside a workflow of the usual name it takes another', async () => {
    await make({ ...SERVICE, '.github/workflows/perf.yml': 'name: Performance\non: push\njobs: {}\n' });
    await cli(['init', '--forks']);
    expect(parse(read(WORKFLOW)).name).toBe('perf-baseline');
    const forks = parse(read('.github/workflows/perf-baseline-forks.yml'));
    expect(forks.on.workflow_run.workflows).toEqual(['perf-baseline']);
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
