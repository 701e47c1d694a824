import type { RunEvent } from './event.ts';
import type { Inputs } from './inputs.ts';

/**
 * Whether this run's result becomes a baseline. Never for a pull request or a merge group: what was checked out
 * there is a merge that belongs to no branch. A deleted branch has nothing to store.
 */
export function updatesBaseline(event: RunEvent, policy: Inputs['updateBaseline']): boolean {
  if (policy === 'never') return false;
  switch (event.type) {
    case 'push':
      return event.onDefaultBranch && !event.deleted;
    case 'schedule':
    case 'workflow_dispatch':
    case 'other':
      return policy === 'always' && event.onDefaultBranch;
    case 'pull_request':
    case 'merge_group':
    case 'workflow_run':
    case 'issue_comment':
      return false;
  }
}
