import { BENCHMARK_WORDS, type BenchmarkWord } from '../domain/benchmark-word.ts';

/** `what` completes "could not be measured: "; `action` is one sentence; `printed`: the end of its output may say more. */
type Saying = { what: string; action: string; printed?: true };

const SAYINGS: Record<BenchmarkWord, Saying> = {
  'does nothing': {
    what: 'the benchmark does nothing',
    action: 'Let the function do what is to be measured.',
  },
  'optimised away': {
    what: 'the benchmark was optimised away',
    action: 'Return what the function computes, and let it depend on something that changes.',
  },
  'returns nothing': {
    what: 'what the benchmark computes may have been thrown away',
    action: 'Return the result of the function; one that is there to change something may return any value.',
  },
  'too fast for the clock': {
    what: 'the benchmark is too fast for the clock',
    action: 'Let one call, or one run of the command, do more: a thousand times the same, for instance.',
  },
  throws: {
    what: 'the benchmark throws',
    action: 'Call it by hand in the working directory, its setup first, and mend what throws.',
    printed: true,
  },
  hangs: {
    what: 'the benchmark hangs',
    action:
      'Let it come to its end, or raise the `timeout` of the scenario if it is meant to take that long.',
  },
  leaks: {
    what: 'the benchmark leaks memory',
    action: 'Let it keep nothing between calls: give back, replace or bound what each of them adds.',
  },
  'writes output': {
    what: 'the benchmark writes output with every call',
    action: 'Let it write nothing, or to a file: what it prints would be timed with it.',
  },
  'ends the process': {
    what: 'the benchmark ends its process',
    action:
      'Find what ends it (`process.exit`, a signal, a crash): a benchmark must come back from its call.',
    printed: true,
  },
  fails: {
    what: 'the command fails',
    action: 'Run the command in the working directory by hand, and mend it: it must exit with code 0.',
    printed: true,
  },
  'cannot be run': {
    what: 'the benchmark cannot be run',
    action: 'The reason below says what to change: the module, or what the config says of it.',
    printed: true,
  },
};

/** The word that a reason speaks of: where it begins, or what stands before is only where that was ("parse: throws: …"). */
export function benchmarkWord(reason: string): BenchmarkWord | undefined {
  const found = BENCHMARK_WORDS.map((word) => ({ word, at: `: ${reason}`.indexOf(`: ${word}: `) }));
  return found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0]?.word;
}

/** The word that all of these reasons speak of, or undefined where they are several, or none. */
export function commonWord(reasons: readonly (string | undefined)[]): BenchmarkWord | undefined {
  const words = new Set(reasons.map((reason) => (reason === undefined ? undefined : benchmarkWord(reason))));
  return words.size === 1 ? [...words][0] : undefined;
}

/** What happened, for a word: "the benchmark hangs". */
export const wordText = (word: BenchmarkWord): string => SAYINGS[word].what;

export const inBrackets = (word: string | undefined): string => (word === undefined ? '' : ` (${word})`);

/** What to do about a word; `output`: whether the end of the benchmark's output is shown. */
export function wordAction(word: BenchmarkWord, output = false): string {
  const { action, printed } = SAYINGS[word];
  return output && printed ? `Look at the end of its output. ${action}` : action;
}

/** What to do where several benchmarks have no figures, for these reasons. */
export function mendAction(reasons: readonly (string | undefined)[]): string {
  const word = commonWord(reasons);
  return word === undefined
    ? 'The word below says why for each of them: no number can be given until the benchmark is mended.'
    : wordAction(word);
}
