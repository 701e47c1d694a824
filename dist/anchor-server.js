import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));

// src/measure/anchor-server.ts
import { createHash } from "node:crypto";
import { createServer } from "node:http";
var document = JSON.stringify({
  items: Array.from({ length: 24 }, (_, id) => ({
    id,
    name: `item ${id}`,
    tags: ["a", "b", "c"],
    price: id * 1.5
  }))
});
var server = createServer((_request, response) => {
  const parsed = JSON.parse(document);
  let digest = document;
  for (let i = 0; i < 16; i += 1) digest = createHash("sha256").update(digest).digest("hex");
  const total = parsed.items.reduce((sum, item) => sum + item.price, 0);
  const body = JSON.stringify({ ...parsed, total, digest });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : void 0 });
});
process.on("disconnect", () => process.exit(0));
