import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { type Files, initOf, packageJson, placeOf, written } from './repositories.ts';

const node = { 'package.json': packageJson({ scripts: { start: 'node server.js' } }) };
const go = (body: string) => ({
  'go.mod': 'module x\n',
  'main.go': `package main\n\nfunc main() {\n\tr := chi.NewRouter()\n${body}\n\thttp.ListenAndServe(":80", r)\n}\n`,
});
const rust = (router: string) => ({
  'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n',
  'src/main.rs': `fn main() {\n  let app = ${router};\n  bind("0.0.0.0:80");\n}\n`,
});
const fastapi = (more: string, files: Files = {}) => ({
  'requirements.txt': 'fastapi\nuvicorn\n',
  'app/__init__.py': '',
  'app/main.py': `from fastapi import FastAPI\n${more}`,
  ...files,
});
const EXPRESS = "const express = require('express');\nconst app = express();\n";
const ROUTES =
  "const router = require('express').Router();\nrouter.get('/', all);\nrouter.get('/:id', one);\nrouter.post('/', add);\nmodule.exports = router;\n";
const LISTEN = 'app.listen(process.env.PORT);\n';

const found = (files: Files) => {
  const { plan, config } = initOf(placeOf(files));
  parseConfig(config, { file: 'x.yml', workingDirectory: '.', env: {} });
  const requests = plan.scenarios.filter(({ why }) => why !== 'a guess').flatMap((one) => one.requests);
  return { requests, left: plan.left, notes: plan.service.notes, ready: written(config).target.ready?.path };
};

describe('routes behind a prefix', () => {
  test.each<[string, Files, string[], string[]?]>([
    [
      'Express, with require',
      {
        ...node,
        'server.js': `${EXPRESS}app.use('/api/users', require('./routes/users'));\n${LISTEN}`,
        'routes/users.js': ROUTES,
      },
      ['GET /api/users'],
      ['GET /api/users/:id', 'POST /api/users'],
    ],
    [
      'Express, with imports of both kinds',
      {
        ...node,
        'server.js': `import express from 'express';\nimport users from './routes/users.js';\nimport { items as things } from './routes/items.js';\nconst app = express();\napp.use('/users', users);\napp.use('/items', things);\n${LISTEN}`,
        'routes/users.js':
          "import { Router } from 'express';\nconst router = Router();\nrouter.get('/', a);\nexport default router;\n",
        'routes/items.js':
          "import express from 'express';\nexport const items = express.Router();\nitems.get('/top', b);\n",
      },
      ['GET /users', 'GET /items/top'],
    ],
    [
      'Express, router in router, by another name, from an index',
      {
        ...node,
        'server.js': `${EXPRESS}const { router: v1 } = require('./api');\nconst PREFIX = '/api';\napp.use(\`\${PREFIX}/v1\`, v1);\n${LISTEN}`,
        'api/index.js':
          "const { Router } = require('express');\nconst router = Router();\nrouter.use('/users', require('./users'));\nrouter.route('/items').get(a).post(b);\nexports.router = router;\n",
        'api/users.js': ROUTES,
      },
      ['GET /api/v1/items', 'GET /api/v1/users'],
      ['POST /api/v1/items', 'GET /api/v1/users/:id', 'POST /api/v1/users'],
    ],
    [
      'Express, in a class',
      {
        ...node,
        'server.js': `import users from './users.js';\nclass Server {\n  public app = express();\n  constructor() { this.app.use('/users', users); this.app.get('/version', v); }\n}\n`,
        'users.js': "const r = Router();\nr.get('/', list);\nexport default r;\n",
      },
      ['GET /version', 'GET /users'],
    ],
    [
      'Express, a function that is given the application, and one that gives a router',
      {
        ...node,
        'server.js': `${EXPRESS}const { makeUsers } = require('./users');\nrequire('./items')(app);\napp.use('/users', makeUsers(db));\n${LISTEN}`,
        'items.js': "module.exports = (app) => {\n  app.get('/items', list);\n};\n",
        'users.js':
          "const { Router } = require('express');\nfunction makeUsers(db) {\n  const router = Router();\n  router.get('/all', list);\n  return router;\n}\nmodule.exports = { makeUsers };\n",
      },
      ['GET /items', 'GET /users/all'],
    ],
    [
      'Express, where files are served too',
      {
        ...node,
        'server.js': `${EXPRESS}app.use('/static', express.static('public'));\napp.use(require('./r'));\n${LISTEN}`,
        'r.js': ROUTES,
      },
      ['GET /'],
      ['GET /:id', 'POST /'],
    ],
    [
      'Koa',
      {
        ...node,
        'server.js':
          "const router = new Router({ prefix: '/v2' });\nrouter.get('/books', a);\nrouter.get('book', '/books/:id', b);\nconst app = new Koa();\napp.use(router.routes());\napp.listen(3000);\n",
      },
      ['GET /v2/books'],
      ['GET /v2/books/:id'],
    ],
    [
      'Hono, with a base path, another router and a chain',
      {
        ...node,
        'server.js':
          "import posts from './posts.js';\nconst app = new Hono().basePath('/api');\napp.get('/x', (c) => c.text('x')).get('/y', (c) => c.text('y'));\napp.route('/posts', posts);\nserve({ fetch: app.fetch, port: 80 });\n",
        'posts.js': "const posts = new Hono();\nposts.get('/', a).get('/:slug', b);\nexport default posts;\n",
      },
      ['GET /api/x', 'GET /api/y', 'GET /api/posts'],
      ['GET /api/posts/:slug'],
    ],
    [
      'polka, in one chain',
      { ...node, 'server.js': "polka().get('/', a).get('/users/:id', b).listen(3000);\n" },
      ['GET /'],
      ['GET /users/:id'],
    ],
    [
      'Fastify, plugins in place and from another file',
      {
        ...node,
        'server.js':
          "import { routes } from './routes.js';\nconst app = Fastify();\napp.register(async (app) => { app.get('/list', a); }, { prefix: '/v1' });\napp.register(routes, { prefix: '/v2' });\nawait app.listen({ port: 3000 });\n",
        'routes.js':
          "export async function routes(fastify: FastifyInstance): Promise<void> {\n  fastify.get('/', a);\n  fastify.get<{ Params: { id: string } }>('/:id', b);\n  fastify.route({ method: 'GET', url: '/count', handler: c });\n}\n",
      },
      ['GET /v1/list', 'GET /v2', 'GET /v2/count'],
      ['GET /v2/:id'],
    ],
    [
      'Fastify, a long plugin in place',
      {
        ...node,
        'server.js': `const app = Fastify();\napp.register(async (app) => {\n${'  step();\n'.repeat(900)}  app.get('/list', a);\n}, { prefix: '/v1' });\napp.listen({ port: 3000 });\n`,
      },
      ['GET /v1/list'],
    ],
    [
      'FastAPI, a prefix of the router and one where it is included',
      fastapi(
        'from app.routers import items\nfrom .users import router as users\napp = FastAPI()\napp.include_router(items.router, prefix="/api")\napp.include_router(users)\n',
        {
          'app/routers/items.py':
            'router = APIRouter(prefix="/items", tags=["x"])\n\n@router.get("/")\nasync def all(): return []\n\n@router.get("/{item_id}")\nasync def one(item_id: int): return 1\n\n@router.post("/")\ndef add(): return 1\n',
          'app/users.py':
            'router = APIRouter()\n\n@router.get("/users")\ndef users(limit: int = 10): return []\n',
        },
      ),
      ['GET /users', 'GET /api/items/'],
      ['GET /api/items/{item_id}', 'POST /api/items/'],
    ],
    [
      'Flask, a blueprint',
      {
        'requirements.txt': 'flask\n',
        'app.py':
          'app = Flask(__name__)\nbp = Blueprint("users", __name__, url_prefix="/users")\n\n@app.route("/up", methods=["GET"])\ndef up(): return "up"\n\n@bp.route("/all")\ndef users(): return []\n\n@bp.get("/<int:id>")\ndef one(id): return 1\n\napp.register_blueprint(bp)\n',
      },
      ['GET /up', 'GET /users/all'],
      ['GET /users/<int:id>'],
    ],
    [
      'chi',
      go(
        '\tr.Get("/a", h)\n\tr.Route("/api/v1", func(r chi.Router) {\n\t\tr.Get("/users", h)\n\t\tr.Get("/users/{id}", h)\n\t})',
      ),
      ['GET /a', 'GET /api/v1/users'],
      ['GET /api/v1/users/{id}'],
    ],
    [
      'a Go router that a structure holds',
      go(
        '\ts.router.HandleFunc("/x", h)\n\thttp.Handle("/static/", http.StripPrefix("/static/", http.FileServer(d)))',
      ),
      ['GET /x'],
    ],
    [
      'a group of Gin',
      go('\tg := gin.Default()\n\tv1 := g.Group("/v1")\n\tv1.GET("/users", h)\n\tv1.POST("/users", h)'),
      ['GET /v1/users'],
      ['POST /v1/users'],
    ],
    [
      'axum',
      rust(
        'Router::new().route("/", get(h)).nest("/api", Router::new().route("/x", get(h).post(h)).route("/x/{id}", get(h)))',
      ),
      ['GET /', 'GET /api/x'],
      ['POST /api/x', 'GET /api/x/{id}'],
    ],
  ])('of %s have it', (_, files, requests, left = []) => {
    expect(found(files)).toMatchObject({ requests, left });
  });

  test.each<[string, Files, RegExp]>([
    [
      'Express, where only the code knows it',
      { ...node, 'server.js': `${EXPRESS}app.use(config.base, require('./r'));\n${LISTEN}`, 'r.js': ROUTES },
      /^3 routes of r\.js stand behind a prefix that could not be followed.*: GET \/, GET \/:id, POST \/$/,
    ],
    [
      'Express, hung in by a loop',
      {
        ...node,
        'server.js': `${EXPRESS}for (const [path, router] of list) app.use(path, router);\n${LISTEN}`,
        'r.js': ROUTES,
      },
      /^3 routes of r\.js stand/,
    ],
    [
      'Fastify, from a folder',
      {
        ...node,
        'server.js':
          "const app = Fastify();\napp.register(AutoLoad, { dir: 'routes' });\napp.listen({ port: 3000 });\n",
        'routes/users/index.js':
          "module.exports = async function (fastify) {\n  fastify.get('/all', a);\n};\n",
      },
      /^1 route of routes\/users\/index\.js stands behind a prefix that could not be followed, and is left out: GET \/all$/,
    ],
    [
      'Hono, hung in by a loop',
      {
        ...node,
        'server.js':
          "import * as all from './posts.js';\nconst app = new Hono();\nfor (const [path, one] of Object.entries(all)) app.route(path, one);\nserve(app);\n",
        'posts.js': "export const posts = new Hono();\nposts.get('/all', a);\n",
      },
      /^1 route of posts\.js stands/,
    ],
    [
      'Go, served without its prefix',
      go(
        '\tmux := http.NewServeMux()\n\tmux.HandleFunc("/x", h)\n\thttp.Handle("/api/", http.StripPrefix("/api", mux))',
      ),
      /^1 route of main\.go stands/,
    ],
    [
      'FastAPI, by an expression',
      fastapi(
        'from app.users import router\napp = FastAPI()\napp.include_router(router, prefix=settings.API)\n',
        {
          'app/users.py': 'router = APIRouter()\n\n@router.get("/users")\ndef users(): return []\n',
        },
      ),
      /^1 route of app\/users\.py stands/,
    ],
    [
      'axum, nested by a name',
      rust('Router::new().route("/x", get(h)).nest("/api", api_routes(state))'),
      /^1 route of src\/main\.rs stands/,
    ],
    [
      'Go, in another package',
      { ...go(''), 'users/routes.go': 'package users\n\nfunc R(r *gin.RouterGroup) { r.GET("/b", b) }\n' },
      /^1 route of users\/routes\.go stands/,
    ],
    [
      'Nest, with versions',
      {
        'package.json': packageJson({ scripts: { 'start:prod': 'node dist/main' } }),
        'src/main.ts': 'app.enableVersioning();\nawait app.listen(3000);\n',
        'src/cats.ts': "@Controller('cats')\nexport class Cats { @Get() all() {} }\n",
      },
      /^1 route of src\/cats\.ts stands/,
    ],
  ])('of %s are left out, and it is said', (_, files, note) => {
    const { requests, left, notes } = found(files);
    expect({ requests, left }).toEqual({ requests: [], left: [] });
    expect(notes).toContainEqual(expect.stringMatching(note));
  });
});

describe('a health check of a router', () => {
  test.each<[string, Files, string]>([
    [
      'Koa',
      {
        ...node,
        'server.js':
          "const router = new Router();\nrouter.get('/status', s);\nconst app = new Koa();\napp.use(router.routes());\napp.listen(3000);\n",
      },
      '/status',
    ],
    [
      'Express',
      {
        ...node,
        'server.js': `${EXPRESS}app.use('/internal/api', r);\nconst r = express.Router();\nr.get('/health', ok);\n${LISTEN}`,
      },
      '/internal/api/health',
    ],
    [
      'Hono',
      {
        ...node,
        'server.js': "const app = new Hono().basePath('/api');\napp.get('/status', ok);\nserve(app);\n",
      },
      '/api/status',
    ],
    [
      'Flask',
      {
        'requirements.txt': 'flask',
        'app.py': 'app = Flask(__name__)\n\n@app.route("/up", methods=["GET"])\ndef up(): return "x"\n',
      },
      '/up',
    ],
  ])('of %s is waited for where it stands', (_, files, path) => {
    expect(found(files).ready).toBe(path);
  });
});

describe('what is not put under load by itself stands in the comment, with why', () => {
  const app = (route: string) => ({
    ...node,
    'server.js': `${EXPRESS}app.get('/ok', (q, s) => s.json({}));\n${route}\n${LISTEN}`,
  });

  test.each<[string, Files, string]>([
    ['a guard', app("app.get('/me', auth, (q, s) => s.json({}));"), 'GET /me (it may ask who is calling)'],
    [
      'a guard of all that follows',
      app("app.use(requireAuth);\napp.get('/me', h);"),
      'GET /me (it may ask who is calling)',
    ],
    [
      'a guard where a router is hung in',
      app("const r = express.Router();\nr.get('/stats', h);\napp.use('/x', requireAuth, r);"),
      'GET /x/stats (it may ask who is calling)',
    ],
    [
      'a refusal',
      app("app.get('/me', (q, s) => { if (!q.user) return s.sendStatus(401); s.json({}); });"),
      'GET /me (it may ask who is calling)',
    ],
    [
      'a stream',
      app("app.get('/events', (q, s) => { s.setHeader('content-type', 'text/event-stream'); });"),
      'GET /events (it streams without end)',
    ],
    [
      'a stream under a name',
      app(
        "app.get('/events', events);\nfunction events(q, s) { s.setHeader('content-type', 'text/event-stream'); }",
      ),
      'GET /events (it streams without end)',
    ],
    [
      'a value of the query',
      app("app.get('/search', (q, s) => { if (!q.query.q) return s.status(400).end(); s.json([]); });"),
      'GET /search (it may need a value in its query)',
    ],
    [
      'the end of a session',
      app("app.get('/logout', (q, s) => s.redirect('/'));"),
      'GET /logout (its name says that it may end or remove something)',
    ],
    [
      'what is internal',
      app("app.get('/internal/flush', h);"),
      'GET /internal/flush (its name says that it is not for everybody)',
    ],
    [
      'a dependency of FastAPI',
      fastapi(
        'app = FastAPI()\n\n@app.get("/ok")\ndef ok(): return 1\n\n@app.get("/me")\ndef me(user = Depends(current_user)): return 1\n',
      ),
      'GET /me (it may ask who is calling)',
    ],
    [
      'a query of FastAPI',
      fastapi(
        'app = FastAPI()\n\n@app.get("/ok")\ndef ok(): return 1\n\n@app.get("/find")\ndef find(q: str): return 1\n',
      ),
      'GET /find (it may need a value in its query)',
    ],
  ])('%s', (_, files, left) => {
    expect(found(files)).toMatchObject({ requests: ['GET /ok'], left: [left] });
  });
});

test('names of routes cannot write lines of their own, and what is left is valid once it is taken in', () => {
  const text = `${EXPRESS}app.get('/ok', h);\napp.get('/a/:id#x', h);\napp.post('/b\u2028stop: x\u0007', h);\napp.get("/c/{id}\\n", h);\n${LISTEN}`;
  const { config } = initOf(placeOf({ ...node, 'server.js': text }));
  for (const one of [config, config.replace(/^ {2}# (mixed:| {2}.*)$/gm, '  $1')])
    parseConfig(one, { file: 'x.yml', workingDirectory: '.', env: {} });
  expect(written(config).target.stop).toBeUndefined();
});
