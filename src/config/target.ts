import type { z } from 'zod';
import type { Measure, Target } from '../domain/config.ts';
import type { Path, SourceDocument } from './document.ts';
import { commandText, duration, mapping, plainValues, text, wholeNumber } from './forms.ts';
import type { ProblemList } from './problems.ts';
import { parseDuration } from './quantity.ts';
import { ENV, ENV_NAME } from './templates.ts';
import type { Environment } from './variables.ts';

const command = (what: string) => commandText().optional().describe(what);

export const targetShape = mapping({
  setup: command('Run once per checkout, before start: install, build.'),
  start: command('Starts the service. Leave out to measure one that is running.'),
  stop: command('Run to stop it, beside the signals that its process group gets.'),
  url: text('a URL such as http://127.0.0.1:${PORT}')
    .optional()
    .describe(
      'Where it answers. ${PORT} is a free port, exported to start. Default with start: http://127.0.0.1:${PORT}.',
    ),
  env: plainValues(
    'environment variables',
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'a name of letters, digits and _, not beginning with a digit',
  )
    .optional()
    .describe('Environment of setup, start and stop; wins over the inherited one.'),
  ready: mapping({
    path: text('a path that starts with /', /^\/[^\s#]*$/)
      .optional()
      .describe('Ready when this path answers 2xx or 3xx.'),
    log: text('text of a log line').optional().describe('Ready when its output has this text.'),
    timeout: duration('100ms', '1h').optional().describe('How long to wait. Default: 30s.'),
  })
    .optional()
    .describe('When the service is ready. Default: any HTTP answer within 30 s.'),
  memory: mapping({
    'pid-file': text('the path of a file that holds a process id').describe(
      'A file that names the process to watch, where no process that start made owns the port (containers).',
    ),
  })
    .optional()
    .describe('Whose memory and CPU to measure. Default: the process tree of start.'),
}).describe('The service under test.');

export type RawTarget = z.infer<typeof targetShape>;

type Reader = { problems: ProblemList; source: SourceDocument; environment: Environment; path: Path };

const DEFAULT_URL = 'http://127.0.0.1:${PORT}';
const READY_MS = 30_000;

/**
 * Every default filled in; `${env:NAME}` resolved, `${PORT}` left for the boot. Where no scenario needs a `service`, there
 * may be none.
 */
export function readTarget(raw: RawTarget, reader: Reader, service: boolean): Target {
  const { environment, problems, path } = reader;
  const env = Object.fromEntries(
    Object.entries(raw.env ?? {}).map(([key, value]) => [
      key,
      environment.fill(
        typeof value === 'string' ? value : (reader.source.textOf([...path, 'env', key]) ?? String(value)),
      ),
    ]),
  );
  environment.check(problems, raw, path, { lines: true, templates: true });
  for (const [key, value] of Object.entries(env))
    if (value.includes('\0'))
      problems.value([...path, 'env', key], 'a value without NUL', 'has a NUL, which no variable can hold');
  const commands: Partial<Pick<Target, 'setup' | 'start' | 'stop'>> = {};
  for (const key of ['setup', 'start', 'stop'] as const) {
    const written = raw[key];
    if (written !== undefined) commands[key] = shellText(written, env, environment);
  }
  if (raw.start === undefined && raw.ready?.log !== undefined)
    problems.value(
      [...path, 'ready', 'log'],
      'ready by path, as there is no start whose output could be read',
    );
  if (raw.ready?.path !== undefined && raw.ready.log !== undefined)
    problems.value([...path, 'ready', 'log'], 'either path or log', 'cannot stand beside path');
  return {
    ...commands,
    ...readUrl(raw, reader, service),
    env,
    ready: readyOf(raw.ready, environment),
    memory:
      raw.memory === undefined
        ? { type: 'tree' }
        : { type: 'pid-file', path: environment.fill(raw.memory['pid-file']) },
  };
}

/**
 * A secret in a command line would be there for every process to see: the shell gets `${NAME}` instead, and the
 * value by its environment.
 */
function shellText(command: string, env: Record<string, string>, environment: Environment): string {
  return command.replace(ENV, (whole, name: string) => {
    const value = ENV_NAME.test(name) ? environment.take(name) : undefined;
    if (value === undefined) return whole;
    if (!Object.hasOwn(env, name)) env[name] = value;
    return `\${${name}}`;
  });
}

function readyOf(raw: RawTarget['ready'], environment: Environment): Target['ready'] {
  const timeoutMs = (raw?.timeout === undefined ? undefined : parseDuration(raw.timeout)) ?? READY_MS;
  if (raw?.path !== undefined) return { type: 'path', path: environment.fill(raw.path), timeoutMs };
  if (raw?.log !== undefined) return { type: 'log', text: environment.fill(raw.log), timeoutMs };
  return { type: 'answer', timeoutMs };
}

/** Hosts at which something that was started on this machine can be reached. */
const LOOPBACK =
  /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]+\])$/;

/** Whether the host is known only where the config's secrets are at hand. */
const hasSecretHost = (url: string): boolean => /^https?:\/\/[^/]*\$\{env:/.test(url);

function readUrl(
  raw: RawTarget,
  { problems, environment, path }: Reader,
  service: boolean,
): Pick<Target, 'url' | 'port'> {
  const at = [...path, 'url'];
  const form = raw.start === undefined ? 'http://127.0.0.1:3000' : DEFAULT_URL;
  const expected = `an http or https URL such as ${form}`;
  const nothing = { url: '', port: { type: 'free' as const } };
  if (raw.url === undefined && raw.start === undefined) {
    if (!service) return { url: '', port: { type: 'none' } };
    problems.value(at, `${expected}, or a start command`);
    return nothing;
  }
  const url = environment.fill(raw.url ?? DEFAULT_URL);
  const wrong = (why?: string, instead = expected) => {
    problems.value(at, instead, why);
    return nothing;
  };
  const free = url.includes('${PORT}');
  const sample = url.replaceAll(ENV, '1').replaceAll('${PORT}', '1');
  if (sample.includes('${')) return wrong('has a template that is not known here');
  const parsed = URL.canParse(sample) && !/\s/.test(sample) ? new URL(sample) : undefined;
  if (parsed === undefined || parsed.hostname === '') return wrong();
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    return wrong(
      /^wss?:$/.test(parsed.protocol) ? 'is a WebSocket URL: it follows from the http one' : undefined,
    );
  if (parsed.username !== '' || parsed.password !== '')
    return wrong('has a user or password: send them as a header');
  if (parsed.search !== '' || parsed.hash !== '')
    return wrong('has a query or fragment: these belong to a request');
  if (parsed.port === '0') return wrong('has port 0: write ${PORT} for a free one');
  if (free && raw.start === undefined) return wrong('has ${PORT}, which only a start command gets');
  if (free && !/^https?:\/\/[^/]*:\$\{PORT\}(\/|$)/.test(url))
    return wrong('has ${PORT} elsewhere than as its port');
  if (raw.start !== undefined && !hasSecretHost(url) && !LOOPBACK.test(parsed.hostname))
    return wrong(
      'is on another host',
      `${DEFAULT_URL}, as start runs here; or no start, to measure what runs there`,
    );
  if (raw.start !== undefined && !/^https?:\/\/[^/]*:[^/\]]+(\/|$)/.test(url))
    return wrong('has no port', `a port: ${DEFAULT_URL} for a free one, or the one that start listens on`);
  const fixed = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80));
  return { url, port: free ? { type: 'free' } : { type: 'fixed', port: fixed } };
}

export const measureShape = mapping({
  rounds: wholeNumber(1, 1000)
    .optional()
    .describe('Timed rounds of each scenario, each in a block of its own: a fresh boot. Default: 5.'),
  'max-rounds': wholeNumber(1, 1000)
    .optional()
    .describe('Rounds after which sampling stops though it is not conclusive. Default: 20.'),
  duration: duration('100ms', '1h').optional().describe('Length of a round. Default: 5s.'),
  warmup: duration('0s', '1h').optional().describe('Load before the first round, not counted. Default: 3s.'),
  budget: duration('1s', '24h').optional().describe('Time for the whole measurement. Default: 10m.'),
}).describe('How long and how often to measure.');

export type RawMeasure = z.infer<typeof measureShape>;

/** Every default filled in; the maximum follows `rounds` up unless it is given. */
export function readMeasure(raw: RawMeasure, problems: ProblemList, path: Path): Measure {
  const ms = (text: string | undefined, otherwise: number) =>
    (text === undefined ? undefined : parseDuration(text)) ?? otherwise;
  const max = raw['max-rounds'];
  const rounds = raw.rounds ?? Math.min(5, max ?? 5);
  if (max !== undefined && rounds > max)
    problems.value([...path, 'max-rounds'], `at least the ${rounds} rounds`, 'is less than rounds');
  const measure = {
    rounds,
    maxRounds: max ?? Math.max(20, rounds),
    durationMs: ms(raw.duration, 5000),
    warmupMs: ms(raw.warmup, 3000),
    budgetMs: ms(raw.budget, 600_000),
  };
  if (raw.budget !== undefined && measure.budgetMs < measure.durationMs + measure.warmupMs)
    problems.value(
      [...path, 'budget'],
      'at least one warmup and one round',
      'is too short for a single round',
    );
  return measure;
}
