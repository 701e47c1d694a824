import type { z } from 'zod';
import type { Path } from './document.ts';
import type { ProblemList } from './problems.ts';

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
    // The branch whose type fits says more than the union as a whole: an unknown key inside a mapping, for instance.
    const branch = issue.errors.find((errors) => !isRootType(errors));
    if (branch === undefined || branch.length === 0) problems.value(path, issue.message);
    else for (const inner of branch) reportIssue(problems, inner, path);
  } else problems.value(path, issue.message);
}

const isRootType = (errors: readonly Issue[]): boolean =>
  errors.some(({ code, path }) => path.length === 0 && code === 'invalid_type');

/**
 * A copy without what the issues are about, so that the rest can be checked in the same go: keys go, an item of a
 * list leaves a null in its place.
 */
export function withoutFaults(
  raw: Readonly<Record<string, unknown>>,
  issues: readonly Issue[],
): Record<string, unknown> {
  const rest = { ...raw };
  for (const issue of issues) {
    const [key, item] = issue.path;
    if (key === undefined) {
      if (issue.code === 'unrecognized_keys') for (const unknown of issue.keys) delete rest[unknown];
      continue;
    }
    const list = rest[String(key)];
    if (typeof item === 'number' && Array.isArray(list)) rest[String(key)] = list.with(item, null);
    else delete rest[String(key)];
  }
  return rest;
}
