import type { AcceptedRow } from '../github/chat-answers.ts';
import { shortHash } from '../github/series.ts';
import type { Judged } from '../pipeline/judgement.ts';
import { thresholdSize } from '../report/quantity.ts';

export type Row = Judged['comparisons'][number] | Judged['limits'][number];

/**
 * What an acceptance holds for: this row of this series, no worse than what was shown. The most that it may be is the worse
 * end of the interval that was shown, or the estimate and once more what its criterion allows, whichever is further: blocks
 * that are added to those that were judged stay within it where nothing got worse. Null where there is no figure to hold to.
 */
export function acceptedRow(series: string, row: Row): AcceptedRow | null {
  const figure = figureOf(row);
  if (figure === null) return null;
  const { center, worst, allowance } = figure;
  return [
    idOf(series, row, figure.of),
    Math.max(Number.isFinite(worst) ? worst : center, center + allowance),
  ];
}

/** Whether a row is among those that were accepted, and its estimate no worse than the most that was. */
export function isAmong(rows: readonly AcceptedRow[], series: string, row: Row): boolean {
  const figure = figureOf(row);
  if (figure === null) return false;
  const id = idOf(series, row, figure.of);
  return rows.some(([accepted, most]) => accepted === id && figure.center <= most);
}

/** Short id of a row, by which two judgements of a result are told to have found the same. Null where there is no figure. */
export function rowId(series: string, row: Row): string | null {
  const figure = figureOf(row);
  return figure === null ? null : idOf(series, row, figure.of).slice(0, 8);
}

type Figure = { of: string; center: number; worst: number; allowance: number };

/** The figure of a row by which it is worse, more being worse. A change from nothing has no size: then the value itself. */
function figureOf(row: Row): Figure | null {
  const change = 'change' in row ? row.change : null;
  const estimate = change !== null && Number.isFinite(change.center) ? change : row.candidate;
  if (estimate === null || !Number.isFinite(estimate.center)) return null;
  const { center, low, high } = estimate;
  const of = estimate === change ? change.type : 'value';
  const allowance = estimate === change ? allowanceOf(row, change.type) : 0;
  return row.metric.better === 'lower'
    ? { of, center, worst: high, allowance }
    : { of, center: -center, worst: -low, allowance };
}

function allowanceOf(row: Row, type: 'relative' | 'absolute'): number {
  const thresholds = 'criterion' in row ? (row.criterion?.fail?.all ?? []) : [];
  return Math.max(0, ...thresholds.map((threshold) => thresholdSize(threshold, type) ?? 0));
}

/** A limit is another row than a comparison, and one that was written anew is another limit. */
function idOf(series: string, row: Row, of: string): string {
  const kind = 'outcome' in row ? `limit ${row.text}` : of;
  return shortHash(JSON.stringify([series, row.scenario, row.part ?? null, row.metric.name, kind]));
}
