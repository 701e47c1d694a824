import { describe, expect, test } from '@jest/globals';
import { CONDITION, parseCondition } from '../../src/config/threshold.ts';
import type { Metric } from '../../src/domain/metric.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';

const metrics = Object.values(metricCatalogue).flatMap(({ scenario }) => [...scenario]);

function metric(name: string): Metric {
  const found = metrics.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const all = (name: string, text: string) => {
  const parsed = parseCondition(text, metric(name));
  return 'value' in parsed ? parsed.value.all : parsed;
};

describe('an allowed change', () => {
  test('is relative, in points, absolute in base units, or several at once', () => {
    expect(all('p95', '+20%')).toEqual([{ type: 'relative', change: 0.2 }]);
    expect(all('rps', '-15%')).toEqual([{ type: 'relative', change: -0.15 }]);
    expect(all('error-rate', '+5pp')).toEqual([{ type: 'points', change: 0.05 }]);
    expect(all('p95', '+0.5s')).toEqual([{ type: 'absolute', change: 500, unit: 'ms' }]);
    expect(all('time', '+2us')).toEqual([{ type: 'absolute', change: 2000, unit: 'ns' }]);
    expect(all('memory', '+50MB')).toEqual([{ type: 'absolute', change: 5e7, unit: 'bytes' }]);
    expect(all('rps', '-100/s')).toEqual([{ type: 'absolute', change: -100, unit: '1/s' }]);
    expect(all('cpu', '+0.5 cores')).toEqual([{ type: 'absolute', change: 0.5, unit: 'cores' }]);
    expect(all('lost', '+3')).toEqual([{ type: 'absolute', change: 3, unit: 'count' }]);
    expect(all('p95', '+20% and +2ms')).toEqual([
      { type: 'relative', change: 0.2 },
      { type: 'absolute', change: 2, unit: 'ms' },
    ]);
  });

  test('keeps its text as written', () => {
    expect(parseCondition('+20%  and +2ms', metric('p95'))).toMatchObject({
      value: { text: '+20%  and +2ms' },
    });
  });

  test.each([
    ['p95', '20%', /no sign: write \+20%/],
    ['rps', '15%', /no sign: write -15%/],
    ['p95', '-20%', /written with \+/],
    ['rps', '+15%', /written with -/],
    ['p95', '+5pp', /percentage points are of a share/],
    ['rps', '-2ms', /not in a unit of rps/],
    ['memory', '+2ms', /not in a unit of memory/],
    ['p95', '+2', /no unit/],
    ['p95', '+0%', /no change at all/],
    ['p95', '+0.0ms', /no change at all/],
    ['rps', '-100%', /nothing falls by more than 100%/],
    ['rps', '-150%', /nothing falls by more than 100%/],
    ['p95', '+10001%', /more than \+10000%/],
    ['error-rate', '+100pp', /only 100 points/],
    ['p95', '+20% and +30%', /two relative changes/],
  ])('%s: %s says what is wrong', (name, text, why) => {
    const parsed = parseCondition(text, metric(name));
    expect('why' in parsed ? parsed.why : 'accepted').toMatch(why);
    expect('expected' in parsed ? parsed.expected : '').toContain('an allowed change such as');
  });

  test.each([
    '',
    '+',
    '%',
    '+%',
    'fast',
    '+20% or +2ms',
    '+20% and',
    'and',
    '+1e3%',
    '+20%%',
    '++20%',
    '+ 20%',
    '+NaN%',
    '+20 %x',
    '20',
    '+20%\n',
  ])('%j is not one', (text) => {
    expect(parseCondition(text, metric('p95'))).toHaveProperty('expected');
  });

  test('the published pattern accepts what is accepted', () => {
    for (const text of [
      '+20%',
      '-15%',
      '+5pp',
      '+20% and +2ms',
      '+20%   and   +2.5 ms',
      '-100/s',
      '+3',
      '+0.5 cores',
    ])
      expect(text).toMatch(CONDITION);
    for (const text of ['20%', '+', '+20% and', '+20%x']) expect(text).not.toMatch(CONDITION);
  });
});
