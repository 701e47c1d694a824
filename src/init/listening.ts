import type { Listening } from './finding.ts';
import { sources, type Tree } from './tree.ts';

/** Names that services read their own port from; DB_PORT and the like are somebody else's. */
const OWN = '(?:(?:APP|SERVER|HTTP|API|LISTEN|SERVICE|WEB|NODE|BACKEND)_)?PORT';

/** How languages and their libraries read an environment variable. */
const READ = new RegExp(
  [
    // process.env.PORT, process.env['PORT'], import.meta.env, os.environ["PORT"], env.PORT, ENV["PORT"]
    '\\b(?:env|environ|ENV)(?:\\?)?(?:\\.|\\[\\s*["\'`])',
    // Deno.env.get("PORT"), os.environ.get("PORT"), ENV.fetch("PORT"), std::env::var("PORT"), env('PORT')
    '\\b(?:env|environ|ENV)(?:\\.get|\\.fetch|::var|\\.int|\\.str)?\\(\\s*["\'`]',
    // os.Getenv("PORT"), os.getenv("PORT"), System.getenv("PORT"), os.LookupEnv("PORT")
    '\\b(?:[gG]et[eE]nv|LookupEnv)\\(\\s*["\'`]',
    // configService.get<number>('PORT')
    '\\.get(?:OrThrow)?(?:<[^>]*>)?\\(\\s*["\'`]',
    // convict: env: 'PORT'
    '\\benv:\\s*["\'`]',
    // application.properties: server.port=${PORT:8080}
    '\\$\\{',
  ]
    .map((way) => `(?:${way})`)
    .join('|')
    .replace(/^(.*)$/s, `(?:$1)(${OWN})\\b`),
  'g',
);
/** `const { PORT = 3000 } = process.env`, `cleanEnv(process.env, { PORT: port() })`, a schema of the environment. */
const TAKEN = new RegExp(
  `\\{[^{}]*\\b(${OWN})\\b[^{}]*\\}\\s*=\\s*(?:process\\.env|Bun\\.env)|\\b(${OWN})\\s*:\\s*(?:port|num|z\\.|Joi\\.|Type\\.|\\{\\s*type:)`,
  'g',
);

const FIXED: readonly RegExp[] = [
  /\.listen\(\s*(\d{2,5})\b/,
  /\.listen\(\s*\{[^}]*\bport:\s*(\d{2,5})\b/,
  /\bserve\(\s*\{[^}]*\bport:\s*(\d{2,5})\b/,
  /\b(?:ListenAndServe|Run|Start|Listen)\(\s*"[^":]*:(\d{2,5})"/,
  /\b(?:run|run_app|serve)\([^)]*\bport\s*=\s*(\d{2,5})\b/,
  /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]):(\d{2,5})"/,
  /\(\s*\[\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\]\s*,\s*(\d{2,5})\s*\)/,
  /\.bind\(\s*\(\s*"[^"]*"\s*,\s*(\d{2,5})\s*\)/,
  /^server\.port\s*=\s*(\d{2,5})\s*$/m,
];
/** A constant is the service's port only in a file that listens. */
const CONSTANT = /\b(?:port|PORT)\s*(?::\s*\w+\s*)?:?=\s*(\d{2,5})\b/;
const LISTENS = /\.listen\(|\bserve\(|ListenAndServe|\.run\(|\.Run\(|createServer/;

/** A constant of a file of settings, and a file that listens on what it takes from one. */
const SHARED =
  /\bexport\s+const\s+(?:port|PORT)\s*(?::\s*\w+\s*)?=\s*(\d{2,5})\b|\bexports\s*=\s*\{[^{}]*\b(?:port|PORT)\s*:\s*(\d{2,5})\b/;
const LISTENS_ON_SHARED = /\.listen\(\s*(?:\{[^}]*\bport\s*:\s*)?(?:\w+\.)?(?:port|PORT)\b/;

/** Without an address Gin takes PORT, else 8080. */
const GIN = /\bgin\.(?:Default|New)\([\s\S]*\.Run\(\s*\)/;

/** What the sources say about the port, `first` before the others. */
export function listeningOf(tree: Tree, first: readonly string[] = []): Listening {
  let named: { path: string; variable: string } | undefined;
  let fixed: { path: string; port: number } | undefined;
  let shared: { path: string; port: number } | undefined;
  let takesShared = false;
  for (const { path, text } of sources(tree, first)) {
    const variables = [...text.matchAll(READ), ...text.matchAll(TAKEN)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    if (variables.includes('PORT')) return { type: 'free', why: `${path} reads PORT` };
    if (GIN.test(text)) return { type: 'free', why: `${path} runs Gin, which listens on PORT` };
    const [variable] = variables;
    if (variable !== undefined) named ??= { path, variable };
    const port = fixedPort(text);
    if (port !== undefined) fixed ??= { path, port };
    const [, esm, commonjs] = SHARED.exec(text) ?? [];
    const stated = portNumber(esm ?? commonjs);
    if (stated !== undefined) shared ??= { path, port: stated };
    takesShared ||= LISTENS_ON_SHARED.test(text);
  }
  if (named !== undefined)
    return { type: 'free', why: `${named.path} reads ${named.variable}`, variable: named.variable };
  if (fixed === undefined && shared !== undefined && takesShared)
    return { type: 'fixed', port: shared.port, why: `${shared.path} says port ${shared.port}` };
  if (fixed !== undefined)
    return { type: 'fixed', port: fixed.port, why: `${fixed.path} listens on ${fixed.port}` };
  return { type: 'unknown' };
}

function fixedPort(text: string): number | undefined {
  const patterns = LISTENS.test(text) ? [...FIXED, CONSTANT] : FIXED;
  for (const pattern of patterns) {
    const port = portNumber(pattern.exec(text)?.[1]);
    if (port !== undefined) return port;
  }
  return undefined;
}

/** A port as a number, or undefined where the text is none. */
export function portNumber(text: string | undefined): number | undefined {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** The port that a command says: `--port 4000`, `-p 4000`, `-l 4000`, `--bind :4000`. */
export function portArgument(command: string): number | undefined {
  return portNumber(/\s(?:--port[ =]|-p[ =]?|-l[ =]?|(?:--bind|-b)[ =]?\S*:)(\d{2,5})\b/.exec(command)?.[1]);
}
