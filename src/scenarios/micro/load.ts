import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { thrownText, Unmeasurable } from './words.ts';

const CHECK_MS = 5000;

/** What a module exports; throws an Unmeasurable that says what is wrong with it, and where. */
export async function load(module: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(module)).href)) as Record<string, unknown>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
      throw new Unmeasurable(
        'cannot be run',
        `node ${process.version} does not run ${module}: use Node 22.18 or later for TypeScript, or name what target.setup builds of it`,
      );
    const where = placeOf(error, module);
    const at = where === undefined ? '' : ` (${where})`;
    throw new Unmeasurable(
      'cannot be run',
      `${module} cannot be loaded${at}: ${thrownText(withoutRunner(error))}`,
    );
  }
}

/** That this file asked for a module is of no interest to who wrote it. */
function withoutRunner(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const own = fileURLToPath(import.meta.url);
  const message = error.message.replace(` imported from ${own}`, '');
  return message === error.message ? error : `${error.name}: ${message}`;
}

/**
 * `FILE:LINE` that node names: at the top of the stack of a SyntaxError, else in the first frame of a file of the module's
 * own. Where an ES module has a wrong syntax the stack is silent, and node is asked to check the file alone.
 */
function placeOf(error: unknown, module: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const stack = String(error.stack ?? '');
  const top = /^(\S[^\n]*):(\d+)\n/.exec(stack);
  if (error instanceof SyntaxError) {
    const found = top ?? /^(\S[^\n]*):(\d+)\n/.exec(checked(module));
    return found === null ? undefined : shown(found[1], found[2]);
  }
  const frames = stack.matchAll(/^ {4}at (?:.*\()?((?:file:\/\/)?\/[^\n]*?):(\d+):\d+\)?$/gm);
  for (const [, file, line] of frames)
    if (file !== import.meta.url && file !== fileURLToPath(import.meta.url)) return shown(file, line);
  return undefined;
}

/** What `node --check` says of a file, which it does not run. */
function checked(module: string): string {
  const { stderr } = spawnSync(process.execPath, ['--check', resolve(module)], {
    encoding: 'utf8',
    timeout: CHECK_MS,
  });
  return stderr ?? '';
}

function shown(file = '', line = ''): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const near = relative(process.cwd(), path);
  return `${near.startsWith('..') ? path : near}:${line}`;
}
