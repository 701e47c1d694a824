import type { RunningTarget } from '../domain/driver.ts';

/** What stands for a target where there is no service: always ready, never dying, nothing to measure of it. */
export function noService(): RunningTarget {
  const unmeasured = 'there is no service';
  return {
    url: '',
    death: new Promise(() => {}),
    boot: { unmeasured },
    openWindow: () => ({ close: async () => ({ unmeasured }) }),
    logTail: async () => '',
    stop: async () => {},
  };
}
