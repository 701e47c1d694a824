import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licence texts of all packages among the bundled files, sorted by name, one copy each.
 * @param {string[]} files paths as in esbuild's metafile
 */
export async function bundledLicences(files) {
  const folders = new Set();
  for (const file of files) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (match?.[1]) folders.add(match[1]);
  }
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : `Licence: ${license ?? 'not stated'}`;
    texts.set(`${name} ${version}`, text.trim().replaceAll('\r\n', '\n'));
  }
  return [...texts.keys()]
    .sort()
    .map((title) => `${title}\n${'-'.repeat(title.length)}\n${texts.get(title)}\n`)
    .join('\n\n');
}
