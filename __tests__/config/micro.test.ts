import { describe, expect, test } from '@jest/globals';
import { problemsOf, read } from './configs.ts';

const micro = (keys: string): string => `scenarios:\n  s: { type: micro, ${keys} }\n`;
const first = (keys: string, env?: Record<string, string>) => read(micro(keys), env).scenarios[0];

describe('micro-benchmarks', () => {
  test('a module with every default', () => {
    expect(first('module: bench/a.mjs')).toMatchObject({
      type: 'micro',
      timeoutMs: 30_000,
      run: { type: 'module', module: 'bench/a.mjs', bench: [], inputs: [], concurrency: 1 },
    });
  });

  test('params are all combinations, named so that each can be told', () => {
    const run = (keys: string) => {
      const found = first(`module: a.ts, ${keys}`);
      return found?.type === 'micro' && found.run.type === 'module' ? found.run.inputs : [];
    };
    expect(run('params: [10, small, true]')).toEqual([
      { name: '10', value: 10 },
      { name: 'small', value: 'small' },
      { name: 'true', value: true },
    ]);
    expect(run('params: { n: [1, 2], of: [x, y] }')).toEqual([
      { name: 'n=1, of=x', value: { n: 1, of: 'x' } },
      { name: 'n=1, of=y', value: { n: 1, of: 'y' } },
      { name: 'n=2, of=x', value: { n: 2, of: 'x' } },
      { name: 'n=2, of=y', value: { n: 2, of: 'y' } },
    ]);
  });

  test('a command gets its secrets by its environment', () => {
    const config = read(micro('command: "run --key ${env:KEY} $HOME", timeout: 2m'), { KEY: 'hunter2' });
    expect(config.scenarios[0]).toMatchObject({
      timeoutMs: 120_000,
      run: { type: 'command', command: 'run --key ${KEY} $HOME', env: { KEY: 'hunter2' } },
    });
    expect(config.secrets).toEqual(['hunter2']);
    expect(problemsOf(micro('command: "run ${env:KEY}"'))[0]).toContain('needs KEY, which is not set');
  });

  test('criteria are of what is measured: heap of a function, memory of a command', () => {
    expect(first('module: a.mjs')?.criteria.map(({ metric, fail }) => [metric, fail?.text])).toEqual([
      ['time', '+10%'],
    ]);
    expect(first('command: x')?.criteria.map(({ metric, fail }) => [metric, fail?.text])).toEqual([
      ['time', '+10%'],
      ['memory', '+30%'],
    ]);
    expect(problemsOf(micro('module: a.mjs, criteria: { memory: +5% }'))[0]).toContain(
      'unknown key "memory"',
    );
    expect(problemsOf(micro('module: a.mjs, max-errors: 5%'))[0]).toContain('unknown key "max-errors"');
    expect(problemsOf(micro('command: x, limits: { heap: 1MB }'))[0]).toContain('unknown key "heap"');
    expect(first('module: a.mjs, limits: { time: 1.5us, ops: 100/s, heap: 1kB }')?.limits).toMatchObject([
      { metric: 'time', fail: { bound: 1500 } },
      { metric: 'ops', fail: { bound: 100 } },
      { metric: 'heap', fail: { bound: 1000 } },
    ]);
  });

  test('a criterion or limit of a part that bench and params do not make is a problem', () => {
    const problems = (keys: string) => problemsOf(micro(keys));
    for (const key of ['criteria: { b: { time: off } }', 'limits: { b: { time: 5ms } }'])
      expect(problems(`module: a.mjs, bench: [a], ${key}`)).toEqual([
        expect.stringMatching(/unknown key "b".* expected a metric \(.*\) or a part \(a\)/),
      ]);
    expect(problems('module: a.mjs, bench: a, params: [1, 2], criteria: { a: { time: +5% } }')[0]).toMatch(
      /unknown key "a".* a part \(a \(1\), a \(2\)\)/,
    );
    expect(problems('command: x, criteria: { nosuch: { time: +5% } }')[0]).toMatch(/unknown key "nosuch"/);
    // What is wrong itself is no reason to call other things unknown.
    expect(problems('module: a.mjs, bench: [5], criteria: { a: { time: +5% } }')).toHaveLength(1);
    const named = 'module: a.mjs, bench: [a, b], params: { n: [1] }, criteria: { "b (n=1)": { time: off } }';
    expect(first(named)?.criteria).toContainEqual({ part: 'b (n=1)', metric: 'time' });
    expect(first('module: a.mjs, bench: [a], limits: { a: { time: 5ms } }')?.limits).toMatchObject([
      { part: 'a', metric: 'time' },
    ]);
  });

  test('parts are known only when it runs, so a criterion may name any', () => {
    expect(first('module: a.mjs, criteria: { "sort (10)": { time: +50% } }')?.criteria).toContainEqual(
      expect.objectContaining({ part: 'sort (10)', metric: 'time' }),
    );
  });

  test('what makes the load is in its hash, what judges it is not', () => {
    const load = (keys: string) => first(keys)?.load;
    const plain = load('module: a.mjs');
    expect(load('module: a.mjs, criteria: { time: +50% }')).toBe(plain);
    for (const other of ['b.mjs', 'a.mjs, bench: f', 'a.mjs, params: [1]', 'a.mjs, concurrency: 2'])
      expect(load(`module: ${other}`)).not.toBe(plain);
  });

  test.each([
    ['', /module: is missing; expected a module, or a command/],
    ['module: a.mjs, command: x', /command: "x" cannot stand beside module/],
    ['command: x, params: [1]', /params: a list cannot stand beside command/],
    ['module: /etc/a.mjs', /expected the path of a module, relative to the working directory/],
    ['module: "C:\\\\a.mjs"', /expected the path of a module, relative/],
    ['module: a.mjs, bench: []', /bench/],
    ['module: a.mjs, bench: [f, f]', /expected each export once/],
    ['module: a.mjs, params: []', /expected a list of 1 to 100 values/],
    ['module: a.mjs, params: {}', /expected a list of values such as/],
    ['module: a.mjs, params: [1, 1]', /expected each value once/],
    ['module: a.mjs, params: [[1]]', /expected text, a number, true or false/],
    ['module: a.mjs, concurrency: 0', /expected a whole number from 1 to 10000/],
    ['module: a.mjs, timeout: 1', /expected a duration from 10ms to 1h/],
    ['modul: a.mjs', /unknown key "modul", did you mean "module"\?/],
  ])('%s', (keys, expected) => {
    expect(problemsOf(micro(keys)).join('\n')).toMatch(expected);
  });

  test('too many combinations are told', () => {
    const list = `[${Array.from({ length: 11 }, (_, i) => i)}]`;
    expect(problemsOf(micro(`module: a.mjs, params: { a: ${list}, b: ${list} }`))[0]).toContain(
      'makes 121 combinations; expected at most 100 combinations',
    );
  });
});

describe('a target is needed only where a scenario has a use for one', () => {
  test('micro-benchmarks alone need none, and may have a setup and an environment', () => {
    expect(read(micro('module: a.mjs')).target).toMatchObject({ url: '', port: { type: 'none' }, env: {} });
    const { target } = read(`target: { setup: npm ci, env: { A: 1 } }\n${micro('module: a.mjs')}`);
    expect(target).toMatchObject({ setup: 'npm ci', env: { A: '1' }, port: { type: 'none' } });
    expect(target.start).toBeUndefined();
  });

  test('one that is given is started for them', () => {
    const { target } = read(`target: { start: npm start }\n${micro('module: a.mjs')}`);
    expect(target).toMatchObject({ start: 'npm start', port: { type: 'free' } });
  });

  test('any other scenario beside them needs it', () => {
    const text = `${micro('module: a.mjs')}  h: { type: http, requests: [/] }\n`;
    expect(problemsOf(text).join('\n')).toContain('target: is missing');
    expect(problemsOf(`target: {}\n${text}`).join('\n')).toContain('target.url: is missing');
    expect(problemsOf('scenarios: {}').join('\n')).toContain('scenarios');
  });
});
