import { momentsOf } from './interval.ts';
import { studentTail } from './student.ts';

export type ChangePointOptions = {
  /** Longest stretch searched at once. */
  window?: number;
  /** Largest p-value of Welch's test between the two sides. */
  pValue?: number;
  /** Smallest difference of the means worth reporting, on the scale of the values. */
  magnitude?: number;
};

const SHORTEST = 3;

/**
 * Indexes at which a series (oldest first, usually logarithms) changes its level: the first value of each new level.
 * E-divisive (Matteson & James 2014) finds the candidates, Student's t test accepts them, and the weakest are merged
 * first (Fleming et al. 2023, "Hunter"). For cutting a history and reporting drift, never for judging a change.
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): number[] {
  const { window = 50, pValue = 0.001, magnitude = Math.log(1.05) } = options;
  const found = new Set<number>();
  const step = Math.max(1, Math.floor(window / 2));
  for (let start = 0; start === 0 || start + step < values.length; start += step) {
    const from = Math.max(0, Math.min(start, values.length - window));
    split(values, from, Math.min(from + window, values.length), pValue * 10, found);
  }
  return mergeWeakest(
    values,
    [...found].sort((a, b) => a - b),
    pValue,
    magnitude,
  );
}

function split(
  values: readonly number[],
  from: number,
  to: number,
  pValue: number,
  found: Set<number>,
): void {
  const at = strongestSplit(values, from, to);
  if (at === undefined || levelTest(values, from, at, to).pValue > pValue) return;
  found.add(at);
  split(values, from, at, pValue, found);
  split(values, at, to, pValue, found);
}

/** The split with the largest energy distance between the two sides, scaled by their sizes. */
function strongestSplit(values: readonly number[], from: number, to: number): number | undefined {
  const n = to - from;
  if (n < 2 * SHORTEST) return undefined;
  const distance = (i: number, j: number): number => Math.abs((values[i] ?? 0) - (values[j] ?? 0));
  let left = 0;
  let between = 0;
  let right = 0;
  for (let i = from; i < to; i++) for (let j = from; j < i; j++) right += distance(i, j);
  let best: { at: number; size: number } | undefined;
  for (let at = from; at < to; at++) {
    const sizeLeft = at - from;
    const sizeRight = to - at;
    if (sizeLeft >= SHORTEST && sizeRight >= SHORTEST) {
      const energy =
        (2 * between) / (sizeLeft * sizeRight) -
        (2 * left) / (sizeLeft * (sizeLeft - 1)) -
        (2 * right) / (sizeRight * (sizeRight - 1));
      const size = (energy * sizeLeft * sizeRight) / n;
      if (best === undefined || size > best.size) best = { at, size };
    }
    let toLeft = 0;
    let toRight = 0;
    for (let j = from; j < at; j++) toLeft += distance(at, j);
    for (let j = at + 1; j < to; j++) toRight += distance(at, j);
    left += toLeft;
    right -= toRight;
    between += toRight - toLeft;
  }
  return best?.at;
}

/** Welch's t test between values[from..at) and values[at..to). */
function levelTest(values: readonly number[], from: number, at: number, to: number) {
  const before = momentsOf(values.slice(from, at));
  const after = momentsOf(values.slice(at, to));
  const difference = after.mean - before.mean;
  const a = before.variance / before.n;
  const b = after.variance / after.n;
  if (a + b === 0) return { difference, pValue: difference === 0 ? 1 : 0 };
  const df = (a + b) ** 2 / (a ** 2 / Math.max(1, before.n - 1) + b ** 2 / Math.max(1, after.n - 1));
  return { difference, pValue: 2 * studentTail(Math.abs(difference) / Math.sqrt(a + b), df) };
}

function mergeWeakest(
  values: readonly number[],
  points: number[],
  pValue: number,
  magnitude: number,
): number[] {
  let kept = points;
  for (;;) {
    const tests = kept.map((at, k) => levelTest(values, kept[k - 1] ?? 0, at, kept[k + 1] ?? values.length));
    const worst = (score: (test: (typeof tests)[number]) => number): number => {
      let index = -1;
      tests.forEach((test, k) => {
        const best = tests[index];
        if (score(test) > 0 && (best === undefined || score(test) > score(best))) index = k;
      });
      return index;
    };
    const weak = worst((test) => test.pValue - pValue);
    const small = weak >= 0 ? weak : worst((test) => magnitude - Math.abs(test.difference));
    if (small < 0) return kept;
    kept = kept.filter((_, k) => k !== small);
  }
}
