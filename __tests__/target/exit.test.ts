import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { startOf, survivors, untilTrue } from './processes.ts';

let folder: string;
let program: string;

/** Boots a target with strays, says so, and then leaves the way it is told to. */
const source = (boot: string) => `
import { bootTarget } from ${JSON.stringify(boot)};
const running = await bootTarget(
  {
    start: process.argv[2],
    url: 'http://127.0.0.1:\${PORT}',
    port: { type: 'free' },
    env: {},
    ready: { type: 'answer', timeoutMs: 20000 },
    memory: { type: 'tree' },
  },
  { checkout: '.', env: process.env, logDir: 'logs', signal: new AbortController().signal, secrets: [] },
);
console.log('booted ' + running.url);
await new Promise((resolve) => process.stdin.once('end', resolve).resume());
if (process.argv[3] === 'throw') setTimeout(() => { throw new Error('a bug'); }, 0);
else process.exit(3);
`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'exit-test-'));
  const entry = path.join(folder, 'entry.ts');
  program = path.join(folder, 'program.mjs');
  await writeFile(entry, source(path.resolve(import.meta.dirname, '../../src/target/boot.ts')));
  const banner =
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: banner },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['process.exit', 'exit', 3],
  ['an error that nobody catches', 'throw', 1],
])(
  'leaving by %s takes the target along: its group, those that left it, and daemons',
  async (_name, how, code) => {
    const canary = `canary-${how}-${path.basename(folder)}`;
    const child = spawn(process.execPath, [program, startOf('family'), how], {
      cwd: folder,
      env: { ...process.env, CANARY: canary },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
    });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    // The program itself, the shell, the service and its three strays.
    await untilTrue(() => said.includes('booted http') && survivors(canary).length >= 5, 30_000);
    child.stdin.end();
    expect(await exited).toBe(code);
    // Killed before it left; the kernel may take a moment more to take them down.
    await untilTrue(() => survivors(canary).length === 0, 3000);
  },
);
