import type { BenchmarkWord } from '../../domain/benchmark-word.ts';
import { cutEnd } from '../../processes/cut-text.ts';

/** What a process is at, and may hang in: a module is loaded, a case set up, called and torn down; a command is run. */
export type Stage = 'loading' | 'setup' | 'calls' | 'teardown' | 'runs';

/** Ends a measurement with its word; `message` is what a reader is told, in one sentence. */
export class Unmeasurable extends Error {
  override name = 'Unmeasurable';
  constructor(word: BenchmarkWord, detail: string) {
    super(`${word}: ${detail}`);
  }
}

/** What was thrown, in one line of at most 300 characters. */
export function thrownText(thrown: unknown): string {
  let text: string;
  try {
    text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    text = 'something that has no text';
  }
  return cutEnd(text.replace(/\s+/g, ' ').trim(), 300);
}
