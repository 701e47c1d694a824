import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runCli } from './cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function run(code: string, args: string[] = [], options: Partial<Parameters<typeof runCli>[1]> = {}) {
  const script = join(cwd, 'script.mjs');
  writeFileSync(script, code);
  return runCli(args, { cwd, script, timeoutMs: 20_000, ...options });
}

describe('the command line', () => {
  test('keeps stdout and stderr apart, and gives the exit code', async () => {
    const code = `console.log(process.argv.slice(2).join('|'), process.env.X, process.stdout.isTTY ?? false);
      console.error('bad'); process.exitCode = 2;`;
    const result = await run(code, ['a b', "it's"], { env: { X: 'x' } });
    expect(result).toMatchObject({ stdout: "a b|it's x false\n", stderr: 'bad\n', exitCode: 2, orphans: [] });
  });

  test('can be run in a terminal', async () => {
    const result = await run(
      'console.log(String(process.stdout.isTTY), process.argv[2]); process.exitCode = 3;',
      ["it's"],
      {
        terminal: true,
      },
    );
    expect(result.stdout).toMatch(/true it's/);
    expect(result.exitCode).toBe(3);
  });

  test('is interrupted, and what it left behind is found', async () => {
    const code = `import { spawn } from 'node:child_process';
      spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).unref();
      process.on('SIGINT', () => process.exit(130)); setInterval(() => {}, 1000); console.log('ready');`;
    const result = await run(code, [], { signalAfter: /ready/ });
    expect(result).toMatchObject({ exitCode: 130, orphans: [{ command: 'sleep 60' }] });
  });
});
