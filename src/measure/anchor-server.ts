import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/*
 * The anchor: a server whose work never changes between versions of the tool, so that its speed tells the
 * machine's. What a request does (parse, hash, serialise) is of the kind that a service on a CPU does.
 * Changing anything here means a new MEASUREMENT_VERSION.
 */
const document = JSON.stringify({
  items: Array.from({ length: 24 }, (_, id) => ({
    id,
    name: `item ${id}`,
    tags: ['a', 'b', 'c'],
    price: id * 1.5,
  })),
});

const server = createServer((_request, response) => {
  const parsed = JSON.parse(document) as { items: { price: number }[] };
  let digest = document;
  for (let i = 0; i < 16; i += 1) digest = createHash('sha256').update(digest).digest('hex');
  const total = parsed.items.reduce((sum, item) => sum + item.price, 0);
  const body = JSON.stringify({ ...parsed, total, digest });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('disconnect', () => process.exit(0));
