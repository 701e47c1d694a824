// Feeds hostile input to every reader of outside input: `node scripts/fuzz.mjs [--runs 1000000] [--seed N] [--only NAME]`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('bench.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [bench, 'fuzz/run', ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
