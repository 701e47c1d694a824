import type { Files } from '../harness/workspace.ts';

/** Enough for a verdict on a change of a third. */
export const ROUNDS = '{ rounds: 4, max-rounds: 8, duration: 400ms, warmup: 50ms, budget: 100s }';

/** The config with these scenarios, and no target. */
export const config = (scenarios: string, measure = ROUNDS): Files => ({
  '.github/perf-baseline.yml': `measure: ${measure}\nscenarios:\n${scenarios}\n`,
});

/** Waits, beside which the noise of a busy machine is small. `more` is further code. */
export const benchmarks = (workMs: number, more = ''): Files => ({
  'bench/wait.mjs': `
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms, ms));
export const work = () => wait(${workMs});
export const calm = () => wait(20);
${more}`,
});

/** The module of `benchmarks`. */
export const WAIT = '  wait: { type: micro, module: bench/wait.mjs, timeout: 2s }';
