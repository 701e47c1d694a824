import { expect, test } from '@jest/globals';
import type { RunEvent } from '../../src/github/event.ts';
import { InputError, readInputs } from '../../src/github/inputs.ts';

const events = {
  workflow_run: { type: 'workflow_run' },
  issue_comment: { type: 'issue_comment' },
  pull_request: { type: 'pull_request' },
} as unknown as Record<string, RunEvent>;

const read = (event: string, env: Record<string, string>) => () =>
  readInputs(env, { event: events[event] as RunEvent, defaultBranch: 'main' });

test.each(['workflow_run', 'issue_comment'])(
  'on %s, with rights, nothing is started or measured',
  (event) => {
    const url = { INPUT_URL: 'http://127.0.0.1:3000/' };
    expect(read(event, url)).toThrow(InputError);
    expect(read(event, url)).toThrow(/nothing is started or measured/);
    expect(read(event, { ...url, INPUT_START: 'node server.js' })).toThrow(/input `start`.*\n.*input `url`/);
    expect(read(event, {})).not.toThrow();
    expect(read('pull_request', url)).not.toThrow();
  },
);
