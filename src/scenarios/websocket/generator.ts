import type { WebSocketScenario } from '../../domain/config.ts';
import type { Side, Stretch, StretchTally } from '../../domain/driver.ts';
import { serveGenerator } from '../generator-server.ts';
import { HeldConnections } from './held.ts';
import type { StretchRun } from './load.ts';
import type { Share } from './side.ts';

export type WebSocketOpening = { scenario: WebSocketScenario; share: Share };

/** First every process opens its connections, then all of them start together. */
export type WebSocketRun =
  | { type: 'prepare'; side: { name: Side['name']; url: string }; stretch: Stretch }
  | { type: 'start' };

export type WebSocketAnswer = { type: 'prepared' } | { type: 'done'; tally: StretchTally };

/*
 * A process that holds connections and puts load on them: apart from the process that samples and supervises, and from the
 * target, so that none's work shows in the other's figures.
 */
serveGenerator<WebSocketOpening, WebSocketRun, WebSocketAnswer>(({ scenario, share }) => {
  const connections = new HeldConnections(scenario, share);
  let current: StretchRun | undefined;
  return {
    run: (request) => {
      if (request.type === 'prepare') current = connections.begin(request.side, request.stretch);
      const run = current;
      if (run === undefined) throw new Error('asked to start before it was prepared');
      const done: Promise<WebSocketAnswer> =
        request.type === 'prepare'
          ? run.prepared.then(() => ({ type: 'prepared' }))
          : run.start().then((tally) => ({ type: 'done', tally }));
      return { done, cancel: () => run.cancel() };
    },
  };
});
