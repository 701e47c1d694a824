import { parse } from 'yaml';
import { configText } from '../../src/init/config-file.ts';
import { detect, type Given, type Plan } from '../../src/init/detect.ts';
import type { Place } from '../../src/init/finding.ts';
import type { Tree } from '../../src/init/tree.ts';
import { workflowName, workflowText } from '../../src/init/workflow-file.ts';

export type Files = Readonly<Record<string, string>>;

/** The files of a repository, without a disk. */
export function treeOf(files: Files): Tree {
  return {
    paths: Object.keys(files),
    read: (path) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null),
  };
}

export const placeOf = (files: Files, above: readonly Files[] = [], within = '.'): Place => ({
  tree: treeOf(files),
  above: above.map(treeOf),
  within,
});

export type Found = { plan: Plan; config: string; workflow: string };

/** What `init` makes of a repository. */
export function initOf(place: Place, given: Given = {}): Found {
  const plan = detect(place, given);
  const workflow = workflowText({
    name: workflowName(place.within),
    branch: 'main',
    within: place.within,
    steps: plan.service.steps,
    unknown: [],
    forks: false,
  });
  return { plan, config: configText(plan), workflow };
}

export type Written = {
  target: { setup?: string; start?: string; stop?: string; url: string; ready?: { path: string } };
  scenarios: Record<string, { requests: string[] }>;
};
/** A config as it is written, defaults not filled in. */
export const written = (config: string): Written => parse(config);

export const packageJson = (fields: object): string => JSON.stringify({ name: 'shop', ...fields });

const listening = (port: string) =>
  `import { createServer } from 'node:http';\nconst app = createServer();\napp.listen(${port});\n`;

const EXPRESS = `const app = require('express')();
app.get('/health', (q, r) => r.send('ok'));
app.get('/products', list);
app.get('/products/:id', one);
app.post('/orders', order);
app.listen(process.env.PORT || 3000);
`;

const OPENAPI = `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://shop.example/{version}", variables: { version: { default: v2 } } }]
security: [{ key: [] }]
components:
  parameters:
    page: { name: page, in: query, required: true, schema: { type: integer } }
    size: { name: size, in: query, schema: { type: integer } }
paths:
  /healthz: { get: { security: [], responses: { "200": { description: ok } } } }
  /products: { get: { security: [{}, { key: [] }], parameters: [{ $ref: "#/components/parameters/size" }], responses: {} } }
  /products/{id}: { get: { security: [], responses: {} } }
  /pages: { get: { security: [], parameters: [{ $ref: "#/components/parameters/page" }], responses: {} } }
  /orders: { get: { responses: {} }, post: { security: [], responses: {} } }
  /old: { get: { security: [], deprecated: true, responses: {} } }
  /events: { get: { security: [], responses: { "200": { description: x, content: { text/event-stream: {} } } } } }
`;

/** Repositories as people have them. */
export const REPOSITORIES = {
  express: {
    'package.json': packageJson({
      scripts: { start: 'node server.js', test: 'jest' },
      dependencies: { express: '5' },
    }),
    'package-lock.json': '{}',
    'server.js': EXPRESS,
    '.nvmrc': '22\n',
  },
  nest: {
    'package.json': packageJson({
      scripts: {
        build: 'nest build',
        start: 'nest start',
        'start:dev': 'nest start --watch',
        'start:prod': 'node dist/main',
      },
      dependencies: { '@nestjs/core': '11' },
      engines: { node: '>=22' },
    }),
    'pnpm-lock.yaml': 'lockfileVersion: 9',
    'src/main.ts':
      "const app = await NestFactory.create(App);\nawait app.listen(config.get<number>('PORT'));\n",
    'src/health/health.controller.ts': "@Controller('/health')\nclass Health {}\n",
  },
  next: {
    'package.json': packageJson({
      scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
      dependencies: { next: '16' },
    }),
    'yarn.lock': '__metadata:\n  version: 8\n',
    'app/api/health/route.ts': 'export const GET = () => new Response("ok");\n',
  },
  vite: {
    'package.json': packageJson({
      scripts: { dev: 'vite', build: 'vite build', preview: 'vite preview' },
      devDependencies: { vite: '8' },
    }),
    'package-lock.json': '{}',
  },
  'vite with pnpm': {
    'package.json': packageJson({ scripts: { preview: 'vite preview' }, devDependencies: { vite: '8' } }),
    'pnpm-lock.yaml': '',
  },
  'fixed port': {
    'package.json': packageJson({ scripts: { start: 'node --enable-source-maps ./index.mjs' } }),
    'index.mjs': listening('4000'),
  },
  'port in the script': {
    'package.json': packageJson({
      scripts: { start: 'cross-env PORT=4100 tsx src/index.ts' },
      devDependencies: { tsx: '4' },
    }),
    'src/index.ts': listening('process.env.PORT'),
  },
  'port of another name': {
    'package.json': packageJson({ scripts: { start: 'NODE_ENV=production PORT=1 node app.js' } }),
    'db.js': 'connect(process.env.DB_PORT);\n',
    'app.js': listening('process.env.SERVER_PORT ?? 8080'),
  },
  'no start script': {
    'package.json': packageJson({ main: './lib/server.cjs' }),
    'lib/server.cjs': listening('Number(process.env["PORT"])'),
  },
  bun: {
    'package.json': packageJson({ scripts: { start: 'bun run src/index.ts' } }),
    'bun.lock': '{}',
    'src/index.ts': 'Bun.serve({ port: Bun.env.PORT ?? 3000, fetch });\n',
  },
  fastapi: {
    'requirements.txt': 'fastapi==0.120\nuvicorn\n',
    'app/main.py':
      'from fastapi import FastAPI\n\napi = FastAPI(title="x")\n\n@api.get("/x")\ndef x(): ...\n',
  },
  flask: {
    'uv.lock': 'version = 1\n',
    'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["flask", "gunicorn"]\n',
    'web.py':
      'app = Flask(__name__)\n\n@app.route("/ping")\ndef ping(): ...\n\n@app.route("/items")\ndef items(): ...\n\n@app.route("/o", methods=["POST"])\ndef o(): ...\n',
  },
  django: {
    'requirements.txt': 'Django==6\n',
    'manage.py': 'main()\n',
    'shop/wsgi.py': 'application = get_wsgi_application()\n',
  },
  go: {
    'go.mod': 'module example.com/shop\n',
    'cmd/server/main.go':
      'package main\n\nfunc main() {\n\tmux.HandleFunc("GET /healthz", ok)\n\tmux.HandleFunc("GET /items/{id}", one)\n\tmux.HandleFunc("/items", items)\n\thttp.ListenAndServe(":8080", mux)\n}\n',
    'cmd/migrate/main.go': 'package main\n\nfunc main() {}\n',
  },
  rust: {
    'Cargo.toml': '[package]\nname = "shop"\nversion = "1.0.0"\n\n[dependencies]\naxum = "0.8"\n',
    'src/main.rs':
      '#[tokio::main]\nasync fn main() {\n  let port = std::env::var("PORT").unwrap();\n  let app = Router::new().route("/items", get(items));\n}\n',
  },
  compose: {
    'docker-compose.yml':
      'services:\n  db: { image: postgres, ports: ["5432:5432"] }\n  web:\n    build: .\n    ports: ["127.0.0.1:8081:80/tcp"]\n',
    Dockerfile: 'FROM nginx\nEXPOSE 80\n',
  },
  'compose with PORT': {
    'compose.yaml':
      'services:\n  web:\n    build: { context: . }\n    ports:\n      - { target: 80, published: "${PORT:-8080}" }\n',
  },
  dockerfile: {
    Dockerfile:
      'FROM golang AS build\nEXPOSE 9\nFROM scratch\nARG PORT_INSIDE=7000\nENV HTTP=${PORT_INSIDE}\nEXPOSE $PORT_INSIDE/tcp\nCMD ["/app"]\n',
  },
  procfile: {
    Procfile: 'release: ./migrate\nweb: gunicorn shop:app --bind 0.0.0.0:$PORT\n',
    'requirements.txt': 'gunicorn\n',
  },
  openapi: {
    'package.json': packageJson({ scripts: { start: 'node server.js' } }),
    'server.js': listening('process.env.PORT'),
    'docs/openapi.yaml': OPENAPI,
  },
  empty: { 'README.md': '# Nothing yet\n' },
  monorepo: {
    'package.json': packageJson({
      workspaces: ['apps/*'],
      scripts: { dev: 'turbo dev', build: 'turbo build' },
    }),
    'package-lock.json': '{}',
    'apps/api/package.json': packageJson({ scripts: { start: 'node server.js' } }),
    'apps/api/server.js': EXPRESS,
    'apps/site/package.json': packageJson({ scripts: { dev: 'astro dev' } }),
  },
} satisfies Record<string, Files>;
