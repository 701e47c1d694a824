import { describe, expect, test } from '@jest/globals';
import { initOf, placeOf, REPOSITORIES, written } from './repositories.ts';

describe('flags', () => {
  test('override what would be found', () => {
    const { plan, config } = initOf(placeOf(REPOSITORIES.compose), {
      start: 'make serve',
      url: 'http://localhost:9000/shop?x=1',
    });
    expect(written(config)).toMatchObject({
      target: { start: 'make serve', url: 'http://localhost:9000' },
      scenarios: { default: { requests: ['GET /shop?x=1'] } },
    });
    expect(written(config).target.stop).toBeUndefined();
    expect(plan.unknown).toEqual([]);
  });

  test.each([
    ['make serve', { 'app.py': 'app.run(port=5001)' }, 'http://127.0.0.1:5001'],
    ['make serve --port=7000', { 'app.js': 'listen(process.env.PORT)' }, 'http://127.0.0.1:7000'],
    ['bin/serve -p ${PORT}', { 'app.js': 'x.listen(3000)' }, 'http://127.0.0.1:${PORT}'],
    ['make serve', { 'app.js': 'x.listen(process.env.API_PORT)' }, undefined],
  ])('%s: the port is looked for where the command does not say it', (start, files, url) => {
    const { plan } = initOf(placeOf(files), { start });
    expect(plan.unknown.map(({ key }) => key)).toEqual(
      url === undefined ? ['url', 'scenarios'] : ['scenarios'],
    );
    if (url !== undefined) expect(plan.url.value).toBe(url);
  });

  test('a URL alone measures what is running', () => {
    const { plan, config } = initOf(placeOf({}), { url: 'http://127.0.0.1:9000' });
    expect(written(config).target).toEqual({ url: 'http://127.0.0.1:9000' });
    expect(plan.unknown.map(({ key }) => key)).toEqual(['scenarios']);
  });
});

test.each([
  ['Gemfile', 'bundle exec rails server --port ${PORT}'],
  ['build.gradle.kts', 'java -jar build/libs/NAME.jar --server.port=${PORT}'],
  ['src/Shop/Shop.csproj', 'dotnet run --urls http://127.0.0.1:${PORT}'],
])('%s: what to give is shown, not guessed', (file, command) => {
  const { plan, config } = initOf(placeOf({ [file]: '' }));
  expect(plan.unknown[0]?.text).toContain(`--start COMMAND, such as "${command}" (there is ${file})`);
  expect(written(config).target.start).toBeUndefined();
});
