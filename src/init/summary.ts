import { shellWord } from '../domain/shell-word.ts';
import type { Plan } from './detect.ts';
import type { Finding } from './finding.ts';
import { KEPT } from './ignored.ts';
import { leftExample, leftWords } from './left-out.ts';

/** What became of a file. One that was there is left as it is: why, whether it does what it should, and what to add to it. */
export type Outcome = { file: string } & (
  | { status: 'written' }
  | { status: 'exists'; why: string; serves: boolean; add?: string }
);

export type SummaryInput = {
  /** How this program is called. */
  program: string;
  /** What is measured, where that is not the folder that `init` was run in, and what told it. */
  chosen: Finding<string> | null;
  plan: Plan;
  branch: Finding<string> | null;
  outcomes: readonly (Outcome & { shown: string })[];
  /** The `.gitignore` to which folders were added, as seen from where the command was run; null where it has them. */
  ignored: { folders: readonly string[]; shown: string } | null;
  /** The config, as seen from where the command was run. */
  configFile: string;
  within: string;
  /** The working directory, as seen from where the command was run. */
  fromHere: string;
  /** Whether a workflow that publishes for forks was there before. */
  hasForks: boolean;
};

/** What `init` prints: the files, what each line rests on, what could not be found out, and what to do next. */
export function summary(input: SummaryInput): string {
  const { plan, outcomes, branch } = input;
  const [config, workflow, forks] = outcomes;
  const wroteConfig = config?.status === 'written';
  const wroteWorkflow = workflow?.status === 'written';
  const unknown = plan.unknown.filter(({ key }) => (key === 'workflow' ? wroteWorkflow : wroteConfig));
  const left =
    plan.left.length === 0
      ? []
      : [
          `not measured yet, as only you know what they take: ${leftWords(plan.left)}${leftExample(plan.left).length === 0 ? '' : '; the config has an example in a comment'}`,
        ];
  const notes = [...plan.service.notes, ...left];
  const blocks = [
    ...(input.chosen === null
      ? []
      : [`Measured is ${oneLine(input.chosen.value)}: ${oneLine(input.chosen.why)}`]),
    ...fileLines(config),
    ...(wroteConfig ? [rows(configRows(plan))] : []),
    ...fileLines(workflow),
    ...(wroteWorkflow ? [rows(workflowRows(plan, branch))] : []),
    ...fileLines(forks),
    ...(input.ignored === null
      ? []
      : [
          `Added ${list(input.ignored.folders.map((folder) => `${folder}/`))} to ${input.ignored.shown}: what "run --save ${KEPT}" keeps and a setup makes is this machine's alone`,
        ]),
    ...(unknown.length === 0
      ? []
      : ['', 'Could not be found out:', ...unknown.map(({ text }) => `  - ${oneLine(text)}`)]),
    ...(notes.length === 0 || !wroteConfig
      ? []
      : ['', 'Worth a look:', ...notes.map((note) => `  - ${oneLine(note)}`)]),
    '',
    'Next:',
    ...next(input, toFill(input, unknown)).map((text, i) => `  ${i + 1}. ${text}`),
  ];
  return `${blocks.join('\n')}\n`;
}

/** The files that hold a guess, of those that were written. */
function toFill({ configFile, outcomes }: SummaryInput, unknown: Plan['unknown']): string[] {
  const ofWorkflow = unknown.filter(({ key }) => key === 'workflow');
  return [
    ...(unknown.length > ofWorkflow.length ? [configFile] : []),
    ...(ofWorkflow.length > 0 ? [outcomes[1]?.shown ?? ''] : []),
  ];
}

function fileLines(outcome: SummaryInput['outcomes'][number] | undefined): string[] {
  if (outcome === undefined) return [];
  if (outcome.status === 'written') return [`Wrote ${outcome.shown}`];
  const { shown, why, add = '' } = outcome;
  const lines = add.trimEnd().split('\n');
  return [
    `Left ${shown} as it is: ${oneLine(why)}`,
    ...(add === '' ? [] : ['', ...lines.map((line) => `    ${oneLine(line)}`), '']),
  ];
}

type Row = [what: string, value: string, why: string];

function configRows({ service, url, ready, scenarios, alone }: Plan): Row[] {
  const { setup, start, stop } = service;
  const found = (what: string, finding: Finding<string> | undefined | null): Row[] =>
    finding ? [[what, finding.value, finding.why]] : [];
  return [
    ...(start === undefined && !alone ? [] : found('setup', setup)),
    ...found('start', start),
    ...(start === undefined ? [] : found('stop', stop)),
    ...(alone ? [] : found('url', url)),
    ...found('ready', ready),
    ...scenarios.map(({ name, requests, module = '', why }): Row => {
      const [first = module, ...rest] = requests;
      return ['scenario', `${name}: ${first}${rest.length > 0 ? ` and ${rest.length} more` : ''}`, why];
    }),
  ];
}

function workflowRows({ service }: Plan, branch: Finding<string> | null): Row[] {
  return [
    ['branch', branch?.value ?? 'main', branch?.why ?? 'a guess'],
    ...service.steps.map(({ uses, run, why }): Row => ['step', uses?.replace(/@.*$/, '') ?? run ?? '', why]),
  ];
}

function rows(list: readonly Row[]): string {
  const width = Math.min(48, Math.max(0, ...list.map(([, value]) => value.length)));
  return list
    .map(([what, value, why]) => `  ${what.padEnd(10)}${oneLine(value).padEnd(width)}  (${oneLine(why)})`)
    .join('\n');
}

function next(
  { program, plan, fromHere, outcomes, branch, ignored, hasForks }: SummaryInput,
  incomplete: readonly string[],
): string[] {
  const at = fromHere === '.' ? '' : ` --working-directory ${shellWord(fromHere)}`;
  const target = branch?.value ?? 'main';
  const forks = outcomes[2];
  const written = outcomes.filter(({ status }) => status === 'written').map(({ shown }) => shown);
  const files = [...written, ...(ignored === null ? [] : [ignored.shown])];
  const before = outcomes.filter((one) => one.status === 'exists' && one.serves).map(({ shown }) => shown);
  const also = before.length === 0 ? '' : `, with ${list(before)} if not yet there,`;
  return [
    ...(incomplete.length > 0 ? [`Fill in what could not be found out, in ${list(incomplete)}.`] : []),
    `${program} validate${at}   checks the config, boots nothing.`,
    `${program} run${at} --save ${KEPT}   ${plan.alone ? 'measures it' : 'boots the service, measures it'} (a minute or two for each scenario), prints the report and keeps the result.`,
    `${program} run${at} --baseline ${KEPT}   after a change: measures again, and says what got slower; with --base ${shellWord(target)} instead, the commit that it started from there is measured beside it, which takes longer and decides more.`,
    ...(outcomes.some((one) => one.status === 'exists' && !one.serves)
      ? [
          'Mend the files that were left as they are, as said above: until then GitHub does not measure, or publish, by them.',
        ]
      : []),
    `${files.length === 0 ? 'Bring config and workflow' : `Commit ${list(files)}, and bring ${files.length === 1 ? 'it' : 'them'}${also}`} to ${target}, by a push or a pull request: each push there stores a baseline, in the branch perf-baseline, and pull requests are compared with it, in a comment.`,
    `A regression fails the job, from the first pull request on; "with: { fail-on: never }" at the step lets it only be told.`,
    ...(hasForks || forks?.status === 'written'
      ? [`The workflow for forks works from then on: GitHub runs it only as it stands on ${target}.`]
      : [`For comments on pull requests from forks too: ${program} init${at} --forks`]),
    `What GitHub has to allow: ${ADOPT}#what-to-look-at-in-githubs-settings`,
    `How to require the check, and to accept a regression in a comment: ${ADOPT}#4-let-it-fail`,
  ];
}

const ADOPT = 'https://github.com/org/perf-baseline/blob/v1/docs/adopt.md';

const list = (items: readonly string[]): string =>
  [items.slice(0, -1).join(', '), items.at(-1)].filter((part) => part !== '').join(' and ');

/** Names of files and scripts are anybody's: none may move the cursor, or speak to a runner. */
const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/:(?=:)/g, ':\u200B');
