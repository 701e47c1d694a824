import { describe, expect, test } from '@jest/globals';
import { parseHistory, seededHistory } from '../../bench/decisions/history.ts';
import { replay } from '../../bench/decisions/replay.ts';
import { main as simulate } from '../../bench/decisions/simulate.ts';

describe('replay of a history', () => {
  test('on a made-up history the anchored rule alarms on at most 0.5%, where one run against one alarms on over 5%', () => {
    const found = replay(parseHistory(seededHistory(2)));
    expect(found.pairs).toBeGreaterThan(2000);
    expect(found.anchored / found.pairs).toBeLessThanOrEqual(0.005);
    expect(found.naive / found.pairs).toBeGreaterThan(0.05);
  });

  test('sees a program that really became slower, behind an unchanged version', () => {
    const runs = parseHistory(seededHistory(3));
    const slowed = runs.map(({ programs }, run) => ({
      programs: new Map(
        [...programs].map(([name, figures]) => [
          name,
          run > 60 && name === 'program-a' ? { ...figures, requests: figures.requests / 2 } : figures,
        ]),
      ),
    }));
    expect(replay(slowed).anchored).toBeGreaterThan(replay(runs).anchored);
  });

  test('reads numbers as text, puts thousands back, and names the line it cannot read', () => {
    const entry = (requests: unknown) => ({ name: 'x', version: '1', requests });
    const line = (requests: unknown) => JSON.stringify({ h: 'c', d: 'd', a: [entry(requests)] });
    const [text, thousands] = parseHistory(`${line('62124.0')}\n\n${line(62.1)}\n`);
    expect(text?.programs.get('x')?.requests).toBe(62_124);
    expect(thousands?.programs.get('x')?.requests).toBeCloseTo(62_100, 6);
    expect(() => parseHistory(`${line(1)}\n{"h":`)).toThrow('line 2 of the history');
    expect(() => parseHistory('{"a": 3}')).toThrow('line 1 of the history');
  });
});

test('the simulation prints the same text for the same seed, and refuses what is no number of jobs', () => {
  const text = simulate(['3', '7']);
  expect(text).toBe(simulate(['3', '7']));
  expect(text).not.toBe(simulate(['3', '8']));
  expect(() => simulate(['many'])).toThrow('expected a number of jobs');
});
