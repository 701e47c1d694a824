import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ReadOptions, readConfig } from '../../src/config/read.ts';
import { ConfigError, UsageError } from '../../src/domain/errors.ts';

const CONFIG = 'target: { url: "http://127.0.0.1:3000" }\nscenarios: { s: { type: http, requests: [/] } }\n';
let root = '';
let outside = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perf-config-'));
  outside = mkdtempSync(join(tmpdir(), 'perf-outside-'));
  mkdirSync(join(root, '.github'));
});

afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

const read = (options: Partial<ReadOptions> = {}) =>
  readConfig({ workingDirectory: root, workspace: root, env: {}, ...options });

describe('the file', () => {
  test('is the default one, where there is one', async () => {
    writeFileSync(join(root, '.github/perf-baseline.yml'), CONFIG);
    expect(await read()).toMatchObject({ file: '.github/perf-baseline.yml', workingDirectory: root });
    expect(await read({ file: '', start: '', url: '' })).toMatchObject({ file: '.github/perf-baseline.yml' });
  });

  test('is looked for in the working directory, and shown as the workspace sees it', async () => {
    mkdirSync(join(root, 'services/api'), { recursive: true });
    writeFileSync(join(root, 'services/api/perf.yml'), 'target: {}\n');
    const failure = read({ file: 'perf.yml', workingDirectory: join(root, 'services/api') });
    await expect(failure).rejects.toThrow(/^services\/api\/perf\.yml:1:1 /);
  });

  test.each([
    ['that is missing', 'nope.yml', /^nope\.yml:1:1 there is no such file/],
    ['that is a folder', '.github', /not a regular file/],
    ['that is too large', 'large.yml', /1 MB.* has 1000001 bytes|has 1000001 bytes; expected at most 1 MB/],
    ['that is not text', 'binary.yml', /not UTF-8/],
    ['that is a pipe', 'pipe.yml', /not a regular file/],
    ['that is linked from outside', 'link.yml', /leads out of the workspace/],
    ['in a folder linked from outside', 'linked/perf.yml', /leads out of the workspace/],
  ])('%s is refused', async (_, file, message) => {
    writeFileSync(join(root, 'large.yml'), '#');
    truncateSync(join(root, 'large.yml'), 1_000_001);
    writeFileSync(join(root, 'binary.yml'), Buffer.from([0xff, 0xfe, 0x00]));
    execFileSync('mkfifo', [join(root, 'pipe.yml')]);
    writeFileSync(join(outside, 'perf.yml'), CONFIG);
    symlinkSync(join(outside, 'perf.yml'), join(root, 'link.yml'));
    symlinkSync(outside, join(root, 'linked'));
    const failure = read({ file });
    await expect(failure).rejects.toBeInstanceOf(ConfigError);
    await expect(failure).rejects.toThrow(message);
  });

  test('may be a link inside the workspace', async () => {
    writeFileSync(join(root, 'real.yml'), CONFIG);
    symlinkSync('real.yml', join(root, 'link.yml'));
    expect(await read({ file: 'link.yml' })).toMatchObject({ file: 'link.yml' });
  });

  test('may be named outside the workspace, by its own name', async () => {
    writeFileSync(join(outside, 'perf.yml'), CONFIG);
    expect(await read({ file: join(outside, 'perf.yml') })).toMatchObject({
      file: join(outside, 'perf.yml'),
    });
  });
});

describe('without a file', () => {
  test('start and url are enough', async () => {
    const config = await read({ start: 'node server.js', url: 'http://127.0.0.1:${PORT}/health?full=1' });
    expect(config).toMatchObject({
      file: null,
      target: { start: 'node server.js', url: 'http://127.0.0.1:${PORT}', port: { type: 'free' } },
      scenarios: [{ name: 'default', type: 'http', requests: [{ method: 'GET', path: '/health?full=1' }] }],
    });
  });

  test.each([
    ['node server.js --token xyz789', 'node …'],
    ['API_KEY=abc123 node server.js', '…'],
    ['./serve', './serve'],
  ])(
    'what %j may hold as a secret is in no name, and in nothing that reports quote',
    async (start, shownStart) => {
      const given = { start, url: 'http://127.0.0.1:${PORT}/health?key=s3cret' };
      const { target, scenarios } = await read({ ...given, conceal: true });
      expect(target).toMatchObject({ start, shownStart });
      expect(scenarios).toMatchObject([{ requests: [{ name: 'GET /health', path: '/health?key=s3cret' }] }]);
      expect((await read(given)).target).not.toHaveProperty('shownStart');
    },
  );

  test('so is the url of a running service', async () => {
    const config = await read({ url: 'http://127.0.0.1:8080' });
    expect(config).toMatchObject({
      target: { url: 'http://127.0.0.1:8080', port: { type: 'fixed', port: 8080 } },
      scenarios: [{ requests: [{ path: '/' }] }],
    });
    expect(config.target).not.toHaveProperty('start');
  });

  test('nothing at all says what to give', async () => {
    await expect(read()).rejects.toThrow(/there is no \.github\/perf-baseline\.yml .* or give start and url/);
    await expect(read()).rejects.toBeInstanceOf(UsageError);
  });

  test.each(['localhost:3000', 'ws://h:1', 'http://', 'http://127.0.0.1:3000/a b', 'http://u:p@h/'])(
    'a wrong url is told: %s',
    async (url) => {
      await expect(read({ url })).rejects.toThrow(/url/);
      await expect(read({ url })).rejects.toBeInstanceOf(UsageError);
    },
  );

  test('a file beside them is one too many', async () => {
    writeFileSync(join(root, '.github/perf-baseline.yml'), CONFIG);
    await expect(read({ url: 'http://h:1' })).rejects.toThrow(/both say what to measure/);
  });
});
