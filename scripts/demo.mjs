/*
 * Measures the example service, saves that as a baseline, measures it again with one endpoint slowed on purpose,
 * and shows the report. Exits 0 when the report says what was done, and nothing else.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const config = 'examples/service/perf-baseline.demo.yml';
const cli = join(root, 'dist/cli.js');

/** Runs the command line in the project's folder; gives its exit code and standard output. */
function perfBaseline(args, env = {}) {
  return new Promise((resolve) => {
    console.error(
      `\n$ perf-baseline ${args.join(' ')}${Object.entries(env).map(([k, v]) => `   # with ${k}=${v}`)}`,
    );
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-demo-'));
const store = join(folder, 'baselines');
const candidate = join(folder, 'slowed.json');
try {
  const first = await perfBaseline(['run', '--config', config, '--save', store]);
  if (first.code !== 0) throw new Error(`the first run ended with exit code ${first.code}\n${first.output}`);
  console.log(first.output);
  const slowed = { SLOW_VALIDATE_MS: '150' };
  const second = await perfBaseline(
    ['run', '--config', config, '--baseline', store, '--output', candidate],
    slowed,
  );
  console.log(second.output);
  if (second.code !== 1)
    throw new Error(`the slowed run ended with exit code ${second.code}; expected 1, regressed`);
  const json = await perfBaseline(['compare', store, candidate, '--config', config, '--format', 'json']);
  const { comparisons } = JSON.parse(json.output);
  const p95 = (scenario) =>
    comparisons.find((row) => row.scenario === scenario && row.metric === 'p95' && !row.part);
  if (p95('validate')?.verdict !== 'regressed') throw new Error('the slowed endpoint was not found');
  if (p95('health')?.verdict === 'regressed')
    throw new Error('an endpoint that was not touched is called regressed');
  console.log('The endpoint that was slowed is regressed, the one that was not touched is not.');
} catch (error) {
  console.error(`The demo did not show what it should: ${error.message}`);
  console.error(
    'On a very busy machine runs differ too much for one baseline to prove anything: try again when it is idle.',
  );
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
