import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encodeResult } from '../baseline/codec.ts';
import { makeFolder } from '../baseline/make-folder.ts';
import { UsageError } from '../domain/errors.ts';
import { RESULT_SCHEMA, RESULT_VERSION, type Result, type Warning } from '../domain/result.ts';
import type { Measured } from '../measure/blocks.ts';
import { TOOL_VERSION } from '../version.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

/** The document of one side of what was measured. `pairing` is the same on both sides of a paired run. */
export function toResult(
  request: Pick<Request, 'series' | 'commit' | 'origin' | 'environment'>,
  measured: Measured & { warnings: Warning[] },
  side: 'baseline' | 'candidate',
  pairing: { id: string; looks: number[] } | null,
  world: Pick<World, 'newId' | 'now'>,
): Result {
  const recording = measured.recordings.get(side);
  if (recording === undefined) throw new Error(`nothing was recorded of the ${side}`);
  const { series, commit, origin, environment } = request;
  return {
    schema: RESULT_SCHEMA,
    version: RESULT_VERSION,
    tool: { name: 'perf-baseline', version: TOOL_VERSION },
    id: world.newId(),
    createdAt: world.now().toISOString(),
    series,
    commit,
    origin,
    environment,
    pairing: pairing && { id: pairing.id, side },
    sampling: {
      rounds: recording.blocks,
      stopped: measured.stopped,
      loadMs: recording.loadMs,
      wallMs: measured.wallMs,
      ...(pairing && { looks: pairing.looks }),
    },
    scenarios: recording.results(measured.otherwise),
    warnings: measured.warnings,
  };
}

/** Writes a result beside its final name, then renames: a reader finds all of it or nothing. Throws a UsageError. */
export async function saveResult(result: Result, path: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await makeFolder(dirname(path));
    await writeFile(partial, `${encodeResult(result)}\n`);
    await rename(partial, path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOSPC' ? 'the disk is full' : message;
    throw new UsageError(`Cannot write the result to ${path}: ${why}`);
  }
}
