import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileStore } from '../baseline/file.ts';
import { readConfig } from '../config/read.ts';
import type { Config } from '../domain/config.ts';
import { EXIT, UsageError } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import { readEnvironment } from '../measure/environment.ts';
import { gitBase } from '../pipeline/git-base.ts';
import { makeWorld } from '../pipeline/make-world.ts';
import { exitCode, type FailOn } from '../pipeline/outcome.ts';
import { reproduction } from '../pipeline/reproduction.ts';
import type { Request } from '../pipeline/request.ts';
import { run } from '../run.ts';
import { ancestorsOf, commitOf } from '../target/commit.ts';
import type { Format, Io } from './io.ts';
import { programOf } from './program.ts';
import { saveBaseline } from './save.ts';

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
  await expectBaseline(options);
  const world = await makeWorld(io.signal, io.progress);
  const resultPath = resolve(options.output ?? `${world.workDir}/result.json`);
  let kept = false;
  try {
    const outcome = await run(await requestOf(options, config, resultPath, io), world);
    const { result, judged } = outcome;
    const lost =
      options.save === undefined ? null : await saveBaseline(options.save, result, judged.verdict, io);
    io.print({ ...outcome.report, ...occasionOf(options, lost) }, options.format);
    const code = exitCode(judged, options.failOn);
    if (lost === null) return code;
    kept = true;
    io.say(`The result was not saved: ${lost}. It is kept in ${resultPath}.`);
    return code === EXIT.failed ? code : EXIT.usage;
  } finally {
    if (options.output !== undefined) io.say(`result: ${resultPath}`);
    if (!kept) await world.dispose();
  }
}

/** A path that is not there is a slip of the pen, unless this run is to make it. */
async function expectBaseline({ baseline, save: target }: RunOptions): Promise<void> {
  if (baseline === undefined || (target !== undefined && resolve(target) === resolve(baseline))) return;
  if (await stat(baseline).catch(() => null)) return;
  throw new UsageError(
    `--baseline ${baseline}: there is no such file or folder; run with --save ${baseline} first to make it.`,
  );
}

/** What the report must know of a run that was kept. */
function occasionOf(options: RunOptions, lost: string | null): Pick<Report, 'occasion'> {
  const { save } = options;
  if (save === undefined || lost !== null) return {};
  return {
    occasion: { type: 'saved', later: reproduction(ownProgram(), { ...options, baseline: save }, null) },
  };
}

const ownProgram = (): string => programOf(process.argv[1] ?? '', process.cwd());

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
    ancestors: () => ancestorsOf(directory, 'HEAD', io.signal),
    base: found?.base ?? null,
    noBase: 'no --base was given',
    resultPath,
    reproduce: reproduction(ownProgram(), options, found?.base.sha ?? null),
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
