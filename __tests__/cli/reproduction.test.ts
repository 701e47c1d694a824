import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { programOf, type Repeatable, reproduction } from '../../src/cli/reproduction.ts';

const none: Repeatable = {
  config: undefined,
  workingDirectory: '.',
  start: undefined,
  url: undefined,
  only: undefined,
  baseline: undefined,
  series: 'local',
};

describe('the command that repeats a run', () => {
  test('of defaults is short; a base is named by its hash', () => {
    expect(reproduction('node dist/cli.js', none, null)).toBe('node dist/cli.js run');
    expect(reproduction('npx perf-baseline', { ...none, config: 'a.yml' }, '0ba5e00')).toBe(
      'npx perf-baseline run --config a.yml --base 0ba5e00',
    );
  });

  test('quotes what a shell would take apart, and is read back as it was given', () => {
    const given: Repeatable = {
      ...none,
      workingDirectory: 'the api',
      start: "PORT=${PORT} node 'server.js' $(x)",
      url: 'http://127.0.0.1:${PORT}/',
      only: '-odd',
      baseline: '~/kept',
      series: 'a b',
    };
    const command = reproduction('p', given, null);
    expect(command).toContain(`--start 'PORT=\${PORT} node '\\''server.js'\\'' $(x)'`);
    const words = [...command.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g)].map(([word]) =>
      word.replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"),
    );
    const { only, start, url, baseline, series } = given;
    expect(parseCommandLine(words.slice(1))).toMatchObject({
      command: 'run',
      options: { 'working-directory': 'the api', only, start, url, baseline, series },
    });
  });
});

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
