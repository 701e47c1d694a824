import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OutputText } from '../../src/processes/output-text.ts';
import { OutputLog } from '../../src/target/output-log.ts';

/** The text of some chunks of bytes, and of their end. */
function read(...chunks: (number[] | string | Uint8Array)[]): string {
  const text = new OutputText();
  const written = chunks.map((chunk) => text.write(Buffer.from(chunk as string)));
  return written.join('') + text.end();
}

describe('bytes as text', () => {
  test.each([
    ['plain', [Buffer.from('Größe 請求 🚀\n')], 'Größe 請求 🚀\n'],
    ['a byte that begins nothing', [[0x61, 0xff, 0x62]], 'a\\xFFb'],
    ['a workflow command with a broken name', [[0x3a, 0x3a, 0xe9, 0x72, 0x3a, 0x3a]], '::\\xE9r::'],
    ['a surrogate in UTF-8', [[0xed, 0xa0, 0x80]], '\\xED\\xA0\\x80'],
    ['an overlong slash', [[0xc0, 0xaf]], '\\xC0\\xAF'],
    ['a character cut off by the end', [[0x61, 0xe2, 0x82]], 'a\\xE2\\x82'],
    ['a character cut off by another', [[0xe2, 0x82], [0x61]], '\\xE2\\x82a'],
    ['what a program prints itself', [Buffer.from('\ufffd')], '\ufffd'],
  ])('%s', (_, chunks, expected) => {
    expect(read(...(chunks as number[][]))).toBe(expected);
  });

  test('sound text is the same whatever the chunks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(fc.nat(60)), (text, cuts) => {
        const bytes = Buffer.from(text);
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        expect(read(...at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toBe(bytes.toString());
      }),
    );
  });

  test('any bytes are the same text whatever the chunks, and none is lost', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, cut) => {
        const whole = read(bytes);
        expect(read(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(whole);
        if (bytes.includes(0x5c)) return;
        const back = Buffer.concat(
          whole
            .split(/(\\x[0-9A-F]{2})/)
            .map((piece, i) => (i % 2 === 1 ? Buffer.from(piece.slice(2), 'hex') : Buffer.from(piece))),
        );
        expect([...back]).toEqual([...bytes]);
      }),
    );
  });
});

test('the log of a command and its tail show broken bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-text-'));
  try {
    const log = new OutputLog(join(folder, 'log'), []);
    const stream = Readable.from([Buffer.from([0x3a, 0x3a, 0xff, 0x3a, 0x3a, 0x78, 0x0a])]);
    log.drain(stream);
    await new Promise((resolve) => stream.once('end', resolve));
    expect(log.tail()).toBe(':\u200b:\\xFF:\u200b:x');
    log.close();
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('::\\xFF::x\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
