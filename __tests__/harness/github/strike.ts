import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, errorBody } from './api.ts';
import type { FaultKind } from './faults.ts';
import type { Repository } from './records.ts';

/** Another writer's commit, really on the ref before this returns. */
export async function landOnRef(repository: Repository, ref: string): Promise<string> {
  const { git } = repository;
  for (;;) {
    const head = await git.resolve(ref);
    const path = `other-writers/${Date.now()}-${Math.random().toString(36).slice(2)}.txt`;
    const tree = await git.writeTree(head, [
      { path, mode: '100644', sha: await git.writeBlob('written by somebody else\n') },
    ]);
    const parents = head === undefined ? [] : [head];
    const sha = await git.writeCommit({ tree, parents, message: 'Written by somebody else' });
    if (await git.swapRef(ref, sha, head)) return sha;
  }
}

function faulty(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: errorBody(status, message) };
}

const MESSAGES: Record<number, string> = {
  401: 'Bad credentials',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
  409: 'Conflict',
  410: 'This resource is gone',
  422: 'Validation Failed',
  429: 'Too Many Requests',
  500: 'Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** What becomes of a request under a fault: `effect` is what would happen without. */
export async function outcome(
  fault: FaultKind | undefined,
  effect: () => Promise<Answer>,
): Promise<Answer | 'cut' | 'hang'> {
  switch (fault?.type) {
    case 'status': {
      const answer = faulty(fault.status, fault.message ?? MESSAGES[fault.status] ?? 'Error', fault.headers);
      return fault.body === undefined ? answer : { ...answer, body: fault.body };
    }
    case 'secondary-limit':
      return faulty(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
      );
    case 'rate-limit':
      return faulty(403, 'API rate limit exceeded for installation.', {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + fault.resetInSeconds),
      });
    case 'cut-before':
      return 'cut';
    case 'hang':
      return 'hang';
    case 'cut-after':
      await effect();
      return 'cut';
    case 'status-after':
      await effect();
      return faulty(fault.status, fault.message ?? MESSAGES[fault.status] ?? 'Error');
    case 'slow':
      await sleep(fault.ms, undefined, { ref: false });
      return effect();
    default:
      return effect();
  }
}
