import { describe, expect, test } from '@jest/globals';
import { problemsOf, read } from './configs.ts';

const target = (keys: string) => `target: { ${keys} }\nscenarios: { s: { type: http, requests: [/] } }\n`;

describe('the url of a service that is started here', () => {
  test.each([
    ['http://127.0.0.1:${PORT}', 'free'],
    ['http://localhost:${PORT}/api', 'free'],
    ['http://[::1]:${PORT}', 'free'],
    ['http://127.0.0.1:3000', 'fixed'],
    ['http://app.localhost:3000', 'fixed'],
    ['http://0.0.0.0:3000', 'fixed'],
    ['http://127.0.0.1:80', 'fixed'],
    ['https://localhost:443/', 'fixed'],
  ])('%s has a %s port', (url, type) => {
    expect(read(target(`start: node server.js, url: "${url}"`)).target.port.type).toBe(type);
  });

  test.each([
    [
      'http://example.test:3000',
      /another host; expected http:\/\/127\.0\.0\.1:\$\{PORT\}, as start runs here/,
    ],
    ['http://10.0.0.7:${PORT}', /another host/],
    ['http://localhost.example.test:3000', /another host/],
    ['http://127.0.0.1', /has no port; expected a port: http:\/\/127\.0\.0\.1:\$\{PORT\} for a free one/],
    ['http://[::1]/api', /has no port/],
  ])('%s is a problem with its place', (url, message) => {
    const [problem, ...more] = problemsOf(target(`start: node server.js, url: "${url}"`));
    expect(problem).toMatch(/^perf\.yml:1:\d+ target\.url: /);
    expect(problem).toMatch(message);
    expect(more).toEqual([]);
  });

  test('a host that is a secret is known only with it', () => {
    const text = target('start: x, url: "http://${env:HOST}:3000"');
    expect(read(text, null).target.url).toBe('http://${env:HOST}:3000');
    expect(read(text, { HOST: '127.0.0.1' }).target.port).toEqual({ type: 'fixed', port: 3000 });
    expect(problemsOf(text, { HOST: 'example.test' })).toEqual([expect.stringMatching(/another host/)]);
  });

  test('without start it may be anywhere', () => {
    expect(read(target('url: "http://example.test"')).target.port).toEqual({ type: 'fixed', port: 80 });
  });
});

describe('what a process cannot be given', () => {
  test.each([
    [
      'start: x, env: { A: "b\\0c" }',
      /^perf\.yml:1:\d+ target\.env\.A: .* has a NUL, which no variable can hold/,
    ],
    [
      'start: x, env: { "A=B": c }',
      /^perf\.yml:1:\d+ target\.env\["A=B"\]: .*a name of letters, digits and _/,
    ],
    ['start: x, env: { "A\\0": c }', /^perf\.yml:1:\d+ target\.env\["A\\u0000"\]: .*a name of letters/],
    ['start: "x\\0y"', /^perf\.yml:1:\d+ target\.start: .*a shell command, without NUL/],
  ])('%s', (keys, message) => {
    expect(problemsOf(target(keys))).toEqual([expect.stringMatching(message)]);
  });
});
