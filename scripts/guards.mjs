// Removes each guard of the threat model in turn, in a copy of the repository, and shows that a test goes red for it:
// `node scripts/guards.mjs [NAME]`. Ends with 1 when one can be removed unnoticed, or is not where it is looked for.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guards } from './guards-list.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv[2];
const chosen = guards.filter(
  ({ guard, property }) => wanted === undefined || `${property} ${guard}`.includes(wanted),
);
const copy = mkdtempSync(join(tmpdir(), 'guards-'));
const LEFT_OUT = new Set(['node_modules', '.git', 'dist']);

function jest({ tests, names }) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join('node_modules', 'jest', 'bin', 'jest.js'),
      '--selectProjects=unit',
      `--testPathPatterns=__tests__/(${tests})\\.test\\.ts$`,
      `--testNamePattern=${names}`,
      '--testTimeout=120000',
    ],
    { cwd: copy, encoding: 'utf8' },
  );
  const said = `${stdout}${stderr}`;
  const counts = /^Tests: .*$/m.exec(said)?.[0] ?? '';
  return { green: status === 0, red: status !== 0 && /\d+ failed/.test(counts), said };
}

const unnoticed = [];
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(path.slice(root.length).split(/[\\/]/)[0]),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
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
    for (const { property, guard, file, find, replace, tests, names } of chosen) {
      const path = join(copy, file);
      const source = readFileSync(path, 'utf8');
      const name = `${property}. ${guard} (${file})`;
      if (source.split(find).length !== 2) {
        unnoticed.push(`${name}: is not there once`);
        console.log(`MISSING ${name}`);
        continue;
      }
      writeFileSync(
        path,
        source.replace(find, () => replace),
      );
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
