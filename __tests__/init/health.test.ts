import { describe, expect, test } from '@jest/globals';
import { initOf, packageJson, placeOf, written } from './repositories.ts';

describe('a health check', () => {
  const start = { 'package.json': packageJson({ scripts: { start: 'node server.js' } }) };
  const readyOf = (files: Record<string, string>) => {
    const { plan, config } = initOf(placeOf({ ...start, ...files }));
    return { path: written(config).target.ready?.path, notes: plan.service.notes };
  };
  const server = 'app.use(router);\napp.listen(process.env.PORT);\n';

  test.each<[string, Record<string, string>, string | undefined]>([
    [
      'rather than readiness, which may ask for a database',
      { 'server.js': `${server}url === '/ready' || url === '/healthz'` },
      '/healthz',
    ],
    [
      'on a router that is mounted nowhere else',
      { 'server.js': `${server}router.get('/health', ok)` },
      '/health',
    ],
    [
      'of a Nest controller',
      { 'src/health.controller.ts': "@Controller('health')\nexport class Health {}" },
      '/health',
    ],
    [
      'of a Nest controller behind a prefix',
      {
        'src/main.ts': "app.setGlobalPrefix('api');",
        'src/health.controller.ts': "@Controller('health')\nexport class Health {}",
      },
      '/api/health',
    ],
    ['that is a file of Next', { 'src/app/(internal)/api/health/route.ts': '' }, '/api/health'],
    ['that is a file of Nuxt', { 'server/api/healthz.get.ts': '' }, '/api/healthz'],
    ['that is a file of SvelteKit', { 'src/routes/health/+server.ts': '' }, '/health'],
    ['by a weak word, on the application itself', { 'server.js': `${server}app.get('/ping', ok)` }, '/ping'],
    ['never by a weak word alone', { 'server.js': `${server}fetch('/status')` }, undefined],
  ])('%s', (_, files, path) => {
    expect(readyOf(files).path).toBe(path);
  });

  test.each<[string, Record<string, string>]>([
    [
      'Express',
      {
        'server.js':
          "app.use(config.base, router);\napp.listen(process.env.PORT);\nrouter.get('/health', ok)",
      },
    ],
    [
      'Fastify',
      {
        'server.js':
          "fastify.register(routes, { prefix: '/v1' });\nfastify.listen({ port: process.env.PORT });",
        'routes.js':
          "export default async (fastify) => {\n  fastify.get('/health', ok);\n  fastify.get('/items', ok);\n};",
      },
    ],
  ])('behind a prefix of %s is not waited for, and it is said', (_, files) => {
    const { path, notes } = readyOf(files);
    expect(path).toBeUndefined();
    expect(notes).toEqual([
      expect.stringMatching(/has a health check, \/health, behind a prefix/),
      expect.stringMatching(/GET \/health/),
    ]);
    const { plan } = initOf(placeOf({ ...start, ...files }));
    expect(plan.scenarios.flatMap(({ requests }) => requests)).toEqual(['GET /']);
  });
});

describe('routes of frameworks', () => {
  const routesOf = (files: Record<string, string>) =>
    initOf(placeOf(files)).plan.scenarios.flatMap(({ requests }) => requests);

  test('Nest: the prefix, the controller and the method; neither guards nor parameters', () => {
    const controller = `@Controller('cats')
export class Cats {
  @Get()
  all() { return []; }
  @Get('names')
  names(): string[] { return []; }
  @Get(':id')
  one(@Param('id') id: string) {}
  @Get('search')
  search(@Query('q') q: string) { return q; }
  @UseGuards(Auth) @Post() add() {}
}`;
    const main = "app.setGlobalPrefix('api');\nawait app.listen(3000);";
    const json = packageJson({ scripts: { 'start:prod': 'node dist/main' } });
    const files = {
      'package.json': json,
      'src/main.ts': main,
      'src/app.controller.ts': '@Controller()\nclass A { @Get() home() {} }',
    };
    expect(routesOf({ ...files, 'src/cats.controller.ts': `@UseGuards(Auth)\n${controller}` })).toEqual([
      'GET /api',
    ]);
    expect(routesOf({ ...files, 'src/cats.controller.ts': controller })).toEqual([
      'GET /api',
      'GET /api/cats',
      'GET /api/cats/names',
    ]);
    expect(routesOf({ ...files, 'src/main.ts': `app.enableVersioning();${main}` })).toEqual(['GET /']);
  });

  test('Django: the urls of the project', () => {
    const files = { 'requirements.txt': 'django', 'manage.py': '', 'shop/settings.py': '' };
    const urls =
      'urlpatterns = [path("", home), path("items/", items), path("i/<int:id>", item), path("admin/", admin.site.urls), path("api/", include("api.urls"))]';
    expect(routesOf({ ...files, 'shop/urls.py': urls, 'api/urls.py': 'path("other", x)' })).toEqual([
      'GET /',
      'GET /items/',
    ]);
  });

  test('Go: beside main alone', () => {
    const main = 'package main\n\nfunc main() {\n\tr := gin.Default()\n\tr.GET("/a", a)\n\tr.Run()\n}\n';
    const files = {
      'go.mod': 'module x',
      'main.go': main,
      'users/routes.go': 'package users\n\nfunc R(r *gin.RouterGroup) { r.GET("/b", b) }',
    };
    expect(routesOf(files)).toEqual(['GET /a']);
    expect(initOf(placeOf(files)).plan.url.why).toBe('main.go runs Gin, which listens on PORT');
  });
});
