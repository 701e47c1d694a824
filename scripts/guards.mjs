// Removes each guard of the threat model in turn, in a copy of the repository, and shows that a test goes red for it:
// `node scripts/guards.mjs [NAME...]`. Ends with 1 when one can be removed unnoticed, or is not where it is looked for; with
// `--check` it only looks whether each and its tests are there, and tests nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guards } from './guards-list.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const onlyCheck = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--check');
const chosen = guards.filter(
  ({ guard, property }) =>
    wanted.length === 0 || wanted.some((name) => `${property}. ${guard}`.includes(name)),
);
const PROPERTIES = 15;
const LEFT_OUT = new Set(['node_modules', '.git', 'dist']);

/** End to end what is started is the bundle, which is then built of what is in the copy. */
const isBundled = ({ tests }) => tests.startsWith('e2e/');

function bundle() {
  const { status, stderr } = spawnSync(process.execPath, [join('scripts', 'build.mjs')], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the copy cannot be bundled:\n${stderr}`);
}

const occurrences = ({ find }, source) => source.split(find).length - 1;

function jest({ tests, names }) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join('node_modules', 'jest', 'bin', 'jest.js'),
      `--selectProjects=${isBundled({ tests }) ? 'e2e' : 'unit'}`,
      `--testPathPatterns=__tests__/(${tests})\\.test\\.ts$`,
      `--testNamePattern=${names}`,
      '--testTimeout=120000',
      // What a test that goes red leaves open is not waited for.
      '--forceExit',
    ],
    { cwd: copy, encoding: 'utf8' },
  );
  const said = `${stdout}${stderr}`;
  const counts = /^Tests: .*$/m.exec(said)?.[0] ?? '';
  return { green: status === 0, red: status !== 0 && /\d+ failed/.test(counts), said };
}

if (onlyCheck) {
  const isTested = ({ tests }) => existsSync(join(root, '__tests__', `${tests}.test.ts`));
  const lost = chosen.filter((one) => occurrences(one, readFileSync(join(root, one.file), 'utf8')) !== 1);
  const untested = chosen.filter((one) => !isTested(one));
  const without = Array.from({ length: PROPERTIES }, (_, i) => i + 1).filter((number) =>
    guards.every(({ property }) => property !== number),
  );
  for (const { property, guard, file } of lost)
    console.error(`not there once: ${property}. ${guard} (${file})`);
  for (const { property, guard, tests } of untested)
    console.error(`no such tests: ${property}. ${guard} (${tests})`);
  for (const number of without) console.error(`no guard of promise ${number}`);
  console.log(`${chosen.length - lost.length} of ${chosen.length} guards are where they are looked for`);
  process.exit(lost.length + untested.length + without.length > 0 ? 1 : 0);
}

const copy = mkdtempSync(join(tmpdir(), 'guards-'));
const unnoticed = [];
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(path.slice(root.length).split(/[\\/]/)[0]),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  if (chosen.some(isBundled)) bundle();
  const green = new Map();
  for (const one of chosen) {
    const key = `${one.tests} > ${one.names}`;
    if (!green.has(key)) green.set(key, jest(one));
  }
  const bad = [...green].filter(([, { green }]) => !green);
  if (bad.length > 0) {
    console.error(
      bad.map(([key, { said }]) => `red with every guard in place: ${key}\n${said.slice(-2000)}`).join('\n'),
    );
    process.exitCode = 1;
  } else {
    for (const one of chosen) {
      const { property, guard, file, find, replace, tests, names } = one;
      const path = join(copy, file);
      const source = readFileSync(path, 'utf8');
      const name = `${property}. ${guard} (${file})`;
      if (occurrences(one, source) !== 1) {
        unnoticed.push(`${name}: is not there once`);
        console.log(`MISSING ${name}`);
        continue;
      }
      writeFileSync(
        path,
        source.replace(find, () => replace),
      );
      if (isBundled(one)) bundle();
      const { red, said } = jest({ tests, names });
      writeFileSync(path, source);
      console.log(`${red ? 'red     ' : 'UNNOTICED'} ${name}: ${tests}`);
      if (!red) unnoticed.push(`${name}: ${said.slice(-500)}`);
    }
    console.log(
      `${chosen.length - unnoticed.length} of ${chosen.length} guards are missed when they are gone`,
    );
    if (unnoticed.length > 0) {
      console.error(unnoticed.join('\n'));
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
