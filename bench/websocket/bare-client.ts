import { WebSocket } from 'ws';

/*
 * A loop around ws and nothing else: every connection sends when it has its answer. What a generator that matches,
 * counts and keeps histograms costs more than this is its overhead. Told { url, connections, durationMs } by its parent.
 */
type Order = { url: string; connections: number; durationMs: number };

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

async function run({ url, connections, durationMs }: Order) {
  const sockets: WebSocket[] = [];
  while (sockets.length < connections) {
    const batch = Math.min(10, connections - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => connect(url)))));
  }
  let messages = 0;
  let running = true;
  let id = 0;
  const usage = process.cpuUsage();
  const startedAt = performance.now();
  for (const socket of sockets) {
    const send = (): void => {
      id += 1;
      socket.send(`{"type":"ping","id":"${id}","text":"................................"}`);
    };
    socket.on('message', () => {
      messages += 1;
      if (running) send();
    });
    send();
  }
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  running = false;
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(usage);
  const figures = { rate: (messages * 1000) / elapsedMs, cpu: (user + system) / 1000 / elapsedMs };
  for (const socket of sockets) socket.terminate();
  return figures;
}

process.on('message', async (order: Order) => process.send?.(await run(order)));
process.on('disconnect', () => process.exit(0));
