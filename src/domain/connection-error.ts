/**
 * What became of WebSocket connections, for the kinds of errors that count it (`close-1001`, `handshake-401`, `reset`,
 * `handshake`), as a sentence without its end; undefined for any other kind.
 */
export function connectionErrorText(kind: string): string | undefined {
  const [, family, number = ''] = /^(close|handshake)-(\d+)$/.exec(kind) ?? [];
  if (family === 'handshake') return `the handshake was answered with status ${number} instead of 101`;
  if (family === 'close')
    return number === '1005' || number === '1006'
      ? 'the server dropped the connections without a close code'
      : `the server closed the connections with code ${number}`;
  if (kind === 'reset') return 'connections were reset in the handshake';
  if (kind === 'handshake') return 'the handshake was not answered as a WebSocket server does';
  return undefined;
}

/** Whether a kind of error counts connections that the server closed. */
export const isClosed = (kind: string): boolean => /^close-\d+$/.test(kind);
