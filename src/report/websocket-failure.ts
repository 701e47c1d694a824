import { connectionErrorText, isClosed } from '../domain/connection-error.ts';
import type { Failure } from '../domain/result.ts';

type Words = { what: string; action: string };

const HANDSHAKE =
  'Check `target.url` and the `path`, `headers` and `subprotocols` of the scenario, and what the server logs when it is asked.';

const CLOSED =
  'Look at what the server logs when it does, and at what it wants of a client (`path`, `headers`, `subscribe`). Where dropping them is meant, say so: `reconnect: { by: server }`.';

/** What a kind of error says by itself, where there is nothing but it. Counted as in the detail: "40 × close-4001". */
function wordsOf(kind: string): Words | undefined {
  const what = connectionErrorText(kind);
  if (what !== undefined) return { what, action: isClosed(kind) ? CLOSED : HANDSHAKE };
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}

const KINDS: Record<string, Words> = {
  refused: {
    what: 'connections were refused',
    action: 'Check `target.url`: nothing accepts connections there, or not that many at once.',
  },
  subprotocol: {
    what: 'the server and the scenario have no subprotocol in common',
    action: 'Name one that the server speaks in `subprotocols`, or none where it chooses none.',
  },
  protocol: {
    what: 'the server sent frames that break the protocol',
    action:
      'Check that the `path` of the scenario leads to a WebSocket endpoint, and what the server writes to the socket: bytes that are no frames, a compressed or masked frame that was not agreed, or one above 32 MiB.',
  },
  unread: {
    what: 'the server stopped reading what it was sent',
    action: 'Find what keeps the server from reading its sockets, or send less (`rate`, `in-flight`).',
  },
  mismatch: {
    what: 'what came is not what the scenario asks for',
    action: 'Compare what the server sends with `confirm`, `expect` and `id`, as they are written.',
  },
  timestamp: {
    what: 'what was pushed holds no time of sending',
    action:
      "`timestamp` must be the path to when a message was sent, in s, ms, µs or ns, or as ISO 8601, by this machine's clock.",
  },
};

/** Beside a kind, as many others may stand and it still is the reason. */
const DOMINATES = 0.5;

/**
 * What happened and what to do, by the kind of error that most failures are of; undefined where none is, or where it says no
 * more than that nothing came. The kinds are those that the detail lists with their counts.
 */
export function websocketWords({ reason, detail }: Failure): Words | undefined {
  if (reason !== 'nothing-answered' && reason !== 'only-errors') return undefined;
  const kinds = [...detail.matchAll(/(\d+) × ([a-z0-9-]+)/g)]
    .map(([, count, kind = '']) => ({ kind, count: Number(count) }))
    // What could not be sent because of another failure is no reason of its own.
    .filter(({ kind }) => kind !== 'unsent')
    .sort((a, b) => b.count - a.count);
  const [first] = kinds;
  const all = kinds.reduce((sum, { count }) => sum + count, 0);
  return first === undefined || first.count <= DOMINATES * all ? undefined : wordsOf(first.kind);
}
