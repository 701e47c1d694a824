import { expect, test } from '@jest/globals';
import { type Entry, fromBufferPromise } from 'yauzl';
import { zipOf } from './zip.ts';

async function entriesOf(zip: Buffer): Promise<Entry[]> {
  const file = await fromBufferPromise(zip, {
    decodeStrings: true,
    strictFileNames: true,
    validateEntrySizes: false,
  });
  const entries: Entry[] = [];
  for await (const entry of file.eachEntry()) entries.push(entry);
  return entries;
}

test('an honest zip has the right checksum, sizes and content', async () => {
  const zip = await fromBufferPromise(zipOf([{ name: 'a.txt', content: '123456789' }]));
  for await (const entry of zip.eachEntry()) {
    // The check value of CRC-32 in every catalogue of checksums.
    expect(entry).toMatchObject({ fileName: 'a.txt', uncompressedSize: 9, crc32: 0xcbf43926 });
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('123456789');
  }
  expect(zip.entryCount).toBe(1);
});

test('a hostile one keeps its links, its lies and its doubles', async () => {
  const [link, first, second] = await entriesOf(
    zipOf([
      { name: 'link', content: '/etc/passwd', mode: 0o120777 },
      { name: 'twice', content: 'x', claimedSize: 2 ** 31 },
      { name: 'twice', content: 'y' },
    ]),
  );
  expect((link?.externalFileAttributes ?? 0) >>> 16).toBe(0o120777);
  expect(first).toMatchObject({ fileName: 'twice', uncompressedSize: 2 ** 31 });
  expect(second?.fileName).toBe('twice');
  await expect(entriesOf(zipOf([{ name: '../up', content: '' }]))).rejects.toThrow(/\.\.\/up|relative path/);
});
