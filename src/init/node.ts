import { imageCommand } from './containers.ts';
import { environmentNotes } from './environment-notes.ts';
import type { Finding, Listening, Place, Service } from './finding.ts';
import { listeningOf, portArgument, portNumber } from './listening.ts';
import { localBuilds, workspaceOf } from './local-packages.ts';
import {
  installedAt,
  LOCKS,
  type ManagerName,
  nodeSteps,
  type PackageJson,
  packageManagerOf,
  parsePackageJson,
  runScript,
} from './package-manager.ts';
import { notBuiltBy, withoutPreparation } from './preparation.ts';
import { sources, type Tree } from './tree.ts';

/** Scripts that start a service, the one nearest to production first. */
const START_SCRIPTS = ['start:prod', 'start:production', 'start', 'serve', 'preview', 'start:dev', 'dev'];
const ENTRY_FILES = [
  'server',
  'index',
  'app',
  'main',
  'src/server',
  'src/index',
  'src/app',
  'src/main',
].flatMap((name) => ['.js', '.mjs', '.cjs'].map((ending) => name + ending));
const LISTENS = /\.listen\(|\bserve\(|createServer\(/;

/** Programs of node_modules that listen: on the PORT of the environment, or on what an argument says. */
const PROGRAMS: readonly { pattern: RegExp; args?: string }[] = [
  { pattern: /\b(?:next|nuxt|nuxi)\s+(?:start|preview|dev)\b|\bnext\s*$/ },
  { pattern: /\b(?:remix-serve|react-router-serve|remix\s+dev|strapi\s+\w+|fastify\s+start)\b/ },
  { pattern: /\breact-scripts\s+start\b/ },
  { pattern: /(?:^|\s)(?:serve|http-server)(?:\s|$)/ },
  {
    pattern: /(?:^|\s)vite(?:\s+(?:preview|dev|serve))?(?:\s+-|$|\s*$)/,
    args: '--port ${PORT} --strictPort --host 127.0.0.1',
  },
  { pattern: /\bastro\s+(?:preview|dev)\b/, args: '--port ${PORT} --host 127.0.0.1' },
  { pattern: /\b(?:ng|vue-cli-service|gatsby|webpack)\s+(?:serve|develop)\b/, args: '--port ${PORT}' },
  { pattern: /\b(?:json-server|wrangler\s+dev)\b/, args: '--port ${PORT}' },
];

/** A service of package.json; without a start where none of its scripts and files is one. Null without a package.json. */
export function nodeService(place: Place): Service | null {
  const json = parsePackageJson(place.tree.read('package.json'));
  if (json === null) return null;
  const manager = packageManagerOf(place, json);
  const workspace = workspaceOf(
    place,
    json,
    LOCKS.map(([file]) => file),
  );
  const install = workspace === null ? manager.install : installedAt(workspace.up, workspace.root, manager);
  const locals = workspace === null ? [] : localBuilds(workspace, manager.name, json.name);
  const notes: string[] = [];
  const command = commandOf(place.tree, json, manager.name, notes);
  if (command !== null) notes.push(...environmentNotes(place.tree, command.start.value, command.entries));
  const prepared = command?.prepare ?? [];
  const builds = prepared.some((name) => name === 'build' || /\bbuild\b/.test(json.scripts[name] ?? ''));
  const scripts = [...(json.scripts.build === undefined || builds ? [] : ['build']), ...prepared];
  const builders = notBuiltBy(scripts, json, command?.builders ?? []);
  const parts = [
    install?.value,
    ...locals,
    ...scripts.map((name) => runScript(manager.name, name)),
    ...builders.map((text) => `npx ${text}`),
  ];
  const whys = [
    install?.why,
    locals.length === 0 ? undefined : 'by the packages of the workspace that it depends on',
    ...scripts.map((name) => `by the script ${JSON.stringify(name)}`),
    builders.length === 0 ? undefined : 'by what the start script begins with',
  ];
  const present = (part: string | undefined) => part !== undefined;
  return {
    kind: 'Node',
    ...(parts.some(present)
      ? { setup: { value: parts.filter(present).join(' && '), why: whys.filter(present).join(', ') } }
      : {}),
    ...(command === null ? {} : { start: command.start }),
    listening: command?.listening ?? { type: 'unknown' },
    entries: command?.entries ?? [],
    steps: nodeSteps(place, json, manager),
    notes,
  };
}

/** A service of Node without a package.json: a file that listens, under one of the usual names. Null without one. */
export function loneService(place: Place): Service | null {
  if (place.tree.paths.includes('package.json')) return null;
  const json = { scripts: {}, dependencies: {}, hasEngines: false, workspaces: false };
  const command = ofEntry(place.tree, ENTRY_FILES, 'listens');
  if (command === null) return null;
  return {
    kind: 'Node',
    start: command.start,
    listening: command.listening,
    entries: command.entries,
    steps: nodeSteps(place, json, { name: 'npm', berry: false }),
    notes: environmentNotes(place.tree, command.start.value, command.entries),
  };
}

/** Scripts that start the packages of a monorepo, several at once: none of them is the service. */
export const DELEGATES =
  /\b(?:turbo|lerna|nx|concurrently|npm-run-all|run-p)\b|\bpnpm\s+(?:-r|--recursive|--filter|-F|--parallel)\b|\s(?:-w|--workspaces?|--filter|-F)[\s=]|\s--workspaces?$|\byarn\s+workspaces?\b/;

type Command = {
  start: Finding<string>;
  listening: Listening;
  entries: string[];
  /** Scripts to run once before, that the start script would run at each boot. */
  prepare?: string[];
  /** Commands in front of it that build, such as `tsc`, without npx. */
  builders?: string[];
};

/** Shows parts of a page to its developer, and is no service. */
const CATALOGUE = /\b(?:start-)?storybook\b/;

/** The script that starts the service of a package; null without one. */
export function startScript({ scripts }: PackageJson): { name: string; text: string } | null {
  for (const name of START_SCRIPTS) {
    const text = (scripts[name] ?? '').trim();
    if (text !== '' && !DELEGATES.test(text) && !CATALOGUE.test(text)) return { name, text };
  }
  return null;
}

function commandOf(tree: Tree, json: PackageJson, manager: ManagerName, notes: string[]): Command | null {
  const script = startScript(json);
  if (script !== null) return ofScript(tree, json, script.name, manager, notes);
  const candidates = [json.main?.replace(/^\.\//, ''), ...ENTRY_FILES].filter((path) => path !== undefined);
  const entry = ofEntry(tree, candidates, 'listens, and package.json has no script "start"');
  if (entry !== null) return entry;
  if (json.dependencies.nuxt !== undefined) {
    const start = { value: production('node .output/server/index.mjs'), why: 'what Nuxt builds' };
    return { start, listening: { type: 'free', why: 'Nuxt listens on PORT' }, entries: [] };
  }
  return null;
}

function ofEntry(tree: Tree, candidates: readonly string[], why: string): Command | null {
  const entry = candidates.find((path) => LISTENS.test(tree.read(path) ?? ''));
  return entry === undefined
    ? null
    : direct(tree, entry, [], `node ${entry}`, `${entry} ${why}; NODE_ENV as in production`);
}

function ofScript(
  tree: Tree,
  json: PackageJson,
  script: string,
  manager: ManagerName,
  notes: string[],
): Command {
  const { text, prepare, builders } = withoutPreparation(json, script);
  const { assigned, rest } = withoutAssignments(text);
  const from = `the script ${JSON.stringify(script)} of package.json`;
  const plain = plainNode(rest);
  if (/dev/.test(script) || /\b(?:nodemon|--watch|tsx watch|ts-node-dev|node-dev)\b/.test(text))
    notes.push(`${from} is made for development: is it what runs in production?${imageWords(tree)}`);
  if (plain !== null) {
    // The memory of npm itself would be measured with it; PORT is ours to give.
    const own = assigned.filter(([name]) => name !== 'PORT');
    const prefix = own.map(([name, value]) => `${name}=${value} `).join('');
    const names = own.map(([name]) => name);
    return {
      ...direct(
        tree,
        plain.entry,
        names,
        `${prefix}${plain.command}`,
        `${from}, without npm around it${names.includes('NODE_ENV') ? '' : ', NODE_ENV as in production'}`,
      ),
      prepare,
      builders,
    };
  }
  const stated = statedPort(assigned, rest);
  const program = PROGRAMS.find(({ pattern }) => pattern.test(rest));
  if (stated !== undefined) {
    const listening: Listening = { type: 'fixed', port: stated, why: `${from} says port ${stated}` };
    return { start: { value: runScript(manager, script), why: from }, listening, entries: [] };
  }
  if (program !== undefined) {
    const value = runScript(manager, script, program.args ?? '');
    const name = rest.split(/\s+/)[0] ?? rest;
    const why = program.args === undefined ? `${name} listens on PORT` : `${name} is told its port`;
    return { start: { value, why: from }, listening: { type: 'free', why }, entries: [] };
  }
  const entries = [...rest.matchAll(/[\w./-]+\.[cm]?[jt]sx?\b/g)].map(([path]) => path.replace(/^\.\//, ''));
  const listening = listeningOf(tree, entries);
  return {
    start: { value: withVariable(runScript(manager, script), listening), why: from },
    listening,
    entries,
  };
}

function imageWords(tree: Tree): string {
  const image = imageCommand(tree);
  return image === null ? '' : ` ${image.file} starts "${image.command}", which --start would too`;
}

/** A command that node runs without npm around it. */
function direct(tree: Tree, entry: string, assigned: string[], command: string, why: string): Command {
  const listening = listeningOf(tree, [entry, ...sourcesOf(tree, entry)]);
  const value = assigned.includes('NODE_ENV') ? command : production(command);
  return {
    start: { value: withVariable(value, listening), why },
    listening,
    entries: sourcesOf(tree, entry),
  };
}

const production = (command: string) => `NODE_ENV=production ${command}`;

/** A service that reads another variable than PORT gets the free port by that one. */
function withVariable(command: string, listening: Listening): string {
  return listening.type === 'free' && listening.variable !== undefined
    ? `${listening.variable}=\${PORT} ${command}`
    : command;
}

/** What `dist/main.js` was built from: files of the same name. */
function sourcesOf(tree: Tree, entry: string): string[] {
  const stem = (path: string) => path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
  return [...sources(tree)]
    .map(({ path }) => path)
    .filter((path) => path === entry || stem(path) === stem(entry));
}

function withoutAssignments(text: string): { assigned: [name: string, value: string][]; rest: string } {
  const assigned: [string, string][] = [];
  let rest = text.replace(/^(?:npx\s+)?cross-env\s+/, '');
  for (;;) {
    const match = /^([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'`$;&|<>()]*)\s+/.exec(rest);
    if (match === null) return { assigned, rest };
    assigned.push([match[1] ?? '', match[2] ?? '']);
    rest = rest.slice(match[0].length);
  }
}

/** `node x.js`, also where a watcher is around it; null for anything that a shell or npm has to make sense of. */
function plainNode(command: string): { entry: string; command: string } | null {
  const words = command.trim().split(/\s+/);
  const [program, ...rest] = words;
  if (/["'`$;&|<>()\\*]/.test(command)) return null;
  if (program === 'nodemon' || program === 'node-dev') {
    // Options with a value would look like one more file.
    const [entry, ...more] = rest.filter((word) => !word.startsWith('-'));
    if (entry === undefined || !/\.[cm]?js$/.test(entry) || more.length > 0) return null;
    return { entry: entry.replace(/^\.\//, ''), command: `node ${entry}` };
  }
  if (program !== 'node') return null;
  const kept = rest.filter((word) => !/^--(?:watch|inspect|watch-path=.*|inspect=.*)$/.test(word));
  const names = kept.filter((word) => !word.startsWith('-') && /^[\w@./-]+$/.test(word));
  const entry = names.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? names[0];
  if (entry === undefined) return null;
  return { entry: entry.replace(/^\.\//, ''), command: ['node', ...kept].join(' ') };
}

function statedPort(assigned: readonly [string, string][], rest: string): number | undefined {
  const given = assigned.find(([name]) => name === 'PORT')?.[1].replace(/["']/g, '');
  return portNumber(given) ?? portArgument(rest);
}
