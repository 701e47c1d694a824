import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient } from '../../src/github/client.ts';
import { type CommentOptions, upsertComment } from '../../src/github/comment.ts';
import { parseSections } from '../../src/github/comment-body.ts';
import type { Pull } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { sharedTime } from './shared-time.ts';

const LEGS = 32;
const quiet = { debug: () => {}, warning: () => {} };

let hub: GitHubStandIn;
let pull: Pull;
beforeEach(async () => {
  hub = await startGitHub();
  await hub.world.push(hub.repository, 'topic', { a: '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'topic' });
});
afterEach(() => hub.close());

/** What a leg does with the comment: says that it measures, and reports. */
async function leg(name: string, { sleep, leave }: ReturnType<typeof sharedTime>): Promise<string> {
  const { value: token } = hub.world.issueToken(hub.repository, { 'pull-requests': 'write' });
  const client = createClient({ token, apiUrl: hub.apiUrl, log: quiet, throttle: false, sleep });
  const section = {
    series: name,
    title: name,
    run: { workflow: 'perf', id: 1000, number: 1, attempt: 1 },
    sha: 'a'.repeat(40),
    short: () => '',
  };
  const put = (options: Pick<CommentOptions, 'sections' | 'create'> & { hasty?: boolean; crowd?: number }) =>
    upsertComment({
      client,
      repo: { owner: 'octo-org', repo: 'service' },
      issue: pull.number,
      key: 'perf',
      renderFrame: () => ({ top: '', bottom: '' }),
      log: quiet,
      sleep,
      ...options,
    });
  const measuring = { ...section, state: 'measuring', verdict: 'none', body: 'measuring' } as const;
  await put({ sections: [measuring], create: false, hasty: true });
  await sleep(Math.random() * 2000);
  const final = { ...section, state: 'final', verdict: 'unchanged', body: `report of ${name}` } as const;
  const { status } = await put({ sections: [final], create: true, crowd: 10 });
  leave();
  return status;
}

test('legs that race end in one comment with all of their reports, in few requests', async () => {
  for (const round of [1, 2]) {
    hub.requests.length = 0;
    hub.repository.comments.length = 0;
    const names = Array.from({ length: LEGS }, (_, i) => `leg ${String(i).padStart(2, '0')}`);
    const time = sharedTime(LEGS);
    const statuses = await Promise.all(names.map((name) => leg(name, time)));
    expect(statuses.filter((status) => status !== 'created' && status !== 'updated')).toEqual([]);
    expect(hub.repository.comments).toHaveLength(1);
    const sections = parseSections(hub.repository.comments[0]?.body ?? '');
    expect(sections.map(({ text }) => text)).toEqual(names.map((name) => `report of ${name}`));
    console.info(`round ${round}: ${LEGS} legs, ${hub.requests.length} requests for the comment`);
    expect(hub.requests.length).toBeLessThan(600);
  }
  hub.assertClean();
});
