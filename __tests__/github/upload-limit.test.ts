import { afterEach, expect, jest, test } from '@jest/globals';
import { TransientStoreError } from '../../src/baseline/store-error.ts';
import { artifactService } from '../../src/github/artifacts.ts';
import { createClient } from '../../src/github/client.ts';

afterEach(() => {
  jest.useRealTimers();
});

test('an upload whose answer never comes is given up, so that it can be tried anew', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  let started = () => {};
  const asked = new Promise<void>((resolve) => {
    started = resolve;
  });
  const { upload } = artifactService({
    client: createClient({
      ...{ token: 'none', apiUrl: 'http://127.0.0.1:1' },
      log: { debug: () => {}, warning: () => {} },
    }),
    repo: { owner: 'acme', repo: 'shop' },
    ...{ workflow: 'perf.yml', defaultBranch: 'main', apiUrl: 'http://127.0.0.1:1' },
    artifactClient: async () => ({
      uploadArtifact: () => {
        started();
        return new Promise<never>(() => {});
      },
    }),
  });
  const uploaded = upload('result', new Map([['a', Buffer.from('1')]]));
  await asked;
  jest.advanceTimersByTime(90_000);
  await expect(uploaded).rejects.toThrow(TransientStoreError);
  await expect(uploaded).rejects.toThrow('was not through within 90 s');
});
