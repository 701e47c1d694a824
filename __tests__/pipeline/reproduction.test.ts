import { describe, expect, test } from '@jest/globals';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { type Repeatable, reproduction } from '../../src/pipeline/reproduction.ts';

const none: Repeatable = { workingDirectory: '.' };

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
