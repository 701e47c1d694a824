import { measuringSection } from '../../src/action/section.ts';
import { toSection } from '../../src/github/comment.ts';
import { renderBody } from '../../src/github/comment-body.ts';
import type { Section } from '../../src/github/comment-sections.ts';
import { shortHash } from '../../src/github/series.ts';
import type { Pull, Run } from '../harness/github/records.ts';
import type { GitHubStandIn } from '../harness/github/stand-in.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import { seriesOf } from './measurements.ts';

/** What a job has said that began to measure and was lost. `leg`: of a matrix of `node`. */
export function unfinished(
  { head }: Pull,
  { id, number, workflow }: Run,
  leg: number | null = null,
): Section {
  const { path } = workflow;
  const origin = { runId: id, runNumber: number, runAttempt: 1, url: '' };
  const title = leg === null ? 'measure' : `measure (${leg})`;
  const series = seriesOf(leg === null ? null : { node: leg });
  return toSection(measuringSection({ series, title, sha: head.sha, origin, workflow: path }));
}

/** A comment with these sections, by the key that a workflow has without being told one. */
export const commentOf = ({ workflow }: Run, sections: readonly Section[]): string =>
  renderBody(shortHash(workflow.name), sections, () => ({ top: '', bottom: '' }));

/** The comment as such a job left it. */
export function leaveUnfinished(hub: GitHubStandIn, pull: Pull, run: Run, leg: number | null = null): void {
  const body = commentOf(run, [unfinished(pull, run, leg)]);
  hub.world.comment(hub.repository, pull.number, ACTIONS_BOT.login, body);
}
