import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { programOf } from '../../src/cli/program.ts';

describe('the program', () => {
  test.each([
    ['/repo/dist/cli.js', 'node dist/cli.js'],
    ['/elsewhere/my tools/cli.js', "node '/elsewhere/my tools/cli.js'"],
    ['/usr/local/bin/perf-baseline', 'perf-baseline'],
    ['/repo/node_modules/.bin/perf-baseline', 'npx perf-baseline'],
  ])('%s is called as %s', (script, expected) => {
    expect(programOf(script, '/repo')).toBe(expected);
  });

  test('of npx is called by what npx was asked for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-npx-'));
    try {
      const cache = join(folder, '_npx/ab12');
      mkdirSync(cache, { recursive: true });
      const called = (spec: string) => {
        writeFileSync(
          join(cache, 'package.json'),
          JSON.stringify({ dependencies: { 'perf-baseline': spec } }),
        );
        return programOf(join(cache, 'node_modules/.bin/perf-baseline'), '/repo');
      };
      expect(called('github:org/perf-baseline')).toBe('npx github:org/perf-baseline');
      expect(called('^1.0.0')).toBe('npx perf-baseline');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
