import { UsageError } from '../domain/errors.ts';
import { AmbiguousWrite, classify, networkCode } from './retry.ts';

/** What was being done, in words, and the permission that it needs under `permissions:` of the job. */
const ACTIONS = {
  'read-repository': { doing: 'read the repository', permission: 'contents: read' },
  'read-commits': { doing: 'list the commits of the base', permission: 'contents: read' },
  'read-baseline': { doing: 'read the baseline', permission: 'contents: read' },
  'store-baseline': { doing: 'store the baseline', permission: 'contents: write' },
  'read-runs': { doing: 'find the runs of this workflow', permission: 'actions: read' },
  'read-artifact': { doing: 'read an artifact', permission: 'actions: read' },
  'store-artifact': { doing: 'upload the result', permission: null },
  'read-config': { doing: 'read the config of the base branch', permission: 'contents: read' },
  'read-pull-request': { doing: 'read the pull request', permission: 'pull-requests: read' },
  comment: { doing: 'comment on the pull request', permission: 'pull-requests: write' },
  check: { doing: 'write the check run', permission: 'checks: write' },
  rerun: { doing: 're-run the job', permission: 'actions: write' },
  'read-collaborators': { doing: "ask for the commenter's permission", permission: 'metadata: read' },
} as const;

export type GitHubAction = keyof typeof ACTIONS;

type Failure = {
  status?: number;
  message?: string;
  response?: { status?: number; headers?: Record<string, unknown>; data?: unknown };
};

/** HTTP status of a rejection by GitHub; undefined when no answer came, or it is another error. */
export function httpStatus(error: unknown): number | undefined {
  if (error instanceof AmbiguousWrite) return httpStatus(error.cause);
  if (!(error instanceof Error)) return undefined;
  return (error as Failure).response?.status;
}

/** A token that may not write: the rule for forks and Dependabot, otherwise a missing permission. Limits are not it. */
export function isReadOnlyToken(error: unknown): boolean {
  return (
    httpStatus(error) === 403 &&
    /Resource not accessible by|must have admin rights|write access to repository not granted/i.test(
      messageOf(error),
    )
  );
}

/** One sentence or two for the workflow's author: what could not be done, why, and what to change. */
export function explain(error: unknown, action: GitHubAction): string {
  const { doing } = ACTIONS[action];
  return `could not ${doing}: ${reason(error, action)}`;
}

/** Does something of GitHub's, and rejects with a UsageError in these words where GitHub does not let it. */
export async function explained<T>(action: GitHubAction, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // What is none of GitHub's is a cancellation, or a defect of ours.
    const answered = httpStatus(error) !== undefined || error instanceof AmbiguousWrite;
    if (!answered && classify(error, Date.now()).status === 'final') throw error;
    const words = explain(error, action);
    throw new UsageError(`${words.charAt(0).toUpperCase()}${words.slice(1)}`, { cause: error });
  }
}

function reason(error: unknown, action: GitHubAction): string {
  const said = messageOf(error);
  const status = httpStatus(error);
  if (status === undefined) return networkReason(error, said);
  const permission = ACTIONS[action].permission;
  const grant =
    permission === null ? '' : `add \`${permission}\` under \`permissions:\` of the job or workflow`;
  switch (status) {
    case 400:
      return `GitHub did not understand the request (400: ${said}); please report this as a bug of perf-baseline`;
    case 401:
      return 'GitHub does not accept the token (401); check the input `github-token`: it may have expired or been mistyped';
    case 403:
      return forbiddenReason(error, said, grant);
    case 404:
      return `not found (404); either it does not exist, or the token may not see it: ${grant || 'check the input `github-token`'}`;
    case 409:
      return `it is in conflict with something else (409: ${said}); run the job again, and give parallel jobs different series`;
    case 410:
      return /moved/.test(said)
        ? said
        : `it is gone (410: ${said}); an artifact expires after its retention time`;
    case 422:
      return unprocessableReason(said);
    case 429:
      return `too many requests (429); ${resetTime(error)}`;
    case 451:
      return 'the repository is blocked for legal reasons (451)';
  }
  if (status >= 500) {
    return `GitHub answered ${status} each time it was asked; see https://www.githubstatus.com and run the job again`;
  }
  return `GitHub answered ${status}: ${said}`;
}

function forbiddenReason(error: unknown, said: string, grant: string): string {
  if (/secondary rate limit|abuse detection|rate limit/i.test(said) || header(error, 'retry-after')) {
    return `the rate limit is used up (403); ${resetTime(error)}`;
  }
  if (/archived/i.test(said)) return 'the repository is archived and read-only (403); unarchive it first';
  if (/\blocked\b/i.test(said)) return 'the conversation is locked (403); unlock it to get the comment';
  if (isRule(said)) return ruleReason(said);
  if (/SAML|SSO/.test(said)) return 'the token is not authorised for single sign-on (403); authorise it';
  if (/IP address|allow list/i.test(said)) {
    return `the organisation's IP allow list keeps this runner out (403: ${said})`;
  }
  return (
    `the token may not do it (403: ${said}); ${grant || 'check the input `github-token`'}. ` +
    'Runs for forks and Dependabot always have a read-only token'
  );
}

function unprocessableReason(said: string): string {
  if (isRule(said)) return ruleReason(said);
  if (/too long|maximum is 65536/i.test(said)) return `the text is longer than GitHub takes (422: ${said})`;
  if (/not a fast.?forward|already exists|does not exist/i.test(said)) {
    return `another writer was faster each time (422: ${said}); run the job again`;
  }
  return `GitHub refused the content (422: ${said})`;
}

function isRule(said: string): boolean {
  return /GH013|GH006|ruleset|rule violation|protected branch|push declined|cannot be updated/i.test(said);
}

function ruleReason(said: string): string {
  return (
    `a ruleset or branch protection forbids it (${said}); let the branch of the baselines out of the rule ` +
    '(by default `perf-baseline`), or add GitHub Actions to its bypass list'
  );
}

function networkReason(error: unknown, said: string): string {
  const cause = error instanceof AmbiguousWrite ? error.cause : error;
  const code = networkCode(cause) ?? (/timeout/i.test(said) ? 'timeout' : undefined);
  const ambiguous = error instanceof AmbiguousWrite ? ' It may have taken effect all the same.' : '';
  if (code === undefined) return `${said}.${ambiguous}`.replace(/\.\.$/, '.');
  const advice =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? "the name of GitHub's server could not be resolved; check the runner's network and `GITHUB_API_URL`"
      : "the connection to GitHub failed; check the runner's network or proxy, and run the job again";
  return `${advice} (${code}).${ambiguous}`;
}

/** When the limit ends, from the headers, in UTC. */
function resetTime(error: unknown): string {
  const after = header(error, 'retry-after');
  if (after !== undefined) {
    return `GitHub asks to wait ${/^\d+$/.test(after) ? `${after} s` : `until ${after}`}; run the job again after that`;
  }
  const reset = Number(header(error, 'x-ratelimit-reset'));
  if (Number.isFinite(reset) && reset > 0 && reset < 1e11) {
    return `it is reset at ${new Date(reset * 1000).toISOString().replace('.000', '')}; run the job again after that`;
  }
  return 'wait some minutes and run the job again, with fewer jobs at a time';
}

function header(error: unknown, name: string): string | undefined {
  const source = error instanceof AmbiguousWrite ? error.cause : error;
  const value = (source as Failure).response?.headers?.[name];
  return value === undefined ? undefined : String(value);
}

/** GitHub's own words, without the link to its documentation, on one line of at most 300 characters. */
function messageOf(error: unknown): string {
  const source = error instanceof AmbiguousWrite ? error.cause : error;
  const text = source instanceof Error ? source.message : String(source);
  return text
    .replace(/\s+- https:\/\/docs\.github\.com\S*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
