import type { Files } from '../harness/workspace.ts';

/** What a service under test is asked to be. Delays are timers, so that noise of the machine hardly shows. */
export type ServiceOptions = {
  /** Milliseconds before `/work` is answered. */
  workMs?: number;
  /** Printed at the start. */
  log?: string;
  /** Extra YAML at the end of the config. */
  more?: string;
  measure?: string;
  start?: string;
};

const QUICK = '{ rounds: 3, max-rounds: 5, duration: 1s, warmup: 200ms, budget: 60s }';

/** A repository with a service of two endpoints, and its config. */
export function serviceFiles(options: ServiceOptions = {}): Files {
  const { workMs = 5, log = '', more = '', measure = QUICK, start = 'node server.mjs' } = options;
  return {
    'server.mjs': `
import { createServer } from 'node:http';
process.stdout.write(${JSON.stringify(log)});
createServer((request, response) => {
  const delay = request.url.startsWith('/work') ? ${workMs} : 5;
  setTimeout(() => response.end('{"ok":true}'), delay);
}).listen(Number(process.env.PORT), '127.0.0.1');
`,
    '.github/perf-baseline.yml': `
target:
  start: ${start}
  url: http://127.0.0.1:\${PORT}
measure: ${measure}
scenarios:
  work:
    type: http
    connections: 8
    requests: [GET /work]
  calm:
    type: http
    connections: 8
    requests: [GET /calm]
${more}`,
  };
}
