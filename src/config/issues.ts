import type { z } from 'zod';
import type { Path } from './document.ts';
import type { ProblemList } from './problems.ts';
import { valueAt } from './value-at.ts';

type Issue = z.core.$ZodIssue;

/** Tells the problems that a schema found in the value at `base`. */
export function reportIssues(problems: ProblemList, issues: readonly Issue[], base: Path): void {
  for (const issue of issues) reportIssue(problems, issue, base);
}

function reportIssue(problems: ProblemList, issue: Issue, base: Path): void {
  const path = [...base, ...issue.path.map((s) => (typeof s === 'symbol' ? String(s) : s))];
  if (issue.code === 'unrecognized_keys') {
    const allowed = issue.message.split(', ');
    for (const key of issue.keys) problems.key([...path, key], allowed);
  } else if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    problems.key(path, [], first?.message ?? issue.message);
  } else if (issue.code === 'invalid_union') {
    const branch = fittingBranch(issue);
    if (branch === undefined || branch.length === 0) problems.value(path, issue.message);
    else for (const inner of branch) reportIssue(problems, inner, path);
  } else problems.value(path, issue.message);
}

/** The branch whose type fits says more than the union as a whole: an unknown key inside a mapping, for instance. */
function fittingBranch({ errors }: z.core.$ZodIssueInvalidUnion): Issue[] | undefined {
  const [nearest] = errors
    .filter((branch) => !isRootType(branch))
    .map((branch) => ({ branch, distance: distanceOf(branch) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.branch;
}

/** Of mappings, the one that is meant has the words that tell them apart, and the fewest faults. */
const distanceOf = (branch: readonly Issue[]): number =>
  branch.reduce((sum, { code }) => sum + (code === 'invalid_value' ? 2 : 1), 0);

const isRootType = (errors: readonly Issue[]): boolean =>
  errors.some(({ code, path }) => path.length === 0 && code === 'invalid_type');

/** A copy of a mapping without what was wrong in it, and the places where something was left out, within the mapping. */
export type Rest = { rest: Record<string, unknown>; leftOut: Path[] };

/**
 * Leaves out what the issues are about, so that the rest can be checked in the same go: the wrong keys and values go, an
 * item of a list that is wrong as a whole leaves a null in its place. What is then without something that it must have
 * goes too, but for an item of a list: its reader copes.
 */
export function withoutFaults(
  raw: Readonly<Record<string, unknown>>,
  shape: z.ZodType,
  issues: readonly Issue[],
): Rest {
  const rest = structuredClone(raw) as Record<string, unknown>;
  const wrong = issues.flatMap((issue) => faultsOf(issue, []));
  for (const path of wrong) leaveOut(rest, path);
  const lacking = (shape.safeParse(rest).error?.issues ?? [])
    .flatMap((issue) => faultsOf(issue, []).map((path) => path.slice(0, -1)))
    .filter((path) => path.length > 0 && typeof path.at(-1) === 'string' && !isList(rest, path));
  for (const path of lacking) leaveOut(rest, path);
  return { rest, leftOut: [...wrong, ...lacking] };
}

/** Where exactly an issue is: inside the branch of a union whose type fits, as in the report of it. */
function faultsOf(issue: Issue, base: Path): Path[] {
  const path = [...base, ...issue.path.map((s) => (typeof s === 'symbol' ? String(s) : s))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  const branch = issue.code === 'invalid_union' ? fittingBranch(issue) : undefined;
  if (branch === undefined || branch.length === 0) return [path];
  return branch.flatMap((inner) => faultsOf(inner, path));
}

/** Whether a key of a mapping was written, but wrong. A key that is not known may be meant for it. */
export function isWrittenWrong(key: string, leftOut: readonly Path[], shape: z.ZodObject): boolean {
  return leftOut.some(
    ([first = '', ...more]) => more.length === 0 && (first === key || !Object.hasOwn(shape.shape, first)),
  );
}

function leaveOut(root: unknown, path: Path): void {
  const holder = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  if (Array.isArray(holder)) {
    if (typeof last === 'number' && last < holder.length) holder[last] = null;
  } else delete (holder as Record<string, unknown>)[last];
}

const isList = (root: unknown, path: Path): boolean => Array.isArray(valueAt(root, path));
