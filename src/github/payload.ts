import { readFile } from 'node:fs/promises';
import { UsageError } from '../domain/errors.ts';
import type { Env } from './event.ts';

/** The event's payload, from the file the runner names. Throws a UsageError when there is none or it is not JSON. */
export async function readPayload(env: Env): Promise<unknown> {
  const file = env.GITHUB_EVENT_PATH;
  if (file === undefined || file === '') {
    throw new UsageError('GITHUB_EVENT_PATH is not set; the action runs only as a step of a GitHub workflow');
  }
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the event at ${file}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the event at ${file} is not JSON: ${(error as Error).message}`);
  }
}
