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
 * Milliseconds before the next attempt, given the last wait (0 at first): decorrelated jitter (Brooker,
 * "Exponential backoff and jitter", 2015). Writers that collided once are unlikely to collide again.
 */
export function nextWait(previousMs: number, clock: Pick<Clock, 'random'>): number {
  const upper = Math.max(previousMs, BASE_MS) * 3;
  return Math.min(CAP_MS, BASE_MS + clock.random() * (upper - BASE_MS));
}
