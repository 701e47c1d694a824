/*
 * A chat to measure: rooms, confirmations, messages that are passed on to everyone in a room, and connections that the
 * server drops. Knobs, all of the environment, make it worse on purpose:
 *
 *   PORT          where it listens (default 3000)
 *   SLOW_MS       extra wait of a pong, in ms (50)
 *   SLOW_RATIO    share of pongs that get the extra wait, 0 to 1 (0)
 *   PONG_MS       wait of every pong, in ms (0)
 *   CONFIRM_MS    wait before a join is confirmed, in ms (0)
 *   PASS_ON_MS    wait before a message is passed on, in ms (0)
 *   DROP_MS       each connection is closed after this long, in ms (0: never)
 *   REFUSE        status with which every handshake is refused (0: none)
 *   GARBAGE       share of pongs that are not JSON, 0 to 1 (0)
 *   NO_PROTO      1: chooses none of the subprotocols that a client offers (0)
 *   DEAF          1: accepts connections and never reads from them (0)
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const knob = (name, otherwise) => {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name}: expected a number of at least 0`);
  return value;
};
const port = knob('PORT', 3000);
const slowMs = knob('SLOW_MS', 50);
const slowRatio = knob('SLOW_RATIO', 0);
const pongMs = knob('PONG_MS', 0);
const confirmMs = knob('CONFIRM_MS', 0);
const passOnMs = knob('PASS_ON_MS', 0);
const dropMs = knob('DROP_MS', 0);
const refuse = knob('REFUSE', 0);
const garbage = knob('GARBAGE', 0);
const noProtocol = knob('NO_PROTO', 0);
const deaf = knob('DEAF', 0);

const server = createServer((request, response) => {
  response.statusCode = request.url === '/health' ? 200 : 404;
  response.end();
});

const later = (ms, action) => (ms > 0 ? setTimeout(action, ms) : action());

/** Sockets by room. */
const rooms = new Map();

const handlers = {
  ping: ({ id }, peer) => {
    const answer = Math.random() < garbage ? '<pong>' : JSON.stringify({ type: 'pong', id });
    later(pongMs + (Math.random() < slowRatio ? slowMs : 0), () => peer.send(answer));
  },
  join: ({ room }, peer) => {
    if (!rooms.has(room)) rooms.set(room, new Set());
    rooms.get(room).add(peer);
    peer.rooms.add(room);
    later(confirmMs, () => peer.send(JSON.stringify({ type: 'joined', room })));
  },
  say: ({ text }, peer) => {
    for (const room of peer.rooms) {
      const said = JSON.stringify({ type: 'said', room, text, at: Date.now() });
      later(passOnMs, () => {
        for (const member of rooms.get(room) ?? []) member.send(said);
      });
    }
  },
};

const sockets = new WebSocketServer({
  server,
  path: '/chat',
  perMessageDeflate: false,
  maxPayload: 1_000_000,
  ...(noProtocol ? { handleProtocols: () => false } : {}),
  verifyClient: (_info, done) => done(refuse === 0, refuse),
});

sockets.on('connection', (socket, request) => {
  const peer = { rooms: new Set(), send: (text) => socket.readyState === socket.OPEN && socket.send(text) };
  const ownDropMs = Number(new URL(request.url, 'http://chat').searchParams.get('drop') ?? dropMs);
  if (ownDropMs > 0) setTimeout(() => socket.close(1012, 'restart'), ownDropMs).unref();
  if (deaf) request.socket.pause();
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    for (const room of peer.rooms) {
      const members = rooms.get(room);
      members?.delete(peer);
      if (members?.size === 0) rooms.delete(room);
    }
  });
  socket.on('message', (data) => {
    let message;
    try {
      message = JSON.parse(data.toString());
    } catch {
      peer.send('{"type":"error","message":"expected JSON"}');
      return;
    }
    if (Object.hasOwn(handlers, message?.type)) handlers[message.type](message, peer);
    else peer.send('{"type":"error","message":"unknown type"}');
  });
});

server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
