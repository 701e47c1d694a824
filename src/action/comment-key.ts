import type { OwnComments } from '../github/chat-answers.ts';
import { workflowHash } from '../github/comment.ts';
import { hasMarker, keyOfBody, parseSections } from '../github/comment-body.ts';
import type { Section } from '../github/comment-sections.ts';
import type { WorkflowRunEvent } from '../github/event.ts';
import { shortHash } from '../github/series.ts';
import type { ActionContext } from './context.ts';

/**
 * Hash of the key that was named to this job. Where none was, of the comment in which the run, or else its workflow, stands
 * already: the jobs that measured may have been told a key of their own. Else of the key that they have without one.
 */
export function keyHashFor(
  { env, inputs }: ActionContext,
  run: WorkflowRunEvent['run'],
  own: OwnComments,
): string {
  if ((env['INPUT_COMMENT-KEY'] ?? '').trim() !== '') return shortHash(inputs.commentKey);
  const usual = shortHash(run.workflow);
  const workflow = workflowHash(run.path);
  const keyed = own.flatMap(({ body }) => {
    const hash = keyOfBody(body);
    const sections = parseSections(body).filter(
      (section) => section.run.id === run.id || section.run.workflow === workflow,
    );
    return hash === undefined ? [] : sections.map((section) => ({ hash, id: section.run.id }));
  });
  const ofRun = keyed.filter(({ id }) => id === run.id);
  const hashes = (ofRun.length > 0 ? ofRun : keyed).map(({ hash }) => hash);
  return hashes.includes(usual) ? usual : (hashes[0] ?? usual);
}

/** The sections in the comments of one key. */
export function sectionsIn(comments: readonly { body: string }[], keyHash: string): Section[] {
  return comments.filter(({ body }) => hasMarker(body, keyHash)).flatMap(({ body }) => parseSections(body));
}
