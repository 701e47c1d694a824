import { type Answer, ApiError, actor, type Call, listOf, notFound, ok, param, type Routes } from './api.ts';
import type { Comment, Pull } from './records.ts';
import { associationOf, commentShape, permissionShape, repositoryShape, userShape } from './shapes.ts';
import { issueShape, pullDetails, pullShape } from './shapes-pulls.ts';

/** Longest body of a comment, in characters. */
const MAX_BODY = 65_536;

function pullOf(call: Call, name: string): Pull {
  const pull = call.repository.pulls.find((p) => p.number === Number(param(call, name)));
  if (!pull) throw notFound();
  return pull;
}

function commentOf(call: Call): Comment {
  const comment = call.repository.comments.find((c) => c.id === Number(param(call, 'comment_id')));
  if (!comment) throw notFound();
  return comment;
}

function listPulls(call: Call): Answer {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const direction = call.query.get('direction') ?? 'desc';
  const found = call.repository.pulls.filter((pull) => {
    const label = `${(pull.head.repository?.owner ?? pull.user).login}:${pull.head.ref}`;
    return (
      (state === 'all' || pull.state === state) &&
      // GitHub ignores a head that is not `owner:branch`.
      (head === null || !head.includes(':') || head === label) &&
      (base === null || base === pull.base.ref)
    );
  });
  if (direction === 'desc') found.reverse();
  return listOf(call, found, (pull) => pullShape(pull, call.repository, call.origins));
}

async function getPull(call: Call): Promise<Answer> {
  const pull = pullOf(call, 'pull_number');
  const commits = await call.repository.git.log([`${pull.base.sha}..${pull.head.sha}`]);
  return ok({
    ...pullShape(pull, call.repository, call.origins),
    ...pullDetails(pull, call.repository, { commits: commits.length, changedFiles: 1 }),
  });
}

function bodyOf(call: Call): string {
  const body = call.body.body;
  const refuse = (message: string) =>
    new ApiError(422, 'Validation Failed', {
      errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
    });
  if (typeof body !== 'string' || body.trim() === '') throw refuse("Body can't be blank");
  if (body.length > MAX_BODY) throw refuse(`Body is too long (maximum is ${MAX_BODY} characters)`);
  return body;
}

function createComment(call: Call): Answer {
  const pull = pullOf(call, 'issue_number');
  const body = bodyOf(call);
  if (pull.locked) throw new ApiError(403, 'Unable to create comment because issue is locked.');
  const comment = call.world.comment(call.repository, pull.number, actor(call).login, body);
  return {
    status: 201,
    headers: { location: commentShape(comment, call.repository, call.origins).url },
    body: commentShape(comment, call.repository, call.origins),
  };
}

function updateComment(call: Call): Answer {
  const comment = commentOf(call);
  const user = actor(call);
  // A workflow's token may edit the comments of others: it acts with the rights of a maintainer.
  if (call.token?.user && comment.user !== user && associationOf(user, call.repository) === 'NONE')
    throw new ApiError(403, 'Must have admin rights to Repository.');
  comment.body = bodyOf(call);
  comment.updatedAt = call.world.now();
  return ok(commentShape(comment, call.repository, call.origins));
}

function listComments(call: Call): Answer {
  const pull = pullOf(call, 'issue_number');
  const since = call.query.get('since');
  const found = call.repository.comments.filter(
    (c) => c.number === pull.number && (since === null || Date.parse(c.updatedAt) >= Date.parse(since)),
  );
  return listOf(call, found, (comment) => commentShape(comment, call.repository, call.origins));
}

function react(call: Call): Answer {
  const comment = commentOf(call);
  const content = String(call.body.content);
  const user = actor(call);
  const known = comment.reactions.find((r) => r.content === content && r.user === user);
  const reaction = known ?? { id: call.world.nextId(), user, content, createdAt: call.world.now() };
  if (!known) comment.reactions.push(reaction);
  return { status: known ? 200 : 201, body: reactionShape(call, reaction) };
}

function reactionShape(call: Call, reaction: Comment['reactions'][number]) {
  return {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: userShape(reaction.user, call.origins),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

function getUser(call: Call, login: string): Answer {
  const user = call.world.users.get(login);
  if (!user) throw notFound();
  const counts = { public_repos: 1, public_gists: 0, followers: 0, following: 0 };
  const nothing = {
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
  };
  return ok({
    ...userShape(user, call.origins),
    ...nothing,
    ...counts,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  });
}

export const pullRoutes: Routes = {
  'repos/get': (call) =>
    ok({
      ...repositoryShape(call.repository, call.origins),
      ...(call.repository.parent
        ? {
            parent: repositoryShape(call.repository.parent, call.origins),
            source: repositoryShape(call.repository.parent, call.origins),
          }
        : {}),
      permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    }),
  'repos/get-collaborator-permission-level': (call) => {
    const user = call.world.users.get(param(call, 'username'));
    if (!user) throw notFound();
    // Everybody may read what is public.
    const known = call.repository.collaborators.get(user.login);
    const permission = known ?? (call.repository.private ? 'none' : 'read');
    return ok(permissionShape(user, permission, call.origins));
  },
  'users/get-authenticated': (call) => getUser(call, actor(call).login),
  'users/get-by-username': (call) => getUser(call, param(call, 'username')),
  'pulls/list': listPulls,
  'pulls/get': getPull,
  'issues/get': (call) => ok(issueShape(pullOf(call, 'issue_number'), call.repository, call.origins)),
  'issues/list-comments': listComments,
  'issues/create-comment': createComment,
  'issues/get-comment': (call) => ok(commentShape(commentOf(call), call.repository, call.origins)),
  'issues/update-comment': updateComment,
  'issues/delete-comment': (call) => {
    const comment = commentOf(call);
    call.repository.comments.splice(call.repository.comments.indexOf(comment), 1);
    return { status: 204 };
  },
  'reactions/create-for-issue-comment': react,
  'reactions/list-for-issue-comment': (call) => {
    const content = call.query.get('content');
    const found = commentOf(call).reactions.filter((r) => content === null || r.content === content);
    return listOf(call, found, (reaction) => reactionShape(call, reaction));
  },
  'reactions/delete-for-issue-comment': (call) => {
    const comment = commentOf(call);
    const index = comment.reactions.findIndex((r) => r.id === Number(param(call, 'reaction_id')));
    if (index < 0) throw notFound();
    comment.reactions.splice(index, 1);
    return { status: 204 };
  },
};
