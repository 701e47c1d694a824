import { join } from 'node:path';
import * as core from '@actions/core';
import { readConfig } from '../config/read.ts';
import type { BaselineStore } from '../domain/baseline.ts';
import type { Config } from '../domain/config.ts';
import { listAncestors } from '../github/ancestors.ts';
import { updatesBaseline } from '../github/baseline-policy.ts';
import { maskSecrets } from '../github/log.ts';
import { readSeries } from '../github/series.ts';
import { readEnvironment } from '../measure/environment.ts';
import { describeProgress } from '../measure/progress.ts';
import { gitBase } from '../pipeline/git-base.ts';
import { makeWorld } from '../pipeline/make-world.ts';
import type { Named, Request } from '../pipeline/request.ts';
import type { World } from '../pipeline/world.ts';
import { type RunOutcome, run } from '../run.ts';
import { commitOf } from '../target/commit.ts';
import type { Remote } from '../target/git.ts';
import { withAcceptances } from './acceptance.ts';
import { beginCheck, checkUnjudged } from './check.ts';
import { type Accepted, type Announced, announce, NOT_ASKED, readAcceptances, retract } from './comment.ts';
import type { ActionContext } from './context.ts';
import { asBefore, readEarlierAttempt, rejudged, withEarlier } from './earlier-attempt.ts';
import { publish } from './publish.ts';
import { publishCancelled } from './publish-cancelled.ts';
import { reproductionOf } from './reproduction.ts';
import { showChanged } from './show-accepted.ts';
import { openStore } from './stores.ts';

/** Measures, judges, publishes what was found, and only then fails the step if it must. */
export async function measureAndPublish(context: ActionContext): Promise<void> {
  const { inputs, env } = context;
  const { key: series, title } = readSeries(inputs.series, env, {
    workingDirectory: inputs.workingDirectory,
    config: inputs.config,
  });
  let resultPath: string | null = null;
  try {
    const { request, world } = await prepare(context, { series, title });
    resultPath = request.resultPath;
    const [announced] = await Promise.all([announce(context, request), beginCheck(context, request)]);
    const earlier = await readEarlierAttempt(context, request);
    const measured = withEarlier(request, await run(asBefore(request, earlier), world), earlier);
    const { outcome, accepted } = await withAccepted(context, request, measured, announced);
    const keep = updatesBaseline(context.event, inputs.updateBaseline) ? request.store : null;
    await publish(context, request, outcome, accepted, keep);
    const { event } = context;
    if (accepted.known !== null && event.type === 'pull_request')
      await showChanged(context, { number: event.number, headSha: event.head.sha }, accepted.known);
  } catch (error) {
    // First what needs no network: a run that is cancelled is killed soon.
    if (context.signal.aborted) await publishCancelled(context, title, resultPath);
    const named = { series, title };
    await Promise.all([retract(context, named, error), checkUnjudged(context, named, error)]);
    throw error;
  }
}

function keepSecret(context: ActionContext, secrets: readonly string[]): void {
  context.secrets.push(...secrets);
  maskSecrets(core, secrets);
}

async function prepare(context: ActionContext, named: Named): Promise<{ request: Request; world: World }> {
  const { inputs, log } = context;
  const config = await readConfig({
    file: inputs.config ?? undefined,
    start: inputs.start ?? undefined,
    url: inputs.url ?? undefined,
    workingDirectory: inputs.workingDirectory,
    conceal: true,
    env: context.env,
  });
  keepSecret(context, config.secrets);
  const store = openStore(context);
  if (store === null) log.warning('There is no token, so no baseline can be read: this run only measures.');
  const world = await makeWorld(context.signal, (event) => {
    const line = describeProgress(event);
    if (line !== null) log.info(line);
  });
  return { request: await requestOf(context, named, config, store, world), world };
}

/** What was accepted for this head already decides no more. Asked for only where it could matter to what is shown. */
async function withAccepted(
  context: ActionContext,
  request: Request,
  outcome: RunOutcome,
  { judgedBefore, acceptedBefore }: Announced,
): Promise<{ outcome: RunOutcome; accepted: Accepted }> {
  const isAsked = acceptedBefore || (judgedBefore && outcome.judged.verdict === 'regressed');
  const known = isAsked ? await readAcceptances(context) : null;
  if (known === null) return { outcome, accepted: NOT_ASKED };
  const { judged, used } = withAcceptances(outcome.judged, outcome.result, known);
  const accepted = { used, known };
  if (used.holding.length === 0) return { outcome, accepted };
  return { outcome: rejudged(request, outcome, outcome.result, judged, []), accepted };
}

async function requestOf(
  context: ActionContext,
  named: Named,
  config: Config,
  store: BaselineStore | null,
  world: World,
): Promise<Request> {
  const { inputs, env, origin, event } = context;
  const commit = await commitOf(config.workingDirectory, context.signal);
  const found = await baseOf(context, config.workingDirectory);
  return {
    config,
    compare: inputs.compare,
    only: null,
    ...named,
    commit: commit ?? { sha: env.GITHUB_SHA ?? '', dirty: false },
    origin,
    environment: await readEnvironment(),
    store,
    ancestors: () => ancestorsOf(context, found.base?.sha ?? null),
    base: found.base,
    noBase: found.base === null ? found.reason : '',
    resultPath: join(world.workDir, 'result.json'),
    onSecrets: (secrets) => keepSecret(context, secrets),
    reproduce: reproductionOf(config, env, event.type === 'pull_request' ? (found.base?.sha ?? null) : null),
  };
}

/** The commit to measure side by side: only a pull request and a merge group have one. */
async function baseOf(context: ActionContext, directory: string) {
  const { event, signal, inputs } = context;
  const none = (reason: string) => ({ base: null, reason });
  if (inputs.compare === 'stored' || inputs.compare === 'none') return none('`compare` does not ask for it');
  if (event.type !== 'pull_request' && event.type !== 'merge_group') {
    return none(`a run on \`${event.type}\` has no base commit`);
  }
  const remote = remoteOf(context);
  return await gitBase({
    directory,
    ref: event.base.sha,
    ...(event.type === 'pull_request' && { pullRequestHead: event.head.sha }),
    ...(remote && { fetchFrom: remote }),
    signal,
  });
}

/** Where commits can be fetched from with the action's token, which stays in the environment of git alone. */
function remoteOf({ env, origin, inputs }: ActionContext): Remote | null {
  if (inputs.token === null) return null;
  const server = (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
  const basic = Buffer.from(`x-access-token:${inputs.token}`).toString('base64');
  core.setSecret(basic);
  return {
    url: `${server}/${origin.repository}`,
    env: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    },
  };
}

/** The commits whose baseline is preferred. On a push: that of the commit before it, and of its ancestors. */
async function ancestorsOf(context: ActionContext, baseSha: string | null): Promise<string[]> {
  const { event, client, repo, log } = context;
  const from =
    baseSha ?? (event.type === 'pull_request' || event.type === 'merge_group' ? event.base.sha : null);
  const start = from ?? (event.type === 'push' ? event.before : null);
  if (client === null || start === null) return [];
  return await listAncestors(client, repo, start, log);
}
