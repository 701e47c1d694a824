import type { Case } from './cases.ts';

/** Calls a case so many times in a row; what it returned stays in `sink`, so that the optimiser cannot take it for unused. */
export type Loop = { async: boolean; run(times: number): unknown };

export type Sink = { value: unknown };

let made = 0;

/**
 * A loop of its own for one function. Generated, each with another text: the machine code of a loop that had called two
 * functions would be another than that of a loop that only ever called one, and the second case would be slower for it.
 */
export function loopFor(
  { self, fn }: Pick<Case, 'self' | 'fn'>,
  args: readonly unknown[],
  async: boolean,
  sink: Sink,
): Loop {
  made += 1;
  const names = args.map((_, i) => `a${i}`);
  const call = self === null ? `fn(${names})` : `self.fn(${names})`;
  const body = `/* ${made} */ return ${async ? 'async ' : ''}(times) => {
    for (let i = 0; i < times; i += 1) sink.value = ${async ? 'await ' : ''}${call};
  };`;
  const build = new Function('self', 'fn', 'sink', ...names, body);
  return { async, run: build(self, fn, sink, ...args) as Loop['run'] };
}

export const isThenable = (value: unknown): boolean =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof (value as { then?: unknown }).then === 'function';
