import { describe, expect, test } from '@jest/globals';
import { type Machine, sharesOf, thisMachine } from '../../../src/scenarios/websocket/capacity.ts';
import { ping, scenario } from './bench.ts';

const machine = (changes: Partial<Machine> = {}): Machine => ({
  cores: 4,
  openFiles: 100_000,
  localPorts: 28_000,
  ...changes,
});
const processes = (changes: object, on = machine()) => sharesOf(scenario(changes), on).length;

describe('how many generator processes', () => {
  test('one is enough for little, and all a small machine has room for', () => {
    expect(processes({ ...ping, connections: 10 })).toBe(1);
    expect(processes({ receive: { type: 'any' }, connections: 4000 })).toBe(1);
    expect(processes({ ...ping, connections: 10_000, rate: 100_000 }, machine({ cores: 2 }))).toBe(1);
  });

  test('more for many connections, a high rate, or much in flight; a core is left to the target', () => {
    expect(processes({ receive: { type: 'any' }, connections: 10_000 })).toBe(2);
    expect(processes({ ...ping, connections: 10, rate: 50_000 })).toBe(2);
    expect(processes({ ...ping, connections: 100 })).toBe(2);
    expect(processes({ ...ping, connections: 100, inFlight: 100 })).toBe(3);
    expect(processes({ ...ping, connections: 2, inFlight: 1000 })).toBe(2);
  });

  test('every connection is in one of them', () => {
    for (const connections of [1, 2, 3, 7, 1001]) {
      const shares = sharesOf(scenario({ ...ping, connections, inFlight: 1000 }), machine({ cores: 8 }));
      expect(shares.reduce((sum, share) => sum + share.connections, 0)).toBe(connections);
      expect(Math.min(...shares.map((share) => share.connections))).toBeGreaterThan(0);
      expect(shares.map(({ index }) => index)).toEqual(shares.map((_, i) => i));
    }
  });

  test('more where one may not open files enough for both sides of a pair', () => {
    expect(processes({ ...ping, connections: 1000 }, machine({ cores: 2, openFiles: 1024 }))).toBe(3);
  });
});

describe('what the machine cannot do is said beforehand, with what to change', () => {
  test('open files', () => {
    expect(() => processes({ ...ping, connections: 10_000 }, machine({ openFiles: 256 }))).toThrow(
      '10000 connections need as many open files and some more, and a process may open 256 here: raise the limit (ulimit -n 10064) in the shell that runs perf-baseline, or lower "connections"',
    );
    expect(() => processes({ ...ping, connections: 3000 }, machine({ openFiles: 256 }))).not.toThrow();
  });

  test('local ports', () => {
    expect(() => processes({ ...ping, connections: 2001 }, machine({ localPorts: 10 }))).toThrow(
      /2001 connections need as many local ports, and there are 2000: widen net.ipv4.ip_local_port_range/,
    );
  });

  test('this machine tells its limits', () => {
    const here = thisMachine();
    expect(here.cores).toBeGreaterThan(0);
    if (process.platform !== 'linux') return;
    expect(here.openFiles).toBeGreaterThan(0);
    expect(here.localPorts).toBeGreaterThan(0);
  });
});
