import { describe, expect, test } from '@jest/globals';
import type { Session, Side, Stretch, StretchTally } from '../../src/domain/driver.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import { type LiveSide, liveSide } from '../../src/measure/live.ts';
import { inProcesses } from '../../src/measure/processes.ts';
import { noService } from '../../src/target/no-service.ts';

const live = (name: Side['name']): LiveSide =>
  liveSide({ name, checkout: name, url: '', env: {} }, noService());

const sides = [live('baseline'), live('candidate')];

/** Runs the plan with fakes; gives what was asked, in order, and the parts of each side's answers. */
async function plan(parts: Partial<Record<Side['name'], string[]>> | null, random: () => number) {
  const asked: { side: Side['name']; stretch: Stretch }[] = [];
  const session: Session = {
    ...(parts && { parts: async (side: Side) => parts[side.name] ?? [] }),
    run: async () => Promise.reject(new Error('not asked')),
    close: async () => {},
  };
  const load = async ({ side }: LiveSide, stretch: Stretch): Promise<StretchTally> => {
    asked.push({ side: side.name, stretch });
    const { part } = stretch;
    return {
      startedAt: '',
      total: emptyTally(),
      parts: part === undefined ? [] : [{ name: part, tally: emptyTally() }],
      generator: { cpu: 0, limited: false },
    };
  };
  const times = { durationMs: 900, warmupMs: 300 };
  const tallies = await inProcesses(sides, session, load, times, random, new AbortController().signal);
  const order = sides.map((one) => (tallies.get(one) ?? []).map((tally) => tally.parts[0]?.name));
  return { asked, order };
}

const randomly = () => Math.random();

describe('rounds of processes', () => {
  test('both sides of a part follow each other, whatever the order, and share the time of the round', async () => {
    const names = ['a', 'b', 'c'];
    const orders = new Set<string>();
    for (let i = 0; i < 50; i += 1) {
      const { asked, order } = await plan({ baseline: names, candidate: names }, randomly);
      orders.add(asked.map(({ side, stretch }) => `${stretch.part}${side[0]}`).join(' '));
      expect(asked).toHaveLength(6);
      for (let at = 0; at < 6; at += 2) {
        expect(asked[at]?.stretch.part).toBe(asked[at + 1]?.stretch.part);
        expect(asked[at]?.side).not.toBe(asked[at + 1]?.side);
      }
      expect(asked[0]?.stretch).toMatchObject({ kind: 'round', durationMs: 300, warmupMs: 100 });
      expect(order).toEqual([names, names]);
    }
    expect(orders.size).toBeGreaterThan(10);
  });

  test('a part that only one side has is run there alone', async () => {
    const { order } = await plan({ baseline: ['a'], candidate: ['a', 'new'] }, randomly);
    expect(order).toEqual([['a'], ['a', 'new']]);
  });

  test('a side without parts is run as a whole, beside the parts of the other', async () => {
    const { asked, order } = await plan({ baseline: [], candidate: ['a', 'b'] }, randomly);
    expect(order).toEqual([[undefined], ['a', 'b']]);
    expect(asked.find(({ side }) => side === 'baseline')?.stretch).toEqual({
      kind: 'round',
      durationMs: 900,
      warmupMs: 300,
    });
  });

  test('a session that knows no parts is run as a whole on each side', async () => {
    const { order } = await plan(null, randomly);
    expect(order).toEqual([[undefined], [undefined]]);
  });
});
