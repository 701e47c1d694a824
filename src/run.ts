import { criteriaOf } from './compare/input.ts';
import { unusedCriteria } from './compare/unused.ts';
import type { History } from './domain/baseline.ts';
import type { Report, Unpaired } from './domain/report.ts';
import type { Result, Warning } from './domain/result.ts';
import { measureAlone } from './pipeline/alone.ts';
import { type Judged, judge } from './pipeline/judgement.ts';
import { lookUp, onlyScenario, readHistory } from './pipeline/lookup.ts';
import { measurePaired, type PairedOutcome } from './pipeline/paired.ts';
import type { Request } from './pipeline/request.ts';
import { selfTestNotes } from './pipeline/self-test.ts';
import type { World } from './pipeline/world.ts';
import { baselineResult, buildReport } from './report/build.ts';

/** `result` is of the candidate; `judged` says what it was compared with. */
export type RunOutcome = { report: Report; result: Result; judged: Judged };

/**
 * Measures, saves, looks up the baseline or measures it beside the candidate, judges, and builds the report. Publishes
 * nothing. Rejects with a CancelledError when the run was cancelled: what was measured until then is saved.
 */
export async function run(request: Request, world: World): Promise<RunOutcome> {
  const { budgetMs } = request.config.measure;
  const history = await historyToScreen(request);
  const nothingToScreen = history?.entries.length === 0 && history.unreadable.length === 0;
  const paired =
    request.compare === 'paired' || nothingToScreen ? await pair(request, budgetMs, world) : null;
  if (paired?.status === 'measured')
    return spokenByPair(request, paired, nothingToScreen ? [screenNote(null)] : []);
  let unpaired = paired?.unpaired;

  const result = await measureAlone(request, budgetMs - (paired?.wallMs ?? 0), world);
  const { judged, warnings } = await judgeStored(request, result, history);
  if (paired === null && screens(request) && isUnproven(judged)) {
    const second = await pair(request, budgetMs - result.sampling.wallMs, world);
    if (second.status === 'measured') return spokenByPair(request, second, [...warnings, screenNote(judged)]);
    unpaired = second.unpaired;
  }
  const baseline = baselineResult(judged.source);
  const unused = unusedCriteria({ candidate: result, baseline }, criteriaOf(request.config));
  const report = buildReport({
    candidate: result,
    ...judged,
    title: request.title,
    reproduce: request.reproduce,
    warnings: [...warnings, ...unused, ...(unpaired === undefined ? [] : [pairingNote(judged, unpaired)])],
    // Where there is no base at all, nothing is wrong with it.
    ...(unpaired !== undefined && request.base !== null && { unpaired }),
  });
  return { report, result, judged };
}

/** Whether the stored comparison only screens: there is a base that can be measured where it does not settle things. */
const screens = ({ compare, base }: Request): boolean => compare === 'auto' && base !== null;

/**
 * The stored baselines of a run that they screen, read before anything is measured: where there are none, the head
 * alone would be measured for nothing. null where they are to be read afterwards, which also tells what is wrong with them.
 */
async function historyToScreen(request: Request): Promise<History | null> {
  if (!screens(request) || request.store === null) return null;
  return await readHistory(request.store, request.series).catch(() => null);
}

async function pair(request: Request, budgetMs: number, world: World): Promise<PairedOutcome> {
  if (request.base === null)
    return { status: 'unavailable', unpaired: { cause: 'base', detail: request.noBase }, wallMs: 0 };
  return await measurePaired(request, request.base, budgetMs, world);
}

function spokenByPair(
  request: Request,
  { candidate, baseline, changes, warnings }: Extract<PairedOutcome, { status: 'measured' }>,
  more: Warning[],
): RunOutcome {
  const criteria = criteriaOf(request.config);
  const judged = judge(candidate, { type: 'paired', result: baseline }, criteria);
  const report = buildReport({
    candidate,
    ...judged,
    title: request.title,
    reproduce: request.reproduce,
    criterionChanges: changes,
    warnings: [
      ...warnings,
      ...more,
      ...unusedCriteria({ candidate, baseline }, criteria),
      ...selfTestNotes(baseline, candidate, judged.comparisons),
    ],
  });
  return { report, result: candidate, judged };
}

async function judgeStored(
  request: Request,
  result: Result,
  known: History | null,
): Promise<{ judged: Judged; warnings: Warning[] }> {
  const { config, store, compare } = request;
  const criteria = criteriaOf(config);
  if (store === null || compare === 'none') {
    return { judged: judge(result, { type: 'none' }, criteria), warnings: [] };
  }
  const { lookup, warnings } = await lookUp(result, store, request.ancestors, known);
  const asked = request.only === null ? lookup : onlyScenario(lookup, request.only);
  return { judged: judge(result, { type: 'lookup', lookup: asked }, criteria), warnings };
}

/** Whether the stored comparison leaves anything that gates unproven: then the pair decides. */
function isUnproven({ verdict, comparisons }: Judged): boolean {
  if (verdict === 'failed') return false;
  return verdict === 'new' || comparisons.some((row) => row.gating && row.verdict !== 'unchanged');
}

function pairingNote({ source }: Judged, { detail }: Unpaired): Warning {
  const instead =
    baselineResult(source) === null
      ? 'No stored baseline can speak instead.'
      : 'The stored baseline speaks instead.';
  return {
    code: 'not-paired',
    message: `Base and head were not measured side by side: ${detail}. ${instead}`,
  };
}

/** `judged` by the stored baseline; null where there is none. */
function screenNote(judged: Judged | null): Warning {
  const alone =
    judged === null || baselineResult(judged.source) === null
      ? 'No stored baseline can be compared with'
      : `The stored baseline alone said ${judged.verdict}`;
  return {
    code: 'screened',
    message: `${alone}; base and head were measured side by side, and only that decides.`,
  };
}
