import type { Comment, Permission, Repository, User } from './records.ts';

/** Where the stand-in is reached; every URL in an answer starts with one of them. */
export type Origins = { api: string; web: string };

const TEMPLATED = {
  archive: '/{archive_format}{/ref}',
  assignees: '{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '{/branch}',
  collaborators: '{/collaborator}',
  comments: '{/number}',
  commits: '{/sha}',
  compare: '/{base}...{head}',
  contents: '/{+path}',
  contributors: '',
  deployments: '',
  downloads: '',
  events: '',
  forks: '',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '',
  issue_comment: '{/number}',
  issue_events: '{/number}',
  issues: '{/number}',
  keys: '{/key_id}',
  labels: '{/name}',
  languages: '',
  merges: '',
  milestones: '{/number}',
  notifications: '{?since,all,participating}',
  pulls: '{/number}',
  releases: '{/id}',
  stargazers: '',
  statuses: '/{sha}',
  subscribers: '',
  subscription: '',
  tags: '',
  teams: '',
  trees: '/git/trees{/sha}',
};

export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString('base64url')}`;
}

export function userShape(user: User, { api, web }: Origins) {
  const login = encodeURIComponent(user.login);
  const url = `${api}/users/${login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId('U', user.id),
    avatar_url: `${web}/avatars/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** A repository as every route and event shows it: the fields of all of them together. */
export function repositoryShape(repository: Repository, origins: Origins) {
  const url = `${origins.api}/repos/${repository.fullName}`;
  const web = `${origins.web}/${repository.fullName}`;
  const urls = Object.entries(TEMPLATED).map(([name, rest]) => [
    `${name}_url`,
    rest.startsWith('/git/') ? `${url}${rest}` : `${url}/${name}${rest}`,
  ]);
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: userShape(repository.owner, origins),
    html_url: web,
    description: null,
    fork: repository.parent !== null,
    url,
    ...(Object.fromEntries(urls) as Record<`${keyof typeof TEMPLATED}_url`, string>),
    git_url: `${web.replace(/^http/, 'git')}.git`,
    ssh_url: `git@github.com:${repository.fullName}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    size: 100,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: 0,
    forks: 0,
    network_count: 0,
    subscribers_count: 0,
    open_issues_count: repository.pulls.filter((pull) => pull.state === 'open').length,
    open_issues: repository.pulls.filter((pull) => pull.state === 'open').length,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
  };
}

export function associationOf(user: User, repository: Repository): string {
  if (user.login === repository.owner.login) return 'OWNER';
  const permission = repository.collaborators.get(user.login);
  return permission === undefined || permission === 'none' ? 'NONE' : 'COLLABORATOR';
}

/** What the permission route answers: it knows only four levels, the role tells `maintain` and `triage` apart. */
export function permissionShape(user: User, permission: Permission, origins: Origins) {
  const coarse = {
    admin: 'admin',
    maintain: 'write',
    write: 'write',
    triage: 'read',
    read: 'read',
    none: 'none',
  };
  const rank = ['none', 'read', 'triage', 'write', 'maintain', 'admin'].indexOf(permission);
  return {
    permission: coarse[permission],
    role_name: permission,
    user: {
      ...userShape(user, origins),
      role_name: permission,
      permissions: {
        pull: rank >= 1,
        triage: rank >= 2,
        push: rank >= 3,
        maintain: rank >= 4,
        admin: rank >= 5,
      },
    },
  };
}

export function commentShape(comment: Comment, repository: Repository, origins: Origins) {
  const url = `${origins.api}/repos/${repository.fullName}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${origins.web}/${repository.fullName}/pull/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${origins.api}/repos/${repository.fullName}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: userShape(comment.user, origins),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(comment.user, repository),
    body: comment.body,
    performed_via_github_app: comment.byApp ? appShape(origins) : null,
    reactions: reactionRollup(`${url}/reactions`, comment),
  };
}

function reactionRollup(url: string, comment: Comment) {
  const counts: Record<string, number> = {};
  for (const content of ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'])
    counts[content] = comment.reactions.filter((reaction) => reaction.content === content).length;
  return { url, total_count: comment.reactions.length, ...counts };
}

/** GitHub Actions, the app in whose name a workflow's token acts. */
export function appShape(origins: Origins) {
  return {
    id: 15368,
    client_id: 'Iv1.05c79e9ad1f6bdfa',
    slug: 'github-actions',
    node_id: 'MDM6QXBwMTUzNjg=',
    owner: userShape({ id: 9919, login: 'github', type: 'Organization' }, origins),
    name: 'GitHub Actions',
    description: 'Automate your workflow from idea to production',
    external_url: 'https://help.github.com/en/actions',
    html_url: `${origins.web}/apps/github-actions`,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2024-04-10T20:33:16Z',
    permissions: { actions: 'write', checks: 'write', contents: 'write', metadata: 'read' },
    events: ['check_run'],
  };
}
