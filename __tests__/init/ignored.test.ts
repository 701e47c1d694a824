import { expect, test } from '@jest/globals';
import { ignoreLine } from '../../src/init/ignored.ts';

test.each([
  [null, '.perf-baseline/\n'],
  ['', '.perf-baseline/\n'],
  ['dist\n', '.perf-baseline/\n'],
  ['dist', '\n.perf-baseline/\n'],
  ['dist\r\nlogs', '\r\n.perf-baseline/\r\n'],
  ['.perf-baseline.yml\n', '.perf-baseline/\n'],
  ['.perf-baseline/\n', null],
  ['/.perf-baseline\n', null],
  ['.perf-baseline/target\r\n', null],
  ['*\n!.perf-baseline/\n', null],
])('a .gitignore that is %j gets %j', (text, line) => {
  expect(ignoreLine(text, '.perf-baseline')).toBe(line);
  if (line !== null) expect(ignoreLine((text ?? '') + line, '.perf-baseline')).toBeNull();
});
