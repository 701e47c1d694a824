import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/domain/errors.ts';
import { explain, explained, isReadOnlyToken } from '../../src/github/errors.ts';
import { AmbiguousWrite } from '../../src/github/retry.ts';

/** As Octokit rejects. */
function failure(status: number, message: string, headers: Record<string, string> = {}) {
  return Object.assign(new Error(message), { status, response: { status, headers, data: { message } } });
}

const READ_ONLY = 'Resource not accessible by integration - https://docs.github.com/rest';

describe('an error of GitHub says what to change', () => {
  test.each([
    [
      failure(403, READ_ONLY),
      'comment',
      /add `pull-requests: write` under `permissions:`[\s\S]*read-only token/,
    ],
    [failure(403, READ_ONLY), 'store-baseline', /`contents: write`/],
    [failure(403, READ_ONLY), 'read-runs', /`actions: read`/],
    [failure(403, READ_ONLY), 'check', /`checks: write`/],
    [failure(403, 'Repository was archived so is read-only.'), 'store-baseline', /unarchive/],
    [failure(403, 'Unable to create comment because issue is locked.'), 'comment', /unlock/],
    [failure(403, 'Resource protected by organization SAML enforcement.'), 'comment', /single sign-on/],
    [failure(403, 'You have exceeded a secondary rate limit.'), 'comment', /rate limit/],
    [failure(401, 'Bad credentials'), 'comment', /github-token/],
    [failure(404, 'Not Found'), 'comment', /does not exist[\s\S]*`pull-requests: write`/],
    [failure(409, 'Conflict'), 'store-artifact', /conflict/],
    [failure(410, 'Artifact has expired'), 'read-artifact', /expire/],
    [failure(422, 'Repository rule violations found: GH013'), 'store-baseline', /ruleset[\s\S]*bypass/],
    [failure(409, 'x'), 'store-baseline', /different series/],
    [failure(422, 'Update is not a fast forward'), 'store-baseline', /another writer/],
    [failure(422, 'Body is too long (maximum is 65536 characters)'), 'comment', /longer/],
    [failure(422, 'Validation Failed: {"code":"x"}'), 'comment', /refused the content \(422: Validation/],
    [failure(429, 'x', { 'retry-after': '60' }), 'comment', /wait 60 s/],
    [
      failure(403, 'API rate limit exceeded', { 'x-ratelimit-reset': '1767225600' }),
      'comment',
      /2026-01-01T00:00:00Z/,
    ],
    [failure(502, 'Bad Gateway'), 'read-baseline', /502[\s\S]*githubstatus/],
    [failure(418, 'teapot'), 'comment', /418: teapot/],
  ] as const)('%s (%s)', (error, action, words) => {
    const text = explain(error, action);
    expect(text).toMatch(/^could not /);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/docs\.github\.com|\n/);
  });

  test('of the network names what failed', () => {
    const unresolved = Object.assign(new Error('fetch failed'), {
      status: 500,
      cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
    });
    expect(explain(unresolved, 'comment')).toMatch(/GITHUB_API_URL[\s\S]*ENOTFOUND/);
    const reset = { ...unresolved, cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) };
    const lost = new AmbiguousWrite('POST', '/x', Object.assign(new Error('y'), reset));
    expect(explain(lost, 'comment')).toMatch(/ECONNRESET[\s\S]*may have taken effect/);
    expect(explain(new Error('odd'), 'comment')).toBe('could not comment on the pull request: odd.');
    expect(explain('text', 'comment')).toContain('text');
  });

  test('that was lost after a 5xx is explained by the 5xx', () => {
    expect(explain(new AmbiguousWrite('POST', '/x', failure(502, 'Bad')), 'comment')).toMatch(/502/);
  });
});

test('a read-only token is told from a limit, and from a rule', () => {
  expect(isReadOnlyToken(failure(403, READ_ONLY))).toBe(true);
  expect(isReadOnlyToken(failure(403, 'Resource not accessible by personal access token'))).toBe(true);
  expect(isReadOnlyToken(failure(403, 'You have exceeded a secondary rate limit'))).toBe(false);
  expect(isReadOnlyToken(failure(404, READ_ONLY))).toBe(false);
  expect(isReadOnlyToken(failure(403, 'Unable to create comment because issue is locked.'))).toBe(false);
  expect(isReadOnlyToken(new Error(READ_ONLY))).toBe(false);
});

describe('what could not be done is told in words', () => {
  const offline = Object.assign(new Error('fetch failed'), {
    status: 500,
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });

  test.each([
    ['an answer', failure(403, 'no'), /pull-requests: write/],
    ['no connection', offline, /connection to GitHub failed.*ECONNREFUSED/],
  ])('after %s', async (_, error, words) => {
    const told = explained('comment', () => Promise.reject(error));
    await expect(told).rejects.toBeInstanceOf(UsageError);
    await expect(told).rejects.toThrow(words);
  });

  test('but a defect of our own keeps its stack', async () => {
    const defect = new TypeError('x is undefined');
    await expect(explained('comment', () => Promise.reject(defect))).rejects.toBe(defect);
  });
});
