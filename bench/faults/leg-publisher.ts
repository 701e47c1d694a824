import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { announce, NOT_ASKED } from '../../src/action/comment.ts';
import { type ActionContext, readContext, requireClient } from '../../src/action/context.ts';
import { publish } from '../../src/action/publish.ts';
import { openStore } from '../../src/action/stores.ts';
import { criteriaOf } from '../../src/compare/input.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { DEFAULT_FILE } from '../../src/config/read.ts';
import type { Result } from '../../src/domain/result.ts';
import { listAncestors } from '../../src/github/ancestors.ts';
import { readSeries } from '../../src/github/series.ts';
import { judge } from '../../src/pipeline/judgement.ts';
import { lookUp } from '../../src/pipeline/lookup.ts';
import type { Request } from '../../src/pipeline/request.ts';
import { buildReport } from '../../src/report/build.ts';

/** A leg to play: the environment of its step, its config, and what it is to have measured, after so many milliseconds. */
export type LegOrder = {
  env: Record<string, string>;
  config: string;
  measured: Result;
  measuringMs: number;
  hurry: number;
};

export type LegAnswer = { error: string | null };

/** Everything that a leg of a pull request does, with the parts of the action that do it, but for the measuring. */
async function play({ env, config: text, measured, measuringMs, hurry }: LegOrder): Promise<void> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const read = await readContext(env, new AbortController().signal);
  const context: ActionContext = { ...read, sleep: (ms) => delay(ms / hurry) };
  const { event, inputs, origin, repo, log } = context;
  if (event.type !== 'pull_request') throw new Error(`a leg of a pull request, not of ${event.type}`);
  const config = parseConfig(text, { file: DEFAULT_FILE, workingDirectory: '.', env: null });
  const { key, title } = readSeries(inputs.series, env, { workingDirectory: '.', config: null });
  const result: Result = { ...measured, series: key, origin };
  const store = openStore(context);
  if (store === null) throw new Error('a token opens a store');
  const resultPath = join(env.RUNNER_TEMP ?? '.', 'result.json');
  writeFileSync(resultPath, JSON.stringify(result));
  const request: Request = {
    ...{ config, compare: 'stored', only: null, series: key, title, commit: result.commit, origin },
    ...{ environment: result.environment, store, base: null, noBase: '', resultPath, reproduce: null },
    ancestors: () => listAncestors(requireClient(context, 'ancestors'), repo, event.base.sha, log),
  };
  await announce(context, request);
  await delay(measuringMs);
  const { lookup, warnings } = await lookUp(result, store, request.ancestors);
  const judged = judge(result, { type: 'lookup', lookup }, criteriaOf(config));
  const report = buildReport({ candidate: result, ...judged, title, reproduce: null, warnings });
  await publish(context, request, { report, result, judged }, NOT_ASKED, null);
}

process.on('message', async (order: LegOrder) => {
  const error = await play(order).then(
    () => null,
    (reason: Error) => reason.stack ?? reason.message,
  );
  process.send?.({ error } satisfies LegAnswer);
});
