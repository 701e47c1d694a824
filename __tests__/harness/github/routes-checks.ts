import {
  type Answer,
  ApiError,
  actor,
  type Call,
  countedList,
  listOf,
  notFound,
  ok,
  param,
  type Routes,
} from './api.ts';
import type { CheckRun, Status } from './records.ts';
import { commitOf } from './routes-commits.ts';
import { appShape, repositoryShape, userShape } from './shapes.ts';
import { pullReference } from './shapes-actions.ts';

const MAX_TEXT = 65_535;
const MAX_ANNOTATIONS = 50;

type Output = { title?: string; summary?: string; text?: string; annotations?: Record<string, unknown>[] };

function urlOf(call: Call, rest: string): string {
  return `${call.origins.api}/repos/${call.repository.fullName}/${rest}`;
}

function checkShape(call: Call, check: CheckRun) {
  const url = urlOf(call, `check-runs/${check.id}`);
  const web = `${call.origins.web}/${call.repository.fullName}/runs/${check.id}`;
  const { annotations, ...output } = check.output;
  return {
    id: check.id,
    node_id: `CR_${check.id}`,
    head_sha: check.headSha,
    external_id: check.externalId,
    url,
    html_url: web,
    details_url: check.detailsUrl ?? web,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: { ...output, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    name: check.name,
    check_suite: { id: check.id + 1 },
    app: appShape(call.origins),
    pull_requests: call.repository.pulls
      .filter(
        (p) => p.head.sha === check.headSha && p.head.repository === call.repository && p.state === 'open',
      )
      .map((pull) => pullReference(pull, call.repository, call.origins)),
  };
}

/** Applies what a create or update says; annotations are added to those there are. */
function apply(call: Call, check: CheckRun): void {
  const text = (name: string) => (call.body[name] as string | undefined) ?? null;
  check.name = text('name') ?? check.name;
  check.externalId = text('external_id') ?? check.externalId;
  check.detailsUrl = text('details_url') ?? check.detailsUrl;
  check.startedAt = text('started_at') ?? check.startedAt;
  check.conclusion = text('conclusion') ?? check.conclusion;
  check.status = text('status') ?? (call.body.conclusion ? 'completed' : check.status);
  if (check.status === 'completed') check.completedAt = text('completed_at') ?? call.world.now();
  const output = call.body.output as Output | undefined;
  if (!output) return;
  for (const field of ['summary', 'text'] as const)
    if (Buffer.byteLength(output[field] ?? '') > MAX_TEXT)
      throw new ApiError(422, `Invalid request.\n\n${field} exceeds a maximum bytesize of ${MAX_TEXT}.`);
  if (output.summary === '') throw new ApiError(422, 'Invalid request.\n\n"summary" wasn\'t supplied.');
  if ((output.annotations?.length ?? 0) > MAX_ANNOTATIONS)
    throw new ApiError(422, `Invalid request.\n\nNo more than ${MAX_ANNOTATIONS} items are allowed.`);
  check.output = {
    title: output.title ?? check.output.title,
    summary: output.summary ?? check.output.summary,
    text: output.text ?? check.output.text,
    annotations: [...check.output.annotations, ...(output.annotations ?? [])],
  };
}

async function createCheck(call: Call): Promise<Answer> {
  const headSha = String(call.body.head_sha);
  if ((await call.repository.git.resolve(headSha)) === undefined)
    throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  const check: CheckRun = {
    id: call.world.nextId(),
    name: '',
    headSha,
    status: 'queued',
    conclusion: null,
    externalId: null,
    detailsUrl: null,
    startedAt: call.world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
  };
  apply(call, check);
  call.repository.checkRuns.push(check);
  return { status: 201, body: checkShape(call, check) };
}

function checkOf(call: Call): CheckRun {
  const check = call.repository.checkRuns.find((c) => c.id === Number(param(call, 'check_run_id')));
  if (!check) throw notFound();
  return check;
}

async function listChecks(call: Call): Promise<Answer> {
  const { sha } = await commitOf(call, param(call, 'ref'));
  const name = call.query.get('check_name');
  const status = call.query.get('status');
  const filter = call.query.get('filter') ?? 'latest';
  let found = call.repository.checkRuns.filter(
    (c) =>
      c.headSha === sha && (name === null || c.name === name) && (status === null || c.status === status),
  );
  if (filter === 'latest') found = [...new Map(found.map((check) => [check.name, check])).values()];
  return countedList(call, 'check_runs', found.reverse(), (check) => checkShape(call, check));
}

function statusShape(call: Call, status: Status) {
  return {
    url: urlOf(call, `statuses/${status.sha}`),
    avatar_url: `${call.origins.web}/avatars/u/${status.creator.id}`,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: userShape(status.creator, call.origins),
  };
}

async function createStatus(call: Call): Promise<Answer> {
  const sha = param(call, 'sha');
  if ((await call.repository.git.resolve(sha)) === undefined)
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  const status: Status = {
    id: call.world.nextId(),
    sha,
    state: String(call.body.state),
    context: String(call.body.context ?? 'default'),
    description: (call.body.description as string | undefined) ?? null,
    targetUrl: (call.body.target_url as string | undefined) ?? null,
    creator: actor(call),
    createdAt: call.world.now(),
  };
  call.repository.statuses.push(status);
  return { status: 201, body: statusShape(call, status) };
}

async function combinedStatus(call: Call): Promise<Answer> {
  const { sha } = await commitOf(call, param(call, 'ref'));
  const all = call.repository.statuses.filter((status) => status.sha === sha);
  const latest = [...new Map(all.map((status) => [status.context, status])).values()];
  const states = latest.map((status) => status.state);
  const bad = states.some((state) => state === 'failure' || state === 'error');
  const pending = states.length === 0 || states.includes('pending');
  return ok({
    state: bad ? 'failure' : pending ? 'pending' : 'success',
    sha,
    total_count: latest.length,
    statuses: latest.map((status) => statusShape(call, status)),
    repository: repositoryShape(call.repository, call.origins),
    commit_url: urlOf(call, `commits/${sha}`),
    url: urlOf(call, `commits/${sha}/status`),
  });
}

export const checkRoutes: Routes = {
  'checks/create': createCheck,
  'checks/get': (call) => ok(checkShape(call, checkOf(call))),
  'checks/update': (call) => {
    const check = checkOf(call);
    apply(call, check);
    return ok(checkShape(call, check));
  },
  'checks/list-for-ref': listChecks,
  'checks/list-annotations': (call) =>
    listOf(call, checkOf(call).output.annotations, (annotation) => ({
      start_column: null,
      end_column: null,
      title: null,
      raw_details: null,
      ...annotation,
      blob_href: `${call.origins.web}/${call.repository.fullName}/blob/HEAD/${String(annotation.path)}`,
    })),
  'repos/create-commit-status': createStatus,
  'repos/get-combined-status-for-ref': combinedStatus,
  'repos/list-commit-statuses-for-ref': async (call) => {
    const { sha } = await commitOf(call, param(call, 'ref'));
    const found = call.repository.statuses.filter((status) => status.sha === sha).reverse();
    return listOf(call, found, (status) => statusShape(call, status));
  },
};
