import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import forksMeasure from '../../examples/workflows/forks-measure.yml';
import forksPublish from '../../examples/workflows/forks-publish.yml';
import measureAlone from '../../examples/workflows/perf-baseline.yml';
import type { Step } from './finding.ts';

export type WorkflowOptions = {
  name: string;
  /** The branch whose pushes become the baseline. */
  branch: string;
  /** The working directory in the repository, `.` at its root. */
  within: string;
  steps: readonly Step[];
  /** What could not be found out, to stand at the top. */
  unknown: readonly string[];
  /** Whether another workflow publishes for forks. */
  forks: boolean;
};

const ACTION = /perf-baseline@/;

/**
 * The name of the workflow, by which the fork workflow waits for it, and which tells its runs from those of others in the
 * concurrency group: none of `taken`.
 */
export function workflowName(within: string, taken: readonly string[] = []): string {
  const names = ['Performance', 'perf-baseline', 'Performance by perf-baseline'].map((name) =>
    within === '.' ? name : `${name} (${within})`,
  );
  return names.find((name) => !taken.includes(name)) ?? `${names[0]} ${taken.length + 1}`;
}

/**
 * The workflow that measures, as examples/workflows/ has it (perf-baseline.yml, or forks-measure.yml), with the branch,
 * runtime and folder of a repository.
 */
export function workflowText(options: WorkflowOptions): string {
  const document = parseDocument(options.forks ? forksMeasure : measureAlone);
  document.set('name', options.name);
  document.setIn(['on', 'push', 'branches'], flowList(document.createNode([pattern(options.branch)])));
  visit(document, {
    Scalar(_, scalar) {
      if (scalar.comment)
        scalar.comment = scalar.comment.replace(/\bpush to main\b/, () => `push to ${options.branch}`);
    },
  });
  const [first] = isMap(document.contents) ? document.contents.items : [];
  if (first === undefined || !isScalar(first.key))
    throw new Error('examples/workflows/perf-baseline.yml is no workflow');
  // In place of the example's own heading.
  document.commentBefore = null;
  first.key.commentBefore = [
    ' Pull requests are compared with the default branch, pushes to it become the baseline. Written by perf-baseline init.',
    ...options.unknown.map((text) => ` Could not be found out: ${text}.`),
  ].join('\n');
  const steps = stepsOf(document);
  const [checkout, action] = [ofUses(steps, /^actions\/checkout@/), ofUses(steps, ACTION)];
  if (checkout === undefined || action === undefined)
    throw new Error('examples/workflows/perf-baseline.yml has no checkout, or does not use the action');
  if (options.within !== '.') action.setIn(['with', 'working-directory'], options.within);
  const own = options.steps.map((step) => {
    const { why, version, ...data } = step;
    const node = document.createNode(data) as YAMLMap;
    node.commentBefore = ` ${why}`;
    const uses = node.get('uses', true);
    if (version !== undefined && uses !== undefined) uses.comment = ` ${version}`;
    return node;
  });
  steps.items = [checkout, ...own, action];
  return document.toString(LAYOUT);
}

/** A branch as GitHub's filter has it, where some characters stand for others. */
const pattern = (branch: string) => branch.replace(/[+*?[\]]|^!/g, '\\$&');

/** The job of that workflow with the permissions that it needs, as YAML, to be added under `jobs` of one that is there. */
export function jobText(options: WorkflowOptions): string {
  const document = parseDocument(workflowText(options));
  const [job] = jobsOf(document);
  const permissions = document.get('permissions');
  if (job === undefined || !isMap(job.value)) throw new Error('an example workflow has no job');
  if (!job.value.has('permissions')) job.value.items.unshift(document.createPair('permissions', permissions));
  document.contents = document.createNode({ jobs: document.get('jobs') }) as typeof document.contents;
  return document.toString(LAYOUT).replace(/^jobs:\n/, '');
}

/** The workflow of examples/workflows/forks-publish.yml, after the workflow of a name. */
export function forkWorkflowText({ after, within }: { after: string; within: string }): string {
  const document = parseDocument(forksPublish.replaceAll('`Performance`', () => `\`${after}\``));
  if (within !== '.') document.set('name', `Publish ${after[0]?.toLowerCase()}${after.slice(1)}`);
  document.setIn(['on', 'workflow_run', 'workflows'], flowList(document.createNode([after])));
  const action = ofUses(stepsOf(document), ACTION);
  if (action === undefined) throw new Error('examples/workflows/forks-publish.yml does not use the action');
  if (within !== '.') action.setIn(['with', 'working-directory'], within);
  return document.toString(LAYOUT);
}

const LAYOUT = { lineWidth: 0, nullStr: '', flowCollectionPadding: false } as const;

/** The steps of the only job. */
function stepsOf(document: Document): YAMLSeq {
  const [job] = jobsOf(document);
  const steps = job && isMap(job.value) ? job.value.get('steps') : undefined;
  if (isSeq(steps)) return steps;
  throw new Error('an example workflow has no job with steps');
}

function jobsOf(document: Document): Pair[] {
  const jobs = document.get('jobs');
  return isMap(jobs) ? jobs.items : [];
}

function ofUses(steps: YAMLSeq, pattern: RegExp): YAMLMap | undefined {
  return steps.items.find(
    (step): step is YAMLMap => isMap(step) && pattern.test(String(step.get('uses') ?? '')),
  );
}

function flowList<T>(node: T): T {
  if (isSeq(node)) node.flow = true;
  return node;
}
