import { parse } from 'yaml';
import type { Finding, Listening, Place, Service } from './finding.ts';
import { listeningOf, portNumber } from './listening.ts';
import { firstOf, type Tree } from './tree.ts';

const UNMEASURED =
  'memory and CPU of a container are not measured, unless target.memory names a file with the id of its process';

const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The service of a compose file that is built here and has a port; null where there is none. */
export function composeService({ tree }: Place): Service | null {
  const file = firstOf(tree, COMPOSE);
  if (file === undefined) return null;
  const services = servicesOf(tree.read(file));
  // What docker compose merges by itself.
  const overrides = new Map(servicesOf(tree.read(file.replace(/\.(ya?ml)$/, '.override.$1'))));
  const own = services.filter(([, service]) => service.build !== undefined);
  const withPort = own
    .map(([name, service]) => {
      const port = publishedPort(overrides.get(name) ?? {}) ?? publishedPort(service);
      return { name, port, folder: contextOf(service) };
    })
    .filter(({ port }) => port !== null)
    .sort((a, b) => likelihood(b.name) - likelihood(a.name));
  const [first] = withPort;
  if (first === undefined || first.port === null) return null;
  const notes = [UNMEASURED];
  if (withPort.length > 1)
    notes.push(
      `${file} has more than one service with a port (${withPort.map(({ name }) => name).join(', ')}); ${first.name} is measured`,
    );
  const why = `the service ${first.name} of ${file}`;
  const listening: Listening =
    first.port === 'PORT'
      ? { type: 'free', why: `${file} publishes PORT` }
      : { type: 'fixed', port: first.port, why: `${file} publishes ${first.port}` };
  return {
    kind: 'Docker Compose',
    setup: { value: 'docker compose build', why },
    start: { value: 'docker compose up', why },
    stop: { value: 'docker compose down', why: 'containers outlive the command that started them' },
    listening,
    ...(first.folder === '' ? {} : { folder: first.folder }),
    entries: [],
    steps: [],
    notes,
  };
}

/** Of several services with a port, the one that the others serve is meant. */
const likelihood = (name: string): number =>
  /api|backend|server/.test(name) ? 2 : /^(?:app|web|service)$/.test(name) ? 1 : 0;

/** The folder that a service is built from, empty for the whole. */
function contextOf({ build }: Mapping): string {
  const context = isMapping(build) ? build.context : build;
  return typeof context === 'string' ? context.replace(/^\.\/?|\/+$/g, '') : '';
}

/** Services of a compose file that are only images, such as databases: what the service may need to have running. */
export function composeImages({ tree }: Place): { file: string; names: string[] } | null {
  const file = firstOf(tree, COMPOSE);
  if (file === undefined) return null;
  const images = servicesOf(tree.read(file)).filter(([, service]) => service.build === undefined);
  return images.length === 0 ? null : { file, names: images.map(([name]) => name) };
}

function servicesOf(text: string | null): [string, Mapping][] {
  try {
    const document: unknown = text === null ? null : parse(text, { logLevel: 'silent', merge: true });
    const services = isMapping(document) ? document.services : null;
    return Object.entries(isMapping(services) ? services : {}).filter((entry): entry is [string, Mapping] =>
      isMapping(entry[1]),
    );
  } catch {
    return [];
  }
}

/** The first port that a service has on the host; `PORT` where the environment's PORT decides it. */
function publishedPort(service: Mapping): number | 'PORT' | null {
  const ports = Array.isArray(service.ports) ? (service.ports as unknown[]) : [];
  for (const entry of ports) {
    const text = isMapping(entry) ? String(entry.published ?? '') : hostPart(String(entry));
    if (/^\$\{PORT\b[^}]*\}$|^\$PORT$/.test(text)) return 'PORT';
    const port = portNumber(/^\$\{\w+:?-(\d+)\}$/.exec(text)?.[1] ?? text);
    if (port !== undefined) return port;
  }
  return null;
}

/** `8080` of `127.0.0.1:8080:80/tcp`; nothing of `80`, whose port on the host is any. */
function hostPart(text: string): string {
  const parts = text.replace(/\/\w+$/, '').match(/\$\{[^}]*\}|[^:]+/g) ?? [];
  return parts.length < 2 ? '' : (parts.at(-2) ?? '');
}

/** A Dockerfile's image, run with its EXPOSEd port on a free one; null without a Dockerfile. */
export function dockerfileService({ tree }: Place): Service | null {
  const file = firstOf(tree, ['Dockerfile', 'Containerfile', 'docker/Dockerfile']);
  const text = file === undefined ? null : tree.read(file);
  if (file === undefined || text === null) return null;
  const inSources = listeningOf(tree);
  const port = exposed(text) ?? (inSources.type === 'fixed' ? inSources.port : null);
  const option = file === 'Dockerfile' ? '' : `--file ${file} `;
  const notes = [UNMEASURED];
  // A service that reads PORT gets it inside the container too.
  if (port === null && inSources.type !== 'free')
    notes.push(
      `the port inside the container could not be found out, as ${file} EXPOSEs none: 8080, and PORT=8080, is a guess`,
    );
  const inside = port ?? 8080;
  return {
    kind: 'Docker',
    setup: { value: `docker build ${option}.`, why: `by ${file}` },
    start: {
      // The image by its id and the container by its port, so that base and head can stand side by side.
      value:
        `docker run --rm --name perf-baseline-\${PORT} --env PORT=${inside} ` +
        `--publish 127.0.0.1:\${PORT}:${inside} $(docker build --quiet ${option}.)`,
      why: port === null ? `by ${file}` : `by ${file}, port ${port} inside the container`,
    },
    stop: {
      value: 'docker rm --force perf-baseline-${PORT}',
      why: 'containers outlive the command that started them',
    },
    listening: { type: 'free', why: 'docker publishes the container on it' },
    entries: [],
    steps: [],
    notes,
  };
}

const HEALTHCHECK =
  /^\s*HEALTHCHECK\s[^\n]*?https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[\w${}-]+)?(\/[\w./-]+)/gim;

/** The path that the image's own health check requests. */
export function dockerHealth({ read }: Tree): Finding<string> | null {
  const text = (read('Dockerfile') ?? '').replace(/\\\r?\n/g, ' ');
  const path = [...text.matchAll(HEALTHCHECK)].at(-1)?.[1];
  return path === undefined ? null : { value: path, why: 'the HEALTHCHECK of Dockerfile' };
}

/** The port of the last stage's first EXPOSE, with ARG and ENV filled in; else that of its PORT. */
function exposed(text: string): number | null {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  const values = new Map<string, string>();
  let port: number | null = null;
  let told: number | null = null;
  for (const line of lines) {
    const [, word = '', rest = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
    const instruction = word.toUpperCase();
    if (instruction === 'FROM') {
      port = null;
      told = null;
    }
    if (instruction === 'ARG' || instruction === 'ENV') {
      for (const [, name = '', value = ''] of rest.matchAll(/(\w+)(?:=|\s+)"?([^\s"]*)"?/g))
        values.set(name, value);
      if (instruction === 'ENV' && /\bPORT[=\s]/.test(rest)) told = portNumber(values.get('PORT')) ?? null;
    }
    if (instruction === 'EXPOSE') {
      const filled = rest.replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (_, name: string, other?: string) => values.get(name) ?? other ?? '',
      );
      port ??= portNumber(filled.trim().split(/[\s/]/)[0]) ?? null;
    }
  }
  return port ?? told;
}

/** The command that a Dockerfile starts by itself; null where there is none, or it cannot be told. */
export function imageCommand({ read }: Pick<Tree, 'read'>): { file: string; command: string } | null {
  const file = 'Dockerfile';
  const [, text = ''] =
    [...(read(file) ?? '').matchAll(/^[ \t]{0,20}(?:CMD|ENTRYPOINT)[ \t]{1,20}(\S.{0,400})$/gim)].at(-1) ??
    [];
  const words = text.startsWith('[')
    ? [...text.matchAll(/"([^"\\]*)"/g)].map(([, word]) => word)
    : [text.trim()];
  const command = words.join(' ');
  return command === '' ? null : { file, command };
}
