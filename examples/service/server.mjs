/*
 * A small HTTP and WebSocket service to measure. Knobs, all of the environment, make it worse on purpose:
 *
 *   PORT              where it listens (default 3000)
 *   WAIT_MS           what POST /content/validate waits for anyway, as for a database, in ms (5)
 *   SLOW_VALIDATE_MS  extra wait of POST /content/validate, in ms (0)
 *   SLOW_PONG_MS      extra wait of a pong on /ws, in ms (0)
 *   SLOW_RATIO        share of requests and pongs that get the extra wait, 0 to 1 (1)
 *   CPU_WORK          hashes per POST /content/validate (20)
 *   RETAIN_KB         memory that each POST keeps for ever, in kB (0)
 *   ERROR_RATE        share of POSTs that are answered 500, 0 to 1 (0)
 *   WS_DROP_MS        the server closes each WebSocket after this long, in ms (0: never)
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

const knob = (name, otherwise) => {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name}: expected a number of at least 0`);
  return value;
};
const port = knob('PORT', 3000);
const waitMs = knob('WAIT_MS', 5);
const slowValidateMs = knob('SLOW_VALIDATE_MS', 0);
const slowPongMs = knob('SLOW_PONG_MS', 0);
const slowRatio = knob('SLOW_RATIO', 1);
const cpuWork = knob('CPU_WORK', 20);
const retainKb = knob('RETAIN_KB', 0);
const errorRate = knob('ERROR_RATE', 0);
const wsDropMs = knob('WS_DROP_MS', 0);

const MAX_BODY = 100_000;
const MAX_CONTENTS = 10_000;
/** Latest contents by id; the oldest leave, so that memory stays flat under load. */
const contents = new Map();
const retained = [];

const pause = (ms) => (ms > 0 && Math.random() < slowRatio ? wait(ms) : undefined);

function answer(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function readJson(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function hash(text, times) {
  let digest = text;
  for (let i = 0; i < times; i++) digest = createHash('sha256').update(digest).digest('hex');
  return digest;
}

function generate(text) {
  const id = randomUUID();
  contents.set(id, { id, text, status: 'ready' });
  if (contents.size > MAX_CONTENTS) contents.delete(contents.keys().next().value);
  return contents.get(id);
}

const posts = {
  '/content/validate': async (body, response) => {
    if (waitMs > 0) await wait(waitMs);
    await pause(slowValidateMs);
    answer(response, 200, { valid: true, digest: hash(String(body.text ?? ''), cpuWork) });
  },
  '/content/generate': (body, response) => answer(response, 201, generate(String(body.text ?? 'generated'))),
  '/graphql': ({ query, variables = {} }, response) =>
    answer(response, 200, graphql(String(query), variables)),
};

/** Just enough of GraphQL to be measured: `content(id)` and `generate(text)`; anything else is an error, with status 200. */
function graphql(query, variables) {
  if (/\bgenerate\b/.test(query))
    return { data: { generate: generate(String(variables.text ?? 'generated')) } };
  if (/\bcontent\b/.test(query)) return { data: { content: contents.get(variables.id) ?? null } };
  return { errors: [{ message: 'Cannot query this field on type "Query".' }] };
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://service');
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (pathname === '/health' || pathname === '/ready') return answer(response, 200, { status: 'ok' });
    if (pathname.startsWith('/content/status/')) {
      const content = contents.get(pathname.slice('/content/status/'.length));
      return answer(response, content ? 200 : 404, content ?? { error: 'no such content' });
    }
  }
  const post = request.method === 'POST' ? posts[pathname] : undefined;
  if (post === undefined) return answer(response, 404, { error: 'not found' });
  const body = await readJson(request);
  if (typeof body !== 'object' || body === null)
    return answer(response, 400, { error: 'expected a JSON object' });
  if (retainKb > 0) retained.push(Buffer.alloc(retainKb * 1000, 1));
  if (Math.random() < errorRate) return answer(response, 500, { error: 'on purpose' });
  return post(body, response);
});

/** Sockets by room. */
const rooms = new Map();

function leave(socket, room) {
  const members = rooms.get(room);
  members?.delete(socket);
  if (members?.size === 0) rooms.delete(room);
}

const messages = {
  ping: async ({ id }, send) => {
    await pause(slowPongMs);
    send({ type: 'pong', id, at: Date.now() });
  },
  join: ({ room }, send, socket) => {
    if (!rooms.has(room)) rooms.set(room, new Set());
    rooms.get(room).add(socket);
    socket.once('close', () => leave(socket, room));
    send({ type: 'joined', room });
  },
  leave: ({ room }, send, socket) => {
    leave(socket, room);
    send({ type: 'left', room });
  },
  say: ({ room, text }) => {
    const said = JSON.stringify({ type: 'said', room, text, at: Date.now() });
    for (const member of rooms.get(room) ?? []) member.send(said);
  },
};

const sockets = new WebSocketServer({ server, path: '/ws', perMessageDeflate: false, maxPayload: MAX_BODY });
sockets.on('connection', (socket) => {
  const send = (message) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
  if (wsDropMs > 0) setTimeout(() => socket.close(1012, 'restart'), wsDropMs).unref();
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    let message;
    try {
      message = JSON.parse(data.toString());
    } catch {
      return send({ type: 'error', message: 'expected JSON' });
    }
    const handle = Object.hasOwn(messages, message?.type) ? messages[message.type] : undefined;
    return handle ? handle(message, send, socket) : send({ type: 'error', message: 'unknown type' });
  });
});

server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
