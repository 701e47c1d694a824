import type { Place, Service } from './finding.ts';
import { KEPT } from './ignored.ts';
import { listeningOf } from './listening.ts';
import { firstOf, sources } from './tree.ts';

/** Where a build goes that is nobody's; `init` has it ignored by git. */
const GO_BINARY = `${KEPT}/target`;

/** A service of go.mod, null without one. Without a start where there is no main package, or more than one. */
export function goService({ tree }: Place): Service | null {
  if (!tree.paths.includes('go.mod')) return null;
  const mains = [...sources(tree)]
    .filter(
      ({ path, text }) =>
        path.endsWith('.go') && /^package main\b/m.test(text) && /^func main\(\)/m.test(text),
    )
    .map(({ path }) => path);
  const folders = [...new Set(mains.map((path) => path.replace(/\/?[^/]+$/, '')))];
  const servers = folders.filter((folder) => /(?:^|\/)(?:server|api|web|app|service)$/.test(folder));
  const folder = folders.includes('')
    ? ''
    : folders.length === 1
      ? folders[0]
      : servers.length === 1
        ? servers[0]
        : undefined;
  const base = { kind: 'Go', entries: mains, steps: [], listening: listeningOf(tree, mains) };
  if (folder === undefined) {
    const several = `there are several main packages (${folders.slice(0, 5).join(', ')})`;
    return { ...base, notes: folders.length > 1 ? [several] : [] };
  }
  const main = folder === '' ? '.' : `./${folder}`;
  return {
    ...base,
    setup: { value: `go build -o ${GO_BINARY} ${main}`, why: 'by go.mod' },
    start: { value: `${named(base.listening)}./${GO_BINARY}`, why: `the main package in ${main}` },
    notes: [],
  };
}

/** A service of Cargo.toml, null without one. Without a start where it makes no binary, or several. */
export function rustService({ tree }: Place): Service | null {
  const cargo = tree.read('Cargo.toml');
  if (cargo === null) return null;
  const entry = firstOf(tree, ['src/main.rs']);
  const binaries = [...cargo.matchAll(/^\[\[bin\]\][^[]*?^name\s*=\s*"([^"]+)"/gms)].map(([, name]) => name);
  const inPackage = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(cargo)?.[1];
  const stated = /^default-run\s*=\s*"([^"]+)"/m.exec(cargo)?.[1];
  const name = stated ?? (binaries.length === 1 ? binaries[0] : entry === undefined ? undefined : inPackage);
  const rocket = /^rocket\b/m.test(cargo);
  const listening = rocket
    ? ({ type: 'free', why: 'Rocket reads ROCKET_PORT', variable: 'ROCKET_PORT' } as const)
    : listeningOf(tree, entry === undefined ? [] : [entry]);
  return {
    kind: 'Rust',
    setup: { value: 'cargo build --release', why: 'by Cargo.toml' },
    ...(name === undefined
      ? {}
      : { start: { value: `${named(listening)}./target/release/${name}`, why: 'the binary of Cargo.toml' } }),
    listening,
    entries: entry === undefined ? [] : [entry],
    steps: [],
    notes: [],
  };
}

function named(listening: Service['listening']): string {
  return listening.type === 'free' && listening.variable !== undefined
    ? `${listening.variable}=\${PORT} `
    : '';
}
