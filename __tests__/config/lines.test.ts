import { expect, test } from '@jest/globals';
import { configLines } from '../../src/config/lines.ts';

const TEXT = `target: { url: http://127.0.0.1:1 }
scenarios:
  first:
    type: http
    requests: [GET /]
    criteria:
      p95: +5%
    limits: { rps: 10 }
  second: { type: http, requests: [GET /] }
criteria:
  rps: -5%
`;

test('lines are those of what the file says, the nearest to it else', () => {
  const lineOf = configLines(TEXT);
  expect(lineOf('first')).toBe(3);
  expect(lineOf('first', 'p95')).toBe(7);
  expect(lineOf('first', 'rps', 'limits')).toBe(8);
  expect(lineOf('first', 'rps')).toBe(11);
  expect(lineOf('second', 'p95')).toBe(9);
  expect(lineOf('second', 'constructor')).toBe(9);
  expect(lineOf('third', 'p95')).toBeUndefined();
  expect(configLines('a: [')('first')).toBeUndefined();
  expect(configLines('')('first')).toBeUndefined();
});
