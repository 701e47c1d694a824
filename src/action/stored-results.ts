import { parseArtifactName, readUploadedResult, type UploadedResult } from '../baseline/artifact.ts';
import type { ArtifactService, ListedArtifact } from '../baseline/artifact-service.ts';
import { seriesHash } from '../baseline/series-key.ts';
import { StoreError } from '../baseline/store-error.ts';
import { ZIP_BYTES } from '../baseline/zip.ts';
import { DocumentError } from '../domain/errors.ts';
import { metricCatalogue } from '../domain/metric-catalogue.ts';
import type { Result, ScenarioResult } from '../domain/result.ts';
import type { WorkflowRun } from '../github/runs.ts';
import { partsOfSeries } from '../github/series.ts';

/** A result as a run uploaded it. What it says of itself was checked, or replaced by what the API says. */
export type StoredResult = UploadedResult & {
  /** Its artifact and run, for a sentence about it. */
  where: string;
  /** File of the workflow whose run uploaded it. */
  workflow: string;
  series: string;
  /** The verdict that it gave itself: shown to nobody as one. */
  claimed: string | undefined;
  attempt: number;
  /** When it was uploaded; ISO 8601, by GitHub's clock. */
  since: string;
};

/** `refused`: what is wrong with an artifact, which stays so. `unread`: why GitHub could not give one, this time. */
export type StoredResults = { results: StoredResult[]; refused: string[]; unread: string[] };

/**
 * Results opened of a run: more legs than a matrix that measures sensibly has, and few enough that one run of a stranger
 * does not spend what the repository may ask of GitHub in an hour.
 */
const MOST = 64;

export type RunFacts = Pick<
  WorkflowRun,
  'id' | 'number' | 'attempt' | 'workflow' | 'path' | 'event' | 'headSha' | 'url'
>;

/**
 * The newest result of each series that a run uploaded, up to an attempt, or of one series only. One that is not what it
 * should be is refused, with one sentence that says why, and so is told one that cannot be read; the others are read all
 * the same. `skip`: what is not opened at all, by the hash of its series.
 */
export async function readStoredResults(
  artifacts: ArtifactService,
  run: RunFacts,
  only: { upTo?: number; series?: string; skip?: (series: string, attempt: number) => boolean } = {},
): Promise<StoredResults> {
  const found: StoredResults = { results: [], refused: [], unread: [] };
  const listed = await artifacts.artifactsOf(run.id);
  const options = {
    upTo: only.upTo ?? run.attempt,
    ...(only.series !== undefined && { series: seriesHash(only.series) }),
  };
  const { skip = () => false } = only;
  const wanted = newest(listed, options).filter(({ series, attempt }) => !skip(series, attempt));
  const [later, ...more] = ofLaterAttempts(listed, run.attempt, options.series);
  if (later !== undefined)
    found.refused.push(
      `artifact ${later} of run ${run.id} is named for a later attempt than ${run.attempt}, which this run is at${more.length === 0 ? '' : `, and so are ${more.length} more`}`,
    );
  if (wanted.length > MOST)
    found.refused.push(
      `run ${run.id} has uploaded ${wanted.length} results, and at most ${MOST} are opened: the other ${wanted.length - MOST} were left out`,
    );
  for (const { artifact, attempt } of wanted.slice(0, MOST)) {
    const where = `artifact ${artifact.name} of run ${run.id}`;
    try {
      const zip = artifact.expired ? 'gone' : await artifacts.download(artifact, ZIP_BYTES);
      if (zip === 'gone') {
        found.refused.push(`${where} has expired or was deleted; run the measurement again`);
        continue;
      }
      const uploaded = await readUploadedResult(zip, where);
      expectOf(run, artifacts.repository, artifact.name, attempt, uploaded, where);
      found.results.push({
        where,
        workflow: run.path,
        series: uploaded.result.series,
        claimed: uploaded.result.verdict,
        attempt,
        since: artifact.createdAt ?? '',
        result: asKnown(uploaded.result, run, artifact, attempt, artifacts.repository),
        base: uploaded.base,
      });
    } catch (error) {
      if (error instanceof DocumentError) found.refused.push(error.message);
      else if (error instanceof StoreError) found.unread.push(error.message);
      else throw error;
    }
  }
  return found;
}

function newest(
  listed: readonly ListedArtifact[],
  { upTo, series }: { upTo: number; series?: string },
): { artifact: ListedArtifact; series: string; attempt: number }[] {
  const bySeries = new Map<
    string,
    { artifact: ListedArtifact; series: string; attempt: number; upload: number }
  >();
  for (const artifact of listed) {
    const name = parseArtifactName(artifact.name);
    if (name?.kind !== 'result' || name.attempt > upTo) continue;
    if (series !== undefined && name.series !== series) continue;
    const known = bySeries.get(name.series);
    const isLater =
      known === undefined ||
      name.attempt > known.attempt ||
      (name.attempt === known.attempt && name.upload >= known.upload);
    if (isLater) bySeries.set(name.series, { artifact, ...name });
  }
  return [...bySeries.values()];
}

/** Names of results that no attempt of this run so far can have uploaded: forged, or of one that has begun meanwhile. */
function ofLaterAttempts(listed: readonly ListedArtifact[], attempt: number, series?: string): string[] {
  return listed.flatMap(({ name }) => {
    const parsed = parseArtifactName(name);
    const isLater = parsed?.kind === 'result' && parsed.attempt > attempt;
    return isLater && (series === undefined || parsed.series === series) ? [name] : [];
  });
}

/** Throws a DocumentError when a result says that it is of something else than where it was found. */
function expectOf(
  run: RunFacts,
  repository: string,
  artifactName: string,
  attempt: number,
  { result, base }: UploadedResult,
  where: string,
): void {
  const refuse = (problem: string): never => {
    throw new DocumentError('corrupt', `${where} is refused: ${problem}`);
  };
  const same = (what: string, claimed: unknown, known: unknown) => {
    if (claimed !== known)
      refuse(
        `it says ${what} ${JSON.stringify(claimed ?? null).slice(0, 120)}, expected ${JSON.stringify(known)}`,
      );
  };
  const { origin, series } = result;
  same('repository', origin?.repository.toLowerCase(), repository.toLowerCase());
  same('run', origin?.runId, run.id);
  same('attempt', origin?.runAttempt, attempt);
  same('event', origin?.event, run.event);
  if (run.event === 'pull_request') same('head', origin?.headSha, run.headSha);
  else same('commit', result.commit?.sha, run.headSha);
  const parts = partsOfSeries(series);
  if (parts !== null) same('workflow', parts.workflow, run.path);
  else same('workflow', origin?.workflow, run.workflow);
  if (parseArtifactName(artifactName)?.series !== seriesHash(series))
    refuse('its name is that of another series');
  if (isCancelled(result) || (base !== null && isCancelled(base)))
    refuse('it says that it was cancelled, and what is cancelled uploads nothing');
  for (const scenario of [...result.scenarios, ...(base?.scenarios ?? [])]) {
    const metric = redefined(scenario);
    if (metric !== undefined)
      refuse(
        `${JSON.stringify(scenario.name)} has a metric ${JSON.stringify(metric)} that is not defined so here`,
      );
  }
}

/** Whether a job was cancelled is GitHub's to say: what a result says of it would only stand in place of its verdict. */
const isCancelled = ({ sampling, scenarios }: Result): boolean =>
  sampling.stopped === 'cancelled' ||
  scenarios.some(({ outcome }) => outcome.status === 'failed' && outcome.failure.reason === 'cancelled');

/** Name of a metric whose direction, unit or derivation is not that of this version. */
function redefined({ type, metrics }: ScenarioResult): string | undefined {
  const known = Object.hasOwn(metricCatalogue, type)
    ? metricCatalogue[type as keyof typeof metricCatalogue]
    : { scenario: [], part: [] };
  const definitions = new Map(
    [...known.part, ...known.scenario].map((metric) => [metric.name, JSON.stringify(metric, sortedKeys)]),
  );
  return metrics.find((metric) => definitions.get(metric.name) !== JSON.stringify(metric, sortedKeys))?.name;
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The result with what is known of it better: an id of its own, since one that a baseline has would leave that baseline
 * out, and where it comes from, links included.
 */
function asKnown(
  { verdict: _, ...result }: Result,
  run: RunFacts,
  artifact: ListedArtifact,
  attempt: number,
  repository: string,
): Result {
  return {
    ...result,
    id: `artifact-${artifact.id}`,
    origin: {
      repository,
      event: run.event,
      workflow: run.workflow,
      runId: run.id,
      runNumber: run.number,
      runAttempt: attempt,
      job: result.origin?.job ?? '',
      url: run.url,
      ...(run.event === 'pull_request' && { headSha: run.headSha }),
    },
  };
}
