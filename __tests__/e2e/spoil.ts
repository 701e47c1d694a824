import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { GitHubStandIn } from '../harness/github/stand-in.ts';
import { zipOf } from '../harness/zip.ts';
import { baselineFiles } from './jobs.ts';

/** What becomes of a baseline: cut short, of a later version, measured on another machine. */
export type Spoiled = 'corrupt' | 'newer' | 'elsewhere';

function spoiled(text: string, how: Spoiled): string {
  if (how === 'corrupt') return text.slice(0, -20);
  if (how === 'newer') return text.replace('"version":1', '"version":2');
  return text.replace(/"cpuModel":"[^"]*"/, '"cpuModel":"Abacus 2000"');
}

/** Spoils the one baseline that there is in a store, each time from what it was at first. */
export async function spoiler(
  store: 'branch' | 'artifact' | 'file',
  hub: GitHubStandIn,
  folder: string,
): Promise<(how: Spoiled) => Promise<void>> {
  switch (store) {
    case 'file': {
      const file = join(folder, readdirSync(folder)[0] ?? '');
      const text = readFileSync(file, 'utf8');
      return async (how) => writeFileSync(file, spoiled(text, how));
    }
    case 'branch': {
      const { git } = hub.repository;
      const [path = ''] = await baselineFiles(hub);
      const sha = (await git.run(['rev-parse', `refs/heads/perf-baseline:${path}`])).trim();
      const text = gunzipSync((await git.readBlob(sha)) ?? Buffer.alloc(0)).toString();
      return async (how) => {
        await hub.world.push(hub.repository, 'perf-baseline', { [path]: gzipSync(spoiled(text, how)) });
      };
    }
    case 'artifact': {
      const [artifact] = hub.repository.artifacts;
      if (!artifact) throw new Error('no artifact was uploaded');
      const { name, bytes } = await onlyEntry(artifact.content);
      const packed = bytes[0] === 0x1f;
      const text = (packed ? gunzipSync(bytes) : bytes).toString();
      return async (how) => {
        const content = Buffer.from(spoiled(text, how));
        artifact.content = zipOf([{ name, content: packed ? gzipSync(content) : content }]);
        artifact.digest = `sha256:${createHash('sha256').update(artifact.content).digest('hex')}`;
      };
    }
  }
}

async function onlyEntry(content: Buffer): Promise<{ name: string; bytes: Buffer }> {
  const zip = await fromBufferPromise(content);
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return { name: entry.fileName, bytes: Buffer.concat(chunks) };
  }
  throw new Error('the artifact is empty');
}
