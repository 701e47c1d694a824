import { type Benchmarks, benchmarksOf, toExport } from './benchmarks.ts';
import { goService, rustService } from './compiled.ts';
import { composeImages, composeService, dockerfileService, dockerHealth } from './containers.ts';
import { healthFile, homeFile } from './file-routes.ts';
import type { Finding, Listening, Place, Service } from './finding.ts';
import { packageProblem } from './json-problem.ts';
import { listeningOf, portArgument } from './listening.ts';
import type { Seen } from './mounts.ts';
import { loneService, nodeService } from './node.ts';
import { type ApiRoutes, apiRoutes } from './openapi.ts';
import { type OtherProtocol, otherProtocols } from './other-protocols.ts';
import { procfileStart } from './procfile.ts';
import { inPythonEnvironment, pythonService } from './python.ts';
import { healthCheck, isHealth, openRoutes } from './routes.ts';
import { runnerNotes } from './runner-notes.ts';
import { leftRoutes, lostNotes, seenRoutes } from './seen-routes.ts';
import { type Tree, within } from './tree.ts';
import { packagesOf } from './workspaces.ts';

/** Ways to run a service, those whose memory and CPU can be measured first. A new one is a line here. */
const SERVICES: readonly ((place: Place) => Service | null)[] = [
  nodeService,
  pythonService,
  goService,
  rustService,
  composeService,
  dockerfileService,
  loneService,
];

/** Requests, or a module of benchmarks. */
export type Scenario = { name: string; requests: string[]; module?: string; why: string };

/** What `init` writes, and what it could not find out. */
export type Plan = {
  service: Service;
  /** Without its port where that is free: `http://127.0.0.1:${PORT}`. */
  url: Finding<string>;
  ready: Finding<string> | null;
  scenarios: Scenario[];
  /** Routes that were seen, and left to the author: they take a body, or a value in their path. */
  left: string[];
  /** Bodies that an API document gives for some of these, as JSON. */
  bodies: ReadonlyMap<string, string>;
  /** What is to be measured otherwise than by plain requests. */
  protocols: OtherProtocol[];
  /** What could not be found out, each with what to do about it. */
  unknown: Unknown[];
  /** Whether there is no service, and its benchmarks are measured. */
  alone: boolean;
};

export type Unknown = { key: 'start' | 'url' | 'scenarios' | 'workflow'; text: string };

export type Given = { start?: string | undefined; url?: string | undefined };

const MOST_ROUTES = 10;
const FREE_URL = 'http://127.0.0.1:${PORT}';
const NOTHING: Service = {
  kind: 'unknown',
  listening: { type: 'unknown' },
  entries: [],
  steps: [],
  notes: [],
};

/** Finds out how to measure the service of a place; what is given is taken, not looked for. Pure. */
export function detect(place: Place, given: Given): Plan {
  const service = withGiven(place, serviceOf(place), given);
  service.notes.push(...runnerNotes(place, service));
  const problem = packageProblem(place.tree.read('package.json'));
  const unknown: Unknown[] = problem === null ? [] : [{ key: 'start', text: problem }];
  const benchmarks = service.start === undefined && given.url === undefined ? benchmarksOf(place.tree) : null;
  if (benchmarks !== null) return benchmarked(service, benchmarks, unknown);
  if (service.start === undefined && given.url === undefined) unknown.push(noStart(place));
  const split = given.url === undefined ? null : splitUrl(given.url);
  const url = split === null ? urlOf(service, unknown) : { value: split.origin, why: '--url' };
  const { api, unread } = apiRoutes(place.tree);
  service.notes.push(...unread);
  // Without a service, routes in the sources are those of an example, or of nobody.
  const nothing = service.start === undefined && given.url === undefined;
  const code = nothing
    ? { paths: [], read: () => null }
    : service.folder === undefined
      ? place.tree
      : within(place.tree, service.folder);
  const seen = seenRoutes(code, service.entries);
  const ready = readyOf(code, service, api, seen);
  const asked = split === null || split.path === '/' ? null : split.path;
  const scenarios = asked === null ? scenariosOf(code, service, ready, api, seen) : [onlyScenario(asked)];
  if (scenarios.length === 0) {
    scenarios.push({ name: 'home', requests: ['GET /'], why: 'a guess' });
    unknown.push({
      key: 'scenarios',
      text: `no route was found${api === null ? '' : ` that needs no parameter and no key (${api.file})`}: "GET /" is a guess; write the requests that matter`,
    });
  } else if (
    ready !== null &&
    isHealth(ready.value, 'strong') &&
    scenarios.every(({ name }) => name === 'health')
  )
    service.notes.push(
      'only the health check is measured, which tells little of how the service does: write the requests that matter',
    );
  if (api !== null && api.guarded > 0)
    service.notes.push(
      `${api.guarded === 1 ? '1 GET operation' : `${api.guarded} GET operations`} of ${api.file} ${api.guarded === 1 ? 'needs a key and is' : 'need a key and are'} left out: headers: { ${api.header} } sends one`,
    );
  const protocols = otherProtocols(code, service.entries);
  service.notes.push(...protocols.map(({ note }) => note));
  const fromSources = asked === null && (api === null || api.open.length === 0);
  if (fromSources) service.notes.push(...lostNotes(seen));
  const left = fromSources
    ? [...leftRoutes(seen), ...(asked === null ? (api?.left ?? []) : [])]
    : (api?.left ?? []);
  const bodies = api?.bodies ?? new Map<string, string>();
  const found = { service, url, ready, scenarios, left: asked === null ? left : [] };
  return { ...found, bodies, protocols, unknown, alone: false };
}

/** Of a library: nothing is booted, so there is no command and no URL to find. */
function benchmarked(service: Service, benchmarks: Benchmarks, unknown: Unknown[]): Plan {
  const { module, why, runner } = benchmarks;
  if (runner !== undefined) unknown.push({ key: 'scenarios', text: toExport(benchmarks) });
  return {
    service,
    url: { value: FREE_URL, why: 'a guess' },
    ready: null,
    scenarios: [{ name: 'benchmarks', requests: [], module, why }],
    left: [],
    bodies: new Map(),
    protocols: [],
    unknown,
    alone: true,
  };
}

/** The service of a folder, as far as it can be told. */
export function serviceOf(place: Place): Service {
  let half: Service | null = null;
  for (const look of SERVICES) {
    const service = look(place);
    // A package.json beside a Dockerfile may be there for its tools alone.
    if (service?.start !== undefined) return withProcfile(place, service);
    half ??= service;
  }
  return withProcfile(place, half ?? { ...NOTHING, notes: [] });
}

/** A Procfile's command was written by somebody; it is better than a guess, but scripts of package.json run as they are. */
function withProcfile(place: Place, service: Service): Service {
  const images = service.kind.startsWith('Docker') ? null : composeImages(place);
  const notes = images === null ? service.notes : [...service.notes, needs(images)];
  const procfile = procfileStart(place);
  if (procfile === null || (service.kind === 'Node' && service.start !== undefined))
    return { ...service, notes };
  const { value, why } = procfile.start;
  const start = { value: service.kind === 'Python' ? inPythonEnvironment(place, value) : value, why };
  const { stop: _, ...rest } = service;
  return {
    ...(service.kind.startsWith('Docker') ? NOTHING : rest),
    start,
    listening: procfile.listening,
    notes,
  };
}

const needs = ({ file, names }: { file: string; names: string[] }) =>
  `if it needs ${names.slice(0, 5).join(', ')} of ${file}: have it run before, as base and head of a pull request are up at the same time and share it: "docker compose up --detach --wait ${names.slice(0, 5).join(' ')}" here, and as a step of the workflow, "- run: …", before perf-baseline`;

function withGiven({ tree }: Place, service: Service, { start }: Given): Service {
  if (start === undefined) return service;
  const { stop: _, ...rest } = service;
  const kept = service.kind.startsWith('Docker') ? { ...NOTHING, notes: [] } : rest;
  return { ...kept, start: { value: start, why: '--start' }, listening: listeningWith(start, kept, tree) };
}

function listeningWith(start: string, service: Service, tree: Tree): Listening {
  if (/\$\{?PORT\b/.test(start)) return { type: 'free', why: 'the start command says PORT' };
  const port = portArgument(start);
  if (port !== undefined) return { type: 'fixed', port, why: `the start command says port ${port}` };
  const known = service.listening.type === 'unknown' ? listeningOf(tree, service.entries) : service.listening;
  // A command that was given is left as it is: the variable of another name would not reach the service.
  return known.type === 'free' && known.variable !== undefined ? { type: 'unknown' } : known;
}

/** What usually starts a service of these, as an example: there are too many ways to tell which it is. */
const EXAMPLES: readonly [file: RegExp, command: string][] = [
  [/^Gemfile$/, 'bundle exec rails server --port ${PORT}'],
  [/^pom\.xml$/, 'java -jar target/NAME.jar --server.port=${PORT}'],
  [/^build\.gradle(?:\.kts)?$/, 'java -jar build/libs/NAME.jar --server.port=${PORT}'],
  [/^deno\.jsonc?$/, 'deno task start'],
  [/^composer\.json$/, 'php -S 127.0.0.1:${PORT} -t public'],
  [/\.(?:csproj|sln)$/, 'dotnet run --urls http://127.0.0.1:${PORT}'],
  [/^mix\.exs$/, 'mix phx.server'],
];

function noStart({ tree }: Place): Unknown {
  const packages = packagesOf(tree);
  const elsewhere =
    packages.length === 0
      ? ''
      : `; this is a repository of several packages: --working-directory ${packages.slice(0, 5).join(' or ')} measures one`;
  const [example] = EXAMPLES.flatMap(([pattern, command]) => {
    const file = tree.paths.find((path) => pattern.test(path));
    return file === undefined ? [] : [`, such as "${command}" (there is ${file})`];
  });
  return {
    key: 'start',
    text: `the command that starts the service: give --start COMMAND${example ?? ''}, or write target.start${elsewhere}`,
  };
}

function urlOf(service: Service, unknown: Unknown[]): Finding<string> {
  const { listening, start } = service;
  if (listening.type === 'free' && start !== undefined) return { value: FREE_URL, why: listening.why };
  if (listening.type === 'fixed' && start !== undefined)
    return { value: `http://127.0.0.1:${listening.port}`, why: listening.why };
  if (start === undefined) {
    unknown.push({
      key: 'url',
      text: 'the URL it answers at: port 3000 is a guess; give --url URL, or write target.url',
    });
    return { value: 'http://127.0.0.1:3000', why: 'a guess' };
  }
  unknown.push({
    key: 'url',
    text: 'the port it listens on: it is given a free one as PORT; if it does not listen there, write its port into target.url',
  });
  return { value: FREE_URL, why: 'a guess' };
}

function readyOf(
  tree: Tree,
  service: Service,
  api: ApiRoutes | null,
  seen: readonly Seen[],
): Finding<string> | null {
  const described = api?.open.find((path) => isHealth(path));
  if (described !== undefined && api !== null) return { value: described, why: `described in ${api.file}` };
  const check = healthCheck(tree, service.entries, seen);
  if (check?.status === 'found') return { value: check.path, why: `found in ${check.why}` };
  const file = healthFile(tree) ?? dockerHealth(tree);
  if (file === null && check !== null)
    service.notes.push(
      `${check.why} has a health check, ${check.path}, behind a prefix that could not be found out: target.ready: { path: … } waits for it`,
    );
  return file;
}

const onlyScenario = (path: string): Scenario => ({
  name: 'default',
  requests: [`GET ${path}`],
  why: '--url',
});

function scenariosOf(
  tree: Tree,
  service: Service,
  ready: Finding<string> | null,
  api: ApiRoutes | null,
  seen: readonly Seen[],
): Scenario[] {
  const scenarios: Scenario[] = [];
  if (ready !== null) scenarios.push({ name: 'health', requests: [`GET ${ready.value}`], why: ready.why });
  const written = api !== null && api.open.length > 0 ? null : openRoutes(seen);
  const routes = (written?.value ?? api?.open ?? []).filter(
    (path) => path !== ready?.value && !isHealth(path),
  );
  if (routes.length > 0) {
    const requests = routes.slice(0, MOST_ROUTES).map((path) => `GET ${path}`);
    const rest = routes.length - requests.length;
    const from = written === null ? `described in ${api?.file}` : `found in ${written.why}`;
    scenarios.push({ name: 'routes', requests, why: rest > 0 ? `${from}; ${rest} more are left out` : from });
  }
  const home = homeFile(tree);
  if (home !== undefined && !routes.includes('/') && service.kind === 'Node')
    scenarios.push({ name: 'home', requests: ['GET /'], why: `found in ${home}` });
  return scenarios;
}

/** Origin and path of a URL as it was given, which may have `${PORT}`. */
function splitUrl(url: string): { origin: string; path: string } {
  const [, origin = url, path = ''] = /^([a-z]+:\/\/[^/?#\s]*)([^#\s]*)/i.exec(url) ?? [];
  return { origin, path: path === '' ? '/' : path.startsWith('/') ? path : `/${path}` };
}
