import { resolve } from 'node:path';
import { fileStore } from '../baseline/file.ts';
import { readConfig } from '../config/read.ts';
import type { Config } from '../domain/config.ts';
import { EXIT, UsageError } from '../domain/errors.ts';
import { readEnvironment } from '../measure/environment.ts';
import { gitBase } from '../pipeline/git-base.ts';
import { makeWorld } from '../pipeline/make-world.ts';
import { exitCode, type FailOn } from '../pipeline/outcome.ts';
import type { Request } from '../pipeline/request.ts';
import { run } from '../run.ts';
import { commitOf } from '../target/commit.ts';
import type { Format, Io } from './io.ts';

export type RunOptions = {
  config: string | undefined;
  workingDirectory: string;
  start: string | undefined;
  url: string | undefined;
  only: string | undefined;
  save: string | undefined;
  baseline: string | undefined;
  base: string | undefined;
  series: string;
  output: string | undefined;
  failOn: FailOn;
  format: Format;
};

/** `perf-baseline run`: measures, compares, prints the report. Gives the exit code. */
export async function runCommand(options: RunOptions, io: Io): Promise<number> {
  if (options.base !== undefined && options.baseline !== undefined) {
    throw new UsageError('--base and --baseline both name what to compare with: give one of them.');
  }
  const config = only(
    await readConfig({
      file: options.config,
      start: options.start,
      url: options.url,
      workingDirectory: options.workingDirectory,
      env: process.env,
    }),
    options.only,
  );
  io.hide(config.secrets);
  const world = await makeWorld(io.signal, io.progress);
  const resultPath = resolve(options.output ?? `${world.workDir}/result.json`);
  try {
    const outcome = await run(await requestOf(options, config, resultPath, io), world);
    if (options.save !== undefined) {
      const { location } = await fileStore({ path: options.save }).append({
        ...outcome.result,
        verdict: outcome.judged.verdict,
      });
      io.say(`saved: ${location}`);
    }
    io.print(outcome.report, options.format);
    // Asked to compare with a commit that could not be measured: that is not a pass.
    if (options.base !== undefined && outcome.judged.source.type !== 'paired') return EXIT.failed;
    return exitCode(outcome.judged, options.failOn);
  } finally {
    if (options.output !== undefined) io.say(`result: ${resultPath}`);
    await world.dispose();
  }
}

async function requestOf(options: RunOptions, config: Config, resultPath: string, io: Io): Promise<Request> {
  const directory = config.workingDirectory;
  const found =
    options.base === undefined ? null : await gitBase({ directory, ref: options.base, signal: io.signal });
  if (found?.base === null) throw new UsageError(`--base ${options.base}: ${found.reason}.`);
  const commit = await commitOf(directory, io.signal);
  return {
    config,
    compare: found ? 'paired' : options.baseline === undefined ? 'none' : 'stored',
    only: options.only ?? null,
    series: options.series,
    title: '',
    commit,
    origin: null,
    environment: await readEnvironment(),
    store: options.baseline === undefined ? null : fileStore({ path: options.baseline }),
    ancestors: async () => (commit ? [commit.sha] : []),
    base: found?.base ?? null,
    noBase: 'no --base was given',
    resultPath,
    reproduce: null,
  };
}

/** The config with one scenario alone, where one was asked for. */
function only(config: Config, name: string | undefined): Config {
  if (name === undefined) return config;
  const scenario = config.scenarios.find((one) => one.name === name);
  if (scenario === undefined) {
    const names = config.scenarios.map((one) => one.name).join(', ');
    throw new UsageError(`--only ${JSON.stringify(name)}: there is no such scenario; there are ${names}.`);
  }
  return { ...config, scenarios: [scenario] };
}
