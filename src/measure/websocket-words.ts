import type { WebSocketScenario } from '../domain/config.ts';
import { connectionErrorText, isClosed } from '../domain/connection-error.ts';

type Sums = {
  /** Of a counter, over all rounds. */
  count(name: string): number;
  /** Messages sent, less the subscriptions. */
  sent: number;
  /** Samples of a distribution, over all rounds. */
  samples(family: string): number;
  /** Failures by kind, the most first. */
  kinds: readonly (readonly [kind: string, count: number])[];
};

const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;

/** What a kind of error means, as the end of a sentence about connections. */
function handshakeWords(kind: string, { timeoutMs, subprotocols }: WebSocketScenario): string {
  const known = connectionErrorText(kind);
  if (known !== undefined) return known;
  const offered = subprotocols.join(', ');
  switch (kind) {
    case 'refused':
      return 'connections are refused';
    case 'subprotocol':
      return subprotocols.length === 0
        ? 'the server chose a subprotocol, and none was offered: list it in `subprotocols`'
        : `the server accepted none of the subprotocols that were offered (${offered})`;
    case 'timeout':
      return `the handshake was not answered within ${seconds(timeoutMs)}`;
    default:
      return 'connections failed';
  }
}

/** Why what was waited for did not come, where the most frequent error says so. */
function becauseOf(kind = ''): string {
  if (isClosed(kind)) return `: ${connectionErrorText(kind)}`;
  if (kind === 'unread') return ': the server stopped reading what it was sent';
  if (kind === 'protocol') return ': the server sent bytes that are no WebSocket frames';
  return '';
}

/**
 * Why nothing that a scenario is there for ever happened: the first of its stages (open, confirmed, answered or pushed) that
 * was never reached. `silent`: nothing came at all, rather than something wrong.
 */
export function whyNothing(scenario: WebSocketScenario, sums: Sums): { silent: boolean; text: string } {
  const { count, samples, kinds, sent } = sums;
  const within = seconds(scenario.timeoutMs);
  const [first] = kinds.map(([kind]) => kind).filter((kind) => kind !== 'unsent');
  const wrong = first === 'mismatch' || first === 'timestamp';
  if (count('opened') === 0) {
    const silent = !/^(?:handshake|subprotocol)/.test(first ?? '');
    return {
      silent,
      text: `no connection could be opened${first ? `: ${handshakeWords(first, scenario)}` : ''}`,
    };
  }
  if (scenario.confirm !== undefined && samples('confirm') === 0) {
    const asked = scenario.subscribe === undefined ? 'opening a connection' : 'subscribing';
    return wrong
      ? { silent: false, text: `what came after ${asked} was not what \`confirm\` asks for` }
      : { silent: true, text: `no confirmation came within ${within} of ${asked}${becauseOf(first)}` };
  }
  if (scenario.expect !== undefined) {
    return wrong
      ? { silent: false, text: 'what came back after `send` was not what `expect` asks for' }
      : { silent: true, text: `no answer to \`send\` came back within ${within}${becauseOf(first)}` };
  }
  if (first === 'timestamp')
    return {
      silent: false,
      text: 'what was pushed holds no time of sending of this machine where `timestamp` says',
    };
  const outside = count('outside');
  if (outside > 0) {
    const came =
      outside === 1 ? '1 message was pushed, and it does' : `${outside} messages were pushed, and none`;
    return {
      silent: false,
      text: `${came} ${outside === 1 ? 'not say' : 'says'} that it was sent while this was measured: \`timestamp\` must be where the time of sending is, by this machine's clock`,
    };
  }
  const others = count('unexpected');
  const instead =
    others === 0
      ? ''
      : `; ${others} other message${others === 1 ? '' : 's'} came that \`receive\` does not match`;
  const owed = scenario.send === undefined || sent === 0 ? '' : ` after ${sent} messages were sent`;
  return { silent: others === 0, text: `nothing was pushed${owed}${becauseOf(first)}${instead}` };
}

/** What became of a round with too many errors: "37% of what it asked for failed, most of it because …". */
export function tooManyWords(scenario: WebSocketScenario, errors: Readonly<Record<string, number>>): string {
  const [kind] = Object.entries(errors).sort((a, b) => b[1] - a[1])[0] ?? [];
  const why = kind === undefined ? '' : commonWords(kind, scenario);
  return `of messages and connections failed${why === '' ? '' : `, mostly because ${why}`}`;
}

function commonWords(kind: string, scenario: WebSocketScenario): string {
  switch (kind) {
    case 'timeout':
      return `nothing came within ${seconds(scenario.timeoutMs)}`;
    case 'mismatch':
      return 'what came was not what was expected';
    case 'timestamp':
      return 'what was pushed holds no time of sending';
    case 'unread':
      return 'the server stopped reading';
    case 'protocol':
      return 'the server sent bytes that are no WebSocket frames';
    case 'unsent':
      return 'no connection was open to send on';
    default:
      return handshakeWords(kind, scenario);
  }
}
