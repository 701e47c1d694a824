import { lstat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { readConfig } from '../config/read.ts';
import type { Config, Target } from '../domain/config.ts';
import type { Condition, Criterion } from '../domain/criterion.ts';
import { UsageError } from '../domain/errors.ts';
import type { CriterionChange } from '../domain/report.ts';
import type { Warning } from '../domain/result.ts';

/**
 * How the base is booted (by its own config), and in which criteria its config differs. Without a usable config of
 * its own, the candidate's target boots it, and a warning says so: one that has no config yet is no fault.
 */
export async function readBaseConfig(
  config: Config,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<{ target: Target; changes: CriterionChange[]; secrets: string[]; warnings: Warning[] }> {
  if (config.file === null) return { target: config.target, changes: [], secrets: [], warnings: [] };
  const file = relative(resolve(config.workingDirectory), resolve(config.file));
  const isOutside = isAbsolute(file) || file.startsWith('..');
  try {
    if (isOutside) throw new UsageError('its config is outside the checkout');
    const base = await readConfig({ file, workingDirectory: directory, workspace: directory, env });
    return {
      target: base.target,
      changes: criterionChanges(base, config),
      secrets: base.secrets,
      warnings: [],
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message =
      !isOutside && (await isAbsent(resolve(directory, file)))
        ? `The base commit does not have ${file} yet, so this commit's config starts and measures both.`
        : `The base commit has no usable config of its own, so the candidate's target boots it (${firstLine(error.message)}).`;
    return { target: config.target, changes: [], secrets: [], warnings: [{ code: 'base-config', message }] };
  }
}

async function isAbsent(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** Criteria of scenarios on both sides whose text is not the same. */
function criterionChanges(base: Config, candidate: Config): CriterionChange[] {
  return candidate.scenarios.flatMap((scenario) => {
    const before = base.scenarios.find(({ name }) => name === scenario.name);
    if (before === undefined) return [];
    const from = textsOf(before.criteria);
    const to = textsOf(scenario.criteria);
    return [...new Set([...from.keys(), ...to.keys()])]
      .filter((metric) => from.get(metric) !== to.get(metric))
      .map((metric) => ({
        scenario: scenario.name,
        metric,
        from: from.get(metric) ?? 'none',
        to: to.get(metric) ?? 'none',
      }));
  });
}

function textsOf(criteria: readonly Criterion[]): Map<string, string> {
  const text = (level: string, condition: Condition | undefined) =>
    condition ? [`${level} ${condition.text}`] : [];
  return new Map(
    criteria.map((criterion) => [
      criterion.part === undefined ? criterion.metric : `${criterion.part} ${criterion.metric}`,
      [...text('warn', criterion.warn), ...text('fail', criterion.fail)].join(', ') || 'off',
    ]),
  );
}
