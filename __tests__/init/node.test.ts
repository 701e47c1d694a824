import { describe, expect, test } from '@jest/globals';
import { initOf, packageJson, placeOf, written } from './repositories.ts';

describe('what is done once is not done at each boot', () => {
  test.each([
    [{ prestart: 'npm run build', build: 'tsc', start: 'node dist/server.js' }, 'npm run prestart'],
    [{ build: 'tsc', start: 'npm run build && node dist/server.js' }, 'npm run build'],
    [
      { build: 'tsc', migrate: 'x', start: 'npm run migrate && node dist/server.js' },
      'npm run build && npm run migrate',
    ],
    [{ start: 'tsc && node dist/server.js' }, 'npx tsc'],
    [{ start: 'npx tsc -p . && node dist/server.js' }, 'npx tsc -p .'],
    [{ build: 'tsc', start: 'tsc && node dist/server.js' }, 'npm run build'],
    [
      { gen: 'x', start: 'npm run gen && nest build && node dist/server.js' },
      'npm run gen && npx nest build',
    ],
    [{ start: 'tsc --watch && node dist/server.js' }, undefined],
    [{ start: 'tsc -p $DIR && node dist/server.js' }, undefined],
    [{ start: 'sh prepare.sh && node dist/server.js' }, undefined],
  ])('%j', (scripts, setup) => {
    const { target } = written(initOf(placeOf({ 'package.json': packageJson({ scripts }) })).config);
    expect(target.setup).toBe(setup);
    expect(target.start).toBe(setup === undefined ? 'npm start' : 'NODE_ENV=production node dist/server.js');
  });
});

test.each([
  [
    'node --env-file=.env server.js',
    { '.gitignore': 'dist\n.env\n', '.env': 'A=1' },
    /^\.env is not in the repository/,
  ],
  [
    'node -r dotenv/config server.js',
    { '.env.example': 'A=1' },
    /^if it needs the variables of \.env\.example/,
  ],
  ['node --env-file=.env server.js', { '.env': 'A=1' }, undefined],
])('%s: what only this machine has is told', (start, files, note) => {
  const found = initOf(
    placeOf({
      ...files,
      'package.json': packageJson({ scripts: { start } }),
      'server.js': 'x.listen(process.env.PORT)',
    }),
  );
  expect(found.plan.service.notes).toEqual(note === undefined ? [] : [expect.stringMatching(note)]);
  expect(found.plan.url.why).toBe('server.js reads PORT');
});

test.each([
  ['nodemon -L src/index.js', 'NODE_ENV=production node src/index.js'],
  ['nodemon --exec babel-node src/index.js', 'npm run dev'],
  ['node --watch src/index.js --verbose', 'NODE_ENV=production node src/index.js --verbose'],
])('%s is watched only by developers', (dev, start) => {
  const files = { 'package.json': packageJson({ scripts: { dev } }), 'src/index.js': 'app.listen(3000)' };
  expect(written(initOf(placeOf(files)).config).target.start).toBe(start);
});

test.each([
  ['app.listen(process.env.PORT)', 8080, false],
  ['app.listen(5000)', 5000, false],
  ['', 8080, true],
])('a Dockerfile without EXPOSE around %j', (source, port, guessed) => {
  const { config, plan } = initOf(placeOf({ Dockerfile: 'FROM node', 'main.js': source }));
  expect(written(config).target.start).toContain(`--env PORT=${port} --publish 127.0.0.1:\${PORT}:${port} `);
  expect(plan.service.notes.some((note) => note.includes('could not be found out'))).toBe(guessed);
});

test('a package.json with a catalogue of components alone does not hide the service beside it', () => {
  const files = {
    'package.json': packageJson({
      scripts: { start: 'storybook dev -p 6006' },
      devDependencies: { storybook: '9' },
    }),
    'requirements.txt': 'fastapi\nuvicorn\n',
    'app/main.py': 'app = FastAPI()\n',
  };
  const { plan, config } = initOf(placeOf(files));
  expect(plan.service.kind).toBe('Python');
  expect(config).not.toContain('6006');
});

test('what is put before a command is said', () => {
  const of = (start: string) =>
    initOf(
      placeOf({
        'package.json': packageJson({ scripts: { start } }),
        'server.js': 'x.listen(process.env.PORT)',
      }),
    ).plan.service.start?.why;
  expect(of('node server.js')).toMatch(/without npm around it, NODE_ENV as in production/);
  expect(of('NODE_ENV=test node server.js')).not.toContain('NODE_ENV');
});

test('yarn is there already in its first version, and corepack brings the one that is stated', () => {
  const step = (fields: object, lock: string) =>
    initOf(
      placeOf({ 'package.json': packageJson({ scripts: { start: 'x' }, ...fields }), 'yarn.lock': lock }),
    ).plan.service.steps[1];
  expect(step({}, '# yarn lockfile v1\n')).toBeUndefined();
  expect(step({ packageManager: 'yarn@4.5.0' }, '')?.why).toBe(
    'yarn, in the version that packageManager states',
  );
  expect(step({}, '__metadata:\n')?.why).toBe('yarn, of which the runner has version 1 alone');
});
