import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent, type WorkflowEvent } from './events.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';
import { processesWith } from './runner/processes.ts';
import { type RunOptions, runAction } from './runner.ts';
import { checkout, type Workspace } from './workspace.ts';

const ACTION = `
name: tried
inputs:
  github-token: { default: '\${{ github.token }}' }
  fail-on: { default: regression }
  series: { default: '\${{ github.workflow }} \${{ github.job }} \${{ runner.os }} \${{ toJSON(matrix) }}' }
  config: { required: true }
runs: { using: node24, main: dist/action.js }
`;

let hub: GitHubStandIn;
let event: WorkflowEvent;
let workspace: Workspace;
let actionDir: string;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'a.txt': 'one\n' } });
  event = await pushEvent(hub);
  workspace = await checkout(hub, event);
  actionDir = mkdtempSync(join(tmpdir(), 'action-'));
  mkdirSync(join(actionDir, 'dist'));
  writeFileSync(join(actionDir, 'action.yml'), ACTION);
  writeFileSync(join(actionDir, 'package.json'), '{"type":"module"}');
});
afterEach(async () => {
  await hub.close();
  workspace.close();
  rmSync(actionDir, { recursive: true, force: true });
});

/** Runs an action whose code this is, as the runner would. */
function act(code: string, options: Partial<RunOptions> = {}) {
  const imports = `import fs from 'node:fs'; import { spawn } from 'node:child_process';\n`;
  writeFileSync(join(actionDir, 'dist/action.js'), imports + code);
  return runAction({
    standIn: hub,
    actionDir,
    event,
    workspace: workspace.path,
    timeoutMs: 20_000,
    ...options,
  });
}

describe('the environment of a step', () => {
  const DUMP = `const put = (k, v) => fs.appendFileSync(process.env.GITHUB_OUTPUT, k + '<<EOF_X\\n' + v + '\\nEOF_X\\n');
    put('env', JSON.stringify(process.env)); put('cwd', process.cwd());
    try { put('stdin', fs.readFileSync(0, 'utf8')) } catch (e) { put('stdin', e.code) }`;

  test('has the inputs with their defaults, the variables of the event, and no token of its own', async () => {
    const result = await act(DUMP, {
      inputs: { 'fail-on': 'never' },
      matrix: { node: 20 },
      env: { SECRET: 'x' },
      apiPath: '/api/v3',
    });
    const env = JSON.parse(result.outputs.env ?? '{}') as Record<string, string>;
    expect(env).toMatchObject({
      'INPUT_FAIL-ON': 'never',
      'INPUT_GITHUB-TOKEN': result.token,
      INPUT_SERIES: 'Performance measure Linux {\n  "node": 20\n}',
      INPUT_CONFIG: '',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: event.sha,
      GITHUB_REPOSITORY: 'octo-org/service',
      GITHUB_API_URL: `${hub.apiUrl}/api/v3`,
      GITHUB_RUN_ID: String(result.run.id),
      SECRET: 'x',
    });
    expect(env).not.toHaveProperty('GITHUB_TOKEN');
    expect(env).not.toHaveProperty('npm_config_user_agent');
    expect(result.outputs.cwd).toBe(workspace.path);
    expect(result.outputs.stdin).toBe('');
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', orphans: [] });
    expect(result.run).toMatchObject({ status: 'completed', conclusion: 'success', event: 'push' });
  });

  test('outside a matrix toJSON(matrix) is null', async () => {
    const result = await act(DUMP);
    expect(JSON.parse(result.outputs.env ?? '{}').INPUT_SERIES).toBe('Performance measure Linux null');
  });

  test('of a fork holds a token that may only read', async () => {
    const fork = await hub.world.fork(hub.repository, 'stranger');
    await hub.world.push(fork, 'idea', { 'a.txt': 'two\n' });
    const pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
    const code = `const url = process.env.GITHUB_API_URL + '/repos/octo-org/service/issues/1/comments';
      const answer = await fetch(url, { method: 'POST', body: '{"body":"hi"}',
        headers: { authorization: 'bearer ' + process.env['INPUT_GITHUB-TOKEN'], 'user-agent': 'x' } });
      fs.appendFileSync(process.env.GITHUB_OUTPUT, 'status=' + answer.status + '\\n');`;
    const forked = await act(code, { event: await pullRequestEvent(hub, pull) });
    expect(forked.outputs.status).toBe('403');
    await hub.world.push(hub.repository, 'topic', { 'a.txt': 'two\n' });
    const own = await hub.world.openPull(hub.repository, { head: 'topic' });
    const trusted = await act(code, { event: await pullRequestEvent(hub, own) });
    expect(trusted.outputs.status).toBe('201');
    expect(trusted.stepEnv).toMatchObject({
      GITHUB_HEAD_REF: 'topic',
      GITHUB_BASE_REF: 'main',
      GITHUB_REF: 'refs/pull/2/merge',
    });
    hub.assertClean();
  });
});

describe('what a step prints', () => {
  const print = (text: string, stream = 'stdout') => `process.${stream}.write(${JSON.stringify(text)});`;

  test('is searched for commands on both streams, as the runner does', async () => {
    const result = await act(
      print('  ::warning file=a.yml,line=3,title=T%2C1::one%0Atwo\nprogress 1\r::notice::after a bare CR\n') +
        print('text ##[error]legacy, in the middle\n::unknown::x\nnot first ::error::no\n', 'stderr'),
    );
    expect(result.annotations).toEqual(
      expect.arrayContaining([
        { level: 'warning', message: 'one\ntwo', title: 'T,1', file: 'a.yml', line: 3 },
        { level: 'notice', message: 'after a bare CR' },
        { level: 'error', message: 'legacy, in the middle' },
      ]),
    );
    expect(result.annotations).toHaveLength(3);
    // An annotation alone fails nothing.
    expect(result.conclusion).toBe('success');
  });

  test('is not searched between stop-commands and its token', async () => {
    const result = await act(
      print('::stop-commands::tok3n\n::error::no\n##[error]no\n::tok3n::\n::error::yes\n::tok3n::\n'),
    );
    expect(result.annotations.map((a) => a.message)).toEqual(['yes']);
  });

  test('is masked in the log, the token always, a secret from its add-mask on', async () => {
    const result = await act(
      `console.log('token ' + process.env['INPUT_GITHUB-TOKEN']);` +
        print('hush before\n::add-mask::hush\nhush after\n'),
    );
    expect(result.log).toBe('token ***\nhush before\n*** after');
    expect(result.stdout).toContain('hush after');
    expect(result.masks).toEqual(expect.arrayContaining(['hush', result.token]));
  });

  test('gives at most ten annotations of a level', async () => {
    const result = await act(print(`${'::error::e\n'.repeat(12)}${'::warning::w\n'.repeat(3)}`));
    expect(result.annotations).toHaveLength(13);
    expect(result.droppedAnnotations).toHaveLength(2);
  });

  test('with a disabled command fails the step', async () => {
    const result = await act(print('::set-env name=PATH::/tmp\n'));
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure' });
    expect(result.runnerErrors.join()).toMatch(/set-env.*disabled/);
  });
});

describe('command files', () => {
  const write = (file: string, text: string) =>
    `fs.appendFileSync(process.env.${file}, ${JSON.stringify(text)});`;

  test('give outputs, variables and the summary', async () => {
    const result = await act(
      write('GITHUB_OUTPUT', 'a=1=2\nb<<X\nline 1\nc=3\nX\n\nd=') +
        write('GITHUB_ENV', 'E=1') +
        write('GITHUB_STEP_SUMMARY', '# hello'),
    );
    expect(result.outputs).toEqual({ a: '1=2', b: 'line 1\nc=3', d: '' });
    expect(result.exported).toEqual({ E: '1' });
    expect(result.summary).toBe('# hello');
  });

  test.each([
    ['nonsense\n', /Invalid format 'nonsense'/],
    ['=x\n', /Name must not be empty/],
    ['a<<X\nno end\n', /Matching delimiter not found 'X'/],
    ['a<<\nx\n', /delimiter must not be empty/],
  ])('that are malformed fail the step: %j', async (text, message) => {
    const result = await act(write('GITHUB_OUTPUT', text));
    expect(result.conclusion).toBe('failure');
    expect(result.runnerErrors.join()).toMatch(message);
  });

  test('a summary over 1 MiB is not shown', async () => {
    const result = await act(
      `fs.writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));`,
    );
    expect(result.summary).toBe('');
    expect(result.summaryBytes).toBe(1024 * 1024 + 1);
  });
});

describe('the end of a step', () => {
  test('a non-zero exit fails it', async () => {
    expect(await act('process.exitCode = 3;')).toMatchObject({ exitCode: 3, conclusion: 'failure' });
    expect(await act('throw new Error("boom");')).toMatchObject({ exitCode: 1, conclusion: 'failure' });
  });

  test('cancelling sends SIGINT, then SIGTERM, then SIGKILL', async () => {
    const polite = `process.on('SIGINT', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready');`;
    const ended = await act(polite, { signalAfter: /ready/ });
    expect(ended).toMatchObject({ exitCode: 9, conclusion: 'cancelled' });
    const waits = { terminate: 1500, kill: 1500 };
    const deaf = `process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => console.log('term'));
      setInterval(() => {}, 1000); console.log('ready');`;
    const killed = await act(deaf, { signalAfter: /ready/, cancelWaits: waits });
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL', conclusion: 'cancelled' });
    expect(killed.log).toBe('ready\nint\nterm');
    expect(killed.stoppedAfterMs).toBeGreaterThanOrEqual(2995);
  });

  test('a process that it left behind is found and killed, however it was detached', async () => {
    const code = `const child = spawn('sleep', ['60'], { detached: true, stdio: 'inherit' }); child.unref();`;
    const result = await act(code);
    expect(result.orphans).toMatchObject([{ command: 'sleep 60' }]);
    expect(result.exitCode).toBe(0);
    const mark = result.stepEnv.RUNNER_TRACKING_ID ?? '';
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(processesWith('RUNNER_TRACKING_ID', mark)).toEqual([]);
  });

  test('a token in the arguments of a process is seen', async () => {
    const code = `const run = (...args) => new Promise((done) => spawn('sleep', [process.env.LOUD ? '3' : '0.3'], { argv0: args[0] }).on('close', done));
      await run(process.env.LOUD ? 'x' + process.env['INPUT_GITHUB-TOKEN'] : 'quiet');`;
    expect((await act(code, { watchArguments: true })).exposed).toEqual([]);
    const loud = await act(code, { watchArguments: true, env: { LOUD: '1' } });
    expect(loud.exposed).toEqual([`x${loud.token} 3`]);
  });

  test('a step that never ends is an error of the test', async () => {
    await expect(act('setInterval(() => {}, 1000);', { timeoutMs: 300 })).rejects.toThrow(
      /did not end within 300 ms/,
    );
  });
});
