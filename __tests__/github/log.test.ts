import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Core } from '../../src/github/core.ts';
import { createLog, maskSecrets, redact, sanitiseLine, sanitiseLog } from '../../src/github/log.ts';
import { setOutputs } from '../../src/github/outputs.ts';

/** Records what would be printed, as `@actions/core` prints it. */
function recordingCore() {
  const lines: string[] = [];
  const outputs: Record<string, string> = {};
  const secrets: string[] = [];
  const put = (level: string) => (message: string) => void lines.push(`${level}${message}`);
  const core: Core = {
    debug: put('::debug::'),
    info: put(''),
    notice: put('::notice::'),
    warning: put('::warning::'),
    error: put('::error::'),
    startGroup: put('::group::'),
    endGroup: () => void lines.push('::endgroup::'),
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    setSecret: (secret) => void secrets.push(secret),
  };
  return { core, lines, outputs, secrets };
}

/** Whether a runner finds a workflow command in a line, as actions/runner parses it: v2 first, then v1. */
function isCommand(line: string): boolean {
  return /^\s*::[^:\s]/.test(line) || /##\[/.test(line);
}

const HOSTILE = [
  '::set-output name=x::1',
  '   ::error::x',
  'text ##[error]x',
  '###[x]',
  'a\r::add-mask::b',
  'a\r\n::warning::b',
  '\u2028::error::x',
  '\u0085::error::x',
  '::::error::x',
  '\u001b[31m::error::\u001b[0m',
  '\u0000::error::',
  '\ufeff::error::x',
  ':\u001b[0m:error::x',
  '#\u0000#[error]x',
];

describe('untrusted text in a log', () => {
  test.each(HOSTILE)('%j holds no workflow command', (text) => {
    for (const line of sanitiseLog(text).split(/\r\n|\r|\n|\u2028|\u0085/))
      expect(isCommand(line)).toBe(false);
    expect(sanitiseLine(text)).not.toMatch(/[\r\n\u2028]/);
  });

  test('never holds one, whatever it is, and sanitising twice changes nothing more', () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE, ':', '#', '[', '\r', '\u001b[1m', 'x'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const safe = sanitiseLog(pieces.join(''));
        for (const line of safe.split(/\r\n|\r|\n/)) expect(isCommand(line)).toBe(false);
        expect(sanitiseLog(safe)).toBe(safe);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  test('has no control or direction characters, and every kind of line end is one', () => {
    expect(sanitiseLog('a\u0000b\u202ec\u009bd')).toBe('abcd');
    expect(sanitiseLog('a\u2028b\u0085c\rd\r\ne')).toBe('a\nb\nc\nd\ne');
  });

  test('keeps what a reader needs', () => {
    expect(sanitiseLog('GET /a?b=c: 12 ms\n\tat x:1:2 — µs 🚀')).toBe(
      'GET /a?b=c: 12 ms\n\tat x:1:2 — µs 🚀',
    );
  });
});

describe('the log', () => {
  test('shows a tail with commands switched off by a word nobody knows', () => {
    const { core, lines } = recordingCore();
    createLog({ core, token: () => 'WORD' }).tail('last lines of the target', 'one\n::error::two\rthree\n');
    expect(lines).toEqual([
      'last lines of the target',
      '::stop-commands::WORD',
      '  | one',
      '  | :\u200b:error:\u200b:two',
      '  | three',
      '::WORD::',
    ]);
    const words = [0, 1].map(() => {
      const { core: other, lines: shown } = recordingCore();
      createLog({ core: other }).tail('t', 'x');
      return shown[1];
    });
    expect(words[0]).toMatch(/^::stop-commands::[0-9a-f]{32}$/);
    expect(words[0]).not.toBe(words[1]);
  });

  test('sanitises every level and hides secrets that became known later', () => {
    const { core, lines } = recordingCore();
    const secrets: string[] = [];
    const log = createLog({ core, secrets: () => secrets });
    secrets.push('hunter22');
    for (const level of ['debug', 'info', 'notice', 'warning', 'error'] as const) log[level]('::x::hunter22');
    expect(lines.every((line) => line.endsWith(':\u200b:x:\u200b:***'))).toBe(true);
    expect(lines.join('')).not.toContain('hunter22');
  });

  test('ends a group also when its work fails', async () => {
    const { core, lines } = recordingCore();
    const log = createLog({ core });
    await expect(log.group('a\n::error::b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(lines).toEqual(['::group::a :\u200b:error:\u200b:b', '::endgroup::']);
  });
});

describe('secrets', () => {
  test('are masked whole, by line, and as they appear in URLs, JSON and base64', () => {
    const { core, secrets } = recordingCore();
    maskSecrets(core, ['first line\nsecond "line"', 'p@ss/word', 'abc', '']);
    expect(secrets).toEqual(
      expect.arrayContaining([
        'first line',
        'second "line"',
        'second \\"line\\"',
        'p@ss/word',
        'p%40ss%2Fword',
        'cEBzcy93b3Jk',
      ]),
    );
    expect(secrets).not.toContain('abc');
    expect(secrets).not.toContain('');
  });

  test('are taken out of a text, the longer one first', () => {
    expect(redact('x=secret-longer y=secret', ['secret', 'secret-longer'])).toBe('x=*** y=***');
    expect(redact('$& stays', ['$&xx'])).toBe('$& stays');
  });
});

test('outputs are single lines without commands, and all of them are set', () => {
  const { core, outputs } = recordingCore();
  setOutputs(core, {
    verdict: 'regressed',
    regressions: 2,
    improvements: 0,
    resultPath: '/tmp/a\nverdict=unchanged',
  });
  expect(outputs).toEqual({
    verdict: 'regressed',
    regressions: '2',
    improvements: '0',
    'result-path': '/tmp/a verdict=unchanged',
    'report-path': '',
    'comment-url': '',
    'baseline-sha': '',
  });
});
