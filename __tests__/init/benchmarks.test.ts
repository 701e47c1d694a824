import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { type Files, initOf, packageJson, placeOf, written } from './repositories.ts';

const library = (scripts: Record<string, string>, devDependencies = {}): Files => ({
  'package.json': packageJson({ main: 'src/index.js', scripts, devDependencies }),
  'src/index.js': 'export const sum = (a, b) => a + b;\n',
});
const exported = 'export function parse() { return 1; }\n';

describe('a library with benchmarks and no service', () => {
  test.each<[string, Files, string, boolean]>([
    [
      'tinybench',
      {
        ...library({ bench: 'node bench/index.js' }, { tinybench: '2' }),
        'bench/index.js': "import { Bench } from 'tinybench';\nawait new Bench().run();\n",
      },
      'bench/index.js',
      false,
    ],
    [
      'vitest',
      {
        ...library({ bench: 'vitest bench --run' }, { vitest: '2' }),
        'src/sum.bench.ts': "import { bench } from 'vitest';\nexport default 1;\n",
      },
      'src/sum.bench.ts',
      false,
    ],
    [
      'mitata',
      { ...library({}, { mitata: '1' }), 'benchmarks/parse.mjs': 'import { run } from "mitata";\n' },
      'benchmarks/parse.mjs',
      false,
    ],
    [
      'exports',
      { ...library({ bench: 'node bench/run.js' }), 'bench/run.js': 'go()', 'bench/a.js': exported },
      'bench/a.js',
      true,
    ],
  ])('of %s is measured by a scenario of type micro', (_, files, module, sure) => {
    const { plan, config } = initOf(placeOf(files));
    expect(written(config).scenarios).toEqual({ benchmarks: { type: 'micro', module } });
    expect(config).not.toMatch(/3000|start:|url:/);
    expect(plan.unknown.map(({ key }) => key)).toEqual(sure ? [] : ['scenarios']);
    const read = parseConfig(config, { file: 'x.yml', workingDirectory: '.', env: {} });
    expect(read.scenarios).toMatchObject([{ type: 'micro' }]);
  });

  test('is set up first, where it has dependencies', () => {
    const { target } = written(
      initOf(placeOf({ ...library({ bench: 'x', build: 'tsc' }, { vitest: '2' }), 'bench/a.js': exported }))
        .config,
    );
    expect(target).toEqual({ setup: 'npm install && npm run build' });
  });

  test('is no service, and what is given or starts goes first', () => {
    const files = { ...library({ bench: 'node bench/a.js' }), 'bench/a.js': exported };
    expect(initOf(placeOf(files), { start: 'x' }).config).not.toContain('micro');
    expect(initOf(placeOf({ ...files, 'server.js': 'x.listen(3000)' })).config).not.toContain('micro');
  });

  test.each<[string, Files]>([
    ['a folder alone', { ...library({}), 'bench/a.js': exported }],
    ['a script alone', library({ bench: 'hyperfine x' })],
    ['a library alone', library({}, { vitest: '2' })],
  ])('%s is none', (_, files) => expect(initOf(placeOf(files)).config).not.toContain('micro'));
});
