import type { Acceptances } from '../github/chat-answers.ts';
import { noBetter, ruleOn } from '../github/check-conclusion.ts';
import type { Section } from '../github/comment-sections.ts';
import { acceptanceLine, expiredLine } from './acceptance.ts';

/**
 * What to make of a section that is shown as accepted and is not judged again now: where that is over, or was taken back,
 * it fails, as it did before. One that may rest on another acceptance, which holds, is left.
 */
export function lapsing({ holding, expired }: Acceptances, headSha: string): (section: Section) => Section {
  const head = headSha.slice(0, 12);
  return (section) => {
    const { verdict, sha, form, text } = section;
    if (verdict !== 'accepted' || sha !== head) return section;
    const isShort = form === 'line' || form === 'bare';
    const rests = expired.filter((one) => isShort || text.includes(acceptanceLine(one)));
    const stands = holding.some((one) => isShort || text.includes(acceptanceLine(one)));
    if (stands && rests.length === 0) return section;
    const { ruling, ...rest } = section;
    return {
      ...rest,
      verdict: 'regressed',
      ...(ruling !== undefined &&
        ruling.by !== 'run' && { ruling: noBetter(ruleOn('regressed', ruling.by), ruling) }),
      form: 'full',
      text: lapsedText(rests.map(expiredLine)),
    };
  };
}

function lapsedText(lines: readonly string[]): string {
  return [
    '### ❌ Regressed: what was accepted holds no more',
    lines.join('\n'),
    '**What to do:** `/perf-baseline status` judges again what was measured; where that is gone, `/perf-baseline rerun` measures it anew.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
