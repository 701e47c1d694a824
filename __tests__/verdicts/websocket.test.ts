import { describe, expect, test } from '@jest/globals';
import { configOf, run, withChat } from '../e2e/chat-service.ts';
import { expectVerdictOf, type ReportDocument } from '../e2e/documents.ts';

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

const BASELINES = 5;
const STORED = '{ rounds: 3, max-rounds: 3, duration: 1200ms, warmup: 100ms, budget: 100s }';
const PAIRED_PING = '{ rounds: 4, max-rounds: 12, duration: 1s, warmup: 200ms, budget: 100s }';
const PAIRED = '{ rounds: 4, max-rounds: 7, duration: 700ms, warmup: 200ms, budget: 100s }';

/** The whole row, so that a failure shows its reason too. */
const rowOf = ({ comparisons }: ReportDocument, metric: string) =>
  comparisons.find((row) => row.metric === metric);

describe('a tenth of the answers 200 ms late', () => {
  const calm = { PONG_MS: 40 };
  const late = { PONG_MS: 40, SLOW_RATIO: 0.1, SLOW_MS: 200 };

  test('stored: raises the upper percentiles, not the median, and is regressed', async () => {
    await withChat({ knobs: calm, measure: STORED }, async (workspace) => {
      // A lone baseline does not tell how much runs differ by themselves.
      for (let i = 0; i < BASELINES; i += 1) {
        const { exitCode } = await run(workspace, '--save', 'base');
        expect(exitCode).toBe(0);
      }
      workspace.write({ 'perf.yml': configOf({ knobs: late, measure: STORED }) });
      const { report, exitCode } = await run(workspace, '--baseline', 'base');
      expectVerdictOf(report, 'regressed');
      expect(exitCode).toBe(1);
      expect(rowOf(report, 'rtt-p95')).toMatchObject({ verdict: 'regressed' });
      expect(rowOf(report, 'rtt-p50')).not.toMatchObject({ verdict: 'regressed' });
      const values = report.scenarios[0]?.parts[0]?.values ?? {};
      expect(values['rtt-p99']).toBeGreaterThan(238);
      expect(values['rtt-p50']).toBeLessThan(140);
    });
  });

  test('paired: the same, beside the base on the same machine; the base beside itself is not regressed', async () => {
    await withChat({ knobs: calm, measure: PAIRED_PING }, async (workspace) => {
      workspace.write({ 'perf.yml': configOf({ knobs: late, measure: PAIRED_PING }) });
      const { report, exitCode } = await run(workspace, '--base', 'HEAD');
      expectVerdictOf(report, 'regressed');
      expect(exitCode).toBe(1);
      expect(rowOf(report, 'rtt-p95')).toMatchObject({ verdict: 'regressed' });
      // On a busy machine the base has a p99 like that too; but the late answers are there.
      expect(report.scenarios[0]?.parts[0]?.values['rtt-p99']).toBeGreaterThan(237);
      expect(rowOf(report, 'rtt-p50')).not.toMatchObject({ verdict: 'regressed' });
      workspace.write({ 'perf.yml': configOf({ knobs: calm, measure: PAIRED_PING }) });
      const same = await run(workspace, '--base', 'HEAD');
      expectVerdictOf(same.report, 'unchanged', 'inconclusive');
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
    expectVerdictOf(report, 'regressed');
    expect(exitCode).toBe(1);
    expect(rowOf(report, 'confirm-p50')).toMatchObject({ verdict: 'regressed' });
    expect(rowOf(report, 'reconnect-p50')).toMatchObject({ verdict: 'regressed' });
    const [rooms] = report.scenarios;
    expect(rooms?.parts[0]?.values['delivery-p50']).toBeGreaterThanOrEqual(0);
    expect(rooms?.parts[0]?.values.messages).toBeGreaterThan(100);
  });
});
