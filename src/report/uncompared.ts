import type { Report, Unpaired } from '../domain/report.ts';
import { firstBaseline, MEND_ERRORS, type Reader, readerOf } from './advice.ts';
import { mendAction } from './benchmark-words.ts';
import { environmentRows } from './circumstances.ts';
import type { Found, Headline, State, Tone } from './headline-state.ts';
import { list, place } from './phrase.ts';
import { plural } from './quantity.ts';
import { type Selection, spoiledByErrors } from './selection.ts';

/** What a report without a usable baseline must add: what needs no baseline, or what spoils even a first measurement. */
function besidesNoBaseline({ report, rows, voice }: State): { text: string; tone: Tone | null } {
  const scenarios = (found: { scenario: string }[]) =>
    list(found.map(({ scenario }) => place({ scenario }, voice)));
  if (rows.invalid.length > 0) {
    const why = spoiledByErrors(report, rows.invalid) ? 'too many errors to measure' : 'no figures for';
    const where = spoiledByErrors(report, rows.invalid)
      ? scenarios(rows.invalid)
      : list(rows.invalid.map((row) => place(row, voice)));
    return { text: `, and ${why} ${where}`, tone: 'warn' };
  }
  if (rows.exceededWarn.length > 0)
    return {
      text: ` — ${plural(rows.exceededWarn.length, 'limit')} exceeded at warning level`,
      tone: 'warn',
    };
  if (rows.acceptedLimits.length > 0)
    return { text: ` — ${plural(rows.acceptedLimits.length, 'limit')} exceeded, accepted`, tone: 'warn' };
  const limited = report.scenarios.filter((s) => s.generator?.limited === true);
  if (limited.length > 0) {
    const where = scenarios(limited.map((s) => ({ scenario: s.name })));
    return { text: ` — the load generator was the bottleneck in ${where}`, tone: 'warn' };
  }
  if (rows.unsureLimits.length > 0) return { text: ` — ${unsureLimitsText(rows)}`, tone: 'unsure' };
  const kept = rows.withinLimits.length;
  return {
    text: kept > 0 ? ` — ${kept === 1 ? 'its one limit is' : `all ${kept} limits are`} kept` : '',
    tone: null,
  };
}

/** "cannot tell whether 2 limits are kept" */
export function unsureLimitsText(rows: Selection): string {
  const n = rows.unsureLimits.length;
  return `cannot tell whether ${plural(n, 'limit')} ${n === 1 ? 'is' : 'are'} kept`;
}

/** No baseline, none wanted, or one that cannot be used: none of them is a verdict, and none looks green. */
export function uncompared(state: State): Found | null {
  const { voice } = state;
  const { baseline, occasion } = state.report;
  const reader = readerOf(state.report, voice);
  const note = besidesNoBaseline(state);
  const { invalid } = state.rows;
  const spoiled = invalid.length > 0;
  const mend = spoiledByErrors(state.report, invalid)
    ? MEND_ERRORS
    : mendAction(invalid.map(({ reason }) => reason));
  const say = (icon: string, tone: Tone, text: string, action: string): Headline => ({
    icon: note.tone === 'warn' ? '⚠️' : note.tone === 'unsure' ? '❔' : icon,
    tone: note.tone ?? tone,
    text: text + note.text,
    // What spoils the figures comes before what to do with them.
    action: spoiled ? mend : action,
  });
  if (
    (baseline.status === 'absent' || baseline.status === 'not-compared') &&
    baseline.unpaired !== undefined
  ) {
    const { cause, detail } = baseline.unpaired;
    const [why = ''] = detail.split('\n');
    return say('⚠️', 'warn', `Not compared: ${voice.prose(why)}`, UNPAIRED[cause][reader]);
  }
  if (occasion?.type === 'saved' && (baseline.status === 'absent' || baseline.status === 'not-compared')) {
    const use = `Compare a later run with it: ${voice.literal(occasion.later)}`;
    const headline = say('⚪', 'neutral', 'Measured and saved as a baseline', use);
    return spoiled ? headline : { ...headline, voiced: true };
  }
  switch (baseline.status) {
    case 'found':
      return null;
    case 'absent':
      return say(
        '🆕',
        'neutral',
        'First measurement: there is no baseline yet to compare with',
        firstBaseline(reader),
      );
    case 'not-compared':
      if (occasion?.type === 'shown')
        return say('⚪', 'neutral', 'What one result holds, compared with nothing', '');
      return say('⚪', 'neutral', 'Measured, not compared with anything', NOT_COMPARED[reader]);
    case 'unusable':
      return say(
        '⚠️',
        'warn',
        `Not compared: ${unusable(state.report, baseline.reason)}`,
        UNUSABLE[baseline.reason].action[reader],
      );
  }
}

/** The last lines of a base that could not be measured beside the head. */
export function outputOfBase({ baseline }: Report): string | undefined {
  return 'unpaired' in baseline ? baseline.unpaired?.log : undefined;
}

/** Names what differs, where the baseline's environment is known. */
function unusable(report: Report, reason: keyof typeof UNUSABLE): string {
  const differing = environmentRows(report).filter(({ differs }) => differs);
  if (reason !== 'environment' || differing.length === 0) return UNUSABLE[reason].what;
  const names = list(
    differing.map(({ gate }) => gate),
    8,
  );
  return `the environments differ (${names}), so the numbers are not comparable`;
}

const UNPAIRED: Record<Unpaired['cause'], Record<Reader, string>> = {
  base: {
    action:
      'Where the base does not have yet what is measured, there is nothing to do: a push to the default branch stores the baseline that later runs are compared with. Otherwise mend the base, say by `target.setup` what has to be installed or built in its checkout, or mend what it and the head need at the same time, such as a port that both want.',
    terminal:
      'The base is set up, started and asked like this commit, in a checkout of its own: say by `target.setup` what has to be installed or built there, name another by `--base REF`, or keep a run of it with `--save DIR` and compare by `--baseline DIR`.',
  },
  budget: both('Raise `measure.budget`, or lower `measure.duration` or `measure.warmup`.'),
  target: {
    action: 'Set `target.start`, so that both commits can be started; or set `compare` to `stored`.',
    terminal:
      'Set `target.start`, so that both commits can be started; or keep a run of the base with `--save DIR` and compare by `--baseline DIR`.',
  },
};

function both(action: string): Record<Reader, string> {
  return { action, terminal: action };
}

const NOT_COMPARED: Record<Reader, string> = {
  action: 'Set `compare` to `auto`, `stored` or `paired` to get a verdict.',
  terminal:
    'To get a verdict, `--base REF` measures that commit beside this one; or keep a run with `--save DIR`, and compare a later one with it by `--baseline DIR`.',
};

const MEND =
  'Whether there is one is not known. Mend what is named below (network, token permissions) and run it again.';

const UNUSABLE = {
  environment: {
    what: 'the environments differ, so the numbers are not comparable',
    action: {
      action:
        'Run it again on a machine like that of the baseline; a push to the default branch on this one stores a baseline for it, and `compare: paired` measures both commits on the same machine.',
      terminal:
        'Compare on a machine like that of the baseline; `--save DIR` keeps a baseline of this one, and `perf-baseline run --base REF` measures both commits on the same machine.',
    },
  },
  corrupt: {
    what: 'the baseline is corrupt',
    action: {
      action:
        'It was left as it is. Remove or restore the file named below; the next push to the default branch then stores a fresh one.',
      terminal:
        'It was left as it is. Remove or restore the file named below; `--save DIR` then keeps a fresh one.',
    },
  },
  unreadable: {
    what: 'the baseline could not be read',
    action: {
      action: MEND,
      terminal: 'Whether there is one is not known. Mend what is named below and run it again.',
    },
  },
  schema: {
    what: 'the baseline cannot be read by this version',
    action: {
      action: 'Use the same version of perf-baseline here as on the default branch.',
      terminal: 'Use the version of perf-baseline that saved it, or a newer one.',
    },
  },
} as const;
