import type { Files } from '../harness/workspace.ts';

/** What a service under test is asked to be. Delays are timers, so that noise of the machine hardly shows. */
export type ServiceOptions = {
  /** Milliseconds before `/work` is answered. */
  workMs?: number;
  /** Printed at the start. */
  log?: string;
  /** JavaScript run for every request instead of the delayed answer; sees `request`, `response` and `count`. */
  answer?: string;
  /** JavaScript run instead of listening; sees `server`, `port` and `later` (a promise of a second). */
  listen?: string;
  /** Extra YAML at the end of the config. */
  more?: string;
  /** YAML of the scenarios; `work` alone by default. */
  scenarios?: string;
  measure?: string;
  start?: string;
  url?: string;
  /** Extra YAML in the target, two spaces in. */
  target?: string;
};

/**
 * Enough for a verdict on a change as large as from FAST_MS to SLOW_MS, with a lone baseline; too short for an anchor, which
 * would tell of what else the machine does, and these services wait instead of computing.
 */
export const QUICK = '{ rounds: 5, max-rounds: 5, duration: 190ms, warmup: 0s, budget: 60s }';
/** The same, in so many rounds that one in which the machine stood still decides nothing. */
export const LONE = '{ rounds: 9, max-rounds: 9, duration: 100ms, warmup: 0s, budget: 60s }';
const FAST_MS = 40;
export const SLOW_MS = 500;

/** Enough to be measured, and no more. */
export const TINY = '{ rounds: 1, max-rounds: 1, duration: 100ms, warmup: 0s, budget: 60s }';

export const WORK = '  work: { type: http, connections: 24, requests: [GET /work] }';
export const CALM = '  calm: { type: http, connections: 24, requests: [GET /calm] }';

/** A repository with a service of two endpoints, and its config. */
export function serviceFiles(options: ServiceOptions = {}): Files {
  return {
    'server.mjs': serverSource(options),
    '.github/perf-baseline.yml': configText(options),
  };
}

function serverSource({ workMs = FAST_MS, log = '', answer, listen }: ServiceOptions): string {
  return `
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
process.stdout.write(${JSON.stringify(log)});
const port = Number(process.env.PORT);
let count = 0;
const server = createServer((request, response) => {
  count += 1;
  ${
    answer ??
    `setTimeout(() => response.end('{"ok":true}'), request.url.startsWith('/work') ? ${workMs} : ${FAST_MS});`
  }
});
${listen ?? "server.listen(port, '127.0.0.1');"}
`;
}

function configText(options: ServiceOptions): string {
  const { measure = TINY, scenarios = WORK, more = '', target = '', start = 'node server.mjs' } = options;
  return `
target:
  start: ${start}
  url: ${options.url ?? 'http://127.0.0.1:${PORT}'}
${target}
measure: ${measure}
scenarios:
${scenarios}
${more}`;
}
