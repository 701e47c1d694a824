import type { Report, ScenarioSummary } from '../domain/report.ts';
import type { OverallVerdict } from '../domain/verdict.ts';
import { accepted } from './accepted.ts';
import { lookAt, MEND_ERRORS, readerOf, settling } from './advice.ts';
import { commonWord, inBrackets, mendAction } from './benchmark-words.ts';
import { brokenParts } from './broken-parts.ts';
import { failureAction, failureText } from './failure-words.ts';
import type { Found, Headline, State } from './headline-state.ts';
import { changeSentence, limitSentence, list, place, type Voice } from './phrase.ts';
import { plural } from './quantity.ts';
import { limitsOf, type Selection, select, spoiledByErrors } from './selection.ts';
import { uncompared, unsureLimitsText } from './uncompared.ts';

/** The verdict in words. States that are not a verdict come before any that could look fine. */
export function headline(report: Report, voice: Voice): Headline {
  const state = { report, rows: select(report), voice };
  const found =
    cancelled(state) ??
    failed(state) ??
    regressed(state) ??
    uncompared(state) ??
    inconclusive(state) ??
    accepted(state) ??
    reserved(state);
  const { icon, tone, text, action, voiced }: Found = found ?? settled(state);
  return { icon, tone, text, action: voiced ? action : voice.prose(action) };
}

const failures = (report: Report): ScenarioSummary[] => report.scenarios.filter((s) => s.status === 'failed');

function cancelled({ report }: State): Headline | null {
  const stopped = report.sampling.stopped === 'cancelled';
  if (!stopped && !failures(report).some((s) => s.failure?.reason === 'cancelled')) return null;
  return {
    icon: '⏹️',
    tone: 'warn',
    text: 'Cancelled before it was finished — this is not a verdict',
    action: 'Run it again for a verdict. What had been measured by then is below, and incomplete.',
  };
}

function failed(state: State): Headline | null {
  const { report, rows, voice } = state;
  const broken = failures(report);
  if (report.verdict !== 'failed' && broken.length === 0) return null;
  const [first] = broken;
  const besides = problems(rows);
  const also = besides === '' ? '' : `; besides, ${besides}`;
  if (first?.failure === undefined) {
    const lost = brokenParts(state);
    if (lost !== null) return { icon: '🛑', tone: 'bad', ...lost, text: `${lost.text}${also}` };
    return {
      icon: '🛑',
      tone: 'bad',
      text: `The measurement failed${also}`,
      action: 'Look at the log of the run for the cause.',
    };
  }
  const all =
    broken.length === report.scenarios.filter((s) => s.status !== 'missing').length && broken.length > 1;
  const what = failureText(first.failure, first.type);
  const same = broken.every(({ failure, type }) => failure && failureText(failure, type) === what);
  const text =
    all && same
      ? `Nothing could be measured: ${what}`
      : broken.length === 1
        ? `${place({ scenario: first.name }, voice)} could not be measured: ${what}`
        : `${broken.length} of ${report.scenarios.length} scenarios could not be measured — ${place({ scenario: first.name }, voice)}: ${what}`;
  return {
    icon: '🛑',
    tone: 'bad',
    text: `${text}${also}`,
    action: failureAction(first.failure, first.type),
  };
}

/** "2 of 14 metrics regressed and 1 of 3 limits exceeded", or "" when neither. */
function problems(rows: Selection): string {
  const parts: string[] = [];
  if (rows.regressed.length > 0)
    parts.push(`${rows.regressed.length} of ${plural(rows.gating.length, 'metric')} regressed`);
  if (rows.exceeded.length > 0)
    parts.push(`${rows.exceeded.length} of ${plural(limitsOf(rows), 'limit')} exceeded`);
  return parts.join(' and ');
}

function regressed({ report, rows, voice }: State): Found | null {
  const what = problems(rows);
  if (report.verdict !== 'regressed' && what === '') return null;
  const [worst] = rows.regressed;
  const [limit] = rows.exceeded;
  const example = worst ? changeSentence(worst, voice) : limit ? limitSentence(limit, voice) : null;
  const action = worst
    ? lookAt(report, rows, voice)
    : 'A limit is an absolute bound: find what exceeds it, or, if it no longer fits, change it in the config file, by review.';
  return {
    icon: '❌',
    tone: 'bad',
    text: `${what === '' ? 'Regressed' : what}${example === null ? '' : ` — ${example}`}`,
    action,
    voiced: true,
  };
}

function inconclusive(state: State): Headline | null {
  const { report, rows, voice } = state;
  const unsure = rows.inconclusive.length + rows.invalid.length;
  if (report.verdict !== 'inconclusive' && unsure === 0 && rows.unsureLimits.length === 0) return null;
  const of = plural(rows.gating.length, 'metric');
  const improved = rows.improved.length === 0 ? '' : `; ${rows.improved.length} improved`;
  const where = (list_: { scenario: string; part?: string }[]) => list(list_.map((row) => place(row, voice)));
  if (rows.invalid.length > 0 && !spoiledByErrors(report, rows.invalid)) {
    const word = commonWord(rows.invalid.map(({ reason }) => reason));
    return {
      icon: '🚫',
      tone: 'unsure',
      text: `Could not measure ${where(rows.invalid)}${inBrackets(word)} — ${rows.invalid.length} of ${of} say nothing${improved}`,
      action: mendAction(rows.invalid.map(({ reason }) => reason)),
    };
  }
  if (rows.invalid.length > 0) {
    return {
      icon: '🚫',
      tone: 'unsure',
      text: `Too many errors to measure ${where(rows.invalid.map(({ scenario }) => ({ scenario })))} — ${rows.invalid.length} of ${of} say nothing${improved}`,
      action: MEND_ERRORS,
    };
  }
  const limited = report.scenarios.filter((s) => s.generator?.limited === true);
  if (limited.length > 0) {
    return {
      icon: '❔',
      tone: 'unsure',
      text: `Cannot tell: the load generator, not the target, was the bottleneck in ${where(limited.map((s) => ({ scenario: s.name })))}${improved}`,
      action: 'Lower `connections` or set a `rate`, or run on a machine with more cores.',
    };
  }
  const [first] = rows.inconclusive;
  if (first === undefined && rows.unsureLimits.length === 0 && rows.missing.length > 0) return lost(state);
  if (first === undefined && rows.unsureLimits.length === 0 && rows.unjudged.length > 0) {
    return {
      icon: '❔',
      tone: 'unsure',
      text: `Cannot tell: too few samples to judge ${rows.unjudged.length === 1 ? 'the metric' : `any of the ${rows.unjudged.length} metrics`} with a criterion`,
      action: rows.unjudged.some(({ reason }) => reason?.includes('longer rounds add none'))
        ? 'Measure more: each line below says what gives more samples, and what to set it to.'
        : 'Measure longer: each line below says what to set `measure.duration` to.',
    };
  }
  const text =
    first === undefined && rows.unsureLimits.length > 0
      ? `C${unsureLimitsText(rows).slice(1)}`
      : first === undefined
        ? 'Cannot tell'
        : `Cannot tell: ${rows.inconclusive.length} of ${of} inconclusive${improved}`;
  return {
    icon: '❔',
    tone: 'unsure',
    text,
    action: `This is neither a pass nor a regression. To settle it, ${settling(report, readerOf(report, voice))}.`,
  };
}

/** Would be fine, were it not for something that the reader must know first. */
function reserved(state: State): Headline | null {
  const { report, rows, voice } = state;
  const warn = (text: string, action: string): Headline => ({ icon: '⚠️', tone: 'warn', text, action });
  const [warned] = rows.warned;
  const of = plural(rows.gating.length, 'metric');
  if (warned) {
    return warn(
      `${rows.warned.length} of ${of} regressed past ${rows.warned.length === 1 ? 'its' : 'their'} warning level — ${changeSentence(warned, voice)}`,
      'This does not fail the check. Look at it before it grows.',
    );
  }
  const [limit] = rows.exceededWarn;
  if (limit)
    return warn(
      `${plural(rows.exceededWarn.length, 'limit')} exceeded at warning level — ${limitSentence(limit, voice)}`,
      'This does not fail the check.',
    );
  const missing = lost(state);
  if (missing !== null) return missing;
  const limited = report.scenarios
    .filter((s) => s.generator?.limited === true)
    .map((s) => place({ scenario: s.name }, voice));
  if (limited.length > 0) {
    return warn(
      `The load generator, not the target, was the bottleneck in ${list(limited)}: a slower target might not show`,
      'Lower `connections` or set a `rate`, or run on a machine with more cores.',
    );
  }
  return null;
}

/** What the baseline has and this run has not, scenarios before parts. */
function lost({ report, rows, voice }: State): Headline | null {
  const missing = report.scenarios
    .filter((s) => s.status === 'missing')
    .map((s) => place({ scenario: s.name }, voice));
  const places = missing.length > 0 ? missing : rows.missing.map((row) => place(row, voice));
  if (places.length === 0) return null;
  return {
    icon: '⚠️',
    tone: 'warn',
    text: `No regression in what was measured, but ${list(places)} ${new Set(places).size === 1 ? 'is' : 'are'} in the baseline and not here`,
    action: 'If it was removed or renamed on purpose there is nothing to do; otherwise bring it back.',
  };
}

function settled({ report, rows, voice }: State): Headline {
  const left = rows.unjudged.length;
  const besides = left === 0 ? '' : `; ${left} more could not be judged`;
  const of = plural(rows.gating.length, 'metric');
  const [best] = rows.improved;
  if (best) {
    return {
      icon: '✅',
      tone: 'good',
      text: `${rows.improved.length} of ${of} improved, none regressed${besides} — ${changeSentence(best, voice)}`,
      action: '',
    };
  }
  if (report.verdict === 'unchanged' && rows.unchanged.length > 0) {
    const proven =
      rows.unchanged.length === rows.gating.length ? `All ${of}` : `${rows.unchanged.length} of ${of}`;
    return {
      icon: '✅',
      tone: 'good',
      text: `${rows.gating.length === 1 ? 'The one metric' : proven} unchanged, within what is allowed${besides}`,
      action: '',
    };
  }
  if (report.verdict === 'new' && rows.fresh.length > 0) {
    const names = list(rows.fresh.map(({ scenario }) => place({ scenario }, voice)));
    return {
      icon: '🆕',
      tone: 'neutral',
      text: `Nothing to compare with yet: ${names} not in the baseline`,
      action:
        readerOf(report, voice) === 'terminal'
          ? '`--save DIR` keeps a run that has it, for `--baseline DIR` to compare with.'
          : 'Nothing. A push to the default branch stores a baseline for it.',
    };
  }
  return {
    icon: '⚪',
    tone: 'neutral',
    text: 'Nothing was judged: no metric that was measured has a criterion',
    action: 'Add `criteria` to the config file to get a verdict.',
  };
}

/** What a section of a comment can be: a verdict, one that somebody answers for, or none: cancelled, or not there yet. */
export type SectionVerdict = OverallVerdict | 'accepted' | 'cancelled' | 'none';

/** One word and one icon for a series in a list of several. */
export function verdictWord(verdict: SectionVerdict): { icon: string; word: string } {
  return WORDS[verdict];
}

const WORDS: Record<SectionVerdict, { icon: string; word: string }> = {
  failed: { icon: '🛑', word: 'failed' },
  regressed: { icon: '❌', word: 'regressed' },
  cancelled: { icon: '⏹️', word: 'cancelled' },
  inconclusive: { icon: '❔', word: 'inconclusive' },
  none: { icon: '⏳', word: 'without a verdict yet' },
  accepted: { icon: '🤝', word: 'regressed, accepted' },
  improved: { icon: '✅', word: 'improved' },
  unchanged: { icon: '✅', word: 'unchanged' },
  new: { icon: '🆕', word: 'not compared' },
};
