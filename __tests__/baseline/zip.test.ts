import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readZip } from '../../src/baseline/zip.ts';
import { DocumentError } from '../../src/domain/errors.ts';
import { type ZipEntry, zipOf } from './zip-writer.ts';

const hello: ZipEntry = { name: 'a.json', content: Buffer.from('hello') };

test('plain files are read', async () => {
  const files = await readZip(zipOf([hello, { name: 'b.json', content: Buffer.alloc(100_000, 'x') }]), 'x');
  expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ['a.json', 5],
    ['b.json', 100_000],
  ]);
});

describe('refused, with the reason', () => {
  const MEGABYTE = 1024 * 1024;
  test.each<[string, ZipEntry[], RegExp]>([
    ['a path that climbs', [{ ...hello, name: '../a.json' }], /invalid relative path/],
    ['an absolute path', [{ ...hello, name: '/etc/passwd' }], /absolute path/],
    ['a path of Windows', [{ ...hello, name: 'C:\\a' }], /invalid characters/],
    ['a subfolder', [{ ...hello, name: 'x/a.json' }], /not a plain file name/],
    ['a folder', [{ name: 'x/', content: Buffer.alloc(0) }], /is a folder/],
    ['a symbolic link', [{ ...hello, mode: 0o120777 }], /link or a device/],
    ['a device', [{ ...hello, mode: 0o020666 }], /link or a device/],
    ['two of a name', [hello, hello], /two entries named "a.json"/],
    ['an encrypted entry', [{ ...hello, flags: 1 }], /encrypted/],
    [
      'many entries',
      Array.from({ length: 17 }, (_, i) => ({ ...hello, name: `${i}` })),
      /17 entries, expected at most 16/,
    ],
    ['a bomb', [{ name: 'a', content: Buffer.alloc(70 * MEGABYTE) }], /unpacks to more than/],
    [
      'a bomb in parts',
      [1, 2].map((n) => ({ name: `${n}`, content: Buffer.alloc(40 * MEGABYTE) })),
      /unpacks to more than/,
    ],
    [
      'a bomb that calls itself small',
      [{ name: 'a', content: Buffer.alloc(MEGABYTE), size: 10 }],
      /no valid zip .*too many bytes/,
    ],
    ['a size too large', [{ ...hello, size: 100 }], /no valid zip/],
  ])('%s', async (_, entries, message) => {
    await expect(readZip(zipOf(entries), 'artifact 7')).rejects.toThrow(message);
    await expect(readZip(zipOf(entries), 'artifact 7')).rejects.toThrow(DocumentError);
  });

  test('a name with control characters is shown without them', async () => {
    const zip = zipOf([{ ...hello, name: '\u001b[2J\n::error::/x\u202e' }]);
    const error = await readZip(zip, 'x').catch((e: Error) => e);
    expect((error as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

test('bytes that are anything give files or a DocumentError', async () => {
  const valid = zipOf([hello, { name: 'b', content: Buffer.from('world') }]);
  const attempt = async (bytes: Uint8Array) => {
    await readZip(bytes, 'x').catch((error) => expect(error).toBeInstanceOf(DocumentError));
  };
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), attempt), { numRuns: 200 });
  await fc.assert(
    fc.asyncProperty(fc.nat(valid.length - 1), fc.nat(255), async (at, byte) => {
      const damaged = Buffer.from(valid);
      damaged[at] = byte;
      await attempt(damaged);
      await attempt(damaged.subarray(0, at));
    }),
    { numRuns: 300 },
  );
});
