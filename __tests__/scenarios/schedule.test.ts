import { expect, test } from '@jest/globals';
import { Schedule } from '../../src/scenarios/schedule.ts';

test('each is due at its own time, whenever the earlier ones were sent', () => {
  const schedule = new Schedule(100, 45);
  schedule.begin(1000);
  const due: number[] = [];
  for (let late = 0; !schedule.over; late += 7) {
    due.push(schedule.due);
    schedule.sent(schedule.due + late);
  }
  expect(due).toEqual([1000, 1010, 1020, 1030, 1040]);
  expect(schedule.next).toBe(5);
});

test('what is sent after the end prolongs the time under load, what is skipped does not', () => {
  const schedule = new Schedule(100, 20);
  schedule.begin(1000);
  schedule.sent(1005);
  expect(schedule.elapsed()).toBe(20);
  schedule.sent(1090);
  expect([schedule.over, schedule.elapsed()]).toEqual([true, 90]);

  const skipped = new Schedule(100, 20);
  skipped.begin(1000);
  skipped.skip();
  skipped.skip();
  expect([skipped.over, skipped.elapsed()]).toEqual([true, 20]);
});

test('a rate too low for one in its time sends one', () => {
  const schedule = new Schedule(0.5, 100);
  schedule.begin(0);
  expect(schedule.over).toBe(false);
  schedule.sent(0);
  expect(schedule.over).toBe(true);
  // One in two seconds, and not one in a tenth of a second.
  expect(schedule.elapsed()).toBe(2000);
});
