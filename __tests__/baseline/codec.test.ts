import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeResult, encodeBaseline, encodeResult } from '../../src/baseline/codec.ts';
import { DocumentError } from '../../src/domain/errors.ts';
import type { Result } from '../../src/domain/result.ts';
import { resultOf, roundOf, scenarioOf } from './samples.ts';

/** Reasons and messages are the contract: both are given back. */
function refusal(input: Uint8Array | string): { reason: string; message: string } {
  try {
    decodeResult(input, 'base.json');
  } catch (error) {
    if (error instanceof DocumentError) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('it was accepted');
}

/** What JSON.parse gives: anything. */
type Document = ReturnType<typeof JSON.parse>;
type Change = (document: Document) => unknown;
/** The JSON text of a valid result after a change to it. */
function changed(change: Change): string {
  const document: Document = JSON.parse(encodeResult(resultOf(1)));
  change(document);
  return JSON.stringify(document);
}

describe('a result that is written', () => {
  test('is read again as it was, as text and as a stored baseline', () => {
    const result = resultOf(1, { scenarios: [scenarioOf('a'), scenarioOf('b')], verdict: 'unchanged' });
    expect(decodeResult(encodeResult(result), 'x')).toEqual(result);
    expect(decodeResult(Buffer.from(encodeResult(result)), 'x')).toEqual(result);
    expect(decodeResult(encodeBaseline(result), 'x')).toEqual(result);
  });

  test('has the same bytes whatever the order of its keys', () => {
    const result = resultOf(1);
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([k, v]) => [k, reversed(v)]),
            )
          : value;
    const other = reversed(result) as Result;
    expect(encodeResult(other)).toBe(encodeResult(result));
    expect(Buffer.from(encodeBaseline(other)).equals(encodeBaseline(result))).toBe(true);
    expect(encodeResult(result)).toMatch(/^\{"schema":"perf-baseline\/result","version":1,/);
  });

  test('carries no time and no system in its gzip header', () => {
    const bytes = encodeBaseline(resultOf(1));
    expect([...bytes.slice(4, 8)]).toEqual([0, 0, 0, 0]);
    expect(bytes[9]).toBe(255);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    'is refused when a number of it is %d',
    (value) => {
      const result = resultOf(1);
      result.sampling.wallMs = value;
      expect(() => encodeResult(result)).toThrow(/\$\.sampling\.wallMs/);
      expect(() => encodeBaseline(result)).toThrow(/\$\.sampling\.wallMs/);
    },
  );
});

describe('a document that is not a result', () => {
  test('of a newer version says to upgrade, whatever else it holds', () => {
    const { reason, message } = refusal('{"schema":"perf-baseline/result","version":2,"novel":[]}');
    expect(reason).toBe('newer');
    expect(message).toMatch(/base\.json was written by a newer perf-baseline .*upgrade/);
  });

  test.each<[string, string, RegExp]>([
    ['empty', '', /base\.json is corrupt: it is empty/],
    ['blank', ' \n', /empty/],
    ['not JSON', '{"schema":', /not JSON.*cut short/],
    ['null', 'null', /it is null, expected a result document/],
    ['a list', '[]', /it is a list of 0/],
    [
      'another document',
      '{"schema":"other","version":1}',
      /\$\.schema is "other", expected "perf-baseline\/result"/,
    ],
    ['without a version', '{"schema":"perf-baseline/result"}', /\$\.version is missing, expected 1/],
    ['version 0', '{"schema":"perf-baseline/result","version":0}', /\$\.version is 0/],
    ['version 1.5', '{"schema":"perf-baseline/result","version":1.5}', /\$\.version is 1\.5/],
    ['version "2"', '{"schema":"perf-baseline/result","version":"2"}', /\$\.version is "2"/],
  ])('%s is corrupt', (_, text, message) => {
    expect(refusal(text)).toEqual({ reason: 'corrupt', message: expect.stringMatching(message) });
  });

  const ROUND = 'scenarios[0].outcome.rounds[0]';
  const round = (d: Document) => d.scenarios[0].outcome.rounds[0];
  const latency = (d: Document) => round(d).total.distributions.latency;
  test.each<[string, Change, string]>([
    ['unknown key', (d: Document) => (d.extra = 1), '$ has the unknown key "extra"'],
    ['deep unknown key', (d: Document) => (round(d).extra = 1), `$.${ROUND} has the unknown key "extra"`],
    [
      'missing key',
      (d: Document) => delete d.environment.gates.os,
      '$.environment.gates.os is missing, expected string',
    ],
    ['wrong type', (d: Document) => (d.series = 7), '$.series is 7, expected string'],
    ['negative time', (d: Document) => (round(d).durationMs = -5), `$.${ROUND}.durationMs is -5, expected`],
    [
      'negative count',
      (d: Document) => (round(d).total.counters.requests = -1),
      `$.${ROUND}.total.counters.requests is -1`,
    ],
    [
      'half a count',
      (d: Document) => (round(d).total.counters.requests = 1.5),
      `$.${ROUND}.total.counters.requests is 1.5`,
    ],
    ['no rounds', (d: Document) => (d.scenarios[0].outcome.rounds = []), '$.scenarios[0].outcome.rounds'],
    ['count off', (d: Document) => (latency(d).count += 1), 'expected buckets that add up to its count'],
    ['min over max', (d: Document) => (latency(d).min = 1e6), 'expected a min no greater than its max'],
    [
      'impossible sum',
      (d: Document) => (latency(d).sum = 1e9),
      'expected a sum between count x min and count x max',
    ],
    ['impossible squares', (d: Document) => (latency(d).sumOfSquares = 0), 'expected a sumOfSquares between'],
    ['buckets out of order', (d: Document) => latency(d).buckets.reverse(), 'latency.buckets is a list of'],
    [
      'bucket too high',
      (d: Document) => (latency(d).buckets = [[1e6, latency(d).count]]),
      'ascending in index from 0 to',
    ],
    ['empty bucket', (d: Document) => latency(d).buckets.push([36000, 0]), 'each count at least 1'],
    ['path as id', (d: Document) => (d.id = '../../x'), '$.id is "../../x", expected up to 100 letters'],
    [
      'path as sha',
      (d: Document) => (d.commit.sha = '../x'),
      '$.commit.sha is "../x", expected a commit hash',
    ],
    [
      'odd repository',
      (d: Document) => (d.origin.repository = 'a/b/c'),
      '$.origin.repository is "a/b/c", expected OWNER/NAME',
    ],
    ['no date', (d: Document) => (d.createdAt = 'yesterday'), '$.createdAt is "yesterday", expected'],
    [
      'two of a name',
      (d: Document) => d.scenarios.push(d.scenarios[0]),
      '$.scenarios is a list of 2, expected names that are all different',
    ],
    [
      'failed without a reason',
      (d: Document) => (d.scenarios[0].outcome.status = 'failed'),
      '$.scenarios[0].outcome.failure is missing',
    ],
    [
      'a status nobody knows',
      (d: Document) => (d.scenarios[0].outcome.status = 'fine'),
      '$.scenarios[0].outcome.status is "fine"',
    ],
    [
      'a huge number',
      (d: Document) => (round(d).values.p95 = 1e308),
      `$.${ROUND}.values.p95 has 1e+308, expected a number no larger than`,
    ],
    ['a long key', (d: Document) => (round(d).values['k'.repeat(300)] = 1), 'a key of 300 characters'],
    [
      'many keys',
      (d: Document) => {
        for (let i = 0; i < 600; i++) round(d).values[`k${i}`] = i;
      },
      '601 keys, expected at most 500 keys',
    ],
    ['a long string', (d: Document) => (d.series = 'x'.repeat(70_000)), '$.series has 70000 characters'],
    [
      '100,000 scenarios',
      (d: Document) => (d.scenarios = Array(100_000).fill(1)),
      '$.scenarios has 100000 entries, expected at most 500',
    ],
  ])('%s is named with its place, value and the expected form', (_, change, message) => {
    const refused = refusal(changed(change));
    expect(refused.reason).toBe('corrupt');
    expect(refused.message).toContain(message);
    expect(refused.message.length).toBeLessThan(2500);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s', (key) => {
    const text = encodeResult(resultOf(1)).replace(
      '"values":{"memory"',
      `"values":{${JSON.stringify(key)}:{"polluted":1},"memory"`,
    );
    expect(refusal(text).message).toContain(`the key ${key}`);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('refuses a number that overflows while it is parsed', () => {
    const text = encodeResult(resultOf(1)).replace('"wallMs":16000', '"wallMs":1e999');
    expect(refusal(text).message).toMatch(/\$\.sampling\.wallMs has Infinity/);
  });

  test('refuses deep nesting without exhausting the stack', () => {
    const text = encodeResult(resultOf(1)).replace(
      '"warnings":[]}',
      `"warnings":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    );
    expect(refusal(text).message).toContain('16 levels of nesting');
  });

  test('shows hostile text on one line, shortened, without control characters', () => {
    const { message } = refusal(
      changed((d) => {
        d.createdAt = `\u001b[2J\r\n::error::x\u202e${'y'.repeat(500)}`;
      }),
    );
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(400);
  });

  test('counts the problems it does not show', () => {
    const text = changed((d) => {
      d.warnings = Array.from({ length: 9 }, () => 1);
    });
    expect(refusal(text).message).toMatch(/; and 4 more$/);
  });
});

describe('a stored baseline that was damaged', () => {
  const stored = Buffer.from(encodeBaseline(resultOf(1)));

  test('cut short anywhere is corrupt, never absent', () => {
    for (const length of [1, 2, 10, 18, stored.length >> 1, stored.length - 1])
      expect(refusal(stored.subarray(0, length)).reason).toBe('corrupt');
  });

  test('with a flipped bit is corrupt or says exactly the same', () => {
    fc.assert(
      fc.property(fc.nat(stored.length * 8 - 1), (bit) => {
        const damaged = Buffer.from(stored);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        try {
          expect(decodeResult(damaged, 'x')).toEqual(resultOf(1));
        } catch (error) {
          expect((error as DocumentError).reason).toBe('corrupt');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('with bytes after its end is corrupt', () => {
    for (const rest of ['x', 'rubbish that is not gzip', '\0\0\0\0', '\x1f\x8bx'])
      expect(refusal(Buffer.concat([stored, Buffer.from(rest, 'latin1')])).reason).toBe('corrupt');
    expect(refusal(Buffer.concat([stored, stored])).reason).toBe('corrupt');
  });

  test('that unpacks without end is stopped at the cap', () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 32), { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(refusal(bomb).message).toContain('unpacks to more than');
  });

  test('that is not UTF-8 is corrupt', () => {
    expect(refusal(Buffer.from([0x7b, 0xff, 0xfe])).message).toContain('not UTF-8');
  });

  test('no bytes at all are corrupt', () => {
    expect(refusal(new Uint8Array()).message).toContain('empty');
  });
});

test('arbitrary JSON and arbitrary bytes are refused with a DocumentError, quickly', () => {
  const attempt = (input: string | Uint8Array) => {
    const started = performance.now();
    expect(refusal(input).message).toContain('base.json');
    expect(performance.now() - started).toBeLessThan(1000);
  };
  fc.assert(fc.property(fc.json(), attempt), { numRuns: 300 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), attempt), { numRuns: 300 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => attempt(gzipSync(bytes))),
    { numRuns: 100 },
  );
});

test('a valid result with one value replaced by anything is accepted unchanged or refused by name', () => {
  const base = encodeResult(resultOf(1));
  const places: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) places.push(path);
    if (Array.isArray(value))
      value.slice(0, 3).forEach((item, i) => {
        walk(item, [...path, i]);
      });
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) walk(member, [...path, key]);
  };
  walk(JSON.parse(base), []);
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
      const document = JSON.parse(base);
      let at = document;
      for (const key of path.slice(0, -1)) at = at[key];
      at[path.at(-1) as string] = value;
      const text = JSON.stringify(document);
      try {
        expect(JSON.parse(encodeResult(decodeResult(text, 'base.json')))).toEqual(JSON.parse(text));
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentError);
        expect((error as Error).message).toContain('base.json');
      }
    }),
    { numRuns: 500 },
  );
});

test('a large real result is written, stored small, and read at small cost', () => {
  const rounds = Array.from({ length: 10 }, (_, i) => roundOf(i >> 1, i, 3000, ['a', 'b', 'c']));
  const result = resultOf(1, { scenarios: ['x', 'y', 'z'].map((name) => scenarioOf(name, rounds)) });
  const stored = encodeBaseline(result);
  expect(stored.length).toBeLessThan(64 * 1024);
  expect(gunzipSync(stored).length).toBeLessThan(encodeResult(result).length);
  const started = process.cpuUsage();
  decodeResult(stored, 'x');
  // Microseconds of the processor: a machine that does something else meanwhile does not count.
  expect(process.cpuUsage(started).user).toBeLessThan(2e6);
});
