import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { localWorkspace, type Workspace } from '../harness/workspace.ts';
import { documentOf, type ReportDocument } from './documents.ts';

/** The example chat, as it is told to behave; `ws` is found where this project has it. */
const SERVER = readFileSync(new URL('../../examples/chat/server.mjs', import.meta.url), 'utf8').replace(
  "from 'ws'",
  `from '${new URL('../../node_modules/ws/wrapper.mjs', import.meta.url).href}'`,
);

const PING = `
  ping:
    type: websocket
    path: /chat
    connections: 8
    timeout: 1s
    send: { type: ping, id: "\${counter}" }
    expect: { type: pong }
    criteria: { rtt-p50: +20%, rtt-p95: +20%, rtt-p99: +20% }`;

const ROOMS = `
  rooms:
    type: websocket
    path: /chat
    connections: 10
    timeout: 1s
    subscribe: { type: join, room: "room \${int:1:3}" }
    confirm: { type: joined }
    rate: 100/s
    send: { type: say, text: hello }
    receive: { type: said }
    timestamp: $.at
    reconnect: { every: 400ms }
    criteria: { confirm-p50: +30%, reconnect-p50: +30% }`;

type Knobs = Record<string, number>;
type Written = { knobs?: Knobs; scenarios?: string; measure?: string };

const BASELINES = 6;
const STORED = '{ rounds: 3, max-rounds: 3, duration: 400ms, warmup: 100ms, budget: 100s }';
const PAIRED = '{ rounds: 4, max-rounds: 7, duration: 700ms, warmup: 200ms, budget: 100s }';
const ONCE = '{ rounds: 1, max-rounds: 1, duration: 400ms, warmup: 100ms, budget: 60s }';

const configOf = ({ knobs = {}, scenarios = PING, measure = STORED }: Written): string => `
target:
  start: node server.mjs
  url: http://127.0.0.1:\${PORT}
  ready: { path: /health, timeout: 20s }
  env: ${JSON.stringify(knobs)}
measure: ${measure}
scenarios:${scenarios}
`;

async function withChat(written: Written, use: (workspace: Workspace) => Promise<void>): Promise<void> {
  const workspace = await localWorkspace({ 'server.mjs': SERVER, 'perf.yml': configOf(written) });
  try {
    await use(workspace);
  } finally {
    workspace.close();
  }
}

async function run(workspace: Workspace, ...args: string[]): Promise<CliResult & { report: ReportDocument }> {
  const ended = await runCli(['run', '--config', 'perf.yml', '--format', 'json', ...args], {
    cwd: workspace.path,
    timeoutMs: 200_000,
  });
  expect(ended.orphans).toEqual([]);
  return { ...ended, report: documentOf<ReportDocument>('report', ended.stdout) };
}

const verdictOf = ({ comparisons }: ReportDocument, metric: string): string | undefined =>
  comparisons.find((row) => row.metric === metric)?.verdict;

describe('a tenth of the answers 50 ms late', () => {
  const calm = { PONG_MS: 10 };
  const late = { PONG_MS: 10, SLOW_RATIO: 0.1, SLOW_MS: 50 };

  test('stored: raises the upper percentiles, not the median, and is regressed', async () => {
    await withChat({ knobs: calm }, async (workspace) => {
      // A lone baseline does not tell how much runs differ by themselves.
      for (let i = 0; i < BASELINES; i += 1) {
        const { exitCode } = await run(workspace, '--save', 'base');
        expect(exitCode).toBe(0);
      }
      workspace.write({ 'perf.yml': configOf({ knobs: late }) });
      const { report, exitCode } = await run(workspace, '--baseline', 'base');
      expect([report.verdict, exitCode]).toEqual(['regressed', 1]);
      expect(verdictOf(report, 'rtt-p95')).toBe('regressed');
      expect(verdictOf(report, 'rtt-p50')).not.toBe('regressed');
      const values = report.scenarios[0]?.parts[0]?.values ?? {};
      expect(values['rtt-p99']).toBeGreaterThan(59);
      expect(values['rtt-p50']).toBeLessThan(45);
    });
  });

  test('paired: the same, beside the base on the same machine; the base beside itself is not regressed', async () => {
    await withChat({ knobs: calm, measure: PAIRED }, async (workspace) => {
      workspace.write({ 'perf.yml': configOf({ knobs: late, measure: PAIRED }) });
      const { report, exitCode } = await run(workspace, '--base', 'HEAD');
      expect([report.verdict, exitCode]).toEqual(['regressed', 1]);
      expect(verdictOf(report, 'rtt-p95')).toBe('regressed');
      expect(verdictOf(report, 'rtt-p99')).toBe('regressed');
      expect(verdictOf(report, 'rtt-p50')).not.toBe('regressed');
      workspace.write({ 'perf.yml': configOf({ knobs: calm, measure: PAIRED }) });
      const same = await run(workspace, '--base', 'HEAD');
      expect(['unchanged', 'inconclusive']).toContain(same.report.verdict);
      expect(same.exitCode).toBe(0);
    });
  });
});

test('paired: a later confirmation is found, in subscribing and in reconnecting', async () => {
  const knobs = { CONFIRM_MS: 20 };
  await withChat({ knobs, scenarios: ROOMS, measure: PAIRED }, async (workspace) => {
    workspace.write({
      'perf.yml': configOf({ knobs: { CONFIRM_MS: 60 }, scenarios: ROOMS, measure: PAIRED }),
    });
    const { report, exitCode } = await run(workspace, '--base', 'HEAD');
    expect([report.verdict, exitCode]).toEqual(['regressed', 1]);
    expect(verdictOf(report, 'confirm-p50')).toBe('regressed');
    expect(verdictOf(report, 'reconnect-p50')).toBe('regressed');
    const [rooms] = report.scenarios;
    expect(rooms?.parts[0]?.values['delivery-p50']).toBeGreaterThanOrEqual(0);
    expect(rooms?.parts[0]?.values.messages).toBeGreaterThan(100);
  });
});

describe('a chat that fails has an outcome of its own', () => {
  test.each<[string, Knobs, string, RegExp]>([
    [
      'refuses the handshake',
      { REFUSE: 403 },
      'only-errors',
      /^no request was answered as expected: \d+ × handshake-403$/,
    ],
    ['sends garbage', { GARBAGE: 1 }, 'only-errors', /^no request was answered as expected: \d+ × mismatch$/],
    ['stops reading', { DEAF: 1 }, 'nothing-answered', /^no request was answered: \d+ × timeout$/],
  ])('%s', async (_, knobs, reason, detail) => {
    await withChat({ knobs, measure: ONCE }, async (workspace) => {
      const { report, exitCode } = await run(workspace);
      expect([report.verdict, exitCode]).toEqual(['failed', 3]);
      const [ping] = report.scenarios;
      expect(ping?.failure).toMatchObject({ reason });
      expect(ping?.failure?.detail).toMatch(detail);
    });
  });

  test('drops connections: errors by close code, and round trips that say nothing', async () => {
    await withChat({ knobs: { DROP_MS: 40, PONG_MS: 20 }, measure: ONCE }, async (workspace) => {
      const { report } = await run(workspace);
      const [ping] = report.scenarios;
      expect(ping?.status).toBe('measured');
      const total = ping?.parts[0];
      expect(Object.keys(total?.errors ?? {})).toEqual(['close-1012']);
      expect(total?.counters.lost).toBe(total?.errors['close-1012']);
      expect(total?.values['error-rate']).toBeGreaterThan(0.1);
    });
  });
});
