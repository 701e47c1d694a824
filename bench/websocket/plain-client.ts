/*
 * An independent client: the WebSocket of the runtime itself, which shares nothing with ws, and every round trip kept as a
 * number. Told { url, connections, durationMs } by its parent.
 */
type Order = { url: string; connections: number; durationMs: number };

/** As much of the browser's WebSocket as is used here: the types of Node 20 do not know it. */
type PlainSocket = {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'message' | 'error', listener: () => void): void;
};
const { WebSocket: PlainWebSocket } = globalThis as unknown as {
  WebSocket: new (url: string) => PlainSocket;
};

async function connect(url: string): Promise<PlainSocket> {
  const socket = new PlainWebSocket(url.replace(/^http/, 'ws'));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('no connection')));
  });
  return socket;
}

async function run({ url, connections, durationMs }: Order) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connect(url)));
  const trips: number[] = [];
  const end = performance.now() + durationMs;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          let sentAt = 0;
          const send = (): void => {
            if (performance.now() >= end) {
              resolve();
              return;
            }
            sentAt = performance.now();
            socket.send(`{"type":"ping","id":"${trips.length}"}`);
          };
          socket.addEventListener('message', () => {
            trips.push(performance.now() - sentAt);
            send();
          });
          send();
        }),
    ),
  );
  for (const socket of sockets) socket.close();
  trips.sort((a, b) => a - b);
  const quantile = (q: number): number => trips[Math.ceil(q * trips.length) - 1] ?? Number.NaN;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    rate: (trips.length * 1000) / durationMs,
  };
}

process.on('message', async (order: Order) => process.send?.(await run(order)));
process.on('disconnect', () => process.exit(0));
