import { expect, test } from '@jest/globals';
import type { Driver } from '../../src/domain/driver.ts';
import { resourceMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Resources, Warning } from '../../src/domain/result.ts';
import { Recording } from '../../src/measure/recording.ts';
import { scenario, tally } from './fakes.ts';

const work = scenario('work');

function warningsOf(resources: Resources, metrics = resourceMetrics): Warning[] {
  const driver = { metrics: () => metrics } as unknown as Driver;
  const recording = new Recording([work], () => driver);
  const total = tally(10, 100, 10);
  recording.add(work, {
    block: 0,
    index: 0,
    startedAt: '',
    durationMs: 100,
    total,
    parts: [],
    values: {},
    resources,
    generator: { cpu: 0, limited: false },
  });
  const [result] = recording.results({ reason: 'budget-spent', detail: '' });
  return result?.outcome.warnings ?? [];
}

test('memory that is not measured is told, whatever the result is compared with', () => {
  expect(warningsOf({ unmeasured: 'another process listens there' })).toEqual([
    {
      code: 'memory-unmeasured',
      message: 'Memory and CPU of the target are not measured: another process listens there.',
    },
  ]);
});

test('where it is measured, or is no metric of the scenario, there is nothing to tell', () => {
  expect(warningsOf({})).toEqual([]);
  const others = resourceMetrics.filter(({ name }) => name !== 'memory');
  expect(warningsOf({ unmeasured: 'there is no service' }, others)).toEqual([]);
});
