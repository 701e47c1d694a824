import { logGamma, regularizedBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/** P(T > t) for Student's t with `df` degrees of freedom (any positive number): I_x(df/2, 1/2) / 2, x = df / (df + t²). */
export function studentTail(t: number, df: number): number {
  const half = regularizedBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}

/** P(T <= t) for Student's t. */
export function studentCdf(t: number, df: number): number {
  return studentTail(-t, df);
}

const quantiles = new Map<number, Map<number, number>>();
const MOST_REMEMBERED = 20_000;
let remembered = 0;

/**
 * The t > 0 with P(T > t) = tail, for a tail of at most one half; to 1e-10 relative. Newton's method on the
 * logarithm of the tail against the logarithm of t, which is close to a straight line for small df.
 */
export function studentUpperQuantile(tail: number, df: number): number {
  if (!(tail > 0 && tail <= 0.5)) throw new RangeError(`not the tail of an upper quantile: ${tail}`);
  if (!(df > 0)) throw new RangeError(`not a number of degrees of freedom: ${df}`);
  if (tail === 0.5) return 0;
  const known = quantiles.get(df)?.get(tail);
  if (known !== undefined) return known;
  const found = solveQuantile(tail, df);
  if (remembered >= MOST_REMEMBERED) {
    quantiles.clear();
    remembered = 0;
  }
  const ofDf = quantiles.get(df) ?? new Map<number, number>();
  quantiles.set(df, ofDf.set(tail, found));
  remembered += 1;
  return found;
}

function solveQuantile(tail: number, df: number): number {
  const logDensity = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  const z = -normalQuantile(tail);
  // First terms of the Cornish-Fisher expansion: good for large df, a safe start below the root for small ones.
  let t = z + (z ** 3 + z) / (4 * df);
  for (let i = 0; i < 100; i++) {
    const above = studentTail(t, df);
    const density = Math.exp(logDensity - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const step = (Math.log(above / tail) * above) / (density * t);
    t *= Math.exp(Math.max(-2, Math.min(2, step)));
    if (Math.abs(step) < 1e-13) break;
  }
  return t;
}

/** Quantile of Student's t at p in (0, 1). */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`not a probability: ${p}`);
  return p < 0.5 ? -studentUpperQuantile(p, df) : studentUpperQuantile(Math.max(1 - p, 1e-300), df);
}
