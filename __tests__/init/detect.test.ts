import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/parse.ts';
import { houseRules, lintWorkflows } from '../workflows/lint.ts';
import { initOf, packageJson, placeOf, REPOSITORIES, type Written, written } from './repositories.ts';

type Name = keyof typeof REPOSITORIES;
const names = Object.keys(REPOSITORIES) as Name[];
const of = (name: Name) => initOf(placeOf(REPOSITORIES[name]));

const requestsOf = (name: Name) =>
  Object.values(written(of(name).config).scenarios).flatMap(({ requests }) => requests);

describe('whatever the repository is', () => {
  test.each(names)('%s: the config is read without a problem', (name) => {
    const config = parseConfig(of(name).config, { file: 'x.yml', workingDirectory: '.', env: {} });
    expect(config.scenarios.length).toBeGreaterThan(0);
  });

  test('the workflows are sound, pinned and least privileged', () => {
    const texts = names.map((name) => of(name).workflow);
    expect(lintWorkflows(texts)).toBe('');
    expect(texts.flatMap(houseRules)).toEqual([]);
  });

  test.each(names)('%s: what could not be found out stands in the config', (name) => {
    const { plan, config } = of(name);
    const comments = config.split('\n').filter((line) => line.includes('# Could not be found out: '));
    expect(comments).toHaveLength(plan.unknown.length);
    for (const { text } of plan.unknown) expect(config).toContain(text);
  });
});

const FREE = 'http://127.0.0.1:${PORT}';
const found: [Name, Partial<Written['target']>][] = [
  [
    'express',
    {
      setup: 'npm ci',
      start: 'NODE_ENV=production node server.js',
      url: FREE,
      ready: { path: '/health', timeout: '60s' } as never,
    },
  ],
  [
    'nest',
    {
      setup: 'pnpm install --frozen-lockfile && pnpm run build',
      start: 'NODE_ENV=production node dist/main',
      url: FREE,
    },
  ],
  ['next', { setup: 'yarn install --immutable && yarn run build', start: 'yarn run start', url: FREE }],
  [
    'vite',
    {
      setup: 'npm ci && npm run build',
      start: 'npm run preview -- --port ${PORT} --strictPort --host 127.0.0.1',
      url: FREE,
    },
  ],
  ['vite with pnpm', { start: 'pnpm run preview --port ${PORT} --strictPort --host 127.0.0.1', url: FREE }],
  [
    'fixed port',
    { start: 'NODE_ENV=production node --enable-source-maps ./index.mjs', url: 'http://127.0.0.1:4000' },
  ],
  ['port in the script', { setup: 'npm install', start: 'npm start', url: 'http://127.0.0.1:4100' }],
  ['port of another name', { start: 'SERVER_PORT=${PORT} NODE_ENV=production node app.js', url: FREE }],
  ['no start script', { start: 'NODE_ENV=production node lib/server.cjs', url: FREE }],
  ['bun', { setup: 'bun install --frozen-lockfile', start: 'bun run start', url: FREE }],
  [
    'fastapi',
    {
      setup: 'python3 -m venv .venv && .venv/bin/pip install --requirement requirements.txt',
      start: '. .venv/bin/activate && exec uvicorn app.main:api --host 127.0.0.1 --port ${PORT}',
      url: FREE,
    },
  ],
  [
    'flask',
    {
      setup: 'uv sync --frozen',
      start: 'uv run --no-sync gunicorn --bind 127.0.0.1:${PORT} web:app',
      url: FREE,
    },
  ],
  [
    'django',
    {
      start: '. .venv/bin/activate && exec python manage.py runserver --noreload 127.0.0.1:${PORT}',
      url: FREE,
    },
  ],
  [
    'go',
    {
      setup: 'go build -o .perf-baseline/target ./cmd/server',
      start: './.perf-baseline/target',
      url: 'http://127.0.0.1:8080',
    },
  ],
  ['rust', { setup: 'cargo build --release', start: './target/release/shop', url: FREE }],
  [
    'compose',
    {
      setup: 'docker compose build',
      start: 'docker compose up',
      stop: 'docker compose down',
      url: 'http://127.0.0.1:8081',
    },
  ],
  ['compose with PORT', { start: 'docker compose up', stop: 'docker compose down', url: FREE }],
  ['dockerfile', { setup: 'docker build .', stop: 'docker rm --force perf-baseline-${PORT}', url: FREE }],
  ['procfile', { start: '. .venv/bin/activate && exec gunicorn shop:app --bind 0.0.0.0:$PORT', url: FREE }],
];

describe('the target', () => {
  test.each(found)('of %s', (name, target) => {
    const { plan, config } = of(name);
    expect(written(config).target).toMatchObject(target);
    expect(plan.unknown.filter(({ key }) => key !== 'scenarios')).toEqual([]);
  });

  test('of a Dockerfile is run on a free port, whatever the container listens on', () => {
    const { start } = written(of('dockerfile').config).target;
    expect(start).toContain('--publish 127.0.0.1:${PORT}:7000 $(docker build --quiet .)');
    expect(of('dockerfile').config).toMatch(/# Note: memory and CPU of a container are not measured/);
  });

  test('of a repository that says nothing is left to its author', () => {
    const { plan, config, workflow } = of('empty');
    expect(plan.unknown.map(({ key }) => key)).toEqual(['start', 'url', 'scenarios']);
    expect(config).toContain('# start: COMMAND');
    expect(written(config).target).toEqual({ url: 'http://127.0.0.1:3000' });
    expect(workflow).not.toContain('setup-node');
  });

  test('that only a development script starts is told to be', () => {
    const files = {
      'package.json': packageJson({ scripts: { dev: 'nodemon server.js' } }),
      'server.js': 'x.listen(5000)',
    };
    const { plan, config } = initOf(placeOf(files));
    expect(written(config).target).toMatchObject({
      start: 'NODE_ENV=production node server.js',
      url: 'http://127.0.0.1:5000',
    });
    expect(plan.service.notes).toEqual([expect.stringMatching(/"dev".*production/)]);
  });

  test('whose port nobody can tell is given one, and it is said', () => {
    const { plan, config } = initOf(
      placeOf({ 'package.json': packageJson({ scripts: { start: 'node x.js' } }) }),
    );
    expect(written(config).target.url).toBe(FREE);
    expect(plan.unknown.map(({ key }) => key)).toEqual(['url', 'scenarios']);
  });

  test('of a compose file with several services is the one that serves the others, with its override and its folder', () => {
    const files = {
      'compose.yml':
        'services: { site: { build: ./site, ports: ["80:80"] }, api: { build: { context: ./api/ } } }',
      'compose.override.yml': 'services: { api: { ports: ["8000:8000"] } }',
      'api/main.js': 'app.get("/items", x); app.listen(8000)',
      'site/main.js': 'app.get("/other", x); app.listen(80)',
    };
    const { config, plan } = initOf(placeOf(files));
    expect(written(config).target.url).toBe('http://127.0.0.1:8000');
    expect(plan.scenarios.map(({ requests }) => requests)).toEqual([['GET /items']]);
    expect(plan.service.notes[1]).toMatch(/\(api, site\); api is measured/);
  });

  test('of a library is nobody, whatever its sources and examples listen on', () => {
    const source = 'async fn main() { bind("0.0.0.0:3000"); Router::new().route("/a", get(a)) }';
    const { plan, config } = initOf(
      placeOf({ 'Cargo.toml': '[workspace]\n', 'examples/a/src/main.rs': source }),
    );
    expect(plan.unknown.map(({ key }) => key)).toEqual(['start', 'url', 'scenarios']);
    expect(config).not.toContain('GET /a');
  });

  test.each([
    [
      'flask',
      'app/__init__.py',
      'def create_app():\n    app = Flask(__name__)\n',
      'flask --app "app/__init__:create_app" run --port ${PORT}',
    ],
    [
      'fastapi',
      'src/shop/web.py',
      'def create_app():\n    app = FastAPI()\n',
      'uvicorn --factory shop.web:create_app --app-dir src --host 127.0.0.1 --port ${PORT}',
    ],
  ])('of %s made by a function', (_, path, text, command) => {
    const { start } = written(initOf(placeOf({ 'requirements.txt': '', [path]: text })).config).target;
    expect(start).toBe(`. .venv/bin/activate && exec ${command}`);
  });

  test('in Python is not taken from a folder with requirements of its own', () => {
    const files = {
      'pyproject.toml': '',
      'backend/pyproject.toml': '',
      'backend/app/main.py': 'app = FastAPI()\n',
    };
    expect(initOf(placeOf(files)).plan.unknown[0]?.text).toContain('--working-directory backend');
  });

  test('with databases beside it, the reader is told how to have them', () => {
    const compose = 'services:\n  db: { image: postgres }\n  cache: { image: redis }\n';
    const { config } = initOf(placeOf({ ...REPOSITORIES.express, 'compose.yml': compose }));
    expect(config).toMatch(
      /# Note: if it needs db, cache of compose\.yml: .*docker compose up --detach --wait db cache/,
    );
  });

  test.each(['not json', '[]', 'null', '{"scripts":{"start":{"a":1}},"dependencies":["x"],"engines":null}'])(
    'of a package.json that holds %s is not found',
    (text) => {
      expect(initOf(placeOf({ 'package.json': text })).plan.unknown.map(({ key }) => key)).toContain('start');
    },
  );
});

describe('the first scenarios', () => {
  test('are the health check and the routes of the application that need no parameter', () => {
    expect(requestsOf('express')).toEqual(['GET /health', 'GET /products']);
    expect(requestsOf('flask')).toEqual(['GET /ping', 'GET /items']);
    expect(requestsOf('go')).toEqual(['GET /healthz', 'GET /items']);
    expect(requestsOf('rust')).toEqual(['GET /items']);
  });

  test('are the open GET operations of an OpenAPI document, with the path of its server', () => {
    const { plan, config } = of('openapi');
    expect(requestsOf('openapi')).toEqual(['GET /v2/healthz', 'GET /v2/products']);
    expect(written(config).target.ready).toMatchObject({ path: '/v2/healthz' });
    expect(plan.service.notes).toEqual([
      expect.stringMatching(/1 GET operation of docs\/openapi\.yaml needs a key/),
    ]);
  });

  test('of Swagger 2 in JSON stand behind its base path', () => {
    const swagger = {
      swagger: '2.0',
      basePath: '/api/',
      paths: {
        '/a': { get: {} },
        '/b': { parameters: [{ in: 'query', name: 'q', required: true }], get: {} },
      },
    };
    const { config } = initOf(
      placeOf({ ...REPOSITORIES.openapi, 'docs/openapi.yaml': '', 'swagger.json': JSON.stringify(swagger) }),
    );
    expect(written(config).scenarios).toMatchObject({ routes: { requests: ['GET /api/a'] } });
  });

  test.each([
    ['no YAML', 'openapi: [\n'],
    ['an alias that is repeated without end', `openapi: "3"\npaths: ${'&a [*a]'}`],
    ['a reference to itself', 'openapi: "3"\npaths: { /a: { $ref: "#/paths/~1a" } }'],
    ['a reference into a prototype', 'openapi: "3"\npaths: { /a: { $ref: "#/constructor/prototype" } }'],
    ['paths that are text', 'openapi: "3"\npaths: none'],
  ])('of a document that is %s are a guess, and it is said', (_, text) => {
    const { plan } = initOf(placeOf({ ...REPOSITORIES.openapi, 'docs/openapi.yaml': text }));
    expect(plan.scenarios.map(({ requests }) => requests)).toEqual([['GET /']]);
    expect(plan.unknown.map(({ key }) => key)).toEqual(['scenarios']);
  });

  test('are not more than ten, and the rest is told', () => {
    const paths = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`/r${i}`, { get: {} }]));
    const files = {
      ...REPOSITORIES.openapi,
      'docs/openapi.yaml': JSON.stringify({ openapi: '3.0.0', paths }),
    };
    const { plan } = initOf(placeOf(files));
    expect(plan.scenarios[0]?.requests).toHaveLength(10);
    expect(plan.scenarios[0]?.why).toMatch(/15 more are left out/);
  });
});

describe('a repository of several packages', () => {
  test('has no service at its root, and names those it has', () => {
    const { plan } = of('monorepo');
    expect(plan.unknown[0]?.text).toContain('--working-directory apps/api or apps/site');
  });

  test('has the lock file of a package further up', () => {
    const { 'package.json': json, 'server.js': server } = REPOSITORIES.express;
    const root = { 'yarn.lock': '# yarn lockfile v1\n', '.nvmrc': '24' };
    const { config, workflow } = initOf(
      placeOf({ 'package.json': json, 'server.js': server }, [{}, root], 'apps/api'),
    );
    expect(written(config).target.setup).toBe('yarn install --frozen-lockfile');
    expect(parse(workflow)).toMatchObject({
      name: 'Performance (apps/api)',
      concurrency: { group: '${{ github.workflow }}-${{ github.ref }}' },
    });
    const { steps } = parse(workflow).jobs.perf;
    expect(steps[1].with).toEqual({ 'node-version-file': '.nvmrc' });
    expect(steps.at(-1).with).toEqual({ 'working-directory': 'apps/api' });
    expect(lintWorkflows([workflow])).toBe('');
  });
});

test('names of files and scripts cannot write lines of their own', () => {
  const evil = 'x\n  stop: rm -rf /\n#.js';
  const { config } = initOf(
    placeOf({
      'package.json': packageJson({ scripts: { start: `node server.js\nstop: x` } }),
      [evil]: 'app.get("/a", x); app.listen(process.env.PORT)',
    }),
  );
  expect(written(config).target.stop).toBeUndefined();
  parseConfig(config, { file: 'x.yml', workingDirectory: '.', env: {} });
});
