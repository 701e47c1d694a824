import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { localWorkspace, type Workspace } from '../harness/workspace.ts';
import { documentOf, type ReportDocument } from './documents.ts';
import { type ServiceOptions, serviceFiles } from './service.ts';

let workspace: Workspace | undefined;
let taken: Server | undefined;
afterEach(() => {
  workspace?.close();
  taken?.close();
  taken = undefined;
});

type Ran = CliResult & { report: ReportDocument };

/** One run of the command line on a service, as JSON. Nothing of it is left. */
async function run(service: ServiceOptions, ...args: string[]): Promise<Ran> {
  workspace = await localWorkspace(serviceFiles(service), { git: false });
  const ended = await runCli(['run', '--format', 'json', ...args], { cwd: workspace.path });
  expect(ended.orphans).toEqual([]);
  return { ...ended, report: documentOf<ReportDocument>('report', ended.stdout) };
}

const failureOf = ({ report }: Ran, name = 'work') =>
  report.scenarios.find((scenario) => scenario.name === name)?.failure;

describe('a target that cannot be measured', () => {
  test('one whose setup fails', async () => {
    const ran = await run({ target: '  setup: echo no such package >&2; exit 7' });
    expect(ran.exitCode).toBe(3);
    expect(failureOf(ran)).toMatchObject({ reason: 'setup-failed', exitCode: 7, log: 'no such package' });
  });

  test('one whose start command ends', async () => {
    const ran = await run({ listen: "console.error('cannot find module'); process.exit(9);" });
    expect(ran).toMatchObject({ exitCode: 3, report: { verdict: 'failed' } });
    expect(failureOf(ran)).toMatchObject({
      reason: 'start-failed',
      exitCode: 9,
      log: 'cannot find module',
      detail: expect.stringContaining('node server.mjs'),
    });
  });

  test('one whose start command does not exist', async () => {
    const ran = await run({ start: 'no-such-command --port 1' });
    expect(ran.exitCode).toBe(3);
    expect(failureOf(ran)).toMatchObject({ reason: 'start-failed', exitCode: 127 });
  });

  test('one that never gets ready, and where it listens instead', async () => {
    const ran = await run({
      listen: "server.listen(0, '127.0.0.1');",
      target: '  ready: { path: /health, timeout: 6s }',
    });
    expect(ran.exitCode).toBe(3);
    expect(failureOf(ran)).toMatchObject({
      reason: 'not-ready',
      detail: expect.stringMatching(/not ready within 6 s.*it listens on port \d+, not on \d+/),
    });
  });

  test('one whose port is in use', async () => {
    taken = createServer((_, response) => response.end('somebody else'));
    await new Promise<void>((resolve) => taken?.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const ran = await run({ url: `http://127.0.0.1:${port}` });
    expect(ran.exitCode).toBe(3);
    expect(failureOf(ran)).toMatchObject({
      reason: 'port-in-use',
      detail: expect.stringMatching(new RegExp(`port ${port} was in use.*\\$\\{PORT\\}`)),
    });
  });

  test('one that dies fails its scenario with its exit code and its last words; the others still report', async () => {
    const ran = await run({
      answer: `if (request.url === '/die' && count > 20) { console.error('out of luck'); process.exit(42); }
        setTimeout(() => response.end('ok'), 5);`,
      scenarios: `  work: { type: http, connections: 4, requests: [GET /work] }
  die: { type: http, connections: 4, requests: [GET /die] }`,
      measure: '{ rounds: 2, max-rounds: 2, duration: 400ms, warmup: 0s }',
    });
    expect(ran).toMatchObject({ exitCode: 3, report: { verdict: 'failed' } });
    expect(failureOf(ran, 'die')).toMatchObject({
      reason: 'target-died',
      exitCode: 42,
      log: expect.stringContaining('out of luck'),
    });
    expect(ran.report.scenarios).toContainEqual(
      expect.objectContaining({ name: 'work', status: 'measured', rounds: 2 }),
    );
  });

  test.each([
    ['answers 500', "response.writeHead(500).end('no');", 'only-errors', /500|5xx/],
    ['hangs', '', 'nothing-answered', /answer/],
    ['closes its connections', 'request.socket.destroy();', 'nothing-answered', /answer|closed|reset|lost/],
  ])('one that %s under load', async (_, bad, reason, words) => {
    const ran = await run({
      answer: `if (request.url === '/') response.end('ready'); else { ${bad} }`,
      scenarios: `  work: { type: http, connections: 4, ${bad === '' ? 'timeout: 300ms, ' : ''}requests: [GET /work] }`,
      target: '  ready: { path: / }',
    });
    expect(ran).toMatchObject({ exitCode: 3, report: { verdict: 'failed' } });
    expect(failureOf(ran)).toMatchObject({ reason });
    expect(failureOf(ran)?.detail).toMatch(words);
  });

  test('a few errors more than allowed make latency invalid, never fast', async () => {
    const ran = await run({
      answer: "response.statusCode = count % 3 === 0 ? 503 : 200; setTimeout(() => response.end('x'), 5);",
      more: 'criteria: { p95: +20% }',
    });
    expect(ran.report.verdict).toBe('inconclusive');
    expect(ran.report.comparisons.filter(({ metric }) => metric === 'p95')).toEqual([
      expect.objectContaining({ verdict: 'invalid', reason: expect.stringContaining('max-errors') }),
    ]);
    expect(ran.exitCode).toBe(0);
  });

  test('one that answers slowly has too few samples, and the report says what would be enough', async () => {
    const slow: ServiceOptions = {
      workMs: 250,
      scenarios: '  work: { type: http, connections: 2, requests: [GET /work] }',
      measure: '{ rounds: 3, max-rounds: 3, duration: 300ms, warmup: 0s }',
      more: 'criteria: { p95: +20% }',
    };
    const first = await run(slow, '--save', 'baselines');
    expect(first.exitCode).toBe(0);
    const again = await runCli(['run', '--baseline', 'baselines', '--fail-on', 'inconclusive'], {
      cwd: workspace?.path ?? '',
    });
    expect(again.stdout).toMatch(
      /p95 gates from 400 answers a side.*set measure.duration to at least \d+s \(it is 300ms\)/,
    );
    expect(again).toMatchObject({ exitCode: 1, orphans: [] });
  });
});
