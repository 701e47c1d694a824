import { expect, test } from '@jest/globals';
import type { Client } from '../../src/github/client.ts';
import { readFileAt } from '../../src/github/contents.ts';

const gone = () => Object.assign(new Error('Not Found'), { response: { status: 404 } });
const file = { type: 'file', size: 2, encoding: 'base64', content: Buffer.from('a: 1').toString('base64') };

/** Reads a file of which GitHub gives these answers, one after the other. */
function read(...answers: unknown[]) {
  const getContent = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { data: answer };
  };
  const client = { rest: { repos: { getContent } } } as unknown as Pick<Client, 'rest'>;
  return readFileAt(client, { owner: 'o', repo: 'r' }, 'a.yml', 'main');
}

test('a file that one replica does not have yet is found', async () => {
  expect(await read(gone(), file)).toEqual({ status: 'found', text: 'a: 1' });
});

test('a file is absent when GitHub says so twice', async () => {
  expect(await read(gone(), gone())).toEqual({ status: 'absent' });
});

test('a folder or a link in its place is nothing to read', async () => {
  expect(await read([])).toMatchObject({ status: 'unusable' });
  expect(await read({ type: 'symlink' })).toMatchObject({ status: 'unusable' });
});
