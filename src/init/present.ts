import { parse } from 'yaml';

/** A workflow that is there already. */
export type Workflow = { file: string; text: string };

/** A workflow that uses the action. `folders` are those that it measures; null is one that only a run can tell. */
export type Use = {
  file: string;
  name: string;
  folders: (string | null)[];
  /** Whether it measures, rather than publish what another has measured or answer a comment. */
  measures: boolean;
  /** The workflows that it follows, by their names. */
  after: string[];
};

/** What became of one of the files, and why where it was left: `why` completes "Left FILE as it is: …". */
export type Spot =
  | { file: string; status: 'free' }
  | { file: string; status: 'taken'; why: string; serves: boolean; name: string };

const FOLDER = '.github/workflows';
const ACTION = /^[\w.-]+\/perf-baseline@/;
const IN_TEXT = /^\s*(?:-\s*)?uses:\s*['"]?[\w.-]+\/perf-baseline@/m;
/** Events on which the action publishes or answers; on any other it measures. */
const NOT_MEASURED = ['workflow_run', 'issue_comment'];

/** The workflows that use the action, in order. */
export function usesOf(workflows: readonly Workflow[]): Use[] {
  return workflows.flatMap(({ file, text }) => useOf(file, text) ?? []);
}

/** The names that workflows have. */
export function namesOf(workflows: readonly Workflow[]): string[] {
  return workflows.flatMap(({ text }) => {
    const name = read(text)?.name;
    return typeof name === 'string' ? [name] : [];
  });
}

function useOf(file: string, text: string): Use | null {
  const raw = read(text);
  // What is no YAML may still be meant to run it; it is not for `init` to add a second one.
  if (raw === null)
    return IN_TEXT.test(text) ? { file, name: file, folders: [null], measures: true, after: [] } : null;
  const folders = Object.values(mapOf(raw.jobs)).flatMap((job) =>
    listOf(mapOf(job).steps)
      .map(mapOf)
      .filter(({ uses }) => typeof uses === 'string' && ACTION.test(uses))
      .flatMap((step) => foldersOf(mapOf(step.with), mapOf(mapOf(mapOf(job).strategy).matrix))),
  );
  if (folders.length === 0) return null;
  const events =
    typeof raw.on === 'string' ? [raw.on] : Array.isArray(raw.on) ? raw.on : Object.keys(mapOf(raw.on));
  const followed = mapOf(mapOf(raw.on).workflow_run).workflows;
  return {
    file,
    name: typeof raw.name === 'string' ? raw.name : file,
    folders,
    measures: events.some((event) => !NOT_MEASURED.includes(String(event))),
    after: (typeof followed === 'string' ? [followed] : listOf(followed)).map(String),
  };
}

/** The folders of a step: that of its config where it names the usual one of another folder. */
function foldersOf(inputs: Record<string, unknown>, matrix: Record<string, unknown>): (string | null)[] {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const [, ofConfig] = /^(?:\.\/)?(.+)\/\.github\/perf-baseline\.yml$/.exec(text(inputs.config)) ?? [];
  const own = text(inputs['working-directory']) || '.';
  return expanded(ofConfig === undefined ? own : `${own}/${ofConfig}`, matrix).map((path) =>
    path.includes('${{') ? null : normal(path),
  );
}

/** A text once for each value of the matrix that it names. */
function expanded(text: string, matrix: Record<string, unknown>): string[] {
  const [whole, name = ''] = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(text) ?? [];
  if (whole === undefined) return [text];
  const values = [...listOf(matrix[name]), ...listOf(matrix.include).map((one) => mapOf(one)[name])].filter(
    (value) => typeof value === 'string',
  );
  return values.length === 0
    ? [text]
    : values.flatMap((value) =>
        expanded(
          text.replace(whole, () => value),
          matrix,
        ),
      );
}

const normal = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/') || '.';

/** Where the workflow of a folder goes, or which one measures it already. */
export function measuringSpot(within: string, workflows: readonly Workflow[]): Spot {
  const uses = usesOf(workflows).filter(({ measures }) => measures);
  const sure = uses.find(({ folders }) => folders.includes(within));
  if (sure !== undefined)
    return taken(sure, true, 'it runs perf-baseline; to have another written, move it away first');
  const unsure = uses.find(({ folders }) => folders.includes(null));
  if (unsure !== undefined)
    return taken(
      unsure,
      true,
      `it runs perf-baseline in folders that only a run can tell: see that ${within} is one of them`,
    );
  return spot(within, '', workflows, uses, {
    other: `it measures another folder, and not ${within}: add this job to it, under another id`,
    foreign: `it does not use perf-baseline, so nothing would measure ${within === '.' ? 'what the config says' : within}: rename it and run this again, or add this job to it, and have it run on pull requests and on pushes to the default branch`,
  });
}

/** Where the workflow goes that publishes for forks after one of a name, or which one does already. */
export function publishingSpot(within: string, after: string, workflows: readonly Workflow[]): Spot {
  const uses = usesOf(workflows).filter((use) => use.after.length > 0);
  const following = uses.filter((use) => use.after.includes(after));
  const own = following.find(({ folders }) => folders.includes(within) || folders.includes(null));
  if (own !== undefined)
    return taken(own, true, 'it publishes for forks; to have another written, move it away first');
  const [wrong] = following;
  if (wrong !== undefined)
    return taken(
      wrong,
      false,
      `it follows the workflow ${JSON.stringify(after)} already, and judges by the config of ${wrong.folders.join(', ')}; its \`working-directory\` would have to be ${within}`,
    );
  return spot(within, '-forks', workflows, uses, {
    other: `it does not follow the workflow ${JSON.stringify(after)}: add that to its \`workflows\``,
    foreign: 'it does not use perf-baseline, so nothing publishes for forks: rename it and run this again',
  });
}

/** The usual name; where that serves another folder, one with the name of this folder. */
function spot(
  within: string,
  ending: string,
  workflows: readonly Workflow[],
  uses: readonly Use[],
  why: { other: string; foreign: string },
): Spot {
  const has = (file: string) => workflows.find((one) => one.file === file);
  const usual = `${FOLDER}/perf-baseline${ending}.yml`;
  if (has(usual) === undefined) return { file: usual, status: 'free' };
  if (!uses.some(({ file }) => file === usual))
    return taken({ file: usual, name: usual }, false, why.foreign);
  const slug = within.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'root';
  const own = `${FOLDER}/perf-baseline-${slug}${ending}.yml`;
  if (has(own) === undefined) return { file: own, status: 'free' };
  const ours = uses.some(({ file }) => file === own);
  return taken({ file: own, name: own }, false, ours ? why.other : why.foreign);
}

const taken = ({ file, name }: { file: string; name: string }, serves: boolean, why: string): Spot => ({
  file,
  status: 'taken',
  why,
  serves,
  name,
});

function read(text: string): Record<string, unknown> | null {
  try {
    return mapOf(parse(text));
  } catch {
    return null;
  }
}

const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
