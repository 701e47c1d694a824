import type { Report } from '../domain/report.ts';
import type { Headline, State } from './headline-state.ts';
import { changeSentence, limitSentence } from './phrase.ts';
import { plural } from './quantity.ts';
import { limitsOf, select } from './selection.ts';

/** Would be a regression, had nobody answered for it. It passes, and is not unchanged. */
export function accepted({ rows, voice }: State): Headline | null {
  const [worst] = rows.accepted;
  const [limit] = rows.acceptedLimits;
  const example = worst ? changeSentence(worst, voice) : limit ? limitSentence(limit, voice) : null;
  if (example === null) return null;
  const parts = [
    ...(worst ? [`${rows.accepted.length} of ${plural(rows.gating.length, 'metric')} regressed`] : []),
    ...(limit ? [`${rows.acceptedLimits.length} of ${plural(limitsOf(rows), 'limit')} exceeded`] : []),
  ];
  return {
    icon: '🤝',
    tone: 'warn',
    text: `${parts.join(' and ')}, accepted — ${example}`,
    action: 'This does not fail the check as long as it is accepted.',
  };
}

/**
 * The verdict that a section shows. What passes only because somebody answers for it is not called unchanged; what was
 * compared with nothing, or cannot be told, is called so before.
 */
export function shownVerdict(report: Report): Report['verdict'] | 'accepted' {
  const rows = select(report);
  const passes = report.verdict === 'improved' || report.verdict === 'unchanged';
  return passes && rows.accepted.length + rows.acceptedLimits.length > 0 ? 'accepted' : report.verdict;
}
