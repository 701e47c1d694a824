/**
 * How much later than the least late one each came, in milliseconds, where one was due every `everyMs`; `at` in order.
 * What a busy machine delays is some of them; what comes in bursts is half of them late by half the time between bursts.
 */
export function lateness(at: readonly number[], everyMs: number): number[] {
  const sinceDue = at.map((time, i) => time - everyMs * i);
  const least = Math.min(...sinceDue);
  return sinceDue.map((time) => time - least);
}
