import type { Warning } from '../domain/result.ts';
import type { Measured, ScenarioCriteria } from './input.ts';
import { partNames } from './units.ts';

/**
 * Criteria and limits of parts that neither side has: they judge nothing, and a slip of the pen must not look like care taken.
 * Scenarios of which no part was measured are not spoken of: their failure is told.
 */
export function unusedCriteria(
  sides: { candidate: Measured; baseline: Measured | null },
  criteria: readonly ScenarioCriteria[],
): Warning[] {
  return criteria.flatMap(({ name, criteria: asked, limits }) => {
    const scenarios = [sides.candidate, sides.baseline].flatMap((side) =>
      (side?.scenarios ?? []).filter((scenario) => scenario.name === name),
    );
    const parts = [...new Set(scenarios.flatMap(partNames))];
    if (parts.length === 0) return [];
    return [...unknown('criteria', asked, parts, name), ...unknown('limits', limits, parts, name)];
  });
}

function unknown(
  key: 'criteria' | 'limits',
  asked: readonly { part?: string }[],
  parts: readonly string[],
  scenario: string,
): Warning[] {
  const named = new Set(
    asked.flatMap(({ part }) => (part === undefined || parts.includes(part) ? [] : [part])),
  );
  const known =
    parts.length > 10 ? `${parts.slice(0, 10).join(', ')} and ${parts.length - 10} more` : parts.join(', ');
  return [...named].map((part) => ({
    code: 'unused-criterion',
    message: `The ${key} of ${scenario} name the part ${part}, which was not measured, so nothing is judged by them; there are ${known}. Correct the name, or take it out.`,
  }));
}
