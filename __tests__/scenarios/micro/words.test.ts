import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CancelledError } from '../../../src/domain/errors.ts';
import { createMicroDriver } from '../../../src/scenarios/micro/driver.ts';
import { checkout, cleanUp, isRunning, measure, moduleScenario, runner, side, words } from './bench.ts';

afterAll(cleanUp);

describe('what cannot be measured has a word, and hides nothing else', () => {
  test('each its own', async () => {
    const folder = checkout({
      'b.mjs': `
        let x = 0;
        const kept = [];
        export const good = () => new Array(100).fill(Math.random());
        export const empty = () => { /* nothing */ };
        export const constant = () => 1 + 1;
        export const unused = () => { 2 * 21; };
        export const throwing = () => { throw new TypeError('bad\\n::error::x'); };
        export const rejecting = async () => { throw new RangeError('no'); };
        export const later = () => { if ((x += 1) > 50) throw new Error('on the fiftieth'); return new Array(50).fill(x); };
        export const leaking = () => { kept.push(new Array(20).fill(x)); return kept.length; };
        export const spinning = () => { for (;;) x += 1; };
        export const waiting = () => new Promise(() => {});
        export const leaving = () => process.exit(0);
        export const floating = () => { Promise.reject(new RangeError('adrift')); return new Array(50).fill(x); };
        export const floatingLater = () => {
          if ((x += 1) > 50) Promise.reject(new RangeError('adrift'));
          return new Array(50).fill(x);
        };
        export const generated = function* () { for (let i = 0; i < 1000; i += 1) yield i; };
        export const generatedLater = async function* () { yield new Array(50).fill(x); };
        export const handedOn = () => generated();
        export const inSetup = { setup() { throw new Error('not set up'); }, fn: () => 1 };`,
    });
    const measured = await measure(moduleScenario({}, 1000), side(folder), { durationMs: 300, warmupMs: 50 });
    expect(words(measured)).toEqual({
      good: undefined,
      empty: 'does nothing',
      constant: 'optimised away',
      unused: 'optimised away',
      throwing: 'throws',
      rejecting: 'throws',
      later: 'throws',
      leaking: 'leaks',
      spinning: 'hangs',
      waiting: 'hangs',
      leaving: 'ends the process',
      floating: 'throws',
      floatingLater: 'throws',
      generated: 'cannot be run',
      generatedLater: 'cannot be run',
      handedOn: 'cannot be run',
      inSetup: 'throws',
    });
    const tallies = measured.tallies.flatMap(({ parts }) => parts);
    const told = Object.fromEntries(tallies.map(({ name, invalid }) => [name, invalid]));
    expect(told.floating).toBe(
      'throws: a promise that nothing awaits was rejected, RangeError: adrift; await it, or return it',
    );
    expect(told.generated).toMatch(/it is a generator: calling it does none of its work/);
    expect(told.handedOn).toMatch(/what it gives is a generator/);
    for (const { invalid, tally } of tallies.filter((part) => part.invalid !== undefined)) {
      expect(tally).toMatchObject({ distributions: {}, values: {}, elapsedMs: 0 });
      expect(invalid).toMatch(/^[a-z ]+: ./);
    }
  });

  test('what may have been thrown away has a word however long it takes, and none once something is returned', async () => {
    const folder = checkout({
      'b.mjs': `
        let x = Math.random();
        let i = 0;
        const keys = Array.from({ length: 64 }, (_, k) => 'k' + k);
        const map = new Map();
        const list = Array.from({ length: 256 }, (_, k) => k * 1.5);
        export function thrownAway() { const o = { a: x, b: [x, x, x] }; }
        export function fourTimes() { const o = { a: x, b: [x, x, x] }, p = { a: x, b: [x, x, x] }, q = [o, p, x, x]; }
        export function returned() { return { a: x, b: [x, x, x] }; }
        export function changes() { i = (i + 7) & 63; map.set(keys[i], i); }
        export function changesAndTells() { i = (i + 7) & 63; map.set(keys[i], i); return map; }
        export function sorts() { list.reverse(); }
        export function sortsAndTells() { list.reverse(); return list; }
        export function emptyLoop() { for (let i = 0; i < 1000; i += 1) Math.sqrt(i + x); }
        export function fullLoop() { let sum = 0; for (let i = 0; i < 1000; i += 1) sum += Math.sqrt(i + x); return sum; }
        export function longAndEmpty() { for (let i = 0; i < 4e8; i += 1) Math.sqrt(i + x); }
        export function longAndFull() { let sum = 0; for (let i = 0; i < 2e8; i += 1) sum += Math.sqrt(i + x); return sum; }
        export function longAndLeaving() { for (let i = 0; i < 2e6; i += 1) map.set(keys[i & 63], [i]); }
        export function missesAtFirst() { i += 1; return i > 1 ? [i, x] : undefined; }
        export async function later() { const o = x * 3 + i; }
        export async function waits() { for (let n = 0; n < 10; n += 1) await null; }`,
    });
    const measured = await measure(moduleScenario({}, 30_000), side(folder), {
      durationMs: 150,
      warmupMs: 50,
    });
    // How much the optimiser leaves of these is the machine's matter: some of it, or nothing at all.
    const gone = expect.stringMatching(/^(returns nothing|optimised away)$/);
    expect(words(measured)).toEqual({
      thrownAway: gone,
      fourTimes: gone,
      returned: undefined,
      changes: 'returns nothing',
      changesAndTells: undefined,
      sorts: 'returns nothing',
      sortsAndTells: undefined,
      emptyLoop: 'returns nothing',
      fullLoop: undefined,
      longAndEmpty: 'returns nothing',
      longAndFull: undefined,
      longAndLeaving: undefined,
      missesAtFirst: undefined,
      later: 'returns nothing',
      waits: undefined,
    });
    const told = measured.tallies.flatMap(({ parts }) => parts).find(({ name }) => name === 'changes');
    expect(told?.invalid).toMatch(
      /^returns nothing: it takes [\d.]+ ns a call and allocates nothing, so .* may have been thrown away; return the result, or any value/,
    );
  }, 180_000);

  test('what prints has a word of its own, and is no leak; what prints now and then, or as the least of its work, is measured', async () => {
    const folder = checkout({
      'b.mjs': `
        let x = 0;
        const kept = [];
        const work = () => { for (let i = 0; i < 2000; i += 1) x = (x * 31 + i) | 0; return x; };
        export const logs = () => { console.log('x'); return work(); };
        export const errs = async () => { process.stderr.write('hello'); return work(); };
        export const floods = () => { process.stdout.write('y'.repeat(2 ** 20)); return work(); };
        export const oncePrinted = () => { if ((x += 1) % 5000 === 0) console.log('tick'); return new Array(20).fill(x); };
        export const leaksAndTellsAtFirst = () => {
          if (kept.length === 0) console.log('begun');
          kept.push(new Array(20).fill(x));
          return kept.length;
        };
        export const longAndTells = () => { for (let i = 0; i < 300; i += 1) work(); console.log('done'); return x; };`,
    });
    const measured = await measure(moduleScenario(), side(folder), { durationMs: 300, warmupMs: 50 });
    expect(words(measured)).toEqual({
      logs: 'writes output',
      errs: 'writes output',
      floods: 'writes output',
      oncePrinted: undefined,
      leaksAndTellsAtFirst: 'leaks',
      longAndTells: undefined,
    });
    const told = new Map(
      measured.tallies.flatMap(({ parts }) => parts).map(({ name, invalid }) => [name, invalid]),
    );
    expect(told.get('logs')).toMatch(/^writes output: 2 bytes with every call, .*; let it write nothing/);
    // Found before much of it had come together.
    expect(told.get('floods')).toMatch(/^writes output: [1-9]\d MiB faster than it can be read/);
    expect(told.get('errs')).toMatch(/^writes output: 5 bytes with every call/);
    expect(measured.log.length).toBeLessThanOrEqual(20_000);
  });

  test.each([
    ['spins while it is loaded', 'for (;;);', /^hangs: loading the module did not end within 1\.5 s/],
    [
      'waits while it is loaded',
      'setInterval(() => {}, 50); await new Promise(() => {});',
      /loading the module/,
    ],
    [
      'spins in its setup',
      'export const f = { setup() { for (;;); }, fn: () => 1 };',
      /^hangs: its setup did/,
    ],
    [
      'waits in its setup',
      'export const f = { setup: () => new Promise(() => {}), fn: () => 1 };',
      /^hangs: its setup did not end within 1\.5 s/,
    ],
    [
      'spins in its teardown',
      'export const f = { fn: () => new Array(50).fill(1), teardown() { for (;;); } };',
      /^hangs: its teardown did not end within 1\.5 s/,
    ],
    [
      'ends its process in its setup',
      'export const f = { setup() { process.exit(0); }, fn: () => 1 };',
      /^ends the process: it ended with code 0 in its setup$/,
    ],
    [
      'ends its process in a call',
      'export const f = () => process.exit(0);',
      /^ends the process: it ended with code 0 while it was called$/,
    ],
    [
      'has a case that is none',
      'export const f = { fn: () => 1, tearDown() {} };',
      /^cannot be run: f has tearDown, which nothing calls; call it teardown$/,
    ],
  ])('a module that %s is told so', async (_, text, told) => {
    const { tallies } = await measure(moduleScenario({}, 1500), side(checkout({ 'b.mjs': text })));
    expect(tallies[0]?.invalid ?? tallies[0]?.parts[0]?.invalid).toMatch(told);
  });

  test('a function that takes longer than the timeout in all, but in no call, is no hang', async () => {
    const folder = checkout({
      'b.mjs':
        'export const busy = () => { const end = Date.now() + 30; while (Date.now() < end); return end; };',
    });
    const measured = await measure(moduleScenario({}, 2000), side(folder), { durationMs: 4000, warmupMs: 0 });
    expect(words(measured)).toEqual({ busy: undefined });
  });

  test('one that hung is not tried again, one that was killed leaves nothing behind', async () => {
    const folder = checkout({
      'b.mjs': `
        import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        export const hang = () => {
          const child = spawn('sleep', ['60'], { stdio: 'inherit' });
          writeFileSync('pid', String(child.pid));
          for (;;);
        };`,
    });
    const signal = new AbortController().signal;
    const scenario = moduleScenario({}, 1500);
    const driver = createMicroDriver({ runnerEntry: await runner() });
    const stretch = { kind: 'round', durationMs: 50, part: 'hang' } as const;
    const first = await (await driver.open(scenario, signal)).run(side(folder), stretch, signal);
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await sleep(100);
    expect(isRunning(pid)).toBe(false);
    const started = performance.now();
    const second = await (await driver.open(scenario, signal)).run(side(folder), stretch, signal);
    expect(performance.now() - started).toBeLessThan(100);
    expect(second.parts).toEqual(first.parts);
    expect(first.parts[0]?.invalid).toMatch(/^hangs: no call ended within 1\.5 s/);
  });

  test.each([
    ['answers', 'new Array(50).fill(1)'],
    ['ends its process', 'process.exit(3)'],
  ])(
    'a detached child that a setup left behind is ended with it, where the benchmark %s',
    async (_, body) => {
      const folder = checkout({
        'b.mjs': `
        import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        export const f = {
          setup() {
            const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
            child.unref();
            writeFileSync('pid', String(child.pid));
          },
          fn: () => ${body},
        };`,
      });
      const { tallies } = await measure(moduleScenario(), side(folder));
      expect(tallies).toHaveLength(1);
      expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
    },
  );

  test('bytes of the output that are no text are told from a replacement character that was printed', async () => {
    const folder = checkout({
      'b.mjs': `
        process.stdout.write(Buffer.from([0x61, 0xff, 0x62, 0xef, 0xbf, 0xbd, 0x0a]));
        export const f = () => { throw new Error('no'); };`,
    });
    const { log } = await measure(moduleScenario(), side(folder));
    expect(log).toBe('a\\xFFb\uFFFD\n');
  });

  test.each([
    [
      'is missing',
      {},
      {},
      /^cannot be run: b.mjs cannot be loaded: Error: Cannot find module '[^']*b.mjs'(?! imported)/,
    ],
    [
      'needs one that is missing',
      { 'b.mjs': 'import "./gone.mjs";' },
      {},
      /Cannot find module '[^']*gone.mjs' imported from .*b.mjs$/,
    ],
    [
      'has a wrong syntax',
      { 'b.mjs': 'const a = 1;\nexport const = 1' },
      {},
      /^cannot be run: b.mjs cannot be loaded \(b.mjs:2\): SyntaxError/,
    ],
    [
      'has a wrong syntax in a file of its own',
      { 'b.mjs': 'import "./c.cjs";', 'c.cjs': '\n\nconst = 1' },
      {},
      /\(c.cjs:3\): SyntaxError/,
    ],
    [
      'imports what is not exported',
      { 'b.mjs': 'import { nothing } from "./c.mjs";', 'c.mjs': '' },
      {},
      /\(b.mjs:1\): SyntaxError: .*nothing/,
    ],
    [
      'throws at once',
      { 'b.mjs': '\nthrow new Error("early")' },
      {},
      /^cannot be run: b.mjs cannot be loaded \(b.mjs:2\): Error: early/,
    ],
    ['exports nothing', { 'b.mjs': 'export const a = 1;' }, {}, /^cannot be run: the module exports no/],
    ['has not what bench names', { 'b.mjs': 'export const a = () => 1;' }, { bench: ['b'] }, /it has a$/],
    [
      'ends at once',
      { 'b.mjs': 'process.exit(7)' },
      {},
      /^ends the process: it ended with code 7 while the module was loaded$/,
    ],
  ])('a module that %s is told so, without parts', async (_, files, more, told) => {
    const folder = checkout(files as Record<string, string>);
    const { parts, tallies } = await measure(moduleScenario(more), side(folder));
    expect(parts).toEqual([]);
    expect(tallies[0]?.invalid).toMatch(told);
  });

  test('output goes through the side, with what it must not show taken out', async () => {
    const folder = checkout({
      'b.mjs': `console.log('token hunter2'); export const f = () => { throw new Error('hunter2 is wrong'); };`,
    });
    const safe = (text: string) => text.replaceAll('hunter2', '***').trim();
    const { tallies, log } = await measure(moduleScenario(), side(folder, { safe }));
    expect(tallies[0]?.parts[0]?.invalid).toBe('throws: Error: *** is wrong');
    expect(log).toBe('token ***');
  });

  test('a cancel ends it at once', async () => {
    const folder = checkout({ 'b.mjs': 'let x = 0; export const spin = () => { for (;;) x += 1; };' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 500);
    const started = performance.now();
    await expect(
      measure(moduleScenario({}, 60_000), side(folder), { signal: controller.signal }),
    ).rejects.toBeInstanceOf(CancelledError);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
