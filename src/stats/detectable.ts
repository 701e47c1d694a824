import { studentUpperQuantile } from './student.ts';

const POWER = 0.8;

/**
 * Smallest true effect that an interval with this standard error and critical value would have told from zero in
 * 80% of such runs: (critical + t(0.8; df)) * standard error (Bloom 1995, minimum detectable effects).
 */
export function smallestDetectable(standardError: number, critical: number, df: number): number {
  return (critical + studentUpperQuantile(1 - POWER, df)) * standardError;
}
