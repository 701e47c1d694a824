import {
  CHATTING,
  measuredRun,
  PUBLISHING,
  resultOfPull,
  storeBaselines,
  upload,
} from '../../../__tests__/e2e/measurements.ts';
import { serviceFiles } from '../../../__tests__/e2e/service.ts';
import { issueCommentEvent, workflowRunEvent } from '../../../__tests__/harness/events.ts';
import type { Comment } from '../../../__tests__/harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../../../__tests__/harness/github/stand-in.ts';
import { ACTIONS_BOT } from '../../../__tests__/harness/github/world.ts';
import { type RunResult, runAction } from '../../../__tests__/harness/runner.ts';
import { localWorkspace, type Workspace } from '../../../__tests__/harness/workspace.ts';
import { parseAnswer } from '../../../src/github/chat-answers.ts';
import { greenChecks } from './measured.ts';
import type { Scene } from './scene.ts';

export const PUBLISHED = ['workflow_run', 'issue_comment accept'] as const;

/** The baseline says that it is slower, the config that it is too slow: a report without either has lost something. */
const SCENARIOS = `  work:
    type: http
    connections: 24
    requests: [GET /work]
    limits: { p50: 15ms }`;
const SLOWER_MS = 30;

/** Baselines that there are: the fewest that a verdict rests on. */
const COUNT = 3;

type Ground = { hub: GitHubStandIn };

/** A GitHub with stored baselines, without anything having been measured. */
export async function publishedGround(): Promise<Ground> {
  const hub = await startGitHub({
    files: {
      'README.md': '# service\n',
      ...serviceFiles({ scenarios: SCENARIOS, more: 'criteria: { rps: off }' }),
    },
  });
  hub.world.setPermission(hub.repository, 'keeper', 'write');
  await storeBaselines(hub, 10, { count: COUNT });
  return { hub };
}

/** A stage that judges what was uploaded. Each needs a ground of its own. */
export function publishedScene(
  stage: (typeof PUBLISHED)[number],
  ground: Ground,
  actionDir: string,
): Promise<Scene> {
  return stage === 'workflow_run' ? forkScene(ground) : acceptScene(ground, actionDir);
}

const emptyFolder = (): Promise<Workspace> => localWorkspace({}, { git: false });

/** Comments of ours that hold a report, and not an answer. */
const reportsOf = ({ repository: { comments } }: GitHubStandIn): Comment[] =>
  comments.filter(({ user, body }) => user === ACTIONS_BOT && body.includes('perf-baseline:comment'));

/** What the report leaves out of what it must tell. */
const lostFrom = ({ body }: Comment): string[] => [
  ...(/`work` p95 is .*slower/.test(body) ? [] : ['the comment does not tell the regression']),
  ...(/❌ exceeded/.test(body) ? [] : ['the comment does not tell the limit']),
];

const toldOf = ({ annotations }: RunResult): boolean => annotations.length > 0;

/** A fork's run has uploaded what is slower. */
async function forkScene({ hub }: Ground): Promise<Scene> {
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': '1' });
  const pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
  const measured = measuredRun(hub, pull);
  upload(hub, measured, resultOfPull(measured, SLOWER_MS));
  return {
    hub,
    event: await workflowRunEvent(hub, measured),
    workspace: await emptyFolder(),
    options: {
      workflow: { name: 'Publish performance', path: '.github/workflows/publish.yml' },
      job: 'publish',
      permissions: { ...PUBLISHING, checks: 'write' },
      inputs: { check: 'true' },
    },
    first(run) {
      const [report, ...more] = reportsOf(hub);
      const wrong = greenChecks(hub);
      if (more.length > 0) wrong.push('two comments');
      if (report && /✅/.test(report.body)) wrong.push('a false pass in the comment');
      const { verdict = '' } = run.outputs;
      if (verdict === 'unchanged' || verdict === 'improved') wrong.push(`called ${verdict}`);
      if (run.exitCode === 0 && report) wrong.push(...lostFrom(report));
      if (run.exitCode === 0 && !report && !toldOf(run)) wrong.push('nothing published, and not a word');
      return wrong;
    },
    second({ exitCode }) {
      const reports = reportsOf(hub);
      const [report] = reports;
      return [
        ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
        ...(reports.length === 1 ? [] : [`${reports.length} comments`]),
        ...(report ? lostFrom(report) : []),
        ...(report?.body.match(/<!-- perf-baseline:section /g)?.length === 1 ? [] : ['not one section']),
        ...(hub.repository.checkRuns.at(-1)?.conclusion === 'failure' ? [] : ['the check run does not fail']),
        ...greenChecks(hub),
      ];
    },
  };
}

/** A regression was reported, and somebody who may write accepts it. */
async function acceptScene({ hub }: Ground, actionDir: string): Promise<Scene> {
  const { world, repository } = hub;
  await world.push(repository, 'topic', { 'a.txt': '1' });
  const pull = await world.openPull(repository, { head: 'topic', author: 'author' });
  const measured = measuredRun(hub, pull);
  upload(hub, measured, resultOfPull(measured, SLOWER_MS));
  const published = await runAction({
    standIn: hub,
    actionDir,
    event: await workflowRunEvent(hub, measured),
    workspace: (await emptyFolder()).path,
    permissions: PUBLISHING,
  });
  if (!/❌/.test(reportsOf(hub)[0]?.body ?? ''))
    throw new Error(`no regression to accept:\n${published.log}`);
  const command = world.comment(repository, pull.number, 'keeper', '/perf-baseline accept');
  const answers = () => repository.comments.flatMap(({ body }) => parseAnswer(body) ?? []);
  const accepted = () => answers().some(({ effect }) => typeof effect === 'object');
  const tooMany = () => [
    ...(answers().length > 1 ? [`${answers().length} answers to one command`] : []),
    ...(reportsOf(hub).length === 1 ? [] : [`${reportsOf(hub).length} comments`]),
  ];
  return {
    hub,
    event: await issueCommentEvent(hub, pull, command),
    workspace: await emptyFolder(),
    options: {
      workflow: { name: 'Performance chat', path: '.github/workflows/chat.yml' },
      job: 'chat',
      permissions: CHATTING,
      inputs: { check: 'true' },
    },
    first(run) {
      const shown = /accepted by @keeper/.test(reportsOf(hub)[0]?.body ?? '');
      return [
        ...tooMany(),
        // The answer is the record: nothing may pass without it.
        ...(accepted() ? [] : greenChecks(hub)),
        ...(shown && !accepted() ? ['shown as accepted, without an answer'] : []),
        ...(run.exitCode === 0 && answers().length === 0 && !toldOf(run)
          ? ['no answer, and not a word']
          : []),
      ];
    },
    second({ exitCode }) {
      const shown = /accepted by @keeper/.test(reportsOf(hub)[0]?.body ?? '');
      return [
        ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
        ...tooMany(),
        ...(answers().length === 1 ? [] : ['no answer']),
        ...(accepted() ? [] : [`the answer is: ${JSON.stringify(answers()[0])}`]),
        ...(shown ? [] : ['the report does not show the acceptance']),
        ...(repository.checkRuns.at(-1)?.conclusion === 'success' ? [] : ['the check run does not pass']),
      ];
    },
  };
}
