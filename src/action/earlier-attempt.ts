import { criteriaOf } from '../compare/input.ts';
import { UsageError } from '../domain/errors.ts';
import type { Result, Warning } from '../domain/result.ts';
import { type Judged, judge } from '../pipeline/judgement.ts';
import { type Measurement, pool } from '../pipeline/pool.ts';
import type { Request } from '../pipeline/request.ts';
import { type BaselineSource, buildReport } from '../report/build.ts';
import type { RunOutcome } from '../run.ts';
import type { ActionContext } from './context.ts';
import { type RunFacts, readStoredResults, type StoredResult } from './stored-results.ts';
import { artifactPorts } from './stores.ts';

/** What an earlier attempt of this run measured; or why that cannot be had. Null for a first attempt. */
export type Earlier = { status: 'found'; stored: StoredResult } | { status: 'lost'; reason: string } | null;

/**
 * What this job uploaded in an earlier attempt of the same run: a re-run adds to the evidence, it does not roll the dice
 * again. Only of a pull request and a merge group; a push stands for itself.
 */
export async function readEarlierAttempt(context: ActionContext, request: Request): Promise<Earlier> {
  const { origin, event, client } = context;
  if (origin.runAttempt <= 1 || client === null) return null;
  if (event.type !== 'pull_request' && event.type !== 'merge_group') return null;
  const run: RunFacts = {
    id: origin.runId,
    number: origin.runNumber,
    attempt: origin.runAttempt,
    workflow: origin.workflow,
    path: context.workflow,
    event: origin.event,
    headSha: event.head.sha,
    url: origin.url,
  };
  try {
    const { results, refused, unread } = await readStoredResults(artifactPorts(context).artifacts, run, {
      upTo: origin.runAttempt - 1,
      series: request.series,
    });
    const [stored] = results;
    if (stored !== undefined) return { status: 'found', stored };
    const [reason] = [...unread, ...refused];
    return { status: 'lost', reason: reason ?? 'it left no result' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: 'lost', reason: error.message };
  }
}

/** The request, made to measure as the earlier attempt did, so that the two can be pooled. */
export function asBefore(request: Request, earlier: Earlier): Request {
  if (earlier?.status !== 'found' || request.compare !== 'auto' || request.base === null) return request;
  return { ...request, compare: earlier.stored.base === null ? 'auto' : 'paired' };
}

/** The outcome over all blocks, of the earlier attempt too where they are alike; else a warning says why not. */
export function withEarlier(request: Request, outcome: RunOutcome, earlier: Earlier): RunOutcome {
  if (earlier === null) return outcome;
  const { judged, result } = outcome;
  const alone = (reason: string) =>
    rejudged(request, outcome, result, judged, [
      {
        code: 'not-pooled',
        message: `An earlier attempt of this run is not counted in: ${reason}. This verdict rests on the last attempt alone.`,
      },
    ]);
  if (earlier.status === 'lost') return alone(earlier.reason);
  const now: Measurement = { result, base: judged.source.type === 'paired' ? judged.source.result : null };
  const pooled = pool(earlier.stored, now);
  if (pooled.status === 'unlike') return alone(pooled.reason);
  const source: BaselineSource =
    pooled.base === null ? judged.source : { type: 'paired', result: pooled.base };
  const note: Warning = {
    code: 'pooled',
    message: `This is a re-run: its blocks are judged together with those of attempt ${earlier.stored.attempt}, ${pooled.result.sampling.rounds} in all.`,
  };
  const again = judge(pooled.result, source, criteriaOf(request.config));
  return rejudged(request, outcome, pooled.result, again, [note]);
}

/** The outcome with another judgement of it. */
export function rejudged(
  request: Request,
  { report }: RunOutcome,
  result: Result,
  judged: Judged,
  warnings: Warning[],
): RunOutcome {
  return {
    result,
    judged,
    report: buildReport({
      candidate: result,
      ...judged,
      title: request.title,
      reproduce: request.reproduce,
      criterionChanges: report.criterionChanges,
      warnings: [...warnings, ...report.warnings],
      ...('unpaired' in report.baseline &&
        report.baseline.unpaired && { unpaired: report.baseline.unpaired }),
    }),
  };
}
