/**
 * Kinds of error, as they are counted:
 *
 *   refused            nobody listens            handshake-403   refused with that status
 *   reset              cut in the handshake
 *   connect            no way there, no name     handshake       an answer that is no WebSocket handshake
 *   subprotocol        none of those offered was accepted
 *   close-1011         closed with that code     protocol        bytes that are no WebSocket frames, or too large
 *   timeout            no answer in time         unread          the same, and the target had stopped reading
 *   mismatch           an unexpected answer      timestamp       a pushed message without a time of sending
 *   unsent             open loop: never sent, nothing was connected
 */
export type ErrorKind =
  | 'refused'
  | 'reset'
  | 'connect'
  | `handshake-${number}`
  | 'handshake'
  | 'subprotocol'
  | `close-${number}`
  | 'protocol'
  | 'timeout'
  | 'unread'
  | 'mismatch'
  | 'timestamp'
  | 'unsent';

/** What kind of error kept a socket from opening. */
export function connectKind(error: NodeJS.ErrnoException): ErrorKind {
  if (error.code === 'ECONNREFUSED') return 'refused';
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'reset';
  if (/^Server sent .*\bsubprotocol\b/.test(error.message)) return 'subprotocol';
  // ws gives its own verdicts on an answer (wrong key, no subprotocol) without a code, or with one of the HTTP parser.
  if (error.code === undefined || error.code.startsWith('HPE_') || error.code.startsWith('WS_'))
    return 'handshake';
  return 'connect';
}

/** What to change when connecting failed for want of something on this machine; undefined when it did not. */
export function shortageOf(error: NodeJS.ErrnoException): string | undefined {
  if (error.code === 'EMFILE' || error.code === 'ENFILE')
    return 'the load generator may not open that many connections: raise the limit of open files (ulimit -n), or lower "connections"';
  if (error.code === 'EADDRNOTAVAIL')
    return 'the load generator ran out of local ports: lower "connections", or let the target listen on 127.0.0.1';
  return undefined;
}
