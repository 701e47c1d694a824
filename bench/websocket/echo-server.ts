import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/*
 * Sends every message back, after as many milliseconds as its argument says; in a process of its own. It asks nothing of a
 * message, so that what is measured is the client.
 */
const delayMs = Number(process.argv[2] ?? 0);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 4096 });
server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    const echo = () => socket.send(data as Buffer, { binary: isBinary });
    if (delayMs > 0) setTimeout(echo, delayMs);
    else echo();
  });
});
server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
