import { DocumentError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';

/** Events whose numbers belong to no branch: what is checked out there is a merge, or somebody else's code. */
const NEVER_BASELINES = new Set(['pull_request', 'pull_request_target', 'merge_group']);

/** Why a result can never be a baseline of the default branch, or undefined. */
export function disqualification(result: Result): string | undefined {
  const event = result.origin?.event;
  if (event === undefined || !NEVER_BASELINES.has(event)) return undefined;
  return `it was measured on a ${event} event, whose numbers belong to no branch`;
}

/** Refuses a stored result that does not belong where it was found; a DocumentError (`corrupt`) says why. */
export function expectProvenance(
  result: Result,
  place: { location: string; series: string; repository: string; runId?: number },
): void {
  const refuse = (problem: string): never => {
    throw new DocumentError('corrupt', `${place.location} is refused: ${problem}`);
  };
  if (result.series !== place.series)
    refuse(`it is of the series ${JSON.stringify(result.series)}, expected ${JSON.stringify(place.series)}`);
  const measuredIn = result.origin?.repository;
  if (measuredIn !== undefined && measuredIn.toLowerCase() !== place.repository.toLowerCase())
    refuse(
      `it was measured in ${measuredIn}, expected ${place.repository} (after a repository was renamed, delete the baselines of the old name)`,
    );
  if (place.runId !== undefined && result.origin?.runId !== place.runId)
    refuse(`it says it is of run ${result.origin?.runId ?? 'none'}, expected ${place.runId}`);
  const disqualified = disqualification(result);
  if (disqualified !== undefined) refuse(disqualified);
}
