import { describe, expect, test } from '@jest/globals';
import { withSection } from '../../bench/decisions/document.ts';
import { type Cycle, describe as describeCycles, WAYS } from '../../bench/decisions/interleave.ts';
import { curvesPicture, histogramPicture } from '../../bench/decisions/pictures.ts';
import { createRandom } from '../../src/stats/random.ts';

test('a section is replaced, and nothing around it; one that is not there is an error', () => {
  const text = 'a\n<!-- x -->\nold\n<!-- /x -->\nb <!-- y --><!-- /y -->';
  expect(withSection(text, 'x', ' new \n')).toBe('a\n<!-- x -->\nnew\n<!-- /x -->\nb <!-- y --><!-- /y -->');
  expect(withSection(withSection(text, 'x', 'new'), 'x', 'new')).toBe(withSection(text, 'x', 'new'));
  expect(() => withSection(text, 'z', '')).toThrow('no section <!-- z -->');
});

describe('the table of interleaving', () => {
  const random = createRandom(5);
  const cycles = (spread: Record<string, number>, level: Record<string, number>): Cycle[] =>
    Array.from({ length: 60 }, () => ({
      at: '',
      others: 0.3,
      steal: 0,
      looks: WAYS.map((way) => {
        const side = () => {
          const place = 10 * (level[way] ?? 1) * Math.exp((spread[way] ?? 0.01) * random.normal());
          return {
            p50: place,
            p95: place,
            p99: place,
            mean: place,
            rps: 1000 / place,
            memory: null,
            ok: 1,
            failed: 0,
            ms: 1,
          };
        };
        return { way, a: side(), b: side(), wallMs: 4000 };
      }),
    }));

  test('shows the spread of each way, and its level against 2 s rounds', () => {
    const text = describeCycles(cycles({ '2 s': 0.2 }, { '100 ms': 1.1 }));
    const row = (way: string): number[] =>
      (text.split('\n').find((line) => line.startsWith(`| ${way} |`)) ?? '')
        .split('|')
        .slice(2, -1)
        .map(Number.parseFloat);
    // Two sides of 1% each: 1.4%; of 20% each: 28%.
    expect(row('250 ms')[0]).toBeCloseTo(1.4, 0);
    expect(row('2 s')[2]).toBeGreaterThan(20);
    expect(row('100 ms').at(-1)).toBeGreaterThan(row('500 ms').at(-1) ?? 0);
    expect(row('2 s').slice(-2)).toEqual([0, 0]);
  });
});

describe('pictures', () => {
  const x = { label: 'x & y', ticks: [0, 1], show: String };

  test('a curve goes from corner to corner, and strange names are escaped', () => {
    const points = [
      [0, 0],
      [1, 1],
    ] as const;
    const svg = curvesPicture('t', x, x, [{ name: 'a<b', points }]);
    expect(svg).toContain('points="56.0,268.0 624.0,40.0"');
    expect(svg).toContain('a&#60;b');
    expect(svg).not.toContain('a<b');
  });

  test('a histogram keeps what lies beyond its axis in the outermost bins', () => {
    const svg = histogramPicture('t', x, 2, [{ name: 'g', values: [-5, 0.1, 0.9, 7] }]);
    expect(svg.match(/<rect/g)).toHaveLength(2);
    expect(svg).toContain('g (4)');
  });
});
