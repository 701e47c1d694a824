import { describe, expect, test } from '@jest/globals';
import { type Files, initOf, packageJson, placeOf, written } from './repositories.ts';

const node = (json: object = {}): Files => ({
  'package.json': packageJson({ scripts: { start: 'node server.js' }, ...json }),
});
const found = (files: Files) => {
  const { plan, config } = initOf(placeOf(files));
  const requests = plan.scenarios.filter(({ why }) => why !== 'a guess').flatMap((one) => one.requests);
  return { target: written(config).target, requests, left: plan.left };
};

describe('a port', () => {
  test.each([
    ["import { PORT } from './config.js';\napp.listen(PORT);", 'export const PORT = 4567;'],
    ["const config = require('./config');\napp.listen(config.port);", 'module.exports = { port: 4567 };'],
  ])('of a file of settings: %s', (server, config) => {
    expect(found({ ...node(), 'server.js': server, 'config.js': config }).target.url).toBe(
      'http://127.0.0.1:4567',
    );
  });

  test('that a Dockerfile gives as PORT, and its health check', () => {
    const Dockerfile =
      'FROM node AS build\nENV PORT=1\nFROM node\nENV NODE_ENV=production PORT=8090\nHEALTHCHECK --interval=5s \\\n  CMD wget -qO- http://localhost:8090/alive || exit 1\n';
    const { target } = found({ Dockerfile });
    expect(target.start).toContain('--publish 127.0.0.1:${PORT}:8090 ');
    expect(target.ready?.path).toBe('/alive');
  });
});

describe('Next', () => {
  const files = {
    ...node({ scripts: { start: 'next start' }, dependencies: { next: '16' } }),
    'app/page.tsx': '',
    'app/(shop)/cart/page.tsx': '',
    'app/blog/[slug]/page.tsx': '',
    'app/api/hello/route.ts': 'export async function GET() {}',
    'app/api/users/[id]/route.ts': 'export const GET = x;\nexport async function POST() {}',
    'pages/_app.js': '',
    'pages/about.js': '',
    'pages/api/old.js': 'export default (req, res) => res.json({});',
    'pages/api/add.js': "export default (req, res) => { if (req.method !== 'POST') return; };",
  };

  test('has its pages and handlers, and those with values are left', () => {
    const { requests, left } = found(files);
    expect(requests).toEqual(['GET /about', 'GET /api/old', 'GET /cart', 'GET /api/hello', 'GET /']);
    expect([...left].sort()).toEqual([
      'GET /api/add (it may be for another method)',
      'GET /api/users/[id]',
      'GET /blog/[slug]',
      'POST /api/users/[id]',
    ]);
  });

  test('behind a base path has none that can be told', () => {
    const config = 'export default { basePath: "/docs" };';
    expect(found({ ...files, 'next.config.js': config }).requests).not.toContain('GET /cart');
  });
});
