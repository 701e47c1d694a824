import { serviceFiles, TINY } from '../../../__tests__/e2e/service.ts';
import { mergeGroupEvent, pullRequestEvent, pushEvent } from '../../../__tests__/harness/events.ts';
import type { Pull, Scopes } from '../../../__tests__/harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../../../__tests__/harness/github/stand-in.ts';
import { type RunResult, runAction } from '../../../__tests__/harness/runner.ts';
import { checkout } from '../../../__tests__/harness/workspace.ts';
import type { Call, Scene } from './scene.ts';

/** Every second answer is an error: a machine as busy as it may be makes no such thing of itself. */
const ERRS =
  "const mine = count; setTimeout(() => { response.statusCode = mine % 2 ? 500 : 200; response.end('{}'); }, 10);";
/** Enough to find that. */
const MEASURE = '{ rounds: 3, max-rounds: 3, duration: 200ms, warmup: 0s, budget: 60s }';

const PERMISSIONS: Scopes = { contents: 'write', 'pull-requests': 'write', actions: 'read', checks: 'write' };

export const MEASURED = [
  'push',
  'push artifact',
  'pull_request',
  'pull_request artifact',
  'pull_request check',
  'pull_request paired',
  'merge_group check',
] as const;

type Ground = { hub: GitHubStandIn; pull: Pull };

/** A GitHub with a baseline in each store, a commit on main that has none, and a pull request that makes errors. */
export async function measuredGround(actionDir: string): Promise<Ground> {
  const hub = await startGitHub({
    files: { 'README.md': '# service\n', ...serviceFiles({ measure: MEASURE }) },
  });
  const event = await pushEvent(hub);
  for (const store of ['branch', 'artifact']) {
    const workspace = await checkout(hub, event);
    const inputs = { 'baseline-store': store, compare: 'stored' };
    const result = await runAction({ standIn: hub, actionDir, event, workspace: workspace.path, inputs });
    workspace.close();
    if (result.exitCode !== 0) throw new Error(`no baseline to begin with:\n${result.log}`);
  }
  await hub.world.push(hub.repository, 'main', serviceFiles({ measure: TINY }));
  await hub.world.push(hub.repository, 'slow', serviceFiles({ answer: ERRS, measure: MEASURE }));
  const pull = await hub.world.openPull(hub.repository, { head: 'slow' });
  return { hub, pull };
}

/** A stage in which something is measured. */
export async function measuredScene(stage: (typeof MEASURED)[number], ground: Ground): Promise<Scene> {
  const [name, what = ''] = stage.split(' ');
  if (name === 'push') return pushScene(what, ground);
  return name === 'merge_group' ? mergeGroupScene(ground) : pullScene(what, ground);
}

/** A push whose run says that it stored its baseline has stored it; one that did not is red. */
async function pushScene(store: string, { hub }: Ground): Promise<Scene> {
  const event = await pushEvent(hub);
  const { repository } = hub;
  const stored = async (): Promise<number> => {
    if (store === 'artifact') {
      // An upload whose answer was lost is made again, under another name: the same result, which is read once.
      const kept = repository.artifacts.filter(
        ({ run, name }) => run.headSha === event.sha && name.includes('-history-'),
      );
      return new Set(kept.map(({ run }) => run.id)).size;
    }
    const listed = await repository.git.run(['ls-tree', '-r', '--name-only', 'refs/heads/perf-baseline']);
    return listed.split('\n').filter((path) => path.includes(`/${event.sha}-`)).length;
  };
  let there = 0;
  return {
    hub,
    event,
    workspace: await checkout(hub, event),
    options: {
      inputs: { 'baseline-store': store || 'branch', compare: 'stored' },
      permissions: PERMISSIONS,
    },
    async first({ log, exitCode }) {
      const wrong: string[] = [];
      there = await stored();
      const said = /baseline stored/.test(log);
      if (said && there === 0) wrong.push('acknowledged, but absent');
      if (!said && exitCode === 0) wrong.push('not stored, and green');
      return wrong;
    },
    async second({ exitCode }) {
      const after = await stored();
      // Every run is a result of its own: two runs leave two, or one where the first was lost.
      return [
        ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
        ...(after < 1 || after > 2 || after < there ? [`${after} baselines of the commit`] : []),
      ];
    },
  };
}

/** The pull request answers with errors: whatever happens, no run may pass. */
async function pullScene(what: string, { hub, pull }: Ground): Promise<Scene> {
  const event = await pullRequestEvent(hub, pull);
  const { repository } = hub;
  const comments = () => repository.comments.filter(({ number }) => number === pull.number);
  const paired = what === 'paired';
  return {
    hub,
    event,
    workspace: await checkout(hub, event),
    options: {
      inputs: {
        'baseline-store': what === 'artifact' ? 'artifact' : 'branch',
        compare: paired ? 'paired' : 'stored',
        check: String(what === 'check'),
      },
      permissions: PERMISSIONS,
    },
    ...(OWN[what] && { own: OWN[what] }),
    first(run) {
      const wrong = notPassed(run);
      if (comments().length > 1) wrong.push('two comments');
      // A job that ends, whatever ends it, takes its word back; one that was killed cannot.
      if (run.signal === null && /Measuring…/.test(comments()[0]?.body ?? ''))
        wrong.push('"Measuring…" is left in the comment');
      if (
        paired &&
        run.outputs.verdict &&
        !/measured now, interleaved|not measured side by side/.test(run.summary)
      )
        wrong.push('neither paired nor says why not');
      return [...wrong, ...greenChecks(hub)];
    },
    second({ outputs: { verdict } }) {
      const wrong = [...(verdict === 'regressed' ? [] : [`the verdict is ${verdict}`]), ...greenChecks(hub)];
      const [comment, ...more] = comments();
      if (comment === undefined || more.length > 0) wrong.push(`${more.length + (comment ? 1 : 0)} comments`);
      if (!/error-rate/.test(comment?.body ?? '')) wrong.push('the comment does not tell the regression');
      if (comment?.body.match(/<!-- perf-baseline:section /g)?.length !== 1) wrong.push('not one section');
      if (what === 'check') wrong.push(...failedChecks(hub));
      return wrong;
    },
  };
}

/** What another stage does not ask for; the rest is struck there. */
const OWN: Record<string, ((call: Call) => boolean) | undefined> = {
  check: ({ operation }) => operation.startsWith('checks/'),
  paired: ({ host }) => host === 'git',
};

async function mergeGroupScene({ hub, pull }: Ground): Promise<Scene> {
  const event = await mergeGroupEvent(hub, pull);
  return {
    hub,
    event,
    workspace: await checkout(hub, event),
    options: { inputs: { compare: 'stored', check: 'true' }, permissions: PERMISSIONS },
    own: ({ operation }) => !operation.startsWith('git/'),
    first: (run) => [...notPassed(run), ...greenChecks(hub)],
    second: ({ outputs: { verdict } }) => [
      ...(verdict === 'regressed' ? [] : [`the verdict is ${verdict}`]),
      ...greenChecks(hub),
      ...failedChecks(hub),
    ],
  };
}

function notPassed({ exitCode, outputs: { verdict } }: RunResult): string[] {
  return [
    ...(exitCode === 0 ? ['a false pass'] : []),
    ...(verdict === 'unchanged' || verdict === 'improved' ? [`called ${verdict}`] : []),
  ];
}

/** A check run that lets what regressed through. */
export function greenChecks({ repository: { checkRuns } }: GitHubStandIn): string[] {
  return checkRuns.some(({ conclusion }) => conclusion !== null && PASSES.has(conclusion))
    ? ['the check run passes']
    : [];
}

const PASSES = new Set(['success', 'neutral', 'skipped']);

function failedChecks({ repository: { checkRuns } }: GitHubStandIn): string[] {
  const shown = checkRuns.map(({ conclusion }) => conclusion ?? 'none');
  return shown.at(-1) === 'failure' ? [] : [`the check run says ${shown.join() || 'nothing'}`];
}
