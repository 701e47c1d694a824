import type { OpenFiles } from '../domain/driver.ts';
import type { Family } from '../processes/family.ts';
import { childPids, listenerPids, readOpenFilesLimit } from '../processes/proc.ts';

/**
 * How many files may be open in the processes that take connections on the port: those of the target that listen on it,
 * and their descendants, which they may hand them to. Undefined where no process of the target listens, or none tells.
 */
export function openFilesOf(family: Family | null, port: number): OpenFiles | undefined {
  const living = family?.living() ?? [];
  const taking = new Set(listenerPids(port, living));
  for (const pid of taking) for (const child of childPids(pid)) taking.add(child);
  const limits = [...taking].flatMap((pid) => readOpenFilesLimit(pid) ?? []);
  if (limits.length === 0) return undefined;
  return { allowed: limits.reduce((sum, limit) => sum + limit, 0), processes: limits.length };
}
