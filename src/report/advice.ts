import type { Report } from '../domain/report.ts';
import type { Comparison } from '../domain/verdict.ts';
import { list, metricName, place, type Voice } from './phrase.ts';
import { magnitude } from './quantity.ts';
import { bySeverity, type Selection } from './selection.ts';

/** Where a report is read, and so what its reader can do about it: set inputs of the action, or give options to a command. */
export type Reader = 'action' | 'terminal';

/** Markdown is read beside the run that it links to; where there is none, somebody typed a command for it. */
export function readerOf(report: Report, voice: Voice): Reader {
  return voice.medium === 'terminal' || report.runUrl === null ? 'terminal' : 'action';
}

/** In the reason of a comparison whose samples are its connections. */
const BY_CONNECTIONS = 'each connection gives one sample';

/** How to settle what cannot be told: half a sentence, to stand behind "To settle it, ". */
export function settling(report: Report, reader: Reader): string {
  const { baseline, sampling } = report;
  const unsure = report.comparisons.filter(({ gating, verdict }) => gating && verdict === 'inconclusive');
  if (baseline.status !== 'found') return 'measure longer (`measure.rounds`, `measure.duration`)';
  // More of the same load adds nothing there, and neither does the other way to get a baseline.
  if (unsure.length > 0 && unsure.every(({ reason }) => reason?.includes(BY_CONNECTIONS)))
    return 'set more `connections` or rounds: the line below says how many, and why longer rounds add nothing';
  if (baseline.mode === 'paired') {
    const bound = {
      budget: 'raise `measure.budget`',
      rounds: 'raise `measure.max-rounds`, and `measure.budget` with it',
    } as const;
    const more =
      sampling.stopped === 'budget' || sampling.stopped === 'rounds'
        ? bound[sampling.stopped]
        : 'measure more (`measure.max-rounds`, `measure.budget`)';
    return `${more}, or make rounds longer (\`measure.duration\`)`;
  }
  return reader === 'terminal'
    ? 'measure both commits side by side with `perf-baseline run --base REF`; every further run kept with `--save DIR` helps `--baseline DIR` too'
    : 'compare both commits on one machine with `compare: paired`; every further baseline of the default branch helps too';
}

/** The same as a sentence, for a report whose first line is about something else; empty where nothing is inconclusive. */
export function settlingBesides(report: Report, rows: Selection, voice: Voice): string {
  const leads = [rows.regressed, rows.exceeded, rows.accepted, rows.warned].flat().length > 0;
  return leads && rows.inconclusive.length > 0
    ? `To settle what is inconclusive, ${voice.prose(settling(report, readerOf(report, voice)))}.`
    : '';
}

/** How a first baseline comes to be. */
export function firstBaseline(reader: Reader): string {
  return reader === 'terminal'
    ? 'Keep a run of the commit to compare with by `perf-baseline run --save DIR`; `--baseline DIR` then compares with it.'
    : 'Nothing. What a push to the default branch measures becomes the baseline that later runs are compared with.';
}

/** What to do where errors leave no latencies to judge. */
export const MEND_ERRORS =
  'Look at the errors by kind below: latencies of a target that fails are not judged. Mend what is sent, what is expected of it, or the target.';

/** What to do about a regression: where it is, the command that repeats it, and the way to allow it. */
export function lookAt(report: Report, rows: Selection, voice: Voice): string {
  const parts = slowerParts(report, rows);
  const named = parts.map((row) =>
    row.gating ? place(row, voice) : `${place(row, voice)} (${figure(row, voice)})`,
  );
  const look =
    parts.length === 0
      ? 'Find what in this change causes it'
      : `Look at what this change does to ${list(named)}`;
  const repeat = report.reproduce === null ? '' : ', and repeat it locally with the command at the end';
  // Parts share connections and the target's processor: which of them is the cause, the figures do not tell.
  const shared =
    new Set(parts.map(({ scenario }) => scenario)).size < parts.length
      ? ' Parts of one scenario slow each other down, so the cause may be one of them.'
      : '';
  return `${look}${repeat}.${shared} If the cost is meant, widen the criterion in the config file, by review.`;
}

/** Metrics that say of a single part how long it takes; a rate of one falls with those of the others beside it. */
const SPEAKS_FOR_PART = /^(rtt-)?p(50|95)$|^mean$|^time$/;

/**
 * A row of each part that regressed, the worst first: those that gate, and where only the total of a scenario does, those whose own
 * figures regressed beside it. Empty where no part can be named.
 */
function slowerParts(report: Report, rows: Selection): Comparison[] {
  const named = rows.regressed.filter(({ part }) => part !== undefined);
  const whole = rows.regressed
    .filter((row) => !named.some(({ scenario }) => scenario === row.scenario))
    .map(({ scenario }) => scenario);
  const beside = bySeverity(
    report.comparisons.filter(
      (row) =>
        !row.gating &&
        row.part !== undefined &&
        row.verdict === 'regressed' &&
        whole.includes(row.scenario) &&
        SPEAKS_FOR_PART.test(row.metric.name),
    ),
  );
  const all = [...named, ...beside];
  const isFirst = (row: Comparison, i: number) =>
    all.findIndex(({ scenario, part }) => scenario === row.scenario && part === row.part) === i;
  return all.filter(isFirst);
}

function figure({ metric, change }: Comparison, voice: Voice): string {
  const name = metricName(metric.name, voice);
  return change === null ? name : `${name} ${magnitude(change, metric.unit).size} slower`;
}
