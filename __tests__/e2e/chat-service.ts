import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { localWorkspace, type Workspace } from '../harness/workspace.ts';
import { documentOf, type ReportDocument } from './documents.ts';

/** The example chat, as it is told to behave; `ws` is found where this project has it. */
const SERVER = readFileSync(new URL('../../examples/chat/server.mjs', import.meta.url), 'utf8').replace(
  "from 'ws'",
  `from '${new URL('../../node_modules/ws/wrapper.mjs', import.meta.url).href}'`,
);

/** Round trips of a ping. */
export const PING = `
  ping:
    type: websocket
    path: /chat
    connections: 8
    timeout: 1s
    send: { type: ping, id: "\${counter}" }
    expect: { type: pong }
    criteria: { rtt-p50: +20%, rtt-p95: +20%, rtt-p99: +20% }`;

/** How the example is told to behave, by its environment. */
export type Knobs = Record<string, number>;
type Written = { knobs?: Knobs; scenarios?: string; measure: string };

export const configOf = ({ knobs = {}, scenarios = PING, measure }: Written): string => `
target:
  start: node server.mjs
  url: http://127.0.0.1:\${PORT}
  ready: { path: /health, timeout: 20s }
  env: ${JSON.stringify(knobs)}
measure: ${measure}
scenarios:${scenarios}
`;

/** Uses a checkout of the chat with its config in `perf.yml`. */
export async function withChat(
  written: Written,
  use: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const workspace = await localWorkspace({ 'server.mjs': SERVER, 'perf.yml': configOf(written) });
  try {
    await use(workspace);
  } finally {
    workspace.close();
  }
}

/** `perf-baseline run` in it. Nothing is left running. */
export async function run(
  workspace: Workspace,
  ...args: string[]
): Promise<CliResult & { report: ReportDocument }> {
  const ended = await runCli(['run', '--config', 'perf.yml', '--format', 'json', ...args], {
    cwd: workspace.path,
    timeoutMs: 200_000,
  });
  expect(ended.orphans).toEqual([]);
  return { ...ended, report: documentOf<ReportDocument>('report', ended.stdout) };
}
