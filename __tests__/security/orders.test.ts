import { expect, test } from '@jest/globals';
import { parseComment } from '../../src/github/chat-command.ts';
import { mayWrite } from '../../src/github/collaborator.ts';

const REPO = { owner: 'o', repo: 'r' };
const PERSON = { id: 7, login: 'keeper' };

/** A client whose GitHub says this of anybody. */
const github = (answer: () => unknown) =>
  ({ rest: { repos: { getCollaboratorPermissionLevel: async () => ({ data: answer() }) } } }) as never;

test.each([
  ['admin', 7, true],
  ['maintain', 7, true],
  ['write', 7, true],
  ['triage', 7, false],
  ['read', 7, false],
  ['none', 7, false],
  // The name was given up, and somebody else has it now.
  ['admin', 8, false],
])('with the permission %s under the id %d: %s', async (permission, id, allowed) => {
  expect(
    await mayWrite(
      github(() => ({ permission, user: { id } })),
      REPO,
      PERSON,
    ),
  ).toBe(allowed);
});

test('no answer is no permission', async () => {
  const down = github(() => {
    throw new Error('503');
  });
  await expect(mayWrite(down, REPO, PERSON)).rejects.toThrow('503');
  expect(
    await mayWrite(
      github(() => ({ permission: 'admin', user: null })),
      REPO,
      PERSON,
    ),
  ).toBe(false);
});

test.each([
  '> /perf-baseline accept',
  '    > /perf-baseline accept',
  '```\n/perf-baseline accept\n```',
  '~~~~\n/perf-baseline accept\n~~~~',
  '```sh\n\n/perf-baseline accept\n\n```',
  '    /perf-baseline accept',
  'a `span of\n/perf-baseline accept\ncode`',
  '<pre>\n/perf-baseline accept\n</pre>',
  'a <code>\n/perf-baseline accept\n</code>',
  '<blockquote>\n\n/perf-baseline accept\n\n</blockquote>',
  '<!--\n/perf-baseline accept\n-->',
  'please /perf-baseline accept',
  '/perf-baseline-accept',
  '/PERF-BASELINE accept',
  '\u200b/perf-baseline accept',
])('%j is no order', (body) => {
  expect(parseComment(body)).toEqual({ status: 'none' });
});

test.each([
  '> quoted, and displayed so to its end\n/perf-baseline accept',
  '- an item\n/perf-baseline accept',
  '<div>\n/perf-baseline accept\n</div>',
])('%j is answered, and no order either', (body) => {
  expect(parseComment(body).status).toBe('wrong');
});
