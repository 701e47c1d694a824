/** Time and chance as the stores need them, so that tests have neither. `sleep` rejects when the run is cancelled. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

const BASE_MS = 500;
const CAP_MS = 20_000;

/**
 * Milliseconds before the next attempt, given the last wait (0 at first) and how long an attempt takes:
 * decorrelated jitter (Brooker, "Exponential backoff and jitter", 2015). Writers that collided once are unlikely
 * to collide again, also where attempts are slow: waits that are short beside them would not spread anything.
 */
export function nextWait(previousMs: number, attemptMs: number, clock: Pick<Clock, 'random'>): number {
  const base = Math.max(BASE_MS, attemptMs);
  const upper = Math.max(previousMs, base) * 3;
  return Math.min(Math.max(CAP_MS, 8 * attemptMs), base + clock.random() * (upper - base));
}
