/** Why a benchmark has no figures: each with its own word, which begins what a reader is told. */
export const BENCHMARK_WORDS = [
  'does nothing',
  'optimised away',
  'returns nothing',
  'too fast for the clock',
  'throws',
  'hangs',
  'leaks',
  'writes output',
  'ends the process',
  'fails',
  'cannot be run',
] as const;

export type BenchmarkWord = (typeof BENCHMARK_WORDS)[number];
