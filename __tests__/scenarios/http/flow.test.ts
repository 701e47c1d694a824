import { describe, expect, test } from '@jest/globals';
import { createFlow } from '../../../src/scenarios/http/flow.ts';
import { request, scenario } from './bench.ts';

const weighted = (...weights: number[]) =>
  scenario({ requests: weights.map((weight, i) => request({ name: `${i}`, weight })) });

function order(what: ReturnType<typeof scenario>, connection: number, length: number): number[] {
  const flow = createFlow(what, connection);
  return Array.from({ length }, () => {
    const { part } = flow;
    flow.finished(true);
    return part;
  });
}

describe('weights', () => {
  test('are kept exactly over a cycle, spread out, and rotated by connection', () => {
    expect(order(weighted(3, 1), 0, 8)).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
    expect(order(weighted(3, 1), 1, 4)).toEqual([0, 1, 0, 0]);
    expect(order(weighted(1, 1, 1), 2, 3)).toEqual([2, 0, 1]);
  });

  test('may be fractions, very unlike, or a single one', () => {
    const parts = order(weighted(0.5, 99.5), 0, 1000);
    expect(parts.filter((part) => part === 0)).toHaveLength(5);
    expect(order(weighted(7), 3, 3)).toEqual([0, 0, 0]);
  });

  test('a failure changes nothing', () => {
    const flow = createFlow(weighted(1, 1), 0);
    const first = flow.part;
    expect(flow.finished(false)).toEqual({ restarted: false });
    expect(flow.part).not.toBe(first);
  });
});

describe('steps', () => {
  const steps = scenario({ mode: 'steps', requests: [request(), request(), request()] });

  test('run in order, on every connection from the first', () => {
    expect(order(steps, 1, 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  test('a failed one starts the flow anew, with nothing captured', () => {
    const flow = createFlow(steps, 0);
    flow.finished(true);
    flow.captured.set('id', 1);
    expect(flow.finished(false)).toEqual({ restarted: true });
    expect(flow.part).toBe(0);
    expect(flow.captured.size).toBe(0);
  });

  test('the last one starts it anew too, and that is no restart', () => {
    const flow = createFlow(steps, 0);
    flow.finished(true);
    flow.finished(true);
    flow.captured.set('id', 1);
    expect(flow.finished(true)).toEqual({ restarted: false });
    expect(flow.captured.size).toBe(0);
  });
});
