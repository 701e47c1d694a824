import type { WebSocketScenario } from '../../domain/config.ts';
import type { Driver, StretchTally } from '../../domain/driver.ts';
import { websocketMetrics } from '../../domain/metric-catalogue.ts';
import { mergeTallies } from '../../domain/tally.ts';
import { GeneratorProcess } from '../generator-process.ts';
import { type Machine, sharesOf, thisMachine } from './capacity.ts';
import type { WebSocketAnswer, WebSocketOpening, WebSocketRun } from './generator.ts';
import type { Share } from './side.ts';

type Process = GeneratorProcess<WebSocketOpening, WebSocketRun, WebSocketAnswer>;

/**
 * Drives `websocket` scenarios with ws in generator processes of their own, which hold the connections of either side through
 * a session. `generatorEntry` is the bundled websocket/generator.ts.
 */
export function createWebSocketDriver(options: {
  generatorEntry: URL | string;
  machine?: () => Machine;
}): Driver<WebSocketScenario> {
  return {
    type: 'websocket',
    interleave: 'slice',
    metrics: (scenario) => websocketMetrics(scenario),
    open: async (scenario, signal) => {
      const shares = sharesOf(scenario, (options.machine ?? thisMachine)());
      const processes = await openAll(options.generatorEntry, scenario, shares, signal);
      return {
        run: async (side, stretch, abort) => {
          const together = new AbortController();
          const all = (request: WebSocketRun) =>
            Promise.all(processes.map((one) => one.run(request, AbortSignal.any([abort, together.signal]))));
          try {
            await all({ type: 'prepare', side: { name: side.name, url: side.url }, stretch });
            return merged(await all({ type: 'start' }), shares);
          } finally {
            // Where one process failed, the others have nothing left to do.
            together.abort();
          }
        },
        close: async () => {
          await Promise.all(processes.map((one) => one.close()));
        },
      };
    },
  };
}

async function openAll(
  entry: URL | string,
  scenario: WebSocketScenario,
  shares: readonly Share[],
  signal: AbortSignal,
): Promise<Process[]> {
  const opened = await Promise.allSettled(
    shares.map((share) =>
      GeneratorProcess.open<WebSocketOpening, WebSocketRun, WebSocketAnswer>(
        entry,
        { scenario, share },
        signal,
      ),
    ),
  );
  const processes = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    await Promise.all(processes.map((one) => one.close()));
    throw failed.reason;
  }
  return processes;
}

/** One tally of what the processes did at the same time: counts add up, time does not. */
function merged(answers: readonly WebSocketAnswer[], shares: readonly Share[]): StretchTally {
  const tallies = answers.flatMap((answer) => (answer.type === 'done' ? [answer.tally] : []));
  const [first] = tallies;
  if (first === undefined) throw new Error('no load generator told what it did');
  const connections = shares.reduce((sum, share) => sum + share.connections, 0);
  const total = mergeTallies(tallies.map((tally) => tally.total));
  total.elapsedMs = tallies.reduce(
    (sum, tally, i) => sum + (tally.total.elapsedMs * (shares[i]?.connections ?? 0)) / connections,
    0,
  );
  total.values = {
    connections: tallies.reduce((sum, tally) => sum + (tally.total.values.connections ?? 0), 0),
  };
  return {
    startedAt: first.startedAt,
    total,
    parts: [],
    generator: {
      cpu: Math.max(...tallies.map((tally) => tally.generator.cpu)),
      limited: tallies.some((tally) => tally.generator.limited),
      starved: Math.max(...tallies.map((tally) => tally.generator.starved ?? 0)),
    },
    generators: tallies.map(({ generator }) => generator),
  };
}
