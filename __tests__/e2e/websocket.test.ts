import { describe, expect, test } from '@jest/globals';
import { type Knobs, run, withChat } from './chat-service.ts';

const ONCE = '{ rounds: 1, max-rounds: 1, duration: 400ms, warmup: 100ms, budget: 60s }';

describe('a chat that fails has an outcome of its own', () => {
  test.each<[string, Knobs, string, RegExp]>([
    [
      'refuses the handshake',
      { REFUSE: 403 },
      'only-errors',
      /^no request was answered as expected: \d+ × handshake-403$/,
    ],
    ['sends garbage', { GARBAGE: 1 }, 'only-errors', /^no request was answered as expected: \d+ × mismatch$/],
    ['stops reading', { DEAF: 1 }, 'nothing-answered', /^no request was answered: \d+ × timeout$/],
  ])('%s', async (_, knobs, reason, detail) => {
    await withChat({ knobs, measure: ONCE }, async (workspace) => {
      const { report, exitCode } = await run(workspace);
      expect([report.verdict, exitCode]).toEqual(['failed', 3]);
      const [ping] = report.scenarios;
      expect(ping?.failure).toMatchObject({ reason });
      expect(ping?.failure?.detail).toMatch(detail);
    });
  });

  test('drops connections: errors by close code, and round trips that say nothing', async () => {
    await withChat({ knobs: { DROP_MS: 40, PONG_MS: 20 }, measure: ONCE }, async (workspace) => {
      const { report } = await run(workspace);
      const [ping] = report.scenarios;
      expect(ping?.status).toBe('measured');
      const total = ping?.parts[0];
      expect(Object.keys(total?.errors ?? {})).toEqual(['close-1012']);
      expect(total?.counters.lost).toBe(total?.errors['close-1012']);
      expect(total?.values['error-rate']).toBeGreaterThan(0.1);
    });
  });
});
