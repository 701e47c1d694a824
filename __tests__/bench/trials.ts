import type { Figures, Kind, Trial } from '../../bench/decisions/trial.ts';
import { createRandom } from '../../src/stats/random.ts';

/** A made-up trial: `slower` is the candidate's p95 against the baseline's, `spread` the SD of one block's logarithm. */
export function trial(
  kind: Kind,
  options: { slower?: number; spread?: number; blocks?: number; seed?: number; others?: number } = {},
): Trial {
  const { slower = 1, spread = 0.02, blocks = 14, seed = 1, others = 0.5 } = options;
  const random = createRandom(seed);
  const figures = (factor: number): Figures => {
    const place = factor * Math.exp(spread * random.normal());
    const ok = Math.round(1000 / place);
    const latency = { p50: 5 * place, p95: 10 * place, p99: 20 * place, mean: 6 * place };
    return { ...latency, rps: ok, memory: 8e7 * (1 + 0.001 * random.normal()), ok, failed: 0, ms: 1000 };
  };
  const run = (factor: number) => ({
    whole: figures(factor),
    p95: Array.from({ length: 10 }, () => figures(factor).p95),
    rps: Array.from({ length: 10 }, () => figures(factor).rps),
  });
  return {
    at: '2026-01-01T00:00:00.000Z',
    kind,
    neighbour: false,
    background: { others, steal: 0, neighbour: 0, before: others },
    blocks: Array.from({ length: blocks }, () => ({ baseline: figures(1), candidate: figures(slower) })),
    looks: [5, 7, 10, 14],
    runs: { baseline: run(1), candidate: run(slower) },
    wall: { pairedMs: 5000 * blocks, runsMs: 15_000, warmupMs: 1000 * blocks },
  };
}
