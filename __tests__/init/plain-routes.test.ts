import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { initOf, packageJson, placeOf, written } from './repositories.ts';

const server = (handler: string) => `import { createServer } from 'node:http';
createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const { pathname } = url;
  const { method } = req;
${handler}
  res.writeHead(404).end();
}).listen(process.env.PORT);
`;
const of = (files: Record<string, string>) =>
  initOf(placeOf({ 'package.json': packageJson({ scripts: { start: 'node server.js' } }), ...files }));
const routesOf = (text: string) => {
  const { scenarios, left } = of({ 'server.js': text }).plan;
  return { open: scenarios.flatMap(({ requests }) => requests), left };
};

describe('routes of a service of plain node:http', () => {
  test.each<[string, string, string[], string[]?]>([
    ['compared', "if (req.url === '/items') return list(res);", ['GET /items']],
    ['compared loosely', 'if (req.url == "/items") return list(res);', ['GET /items']],
    ['compared the other way round', "if ('/items' === url.pathname) return list(res);", ['GET /items']],
    ['by the path of a URL', 'if (url.pathname === `/items`) return list(res);', ['GET /items']],
    ['without its query', "if (req.url.split('?')[0] === '/items') return list(res);", ['GET /items']],
    ['under another name', "const { url: reqUrl } = req;\nif (reqUrl === '/items') list();", ['GET /items']],
    [
      'of a router written by hand',
      "router.get('/items', list);\nrouter.get('/items/:id', one);\nrouter.post('/items', add);",
      ['GET /items'],
      ['GET /items/:id', 'POST /items'],
    ],
    ['turned away', "if (pathname !== '/items') return res.writeHead(404).end();", ['GET /items']],
    ['of a switch', "switch (pathname) { case '/a': a(); break; case '/b': b(); }", ['GET /a', 'GET /b']],
    ['with its method', "if (req.method === 'GET' && req.url === '/items') list();", ['GET /items']],
    ['by a beginning', "if (req.url.startsWith('/search')) return search();", ['GET /search']],
    ['in a table', "const t = { '/a': a, '/b': b };\nreturn t[pathname](req, res);", ['GET /a', 'GET /b']],
    [
      'in a table for one method',
      "const posts = {\n  '/b': b,\n};\nconst gets = { '/a': (q, r) => r.end({ '/c': 1 }) };\nreturn method === 'POST' ? posts[pathname] : x;",
      ['GET /'],
      ['POST /b'],
    ],
    [
      'in a map',
      "const m = new Map([['/a', a]]);\nm.set('/b', b);\nreturn m.get(url.pathname)(res);",
      ['GET /a', 'GET /b'],
    ],
    [
      'in a table with methods inside',
      "const t: Record<string, Table> = { '/a': { GET: a, POST: b }, '/c': { POST: c } };\nt[pathname]?.[method]();",
      ['GET /a'],
      ['POST /c'],
    ],
    ['in a table with methods', "const t = { 'GET /a': a, 'POST /b': b };", ['GET /a'], ['POST /b']],
    ['of a router of its own', "route('GET', '/a', a); route('POST', '/b', b);", ['GET /a'], ['POST /b']],
    [
      'by a regular expression',
      "const one = /^\\/items\\/(\\d+)$/.exec(pathname);\nif (one && method === 'DELETE') drop(one);\nif (/^\\/users\\/[^/]+$/.test(url.pathname)) user();\nconst m = pathname.match(/^\\/a\\/(?<name>\\w+)\\/b\\/?$/);",
      ['GET /'],
      ['DELETE /items/:id', 'GET /users/:id', 'GET /a/:name/b'],
    ],
    ['of an expression that is no path', 'if (/^\\/+$/.test(pathname)) home();', ['GET /']],
    [
      'with values, in a table with methods',
      "const t = { 'GET /a/:id': a, 'PUT /b/{id}': b };",
      ['GET /'],
      ['GET /a/:id', 'PUT /b/{id}'],
    ],
    ['with values, of a router of its own', "route('GET', '/a/:id', a);", ['GET /'], ['GET /a/:id']],
    ['listed', "on({ method: 'GET', path: '/a', handler: a });", ['GET /a']],
  ])('%s', (_, handler, open, left = []) => {
    expect(routesOf(server(handler))).toEqual({ open, left });
  });

  test.each<[string, string]>([
    ['in the condition', "if (req.method === 'POST' && req.url === '/orders') order();"],
    ['after the path', "if (req.url === '/orders' && 'POST' === req.method) order();"],
    ['over several lines', "if (\n  method === 'POST' &&\n  pathname === '/orders'\n) {\n  order();\n}"],
    ['around the path', "if (req.method === 'POST') {\n  if (pathname === '/orders') { order(); }\n}"],
    [
      'of the other alternative',
      "if (method === 'POST' && pathname === '/orders' || method === 'GET' && x) go();",
    ],
    ['under the path', "if (pathname === '/orders') { if (req.method !== 'POST') return no(); order(); }"],
    ['of a case', "switch (pathname) { case '/orders': if (method === 'POST') return order(); break; }"],
    [
      'of a switch around',
      "switch (req.method) { case 'GET': x(); break; case 'POST': if (pathname === '/orders') order(); }",
    ],
    ['in front of all', "if (req.method !== 'POST') return no();\nif (pathname === '/orders') order();"],
  ])('with a method %s: what takes a body is left to the author', (_, handler) => {
    expect(routesOf(server(handler))).toEqual({ open: ['GET /'], left: ['POST /orders'] });
  });

  test('one path for two methods is requested by GET', () => {
    const both =
      "if (pathname === '/a') { if (method === 'POST') add(); else if (method === 'GET') list(); }";
    expect(routesOf(server(both))).toEqual({ open: ['GET /a'], left: [] });
  });

  test('a beginning before a slash takes a value, and one in front of other routes is none', () => {
    const handler =
      "if (!pathname.startsWith('/api')) return;\nif (pathname.startsWith('/api/v1')) {\n  if (pathname.startsWith('/api/v1/items/')) return one();\n  if (pathname === '/api/v1/items') return all();\n}";
    expect(routesOf(server(handler))).toEqual({ open: ['GET /api/v1/items'], left: ['GET /api/v1/items/…'] });
  });

  test.each([
    ['a comment', "// if (req.url === '/old') old();"],
    [
      'what never ends',
      "if (req.url === '/e') { res.writeHead(200, { 'content-type': 'text/event-stream' }); }",
    ],
    ['what ends the service', "if (req.url === '/quit') { process.exit(0); }"],
    ['a socket', "}).on('upgrade', (req, socket) => {\n  if (req.url === '/ws') accept(socket);"],
    ['a page of a browser', "if (window.location.pathname === '/about') show();"],
    ['what a client requests', "await client.request('GET /user');"],
    ['an icon', "if (req.url === '/favicon.ico') return res.end();"],
  ])('%s is no route', (_, handler) => {
    expect(routesOf(server(handler))).toEqual({ open: ['GET /'], left: [] });
  });

  test.each<[string, string]>([
    ['a chain of names', 'a.'.repeat(145_000)],
    ['a name with signs', 'a$'.repeat(145_000)],
    ['blank lines', `x[pathname]${'\n '.repeat(140_000)}`],
    ['calls that are not closed', 'url.split('.repeat(29_000)],
    ['blocks that are not closed', '{'.repeat(280_000)],
    ['routes without end', "if (req.url === '/r') { f(); }\n".repeat(9000)],
  ])('%s of a bundle takes no time', (_, text) => {
    const began = performance.now();
    routesOf(`createServer(${text}`);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('a source that answers no requests has none', () => {
    const { plan } = of({ 'server.js': server(''), 'src/menu.js': "if (path === '/about') highlight();" });
    expect(plan.scenarios.map(({ requests }) => requests)).toEqual([['GET /']]);
  });

  test.each<[string, string[], string[]]>([
    ["app.use('/v1', router);", ['GET /v1/items'], ['POST /v1/items']],
    ['app.use(config.basePath, router);', ['GET /'], []],
  ])('a router that is hung in by %s has routes behind it, or none that can be told', (mount, open, left) => {
    const text = `${server('')}${mount}\nrouter.get('/items', list);\nrouter.post('/items', add);`;
    expect(routesOf(text)).toEqual({ open, left });
  });

  test('its weakly named health check is one, and is waited for', () => {
    const { config } = of({ 'server.js': server("if (url.pathname === '/status') return res.end('up');") });
    expect(written(config).target.ready?.path).toBe('/status');
  });
});

test('routes that are left out stand in the config, with an example that is read once it is taken in', () => {
  const text =
    "app.get('/items', a);\napp.get('/items/:id', b);\napp.post('/orders', c);\napp.listen(process.env.PORT);";
  const { config } = of({ 'server.js': text });
  expect(config).toContain('only you know what they take: GET /items/:id, POST /orders.');
  const taken = config.replace(/^ {2}# (mixed:| {2}.*)$/gm, '  $1');
  expect(written(taken).scenarios.mixed).toEqual({
    type: 'http',
    requests: [
      { path: '/orders', json: { name: '${uuid}' }, expect: { status: '2xx' } },
      { path: '/items/${int:1:100}' },
    ],
  });
});

describe('what the config says of itself', () => {
  test('each value has what it is for, and what told it', () => {
    const { config } = of({
      'package-lock.json': '{}',
      'server.js': server("if (req.url === '/health' || req.url === '/items') return res.end();"),
    });
    expect(config.split('\n').filter((line) => /^ +(?:#|\w+: #)/.test(line))).toEqual([
      '  # Run once per checkout: by package-lock.json.',
      '  # Starts the service: the script "start" of package.json, without npm around it, NODE_ENV as in production.',
      '  # Where it answers (${PORT} is a free port, exported to start as PORT): server.js reads PORT.',
      '  # Measuring begins once this answers 2xx or 3xx: found in server.js.',
      '  health: # found in server.js',
      '  routes: # found in server.js',
    ]);
  });

  test('the times in its comment are the defaults', () => {
    const { config } = of({ 'server.js': server('') });
    const taken = config.replace('# measure:', 'measure:');
    expect(taken).not.toBe(config);
    const read = (text: string) => parseConfig(text, { file: 'x.yml', workingDirectory: '.', env: {} });
    expect(read(taken).measure).toEqual(read(config).measure);
  });

  test('a service without a package.json is found by its usual name', () => {
    const { plan, config } = initOf(placeOf({ 'server.js': "require('http').createServer(x).listen(3000)" }));
    expect(written(config).target).toMatchObject({
      start: 'NODE_ENV=production node server.js',
      url: 'http://127.0.0.1:3000',
    });
    expect(plan.service.start?.why).toBe('server.js listens; NODE_ENV as in production');
    expect(plan.unknown.map(({ key }) => key)).toEqual(['scenarios']);
  });

  test('but not where something else says how it is started', () => {
    const { plan } = initOf(placeOf({ Dockerfile: 'FROM node\nEXPOSE 80', 'server.js': 'x.listen(80)' }));
    expect(plan.service.kind).toBe('Docker');
  });
});

describe('variables of the environment', () => {
  const notesOf = (text: string, more: Record<string, string> = {}) =>
    of({ 'server.js': `app.listen(process.env.PORT);\n${text}`, ...more }).plan.service.notes;

  test.each([
    ['const key = process.env.SIGNING_KEY;'],
    ["connect(process.env['SIGNING_KEY']);"],
    ['const key = process.env.SIGNING_KEY!;'],
  ])('%s: it is told', (text) => {
    expect(notesOf(text)).toEqual([
      expect.stringMatching(/^the sources read SIGNING_KEY from the environment.*env: \{ SIGNING_KEY: /),
    ]);
  });

  test.each([
    ["const key = process.env.SIGNING_KEY ?? 'x';"],
    ["const key = process.env.SIGNING_KEY || 'x';"],
    ['if (process.env.SIGNING_KEY) sign();'],
    ['if (!process.env.SIGNING_KEY) skip();'],
    ["if (process.env.MODE === 'x') y();"],
    ['const level = process.env.LOG_LEVEL, name = process.env.HOSTNAME;'],
    ["process.env.TZ2 = 'UTC';"],
  ])('%s: nothing is asked for', (text) => {
    expect(notesOf(text)).toEqual([]);
  });

  test('of an example file are told by its name', () => {
    expect(notesOf('a(process.env.KEY);', { '.env.example': 'KEY=' })).toEqual([
      expect.stringContaining('the variables of .env.example'),
    ]);
  });
});

describe('of a service that tells little', () => {
  const dev = { 'package.json': packageJson({ scripts: { dev: 'tsx watch server.ts' } }) };
  const notesOf = (files: Record<string, string>) => of(files).plan.service.notes;

  test('that only its health check is measured is said', () => {
    const alone = server("  if (pathname === '/healthz') return res.end();");
    expect(notesOf({ 'server.js': alone })).toContainEqual(
      expect.stringMatching(/^only the health check is measured/),
    );
    const more = server(
      "  if (pathname === '/healthz') return res.end();\n  if (pathname === '/a') return a();",
    );
    expect(notesOf({ 'server.js': more }).join()).not.toMatch(/only the health check/);
  });

  test('a script for development is named beside the command of the Dockerfile', () => {
    const image = 'FROM node\nRUN npm run build\nCMD ["node", "dist/index.js"]\n';
    expect(notesOf({ ...dev, Dockerfile: image })).toContainEqual(
      expect.stringMatching(
        /"dev".*made for development.* Dockerfile starts "node dist\/index\.js", which --start would too$/,
      ),
    );
    expect(notesOf({ ...dev, Dockerfile: 'FROM node\n' })).toContainEqual(
      expect.stringMatching(/made for development: is it what runs in production\?$/),
    );
  });
});
