import { expect, test } from '@jest/globals';
import type { Scenario } from '../../src/domain/config.ts';
import type { Driver } from '../../src/domain/driver.ts';
import { microMetrics, resourceMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Resources, Warning } from '../../src/domain/result.ts';
import { Recording } from '../../src/measure/recording.ts';
import { toRound } from '../../src/measure/round.ts';
import { scenario, tally } from './fakes.ts';

const work = scenario('work');

function warningsOf(resources: Resources, metrics = resourceMetrics, of: Scenario = work): Warning[] {
  const driver = { metrics: () => metrics } as unknown as Driver;
  const recording = new Recording([of], () => driver);
  const total = tally(10, 100, 10);
  recording.add(of, {
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

test('what is not measured of a command is told with its reason, and not with that of a target', () => {
  const run = { type: 'command', command: 'x', env: {} } as const;
  const start: Scenario = {
    type: 'micro',
    name: 'start',
    load: 'l',
    criteria: [],
    limits: [],
    maxErrors: 0.1,
    timeoutMs: 1000,
    run,
  };
  const metrics = microMetrics.command;
  expect(warningsOf({ unmeasured: 'its memory could not be seen' }, metrics, start)).toEqual([
    {
      code: 'command-unmeasured',
      message: 'Not all of the command was measured: its memory could not be seen.',
    },
  ]);
  expect(warningsOf({}, metrics, start)).toEqual([]);
  const stretch = {
    startedAt: '',
    total: tally(10, 100, 10),
    parts: [],
    generator: { cpu: 0, limited: false },
  };
  const figures = { unmeasured: 'there is no service' };
  expect(toRound([stretch], metrics, figures, 0).resources).toEqual({});
  const silent = { ...stretch, unmeasured: 'its CPU time is too little' };
  expect(toRound([silent], metrics, figures, 0).resources).toEqual({
    unmeasured: 'its CPU time is too little',
  });
  expect(toRound([silent], resourceMetrics, figures, 0).resources).toEqual(figures);
});
