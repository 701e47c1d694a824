/** A service as people have one: built first, with a health check, and described by a document. */
export const SERVICE = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    scripts: { build: 'node build.js', start: 'node dist/server.js' },
    engines: { node: '>=20' },
  }),
  'build.js':
    "import { mkdirSync, copyFileSync } from 'node:fs';\nmkdirSync('dist', { recursive: true });\ncopyFileSync('src/server.js', 'dist/server.js');\n",
  'src/server.js': `import { createServer } from 'node:http';
createServer((request, response) => {
  const known = request.url === '/health' || request.url === '/products';
  setTimeout(() => response.writeHead(known ? 200 : 404).end('{}'), 5);
}).listen(process.env.PORT ?? 3000);
`,
  'openapi.json': JSON.stringify({
    openapi: '3.1.0',
    paths: { '/products': { get: { responses: {} } }, '/products/{id}': { get: { responses: {} } } },
  }),
  '.gitignore': 'dist/\n',
};
