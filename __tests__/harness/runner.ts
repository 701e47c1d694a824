import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { WorkflowEvent } from './events.ts';
import type { Run, Scopes } from './github/records.ts';
import type { GitHubStandIn } from './github/stand-in.ts';
import { readOnly } from './github/tokens.ts';
import { MAX_SUMMARY, parseCommandFile } from './runner/command-files.ts';
import { type Annotation, type Command, LineSplitter, StepOutput } from './runner/commands.ts';
import { type CommandFiles, stepEnvironment } from './runner/environment.ts';
import { evaluate } from './runner/expressions.ts';
import { type Ended, runProcess, type SignalAfter } from './runner/processes.ts';

/** Set in everything a runner starts; its own clean-up looks for it, and so do we for what was left behind. */
const TRACKING = 'RUNNER_TRACKING_ID';

/** What the documented workflows grant. */
export const DEFAULT_PERMISSIONS: Scopes = {
  contents: 'write',
  'pull-requests': 'write',
  actions: 'read',
};

export type RunOptions = {
  standIn: GitHubStandIn;
  /** The folder with `action.yml`. */
  actionDir: string;
  event: WorkflowEvent;
  /** The checkout, or an empty folder. */
  workspace: string;
  /** The step's `with:`. */
  inputs?: Readonly<Record<string, string>>;
  /** Variables of the job. */
  env?: Readonly<Record<string, string>>;
  workflow?: { name: string; path: string };
  /** Key of the job in the workflow. */
  job?: string;
  matrix?: Readonly<Record<string, unknown>>;
  /** How many jobs the matrix has. */
  legs?: number;
  /** The workflow's `permissions:`; made read-only for forks and Dependabot. */
  permissions?: Scopes;
  /** The run this job belongs to; without, one is made, and completed with the step's conclusion. */
  run?: Run;
  /** Path under which the API is served: '' or '/api/v3'. */
  apiPath?: string;
  /** The node that runs the action; `PERF_BASELINE_NODE` or the one that runs the tests. */
  node?: string;
  /** Cancels the job: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  signalAfter?: SignalAfter;
  /** The job's machine is lost at that moment: nothing can be said any more. In place of `signalAfter`. */
  killAfter?: SignalAfter;
  /** Those two waits, in ms. */
  cancelWaits?: { terminate: number; kill: number };
  timeoutMs?: number;
  /** Looks for the token in the arguments of every process, while it runs: see `exposed`. */
  watchArguments?: boolean;
};

export type RunResult = Ended & {
  conclusion: 'success' | 'failure' | 'cancelled';
  outputs: Record<string, string>;
  /** What GitHub shows of it: '' when it was too long. */
  summary: string;
  summaryBytes: number;
  /** The 10 of each level that are kept, and the rest. */
  annotations: Annotation[];
  droppedAnnotations: Annotation[];
  commands: Command[];
  /** As shown: masked. */
  log: string;
  /** As printed: not masked. */
  stdout: string;
  stderr: string;
  masks: string[];
  /** Complaints of the runner's own; a step that has one failed. */
  runnerErrors: string[];
  /** What the step added to the environment of later steps. */
  exported: Record<string, string>;
  /** The environment that the step had. */
  stepEnv: Record<string, string>;
  token: string;
  run: Run;
};

type ActionFile = {
  inputs?: Record<string, { default?: unknown } | null>;
  runs: { using: string; main: string; pre?: string; post?: string };
};

function readAction(dir: string): ActionFile {
  const action = parse(readFileSync(join(dir, 'action.yml'), 'utf8')) as ActionFile;
  if (!/^node2\d$/.test(action.runs.using)) throw new Error(`runs.using: ${action.runs.using} is not node2x`);
  if (action.runs.pre ?? action.runs.post) throw new Error('pre and post are not run by this stand-in');
  return action;
}

/** A step as the runner is about to start it: its environment with all inputs, and the files of its commands. */
export type PreparedStep = { env: Record<string, string>; files: CommandFiles; token: string; run: Run };

/** Makes run, token, files and environment of a step, and starts nothing. */
export function prepareStep(options: RunOptions): PreparedStep & { main: string } {
  const { standIn, event } = options;
  const action = readAction(options.actionDir);
  const workflow = options.workflow ?? { name: 'Performance', path: '.github/workflows/perf.yml' };
  const job = options.job ?? 'measure';
  const run =
    options.run ??
    standIn.world.createRun(event.repository, {
      event: event.name,
      ...event.run,
      workflow,
      actor: event.actor,
      jobs: [job],
    });
  const granted = options.permissions ?? DEFAULT_PERMISSIONS;
  const token = standIn.world.issueToken(
    event.repository,
    event.untrusted ? readOnly(granted) : granted,
  ).value;

  const temp = mkdtempSync(join(dirname(options.workspace), '_temp-'));
  const files = commandFiles(temp, event.payload);
  const { env, contexts } = stepEnvironment({ ...options, workflow, job, run, token, temp, files });
  const given = { ...defaultInputs(action, contexts), ...options.inputs };
  for (const [name, value] of Object.entries(given))
    env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
  return { env, files, token, run, main: join(options.actionDir, action.runs.main) };
}

/** Runs an action's committed bundle on an event as GitHub's runner does, to its end. */
export async function runAction(options: RunOptions): Promise<RunResult> {
  const { standIn } = options;
  const { env: stepEnv, files, token, run, main } = prepareStep(options);

  const output = new StepOutput([token]);
  const printed = { stdout: '', stderr: '' };
  const splitters = {
    stdout: new LineSplitter((line) => output.line(line)),
    stderr: new LineSplitter((line) => output.line(line)),
  };
  const waits = options.cancelWaits ?? { terminate: 7500, kill: 2500 };
  const ended = await runProcess({
    command: options.node ?? process.env.PERF_BASELINE_NODE ?? process.execPath,
    args: [main],
    cwd: options.workspace,
    env: stepEnv,
    marker: TRACKING,
    onOutput: (stream, text) => {
      printed[stream] += text;
      splitters[stream].push(text);
    },
    signalAfter: options.killAfter ?? options.signalAfter,
    signals:
      options.killAfter === undefined
        ? [
            { signal: 'SIGINT', afterMs: 0 },
            { signal: 'SIGTERM', afterMs: waits.terminate },
            { signal: 'SIGKILL', afterMs: waits.kill },
          ]
        : [{ signal: 'SIGKILL', afterMs: 0 }],
    timeoutMs: options.timeoutMs ?? 120_000,
    watchFor: options.watchArguments ? [token] : undefined,
  });
  splitters.stdout.end();
  splitters.stderr.end();

  const runnerErrors = output.errors;
  const read = (file: string) => {
    try {
      return parseCommandFile(readFileSync(file, 'utf8'));
    } catch (error) {
      runnerErrors.push(`Unable to process file command: ${(error as Error).message}`);
      return {};
    }
  };
  const outputs = { ...output.outputs, ...read(files.output) };
  const exported = read(files.env);
  read(files.state);
  const summary = readFileSync(files.summary);
  const failed = ended.exitCode !== 0 || runnerErrors.length > 0;
  const conclusion = ended.stoppedAfterMs !== undefined ? 'cancelled' : failed ? 'failure' : 'success';
  if (!options.run) standIn.world.completeRun(run, conclusion);
  return {
    ...ended,
    conclusion,
    outputs,
    summary: summary.length > MAX_SUMMARY ? '' : summary.toString(),
    summaryBytes: summary.length,
    annotations: output.annotations,
    droppedAnnotations: output.dropped,
    commands: output.commands,
    log: output.log,
    ...printed,
    masks: output.masks,
    runnerErrors,
    exported,
    stepEnv,
    token,
    run,
  };
}

function defaultInputs(action: ActionFile, contexts: Record<string, unknown>): Record<string, string> {
  const defaults: Record<string, string> = {};
  // An input without a default is set all the same, to nothing.
  for (const [name, input] of Object.entries(action.inputs ?? {}))
    defaults[name] = evaluate(String(input?.default ?? ''), contexts);
  return defaults;
}

function commandFiles(temp: string, payload: unknown): CommandFiles {
  const folder = join(temp, '_runner_file_commands');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(temp, 'home'));
  const file = (name: string) => {
    const path = join(folder, name);
    writeFileSync(path, '');
    return path;
  };
  const event = join(temp, 'event.json');
  writeFileSync(event, JSON.stringify(payload, null, 2));
  return {
    output: file('set_output'),
    env: file('set_env'),
    path: file('add_path'),
    state: file('save_state'),
    summary: file('step_summary'),
    event,
  };
}
