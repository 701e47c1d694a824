#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  DEFAULT_CRITERIA,
  DEFAULT_FILE,
  FIGURES_NOTE,
  TOOL_VERSION,
  ancestorsOf,
  baselineResult,
  baselineText,
  bound,
  buildReport,
  byReason,
  cancelledBySignals,
  change,
  changePoints,
  code,
  commitOf,
  commitText,
  counters,
  criteriaOf,
  criterionText,
  decodeResult,
  defaultCriteria,
  describeProgress,
  detectable,
  environmentDifferences,
  environmentRows,
  estimate,
  exitCode,
  figure,
  fileStore,
  formatMarkdown,
  git,
  gitBase,
  headline,
  inertJson,
  isProportion,
  isSettled,
  isTooCoarse,
  isUnjudged,
  judge,
  list,
  lookUp,
  makeFolder,
  makeWorld,
  markdownTable,
  mean,
  metricName,
  nothingMeasured,
  outputOfBase,
  parseConfig,
  plain,
  plainLines,
  plainVoice,
  plural,
  poolParts,
  pooledValue,
  prose,
  quantity,
  readConfig,
  readEnvironment,
  reproduction,
  require_dist,
  run,
  safeText,
  samplingText,
  savedHistory,
  secretForms,
  select,
  settlingBesides,
  shellWord,
  sparkline,
  studentTail,
  subjects,
  unusedCriteria,
  warningsOf,
  worseLog,
  worseSign
} from "./chunk-T4FINWQW.js";
import "./chunk-4C5J6HC5.js";
import {
  CancelledError,
  ConfigError,
  DocumentError,
  EXIT,
  UsageError
} from "./chunk-7RQUT3IG.js";
import "./chunk-GSSPXH45.js";
import "./chunk-5XRB6BAW.js";
import {
  __toESM
} from "./chunk-JDI7PFEP.js";

// src/cli/arguments.ts
import { parseArgs } from "node:util";
var config = {
  type: "string",
  short: "c",
  value: "FILE",
  description: "config file (default: .github/perf-baseline.yml, if there is one)"
};
var format = {
  type: "string",
  value: "FORMAT",
  description: "table, markdown or json (default: table)"
};
var failOn = {
  type: "string",
  value: "WHAT",
  description: "regression, inconclusive or never (default: regression)"
};
var workingDirectory = {
  type: "string",
  value: "DIR",
  description: "where the config and the commands are (default: here)"
};
var commands = {
  run: {
    summary: "measure the target, compare it with a baseline, print the report",
    positionals: [],
    options: {
      config,
      "working-directory": workingDirectory,
      start: {
        type: "string",
        value: "COMMAND",
        description: "without a config: the command that starts the target"
      },
      url: {
        type: "string",
        value: "URL",
        description: "without a config: the URL to measure (${PORT} is a free port)"
      },
      only: { type: "string", value: "SCENARIO", description: "measure this scenario alone" },
      save: {
        type: "string",
        value: "DIR",
        description: "store the result in this folder, as a baseline for later"
      },
      baseline: { type: "string", value: "DIR|FILE", description: "compare with what --save stored there" },
      base: {
        type: "string",
        value: "REF",
        description: "measure this commit side by side, and compare with it"
      },
      series: {
        type: "string",
        value: "NAME",
        description: "keeps unlike results apart in one folder (default: local)"
      },
      output: {
        type: "string",
        short: "o",
        value: "FILE",
        description: "where to write the result document"
      },
      "fail-on": failOn,
      format
    }
  },
  compare: {
    summary: "compare two result documents",
    positionals: ["BASE", "CANDIDATE"],
    options: { config, "working-directory": workingDirectory, "fail-on": failOn, format }
  },
  report: {
    summary: "print what a result document holds, and judge its limits",
    positionals: ["RESULT"],
    options: { config, "working-directory": workingDirectory, "fail-on": failOn, format }
  },
  trend: {
    summary: "print how each metric went over the baselines saved in a folder",
    positionals: [],
    options: {
      baseline: {
        type: "string",
        value: "DIR",
        description: "the folder that --save wrote (default: .perf-baseline)"
      },
      series: {
        type: "string",
        value: "NAME",
        description: "this series alone (default: every one of the folder)"
      },
      only: { type: "string", value: "SCENARIO", description: "this scenario alone" },
      format
    }
  },
  init: {
    summary: "write a config and a workflow for this repository, and a line of .gitignore for what is kept; an existing file is never overwritten",
    positionals: [],
    options: {
      start: {
        type: "string",
        value: "COMMAND",
        description: "the command that starts the service, instead of looking for it"
      },
      url: {
        type: "string",
        value: "URL",
        description: "where it answers, instead of looking for it (${PORT} is a free port)"
      },
      forks: {
        type: "boolean",
        description: "write the workflow too that comments on pull requests from forks"
      },
      "working-directory": {
        type: "string",
        value: "DIR",
        description: "the service, in a repository of several (default: here)"
      }
    }
  },
  validate: {
    summary: "check the config without starting anything",
    positionals: [],
    options: { config, "working-directory": workingDirectory }
  }
};
function parseCommandLine(argv2) {
  const [name, ...rest] = argv2;
  if (name === void 0 || name === "help" || name === "--help" || name === "-h") {
    return { type: "help", command: isCommand(rest[0]) ? rest[0] : null };
  }
  if (name === "--version" || name === "-v") return { type: "version" };
  if (!isCommand(name)) {
    throw new UsageError(
      `Unknown command ${JSON.stringify(name)}: expected one of ${Object.keys(commands).join(", ")}.`
    );
  }
  const command = commands[name];
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: "boolean", short: "h" } }).map(
      ([option, spec]) => [option, { type: spec.type, ...spec.short && { short: spec.short } }]
    )
  );
  let parsed2;
  try {
    parsed2 = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${error.message.split(". ")[0]}. See perf-baseline ${name} --help.`);
  }
  if (parsed2.values.help) return { type: "help", command: name };
  if (parsed2.positionals.length !== command.positionals.length) {
    const expected = command.positionals.length === 0 ? "no arguments" : command.positionals.join(" and ");
    throw new UsageError(
      `perf-baseline ${name} takes ${expected}, not ${parsed2.positionals.length} (${parsed2.positionals.join(" ") || "none"}).`
    );
  }
  return {
    type: "command",
    command: name,
    options: parsed2.values,
    positionals: parsed2.positionals
  };
}
function isCommand(name) {
  return name !== void 0 && Object.hasOwn(commands, name);
}
function helpText(name) {
  if (name === null) {
    const list3 = Object.entries(commands).map(
      ([command, { summary: summary3 }]) => `  ${command.padEnd(10)}${summary3}`
    );
    return `Usage: perf-baseline COMMAND [options]

${list3.join("\n")}

perf-baseline COMMAND --help tells the options of one.

${EXIT_CODES}
`;
  }
  const { summary: summary2, positionals, options } = commands[name];
  const rows2 = Object.entries(options).map(([option, { value, description }]) => {
    const flag = `--${option}${value ? ` ${value}` : ""}`;
    return `  ${flag.padEnd(26)}${description}`;
  });
  const usage = ["perf-baseline", name, ...positionals, "[options]"].join(" ");
  return `Usage: ${usage}

${summary2}

${rows2.join("\n")}

${EXIT_CODES}
`;
}
var EXIT_CODES = "Exit: 0 fine; 1 regressed or a limit exceeded; 2 usage, config or an unreadable document;\n3 the target or the measurement failed; 130 cancelled.";
function oneOf(option, value, allowed) {
  if (value === void 0) return allowed[0];
  const found = allowed.find((word) => word === value);
  if (found === void 0) {
    throw new UsageError(`--${option} ${JSON.stringify(value)}: expected one of ${allowed.join(", ")}.`);
  }
  return found;
}

// src/cli/compare.ts
import { stat } from "node:fs/promises";

// src/cli/criteria.ts
async function criteriaFor({ config: file, workingDirectory: workingDirectory2 }, candidate, io2) {
  try {
    return criteriaOf(await readConfig({ file, workingDirectory: workingDirectory2, env: null }));
  } catch (error) {
    if (file !== void 0 || !(error instanceof UsageError) || error.name === "ConfigError") throw error;
    io2.say(`Limits were not judged: there is no ${DEFAULT_FILE} here; name the config with --config.`);
    return defaultCriteria(candidate.scenarios);
  }
}

// src/cli/read-result.ts
import { readFile } from "node:fs/promises";
async function readResult(path) {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code: code2, message } = error;
    const why = code2 === "ENOENT" ? "there is no such file" : code2 === "EISDIR" ? "it is a folder, expected a file" : message;
    throw new DocumentError("unreadable", `${path}: ${why}`);
  }
  return decodeResult(bytes, path);
}

// src/cli/compare.ts
async function compareCommand(options, io2) {
  await expectBoth(options.base, options.candidate);
  const candidate = await readResult(options.candidate);
  const criteria = await criteriaFor(options, candidate, io2);
  const judged2 = await judgeAgainst(options, candidate, criteria, io2.signal);
  const baseline = baselineResult(judged2.source);
  const warnings = unusedCriteria({ candidate, baseline }, criteria);
  io2.print(buildReport({ candidate, ...judged2, title: "", warnings }), options.format);
  return exitCode(judged2, options.failOn);
}
async function expectBoth(base, candidate) {
  const problems = [];
  if (!await exists(base)) problems.push(`${base}: there is no such file or folder`);
  if (!await exists(candidate)) problems.push(`${candidate}: there is no such file`);
  if (problems.length > 0) throw new DocumentError("unreadable", problems.join("\n"));
}
async function exists(path) {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const { code: code2 } = error;
    return code2 !== "ENOENT" && code2 !== "ENOTDIR";
  }
}
async function historyOf(sha, directory, signal) {
  const known = await ancestorsOf(directory, sha, signal);
  return known.length === 0 ? [sha] : known;
}
async function judgeAgainst({ base, workingDirectory: workingDirectory2 }, candidate, criteria, signal) {
  const kind = await stat(base).catch(() => null);
  if (kind?.isDirectory()) {
    const { commit } = candidate;
    const ancestors = async () => commit ? historyOf(commit.sha, workingDirectory2, signal) : [];
    const { lookup } = await lookUp(candidate, fileStore({ path: base }), ancestors);
    if (lookup.status === "absent") {
      throw new UsageError(`${base} holds no baseline of the series ${JSON.stringify(candidate.series)}.`);
    }
    return judge(candidate, { type: "lookup", lookup }, criteria);
  }
  const baseline = await readResult(base);
  if (baseline.pairing && baseline.pairing.id === candidate.pairing?.id) {
    return judge(candidate, { type: "paired", result: baseline }, criteria);
  }
  const differences = environmentDifferences(baseline.environment, candidate.environment);
  if (differences.length > 0) {
    const detail = differences.map(({ gate, a, b }) => `${gate} is ${b}, it was ${a}`).join("; ");
    const lookup = {
      status: "unusable",
      reason: "environment",
      detail,
      baseline: { result: baseline, location: base }
    };
    return judge(candidate, { type: "lookup", lookup }, criteria);
  }
  return judge(candidate, { type: "given", result: baseline, location: base }, criteria);
}

// src/cli/error-document.ts
function formatErrorJson(error, safe) {
  const document = {
    error: {
      type: typeOf(error),
      message: safe(error instanceof Error ? error.message : String(error)),
      ...error instanceof ConfigError && { problems: error.problems.map((p) => safeProblem(p, safe)) }
    }
  };
  return `${inertJson(document)}
`;
}
function typeOf(error) {
  if (error instanceof CancelledError) return "cancelled";
  if (error instanceof ConfigError) return "config";
  if (error instanceof DocumentError) return "document";
  return error instanceof UsageError ? "usage" : "internal";
}
function safeProblem(problem, safe) {
  const { value, expected, message } = problem;
  return { ...problem, value: safe(value), expected: safe(expected), message: safe(message) };
}
function asksForJson(argv2) {
  const formats = argv2.flatMap((word, i) => {
    if (word === "--format") return [argv2[i + 1]];
    return word.startsWith("--format=") ? [word.slice("--format=".length)] : [];
  });
  return formats.at(-1) === "json";
}

// src/cli/init.ts
import { stat as stat4 } from "node:fs/promises";
import { dirname as dirname4, join as join4, relative as relative3, resolve } from "node:path";

// src/init/node-version.ts
var import_yaml = __toESM(require_dist(), 1);
function versionOfWorkflows({ tree, above }) {
  const root = above.at(-1) ?? tree;
  for (const path of root.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one))) {
    const text = root.read(path) ?? "";
    if (!/\bsetup-node@/.test(text) || /\/perf-baseline@/.test(text)) continue;
    const version = versionIn(text);
    if (version !== null) return { value: version, why: path };
  }
  return null;
}
function versionIn(text) {
  const versions = [];
  try {
    const jobs = Object.values((0, import_yaml.parse)(text)?.jobs ?? {});
    for (const { steps, strategy } of jobs) {
      if (!Array.isArray(steps)) continue;
      for (const step of steps) {
        if (!/\bsetup-node@/.test(String(step?.uses ?? ""))) continue;
        const stated = step?.with?.["node-version"];
        const [, name = ""] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(String(stated)) ?? [];
        const matrix = strategy?.matrix;
        versions.push(...[name === "" ? stated : matrix?.[name]].flat().filter(isVersion).map(String));
        if (name === "" && Array.isArray(stated)) versions.length = 0;
      }
    }
  } catch {
    return null;
  }
  return versions.sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))[0] ?? null;
}
var isVersion = (value) => (typeof value === "number" || typeof value === "string") && /^(?:\d+(?:\.[\dx]+){0,2}|lts\/[\w*]+)$/.test(String(value));

// src/init/tree.ts
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
var PASSED_OVER = /^(node_modules|bower_components|vendor|third_party|dist|build|out|target|coverage|__pycache__|venv|env|site-packages|__tests__|tests?|spec|specs|e2e|cypress|fixtures|__fixtures__|__mocks__)$/;
var HIDDEN = /^\.(?!github$)/;
var DEEPEST = 7;
var MOST_FILES = 5e3;
var MOST_BYTES = 2e6;
function readTree(folder, deepest = DEEPEST) {
  const paths = [];
  let level = [""];
  for (let depth = 0; depth < deepest && level.length > 0 && paths.length < MOST_FILES; depth++) {
    const next2 = [];
    for (const inner of level) {
      for (const entry of entriesOf(join(folder, inner))) {
        const path = inner === "" ? entry.name : `${inner}/${entry.name}`;
        if (entry.isFile() && paths.length < MOST_FILES) paths.push(path);
        const passed = PASSED_OVER.test(entry.name) && !(depth > 0 && /^specs?$/.test(entry.name));
        if (entry.isDirectory() && !passed && !HIDDEN.test(entry.name)) next2.push(path);
      }
    }
    level = next2;
  }
  const texts = /* @__PURE__ */ new Map();
  const read2 = (path) => {
    const text = texts.has(path) ? texts.get(path) : textOf(join(folder, path));
    texts.set(path, text ?? null);
    return text ?? null;
  };
  return { paths, read: read2 };
}
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}
function textOf(path) {
  try {
    const { size } = statSync(path);
    return size > MOST_BYTES ? null : readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
function within(tree, folder) {
  return { ...tree, paths: tree.paths.filter((path) => path.startsWith(`${folder}/`)) };
}
function subtree(tree, folder) {
  const start = `${folder}/`;
  const inner = tree.paths.filter((path) => path.startsWith(start));
  return {
    paths: inner.map((path) => path.slice(start.length)),
    read: (path) => tree.read(start + path)
  };
}
function firstOf(tree, paths) {
  return paths.find((path) => tree.paths.includes(path));
}
var SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt|php|ex|exs|cs|properties)$/;
var NO_SOURCE = /\.(?:test|spec|bench|stories|d|min|config)\.[cm]?[jt]sx?$|_test\.(?:go|py)$|(?:^|\/)test_\w+\.py$/;
var MOST_SOURCES = 500;
var MOST_SOURCE_CHARACTERS = 3e5;
function* sources(tree, first = []) {
  const found = tree.paths.filter((path) => SOURCE.test(path) && !NO_SOURCE.test(path));
  const depth = (path) => path.split("/").length;
  const ordered = [
    ...first.filter((path) => found.includes(path)),
    ...found.filter((path) => !first.includes(path)).sort((a, b) => depth(a) - depth(b))
  ];
  for (const path of ordered.slice(0, MOST_SOURCES)) {
    const text = tree.read(path);
    if (text !== null && text.length <= MOST_SOURCE_CHARACTERS) yield { path, text };
  }
}

// src/init/package-manager.ts
function parsePackageJson(text) {
  const raw = objectOf(parsed(text));
  if (raw === null) return null;
  const { name, main: main2, packageManager } = raw;
  return {
    ...typeof name === "string" ? { name } : {},
    ...typeof main2 === "string" ? { main: main2 } : {},
    ...typeof packageManager === "string" ? { packageManager } : {},
    scripts: textsOf(raw.scripts),
    dependencies: { ...textsOf(raw.devDependencies), ...textsOf(raw.dependencies) },
    hasEngines: "node" in textsOf(raw.engines) || "node" in textsOf(raw.volta) || objectOf(raw.devEngines) !== null,
    workspaces: raw.workspaces !== void 0
  };
}
function parsed(text) {
  try {
    return text === null ? null : JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}
function objectOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
function textsOf(value) {
  const entries = Object.entries(objectOf(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry) => typeof entry[1] === "string")
  );
}
var LOCKS = [
  ["package-lock.json", "npm", "npm ci"],
  ["npm-shrinkwrap.json", "npm", "npm ci"],
  ["pnpm-lock.yaml", "pnpm", "pnpm install --frozen-lockfile"],
  ["yarn.lock", "yarn", "yarn install --frozen-lockfile"],
  ["bun.lock", "bun", "bun install --frozen-lockfile"],
  ["bun.lockb", "bun", "bun install --frozen-lockfile"]
];
function packageManagerOf(place, json2) {
  const around = place.above.map((tree) => parsePackageJson(tree.read("package.json")));
  const [stated] = [json2, ...around].flatMap(
    (one) => /^(npm|pnpm|yarn|bun)@/.exec(one?.packageManager ?? "")?.[1] ?? []
  );
  for (const [depth, tree] of [place.tree, ...place.above].entries()) {
    const found = LOCKS.filter(([file2]) => tree.paths.includes(file2));
    const [lock] = found.some(([, name3]) => name3 === stated) ? found.filter(([, name3]) => name3 === stated) : found;
    if (lock === void 0) continue;
    const [file, name2, install] = lock;
    const berry = name2 === "yarn" && (firstOf(tree, [".yarnrc.yml"]) !== void 0 || /^__metadata:/m.test(tree.read(file) ?? ""));
    const value = berry ? "yarn install --immutable" : install;
    return { name: name2, install: { value, why: `by ${"../".repeat(depth)}${file}` }, berry };
  }
  const name = stated ?? "npm";
  if (Object.keys(json2.dependencies).length === 0) return { name, install: null, berry: false };
  return {
    name,
    install: { value: `${name} install`, why: "by package.json, which has dependencies and no lock file" },
    berry: false
  };
}
function installedAt(up, root, { name, install }) {
  const needed = install ?? (Object.keys(root?.dependencies ?? {}).length === 0 ? null : { value: `${name} install`, why: "by the package.json of the workspace" });
  return name !== "npm" || needed === null ? needed : { ...needed, value: needed.value.replace(/^npm /, `npm --prefix ${up} `) };
}
function runScript(name, script, args = "") {
  if (name === "npm") {
    const run2 = script === "start" ? "npm start" : `npm run ${script}`;
    return args === "" ? run2 : `${run2} -- ${args}`;
  }
  return [`${name} run ${script}`, args].filter((part2) => part2 !== "").join(" ");
}
var SETUP_NODE = {
  uses: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020",
  version: "v7.0.0"
};
var NODE = "24";
function nodeSteps(place, json2, { name, berry }) {
  const folder = place.within === "." ? "" : `${place.within}/`;
  const above = place.above.at(-1);
  const versionFiles = [".nvmrc", ".node-version", ".tool-versions"];
  const own = firstOf(place.tree, versionFiles) ?? (json2.hasEngines ? "package.json" : void 0);
  const outer = above && firstOf(above, versionFiles);
  const file = own === void 0 ? outer : `${folder}${own}`;
  const elsewhere = file === void 0 ? versionOfWorkflows(place) : null;
  const setup = {
    ...SETUP_NODE,
    with: file === void 0 ? { "node-version": elsewhere?.value ?? NODE } : { "node-version-file": file },
    why: file === void 0 ? elsewhere !== null ? `Node ${elsewhere.value}, as in ${elsewhere.why}` : `Node ${NODE}: neither .nvmrc nor "engines" in package.json says which` : `the version of Node is that of ${file}`
  };
  if (name === "npm") return [setup];
  if (name === "bun")
    return [setup, { run: "npm install --global bun", why: "bun, which the runner does not have" }];
  const corepack = "npm install --global corepack && corepack enable";
  if (name === "pnpm") return [setup, { run: corepack, why: "pnpm, which the runner does not have" }];
  const stated = [place.tree, ...place.above].some(
    (tree) => parsePackageJson(tree.read("package.json"))?.packageManager !== void 0
  );
  if (stated) return [setup, { run: corepack, why: "yarn, in the version that packageManager states" }];
  return berry ? [setup, { run: corepack, why: "yarn, of which the runner has version 1 alone" }] : [setup];
}

// src/init/benchmarks.ts
var FILE = /(?:^|\/)(?:bench(?:es|marks?)?|perf)\/(?:[^/]+\/)?[^/]+\.[cm]?[jt]s$|(?:^|\/)bench(?:marks?)?\.[cm]?[jt]s$|\.bench\.[cm]?[jt]s$/;
var LIBRARIES = ["tinybench", "mitata", "vitest", "benchmark", "cronometro", "bench-node"];
var EXPORTS = /^export\s+(?:(?:async\s+)?function|const|default|\{)|^(?:module\.)?exports\b/m;
function benchmarksOf(tree) {
  const json2 = parsePackageJson(tree.read("package.json"));
  if (json2 === null) return null;
  const scripts = Object.entries(json2.scripts).filter(([name]) => /^(?:bench|benchmarks?|perf)\b/.test(name));
  const library = LIBRARIES.find((name) => json2.dependencies[name] !== void 0);
  if (scripts.length === 0 && library === void 0) return null;
  const files = tree.paths.filter((path) => FILE.test(path) && !/\.d\.[cm]?ts$/.test(path));
  const run2 = files.find((path) => scripts.some(([, text]) => text.includes(path)));
  const read2 = (path) => tree.read(path) ?? "";
  const used = (path) => LIBRARIES.find((name) => new RegExp(`["']${name}["']`).test(read2(path)));
  const sound = files.find((path) => used(path) === void 0 && EXPORTS.test(read2(path)));
  const module = sound ?? run2 ?? files[0];
  if (module === void 0) return null;
  const [script] = scripts.find(([, text]) => text.includes(module)) ?? [];
  const why = script === void 0 ? `${module} looks like benchmarks` : `the script ${JSON.stringify(script)} of package.json runs it`;
  return module === sound ? { module, why } : { module, why, runner: used(module) ?? library ?? "a runner of its own" };
}
var toExport = ({ module, runner }) => `what to call: ${module} hands its benchmarks to ${runner} itself, and a scenario of type micro measures what a module exports; move the functions into one without ${runner}, as export function parse() { \u2026 }, and name it in module (command: COMMAND times a whole program instead). The pull request that adds the module is compared with nothing, as its base does not have it`;

// src/init/ignored.ts
var KEPT = ".perf-baseline";
var ENVIRONMENT = ".venv";
var ignoredFolders = (setup) => setup?.includes(` ${ENVIRONMENT} `) ? [KEPT, ENVIRONMENT] : [KEPT];
function ignoreLine(text, folder) {
  const present = text ?? "";
  const names = present.split(/\r?\n/).map(
    (line) => line.trim().replace(/^!?\/?/, "").replace(/\/.*$/, "")
  );
  if (names.includes(folder)) return null;
  const end = present.includes("\r\n") ? "\r\n" : "\n";
  return `${present === "" || present.endsWith("\n") ? "" : end}${folder}/${end}`;
}

// src/init/listening.ts
var OWN = "(?:(?:APP|SERVER|HTTP|API|LISTEN|SERVICE|WEB|NODE|BACKEND)_)?PORT";
var READ = new RegExp(
  [
    // process.env.PORT, process.env['PORT'], import.meta.env, os.environ["PORT"], env.PORT, ENV["PORT"]
    "\\b(?:env|environ|ENV)(?:\\?)?(?:\\.|\\[\\s*[\"'`])",
    // Deno.env.get("PORT"), os.environ.get("PORT"), ENV.fetch("PORT"), std::env::var("PORT"), env('PORT')
    "\\b(?:env|environ|ENV)(?:\\.get|\\.fetch|::var|\\.int|\\.str)?\\(\\s*[\"'`]",
    // os.Getenv("PORT"), os.getenv("PORT"), System.getenv("PORT"), os.LookupEnv("PORT")
    "\\b(?:[gG]et[eE]nv|LookupEnv)\\(\\s*[\"'`]",
    // configService.get<number>('PORT')
    "\\.get(?:OrThrow)?(?:<[^>]*>)?\\(\\s*[\"'`]",
    // convict: env: 'PORT'
    "\\benv:\\s*[\"'`]",
    // application.properties: server.port=${PORT:8080}
    "\\$\\{"
  ].map((way) => `(?:${way})`).join("|").replace(/^(.*)$/s, `(?:$1)(${OWN})\\b`),
  "g"
);
var TAKEN = new RegExp(
  `\\{[^{}]*\\b(${OWN})\\b[^{}]*\\}\\s*=\\s*(?:process\\.env|Bun\\.env)|\\b(${OWN})\\s*:\\s*(?:port|num|z\\.|Joi\\.|Type\\.|\\{\\s*type:)`,
  "g"
);
var FIXED = [
  /\.listen\(\s*(\d{2,5})\b/,
  /\.listen\(\s*\{[^}]*\bport:\s*(\d{2,5})\b/,
  /\bserve\(\s*\{[^}]*\bport:\s*(\d{2,5})\b/,
  /\b(?:ListenAndServe|Run|Start|Listen)\(\s*"[^":]*:(\d{2,5})"/,
  /\b(?:run|run_app|serve)\([^)]*\bport\s*=\s*(\d{2,5})\b/,
  /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]):(\d{2,5})"/,
  /\(\s*\[\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\]\s*,\s*(\d{2,5})\s*\)/,
  /\.bind\(\s*\(\s*"[^"]*"\s*,\s*(\d{2,5})\s*\)/,
  /^server\.port\s*=\s*(\d{2,5})\s*$/m
];
var CONSTANT = /\b(?:port|PORT)\s*(?::\s*\w+\s*)?:?=\s*(\d{2,5})\b/;
var LISTENS = /\.listen\(|\bserve\(|ListenAndServe|\.run\(|\.Run\(|createServer/;
var SHARED = /\bexport\s+const\s+(?:port|PORT)\s*(?::\s*\w+\s*)?=\s*(\d{2,5})\b|\bexports\s*=\s*\{[^{}]*\b(?:port|PORT)\s*:\s*(\d{2,5})\b/;
var LISTENS_ON_SHARED = /\.listen\(\s*(?:\{[^}]*\bport\s*:\s*)?(?:\w+\.)?(?:port|PORT)\b/;
var GIN = /\bgin\.(?:Default|New)\([\s\S]*\.Run\(\s*\)/;
function listeningOf(tree, first = []) {
  let named3;
  let fixed;
  let shared;
  let takesShared = false;
  for (const { path, text } of sources(tree, first)) {
    const variables = [...text.matchAll(READ), ...text.matchAll(TAKEN)].map(
      (match) => match[1] ?? match[2] ?? ""
    );
    if (variables.includes("PORT")) return { type: "free", why: `${path} reads PORT` };
    if (GIN.test(text)) return { type: "free", why: `${path} runs Gin, which listens on PORT` };
    const [variable] = variables;
    if (variable !== void 0) named3 ??= { path, variable };
    const port = fixedPort(text);
    if (port !== void 0) fixed ??= { path, port };
    const [, esm, commonjs] = SHARED.exec(text) ?? [];
    const stated = portNumber(esm ?? commonjs);
    if (stated !== void 0) shared ??= { path, port: stated };
    takesShared ||= LISTENS_ON_SHARED.test(text);
  }
  if (named3 !== void 0)
    return { type: "free", why: `${named3.path} reads ${named3.variable}`, variable: named3.variable };
  if (fixed === void 0 && shared !== void 0 && takesShared)
    return { type: "fixed", port: shared.port, why: `${shared.path} says port ${shared.port}` };
  if (fixed !== void 0)
    return { type: "fixed", port: fixed.port, why: `${fixed.path} listens on ${fixed.port}` };
  return { type: "unknown" };
}
function fixedPort(text) {
  const patterns2 = LISTENS.test(text) ? [...FIXED, CONSTANT] : FIXED;
  for (const pattern2 of patterns2) {
    const port = portNumber(pattern2.exec(text)?.[1]);
    if (port !== void 0) return port;
  }
  return void 0;
}
function portNumber(text) {
  const port = text !== void 0 && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : void 0;
}
function portArgument(command) {
  return portNumber(/\s(?:--port[ =]|-p[ =]?|-l[ =]?|(?:--bind|-b)[ =]?\S*:)(\d{2,5})\b/.exec(command)?.[1]);
}

// src/init/compiled.ts
var GO_BINARY = `${KEPT}/target`;
function goService({ tree }) {
  if (!tree.paths.includes("go.mod")) return null;
  const mains = [...sources(tree)].filter(
    ({ path, text }) => path.endsWith(".go") && /^package main\b/m.test(text) && /^func main\(\)/m.test(text)
  ).map(({ path }) => path);
  const folders = [...new Set(mains.map((path) => path.replace(/\/?[^/]+$/, "")))];
  const servers = folders.filter((folder2) => /(?:^|\/)(?:server|api|web|app|service)$/.test(folder2));
  const folder = folders.includes("") ? "" : folders.length === 1 ? folders[0] : servers.length === 1 ? servers[0] : void 0;
  const base = { kind: "Go", entries: mains, steps: [], listening: listeningOf(tree, mains) };
  if (folder === void 0) {
    const several = `there are several main packages (${folders.slice(0, 5).join(", ")})`;
    return { ...base, notes: folders.length > 1 ? [several] : [] };
  }
  const main2 = folder === "" ? "." : `./${folder}`;
  return {
    ...base,
    setup: { value: `go build -o ${GO_BINARY} ${main2}`, why: "by go.mod" },
    start: { value: `${named(base.listening)}./${GO_BINARY}`, why: `the main package in ${main2}` },
    notes: []
  };
}
function rustService({ tree }) {
  const cargo = tree.read("Cargo.toml");
  if (cargo === null) return null;
  const entry = firstOf(tree, ["src/main.rs"]);
  const binaries = [...cargo.matchAll(/^\[\[bin\]\][^[]*?^name\s*=\s*"([^"]+)"/gms)].map(([, name2]) => name2);
  const inPackage = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(cargo)?.[1];
  const stated = /^default-run\s*=\s*"([^"]+)"/m.exec(cargo)?.[1];
  const name = stated ?? (binaries.length === 1 ? binaries[0] : entry === void 0 ? void 0 : inPackage);
  const rocket = /^rocket\b/m.test(cargo);
  const listening = rocket ? { type: "free", why: "Rocket reads ROCKET_PORT", variable: "ROCKET_PORT" } : listeningOf(tree, entry === void 0 ? [] : [entry]);
  return {
    kind: "Rust",
    setup: { value: "cargo build --release", why: "by Cargo.toml" },
    ...name === void 0 ? {} : { start: { value: `${named(listening)}./target/release/${name}`, why: "the binary of Cargo.toml" } },
    listening,
    entries: entry === void 0 ? [] : [entry],
    steps: [],
    notes: []
  };
}
function named(listening) {
  return listening.type === "free" && listening.variable !== void 0 ? `${listening.variable}=\${PORT} ` : "";
}

// src/init/containers.ts
var import_yaml2 = __toESM(require_dist(), 1);
var UNMEASURED = "memory and CPU of a container are not measured, unless target.memory names a file with the id of its process";
var COMPOSE = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
var isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function composeService({ tree }) {
  const file = firstOf(tree, COMPOSE);
  if (file === void 0) return null;
  const services = servicesOf(tree.read(file));
  const overrides = new Map(servicesOf(tree.read(file.replace(/\.(ya?ml)$/, ".override.$1"))));
  const own = services.filter(([, service]) => service.build !== void 0);
  const withPort = own.map(([name, service]) => {
    const port = publishedPort(overrides.get(name) ?? {}) ?? publishedPort(service);
    return { name, port, folder: contextOf(service) };
  }).filter(({ port }) => port !== null).sort((a, b) => likelihood(b.name) - likelihood(a.name));
  const [first] = withPort;
  if (first === void 0 || first.port === null) return null;
  const notes2 = [UNMEASURED];
  if (withPort.length > 1)
    notes2.push(
      `${file} has more than one service with a port (${withPort.map(({ name }) => name).join(", ")}); ${first.name} is measured`
    );
  const why = `the service ${first.name} of ${file}`;
  const listening = first.port === "PORT" ? { type: "free", why: `${file} publishes PORT` } : { type: "fixed", port: first.port, why: `${file} publishes ${first.port}` };
  return {
    kind: "Docker Compose",
    setup: { value: "docker compose build", why },
    start: { value: "docker compose up", why },
    stop: { value: "docker compose down", why: "containers outlive the command that started them" },
    listening,
    ...first.folder === "" ? {} : { folder: first.folder },
    entries: [],
    steps: [],
    notes: notes2
  };
}
var likelihood = (name) => /api|backend|server/.test(name) ? 2 : /^(?:app|web|service)$/.test(name) ? 1 : 0;
function contextOf({ build }) {
  const context = isMapping(build) ? build.context : build;
  return typeof context === "string" ? context.replace(/^\.\/?|\/+$/g, "") : "";
}
function composeImages({ tree }) {
  const file = firstOf(tree, COMPOSE);
  if (file === void 0) return null;
  const images = servicesOf(tree.read(file)).filter(([, service]) => service.build === void 0);
  return images.length === 0 ? null : { file, names: images.map(([name]) => name) };
}
function servicesOf(text) {
  try {
    const document = text === null ? null : (0, import_yaml2.parse)(text, { logLevel: "silent", merge: true });
    const services = isMapping(document) ? document.services : null;
    return Object.entries(isMapping(services) ? services : {}).filter(
      (entry) => isMapping(entry[1])
    );
  } catch {
    return [];
  }
}
function publishedPort(service) {
  const ports = Array.isArray(service.ports) ? service.ports : [];
  for (const entry of ports) {
    const text = isMapping(entry) ? String(entry.published ?? "") : hostPart(String(entry));
    if (/^\$\{PORT\b[^}]*\}$|^\$PORT$/.test(text)) return "PORT";
    const port = portNumber(/^\$\{\w+:?-(\d+)\}$/.exec(text)?.[1] ?? text);
    if (port !== void 0) return port;
  }
  return null;
}
function hostPart(text) {
  const parts = text.replace(/\/\w+$/, "").match(/\$\{[^}]*\}|[^:]+/g) ?? [];
  return parts.length < 2 ? "" : parts.at(-2) ?? "";
}
function dockerfileService({ tree }) {
  const file = firstOf(tree, ["Dockerfile", "Containerfile", "docker/Dockerfile"]);
  const text = file === void 0 ? null : tree.read(file);
  if (file === void 0 || text === null) return null;
  const inSources = listeningOf(tree);
  const port = exposed(text) ?? (inSources.type === "fixed" ? inSources.port : null);
  const option = file === "Dockerfile" ? "" : `--file ${file} `;
  const notes2 = [UNMEASURED];
  if (port === null && inSources.type !== "free")
    notes2.push(
      `the port inside the container could not be found out, as ${file} EXPOSEs none: 8080, and PORT=8080, is a guess`
    );
  const inside = port ?? 8080;
  return {
    kind: "Docker",
    setup: { value: `docker build ${option}.`, why: `by ${file}` },
    start: {
      // The image by its id and the container by its port, so that base and head can stand side by side.
      value: `docker run --rm --name perf-baseline-\${PORT} --env PORT=${inside} --publish 127.0.0.1:\${PORT}:${inside} $(docker build --quiet ${option}.)`,
      why: port === null ? `by ${file}` : `by ${file}, port ${port} inside the container`
    },
    stop: {
      value: "docker rm --force perf-baseline-${PORT}",
      why: "containers outlive the command that started them"
    },
    listening: { type: "free", why: "docker publishes the container on it" },
    entries: [],
    steps: [],
    notes: notes2
  };
}
var HEALTHCHECK = /^\s*HEALTHCHECK\s[^\n]*?https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[\w${}-]+)?(\/[\w./-]+)/gim;
function dockerHealth({ read: read2 }) {
  const text = (read2("Dockerfile") ?? "").replace(/\\\r?\n/g, " ");
  const path = [...text.matchAll(HEALTHCHECK)].at(-1)?.[1];
  return path === void 0 ? null : { value: path, why: "the HEALTHCHECK of Dockerfile" };
}
function exposed(text) {
  const lines = text.replace(/\\\r?\n/g, " ").split(/\r?\n/);
  const values = /* @__PURE__ */ new Map();
  let port = null;
  let told2 = null;
  for (const line of lines) {
    const [, word = "", rest = ""] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
    const instruction = word.toUpperCase();
    if (instruction === "FROM") {
      port = null;
      told2 = null;
    }
    if (instruction === "ARG" || instruction === "ENV") {
      for (const [, name = "", value = ""] of rest.matchAll(/(\w+)(?:=|\s+)"?([^\s"]*)"?/g))
        values.set(name, value);
      if (instruction === "ENV" && /\bPORT[=\s]/.test(rest)) told2 = portNumber(values.get("PORT")) ?? null;
    }
    if (instruction === "EXPOSE") {
      const filled = rest.replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (_, name, other) => values.get(name) ?? other ?? ""
      );
      port ??= portNumber(filled.trim().split(/[\s/]/)[0]) ?? null;
    }
  }
  return port ?? told2;
}
function imageCommand({ read: read2 }) {
  const file = "Dockerfile";
  const [, text = ""] = [...(read2(file) ?? "").matchAll(/^[ \t]{0,20}(?:CMD|ENTRYPOINT)[ \t]{1,20}(\S.{0,400})$/gim)].at(-1) ?? [];
  const words = text.startsWith("[") ? [...text.matchAll(/"([^"\\]*)"/g)].map(([, word]) => word) : [text.trim()];
  const command = words.join(" ");
  return command === "" ? null : { file, command };
}

// src/init/handler-needs.ts
var RISKY = /(?:^|[/_.-])(?:log-?out|log-?off|sign-?out|sign-?off|shut-?down|delete|remove|reset|restart|reboot|destroy|drop|purge|wipe|kill|quit|exit|terminate|revoke|unsubscribe|deactivate|cancel)(?=$|[/_.-])/i;
var INTERNAL = /(?:^|\/)_?(?:internal|debug|admin)(?=\/|$)/i;
var GUARD = /auth(?!or)|guard|protect|jwt|passport|require[A-Z]|ensure[A-Z]|verif|login|logged|permission|\brole|\bbearer|apiKey|api_key|\bacl\b|currentUser|current_user|[^\w]40[13]\b/i;
var HARMLESS = /^(?:await\s+)?(?:\w+\.)?(?:cors|cache\w*|compress\w*|helmet|log\w*|morgan|etag|timing|json|urlencoded)\b/i;
var STREAM = /text\/event-stream|\bstreamSSE\(|\bEventSourceResponse\b|\.sse\(|\bSse\(|\bcreateEventStream\(/;
var UNFIT = /text\/event-stream|\bprocess\.(?:exit|kill|abort)\(|\b(?:server|app)\.close\(/;
var ENDS = /\bprocess\.(?:exit|kill|abort)\(|\b(?:server|app)\.close\(/;
var ASKS_WHO = /\b(?:status|sendStatus|writeHead|code|json|throw|abort|HTTPException|statusCode)\b[^;\n]{0,80}\b40[13]\b/;
var QUERY = /\bquery\b|\bsearchParams\b|\bparams\.get\(/;
var REFUSES = /\b4(?:00|22)\b/;
var NEEDS_KEY = "it may ask who is calling";
var NEVER_ENDS = "it streams without end";
var NEEDS_QUERY = "it may need a value in its query";
function riskOf(route) {
  if (RISKY.test(route)) return "its name says that it may end or remove something";
  return INTERNAL.test(route) && !/\/(?:health\w*|health-check|livez|liveness|readyz?|readiness)\/?$/.test(route) ? "its name says that it is not for everybody" : void 0;
}
function needOf(code2) {
  if (STREAM.test(code2)) return NEVER_ENDS;
  if (ENDS.test(code2)) return "it ends the service";
  if (ASKS_WHO.test(code2)) return NEEDS_KEY;
  return QUERY.test(code2) && REFUSES.test(code2) ? NEEDS_QUERY : void 0;
}
function needBefore(code2) {
  if (code2.startsWith("{")) {
    if (/\b(?:preHandler|onRequest|preValidation|preParsing|config)\b/.test(code2)) return NEEDS_KEY;
    return /\bquerystring\b|\bquery\b|\bheaders\b/.test(code2) && /\brequired\b/.test(code2) ? NEEDS_QUERY : void 0;
  }
  if (HARMLESS.test(code2)) return void 0;
  return GUARD.test(code2) ? NEEDS_KEY : `something stands before its handler that may turn requests away`;
}

// src/init/mounts.ts
var DEEPEST2 = 8;
var MOST_PLACES = 4;
function resolvedRoutes(routers, join5 = joined) {
  return [...routers.values()].flatMap((router) => {
    const places = placesOf(routers, router, join5, 0);
    return router.routes.flatMap(({ method, route, at, reason: own }) => {
      const known = places.filter(({ prefix }) => prefix !== null);
      if (known.length === 0)
        return [
          { method, route, file: router.file, ...own === void 0 ? {} : { reason: own }, lost: true }
        ];
      return known.map(({ prefix, reason: reason2 }) => {
        const why = reason2 ?? guardOf(router, route, at) ?? own;
        return {
          method,
          route: join5(prefix ?? "", route),
          file: router.file,
          ...why === void 0 ? {} : { reason: why }
        };
      });
    });
  });
}
function placesOf(routers, router, join5, depth) {
  const own = (prefix) => prefix === null || router.base === null ? null : join5(prefix, router.base);
  if (depth > DEEPEST2) return [];
  if (router.mounts.length === 0) return router.root ? [{ prefix: own(""), reason: void 0 }] : [];
  return router.mounts.slice(0, MOST_PLACES).flatMap((mount) => {
    const parent = routers.get(mount.parent);
    const above = parent === void 0 ? [] : placesOf(routers, parent, join5, depth + 1);
    return above.map((place) => ({
      prefix: place.prefix === null || mount.prefix === null ? null : own(join5(place.prefix, mount.prefix)),
      reason: place.reason ?? mount.reason ?? (parent === void 0 ? void 0 : guardOf(parent, mount.prefix ?? "", mount.at))
    }));
  }).slice(0, MOST_PLACES);
}
var guardOf = ({ guards }, route, at) => guards.find(
  (guard) => guard.at < at && (guard.prefix === "" || route === guard.prefix || route.startsWith(`${guard.prefix}/`))
)?.reason;
function joined(prefix, route) {
  const parts = [prefix, route].flatMap((part2) => part2.split("/")).filter((part2) => part2 !== "");
  const slash = route.length > 1 && route.endsWith("/") ? "/" : "";
  return `/${parts.join("/")}${parts.length > 0 ? slash : ""}`;
}

// src/init/script-text.ts
var OPENS = { ")": "(", "]": "[", "}": "{" };
var BEFORE_PATTERN = /[(,=:[!&|?{};+]|^$/;
var FARTHEST_OPEN = 6;
function scriptOf(path, text) {
  const { code: code2, partner } = blanked(text);
  return { path, text, code: code2, partner, functions: [...functionsOf(code2, partner)] };
}
function blanked(text) {
  const kept = [];
  const partner = /* @__PURE__ */ new Map();
  const stack = [];
  let last = "";
  for (let at = 0; at < text.length; ) {
    const end = quietEnd(text, at, last);
    const character = text[at] ?? "";
    if (end > at) {
      const quiet = text.slice(at, end).replace(/[^\n]/g, " ");
      const isText = /["'`]/.test(character) && end > at + 1;
      kept.push(isText ? `"${quiet.slice(1, -1)}"` : quiet);
      if (isText || !/^\/[/*]/.test(text.slice(at, at + 2))) last = '"';
      at = end;
      continue;
    }
    if (/[([{]/.test(character)) stack.push(at);
    const opens = OPENS[character];
    if (opens !== void 0) {
      const matching = stack.slice(-FARTHEST_OPEN).findLastIndex((open) => text[open] === opens);
      if (matching >= 0) {
        const open = stack.splice(stack.length - Math.min(FARTHEST_OPEN, stack.length) + matching)[0] ?? 0;
        partner.set(open, at);
        partner.set(at, open);
      }
    }
    if (character.trim() !== "") last = character;
    kept.push(character);
    at += 1;
  }
  return { code: kept.join(""), partner };
}
function quietEnd(text, at, last) {
  const character = text[at];
  if (character === '"' || character === "'" || character === "`") return textEnd(text, at, character);
  if (character !== "/") return at;
  if (text[at + 1] === "/") return lineEnd(text, at);
  if (text[at + 1] === "*") {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (!BEFORE_PATTERN.test(last)) return at;
  const pattern2 = /^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//.exec(text.slice(at, at + 300));
  return pattern2 === null ? at : at + pattern2[0].length;
}
function textEnd(text, at, quote) {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === quote) return end + 1;
    else if (text[end] === "\n" && quote !== "`") return at + 1;
  }
  return at + 1;
}
function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
var MOST_ARROWS = 8e3;
var NAMED = /\bfunction\s{0,9}\*?\s{0,9}([\w$]*)\s{0,9}(?:<[^>(]{0,80}>)?\(/g;
var METHOD = /(?<=[\s;}]|^)(?!(?:if|for|while|switch|catch|function|with|return)\b)([\w$]{1,60})\s?\(/g;
var UP_TO_BODY = /^\s{0,9}(?::[^{;=]{1,120})?\{/;
function* functionsOf(code2, partner) {
  for (const pattern2 of [NAMED, METHOD]) {
    for (const { index, 0: whole, 1: name = "" } of code2.matchAll(pattern2)) {
      const open = index + whole.length - 1;
      const close = partner.get(open);
      if (close === void 0) continue;
      const body = UP_TO_BODY.exec(code2.slice(close + 1, close + 160));
      if (body === null) continue;
      const start = close + body[0].length;
      yield { name, params: namesIn(code2.slice(open + 1, close)), start, end: partner.get(start) ?? start };
    }
  }
  let arrows = 0;
  for (const { index } of code2.matchAll(/=>/g)) {
    if (++arrows > MOST_ARROWS) return;
    const before = code2.slice(Math.max(0, index - 160), index);
    const [returned = ""] = /(?<=\)\s{0,9}):[^(){}=;]{1,120}$/.exec(before) ?? [];
    const trimmed = before.slice(0, before.length - returned.length).trimEnd();
    const close = index - before.length + trimmed.length - 1;
    const open = trimmed.endsWith(")") ? partner.get(close) : void 0;
    const params = open === void 0 ? (/[\w$]+$/.exec(trimmed) ?? [])[0] : code2.slice(open + 1, close).slice(0, 2e3);
    const start = index + 2 + code2.slice(index + 2).search(/\S|$/);
    const end = code2[start] === "{" ? partner.get(start) : expressionEnd(code2, partner, start);
    yield { name: "", params: namesIn(params ?? ""), start, end: end ?? start };
  }
}
var namesIn = (params) => params.split(",").map((one) => /^\s*(?:\.\.\.)?([\w$]+)/.exec(one)?.[1] ?? "");
var FARTHEST_END = 3e3;
function expressionEnd(code2, partner, start) {
  let at = start;
  for (let steps = 0; at < code2.length && steps < FARTHEST_END; at++, steps++) {
    const character = code2[at] ?? "";
    if (/[([{]/.test(character)) at = partner.get(at) ?? at;
    else if (/[,;)\]}]/.test(character)) return at;
  }
  return at;
}
function argumentsAt({ code: code2, partner }, open) {
  const close = partner.get(open) ?? open + 1;
  const found = [];
  for (let start = open + 1; start < close && found.length < 20; ) {
    const end = Math.min(close, expressionEnd(code2, partner, start));
    let from = start;
    let to = end;
    while (from < to && /\s/.test(code2[from] ?? "")) from += 1;
    while (from < to && /\s/.test(code2[to - 1] ?? "")) to -= 1;
    if (from < to) found.push({ start: from, end: to });
    start = end + 1;
  }
  return found;
}
var MOST_STEPS = 400;
function chainAt(script, begin) {
  const { code: code2, partner } = script;
  const head = /^(?:await\s+)?(new\s+)?([A-Za-z_$][\w$]*)/.exec(code2.slice(begin, begin + 120));
  if (head === null) return null;
  const chain = { root: head[2] ?? "", fresh: head[1] !== void 0, at: begin, end: 0, steps: [] };
  let at = begin + head[0].length;
  let name = "";
  let named3 = begin;
  for (let hops = 0; hops < MOST_STEPS; hops++) {
    const types = /^\s*<[\w\s<>{}[\]:;,.|'"?]{0,300}?>(?=\()/.exec(code2.slice(at, at + 310));
    if (types !== null) at += types[0].length;
    if (code2[at] === "(") {
      chain.steps.push({ name, at: named3, args: argumentsAt(script, at) });
      at = (partner.get(at) ?? at) + 1;
      name = "";
    } else if (name !== "") {
      chain.steps.push({ name, at: named3, args: null });
      name = "";
    }
    if (code2[at] === "(") continue;
    const next2 = /^\s{0,200}[!?]?\.\s?([A-Za-z_$][\w$]*)/.exec(code2.slice(at, at + 260));
    if (next2 === null) break;
    named3 = at + next2[0].length - (next2[1] ?? "").length;
    name = next2[1] ?? "";
    at += next2[0].length;
  }
  const [first] = chain.steps;
  if (chain.root === "this" && first !== void 0 && first.args === null) {
    chain.root = `this.${first.name}`;
    chain.steps.shift();
  }
  chain.end = at;
  return chain;
}
function* chainsOf(script, steps) {
  for (const { index } of script.code.matchAll(
    /(?<![\w$.]|\bnew\s|\bawait\s|\bfunction\s{0,9}\*?\s{0,9})[A-Za-z_$][\w$]*/g
  )) {
    const chain = chainAt(script, index);
    if (chain?.steps.some(({ name, args }) => args !== null && steps.test(name))) yield chain;
  }
}

// src/init/compiled-routes.ts
var VERB = /^(?:GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|HandleFunc|Handle)$/;
var STEPS = new RegExp(`${VERB.source}|^(?:Route|Group|Mount|Subrouter|PathPrefix|Use|With)$`);
var MADE = /\b(\w+)\s*(?::=|=)\s*(?:gin\.(?:Default|New)|chi\.NewRouter|echo\.New|fiber\.New|http\.NewServeMux|mux\.NewRouter)\(/g;
var ENGINE = /\b(\w+)\s+\*(?:gin\.Engine|echo\.Echo|chi\.Mux|fiber\.App|http\.ServeMux|mux\.Router)\b/;
var goRoutes = (files) => files.flatMap(({ path, text }) => goFile(path, text));
function goFile(path, text) {
  const script = scriptOf(path, text);
  const routers = /* @__PURE__ */ new Map();
  const stripped = /StripPrefix\([^,\n]*,(?!\s*(?:http\.FileServer|\w*[fF]s\b|\w*[fF]ile))/.test(text);
  const beside = !stripped && !/^package (?!main\b)/m.test(text);
  const add = (key, root) => {
    if (!routers.has(key))
      routers.set(key, { file: path, root: root && beside, base: "", routes: [], mounts: [], guards: [] });
    return key;
  };
  const roots = new Set([...script.code.matchAll(MADE)].map(([, name = ""]) => name));
  const groups = [
    ...script.code.matchAll(/\b(\w+)\s*(?::=|=)\s*(?=\w+\.(?:Group|PathPrefix|With|Route)\()/g)
  ];
  const nodeOf = (name, at) => {
    const scope = script.functions.filter((one) => one.params.includes(name) && one.start < at && at < one.end).sort((a, b) => b.start - a.start)[0];
    const group = groups.filter((one) => one[1] === name && one.index < at).at(-1);
    if (group !== void 0 && group.index > (scope?.start ?? -1))
      return add(`group ${group.index + group[0].length}`, false);
    if (scope !== void 0) return add(`scope ${scope.start}`, isEngine(script, scope.start, name));
    return add(`root ${name}`, roots.has(name) || /^(?:http|mux|r|e|app|router)$/.test(name));
  };
  for (const chain of chainsOf(script, STEPS)) readChain(script, chain, nodeOf, add, routers);
  return resolvedRoutes(routers);
}
var isEngine = ({ code: code2 }, start, name) => ENGINE.exec(code2.slice(Math.max(0, start - 200), start).replace(/^[\s\S]*\bfunc\b/, ""))?.[1] === name;
var FIELD = /^(?:router|mux|engine|app|echo|r|e)$/i;
function readChain(script, chain, nodeOf, add, routers) {
  const [first] = chain.steps;
  const field = first?.args === null && FIELD.test(first.name) ? `${chain.root}.${first.name}` : void 0;
  let key = field === void 0 ? nodeOf(chain.root, chain.at) : add(`field ${field}`, true);
  for (const { name, args, at } of chain.steps) {
    const router = routers.get(key);
    if (args === null || router === void 0) continue;
    const [first2, second] = args;
    const literal = textAt(script, first2);
    const guarded = args.some(
      ({ start, end }) => !/^func\b/.test(script.code.slice(start, end)) && GUARD.test(script.text.slice(start, end))
    );
    if (VERB.test(name)) {
      const [, method = /^Handle/.test(name) ? "GET" : name.toUpperCase(), route] = /^(?:([A-Z]+) )?(\/.*|)$/.exec(literal ?? "?") ?? [];
      if (route === void 0 || name === "Handle" && /.\/$/.test(route)) continue;
      const reason2 = args.length > 2 || args.length === 2 && guarded ? NEEDS_KEY : needOf(handlerOf(script, args.at(-1)));
      router.routes.push({ method, route, at, ...reason2 === void 0 ? {} : { reason: reason2 } });
    } else if (name === "Use") {
      if (guarded) router.guards.push({ prefix: "", at, reason: NEEDS_KEY });
    } else if (/^(?:Group|Route|PathPrefix|With)$/.test(name)) {
      const inner = args.at(-1);
      const scope = script.functions.find(
        ({ start }) => inner !== void 0 && start > inner.start && start < inner.end
      );
      const child = scope === void 0 ? add(`group ${chain.at}`, false) : add(`scope ${scope.start}`, false);
      const prefix = name === "With" || name === "Group" && scope !== void 0 && literal === null ? "" : literal;
      if (child !== key)
        routers.get(child)?.mounts.push({ parent: key, prefix, at, ...guarded ? { reason: NEEDS_KEY } : {} });
      if (scope === void 0) key = child;
    } else if (name === "Mount" && second !== void 0) {
      const what = script.code.slice(second.start, second.end);
      if (!/^\w+$/.test(what)) continue;
      const child = routers.get(nodeOf(what, second.start));
      child?.mounts.push({ parent: key, prefix: literal, at });
    }
  }
}
function textAt({ text }, span) {
  return span === void 0 ? null : /^(["`])([^"`\n]*)\1$/.exec(text.slice(span.start, span.end))?.[2] ?? null;
}
function handlerOf({ text, functions }, span) {
  if (span === void 0) return "";
  const inPlace = text.slice(span.start, span.end);
  if (!/^\w+$/.test(inPlace)) return inPlace;
  const scope = functions.find(({ name }) => name === inPlace);
  return scope === void 0 ? "" : text.slice(scope.start, scope.end);
}
var RUST_ROUTE = /\.route\(\s*"(\/[^"\n]*)"\s*,\s*/g;
var RUST_VERB = /\b(?:axum::routing::|web::|routing::)?(get|post|put|patch|delete)\(/g;
function rustRoutes(files) {
  const scripts = files.map(({ path, text }) => scriptOf(path, text.replace(/'(?=[a-z_]\w*\b(?!'))/g, " ")));
  const whole = scripts.map(({ text }) => text).join("\n");
  const elsewhere = /\bscope\(|\.nest(?:_service)?\(\s*(?:[^"\s]|"[^"]*"\s*,(?!\s*Router::new\b))/.test(
    whole
  );
  return scripts.flatMap((script) => rustFile(script, elsewhere));
}
function rustFile(script, elsewhere) {
  const { code: code2, text, partner, path: file } = script;
  const parens = [...partner].filter(([open, close]) => open < close && code2[open] === "(");
  return [...text.matchAll(RUST_ROUTE)].flatMap(({ index, 0: whole, 1: own = "" }) => {
    if (!/\S/.test(code2[index] ?? " ")) return [];
    const open = index + ".route".length;
    const close = partner.get(open) ?? index + whole.length;
    let lost = elsewhere;
    const around = parens.filter(([from, to]) => from < index && index < to).sort(([a], [b]) => a - b);
    const prefixes = around.flatMap(([from]) => {
      if (!/\.nest$/.test(code2.slice(Math.max(0, from - 8), from))) return [];
      const [, prefix] = /^\(\s*"([^"\n]*)"/.exec(text.slice(from, from + 200)) ?? [];
      lost ||= prefix === void 0;
      return [prefix ?? ""];
    });
    const route = joined(prefixes.join(""), own);
    const handlers = text.slice(index + whole.length, close);
    const chained = /\.(?:route_)?layer\([^;]{0,200}(?:auth|from_fn)/i.test(text.slice(close, close + 1500));
    return [...handlers.matchAll(RUST_VERB)].map(
      ([, verb = ""]) => ({
        method: verb.toUpperCase(),
        route: lost ? own : route,
        file,
        ...lost ? { lost: true } : chained ? { reason: NEEDS_KEY } : {}
      })
    );
  });
}

// src/init/framework-routes.ts
var CONTROLLER = /@Controller\(\s*(?:["'`]([^"'`]*)["'`]|\{[^}]*\bpath:\s*["'`]([^"'`]*)["'`][^}]*\})?\s*\)/;
var VERB2 = /@(Get|Post|Put|Patch|Delete)\(\s*(?:["'`]([^"'`]*)["'`])?\s*\)((?:\s*@\w+\([^)]*\))*)/g;
var GLOBAL_PREFIX = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*([,)])/;
var GUARDED = /@(?:UseGuards|Roles|Auth\w*)\(/;
function* nestRoutes(tree, first) {
  const all = [...sources(tree, first)].filter(({ path }) => /\.[jt]s$/.test(path));
  const versioned = all.some(({ text }) => /enableVersioning\(/.test(text));
  const [, prefix = "", more2] = all.map(({ text }) => GLOBAL_PREFIX.exec(text)).find((found) => found !== null) ?? [];
  const everywhere = all.some(({ text }) => /\bAPP_GUARD\b|useGlobalGuards\(/.test(text));
  for (const { path: file, text } of all) {
    const controller = CONTROLLER.exec(text);
    if (controller === null) continue;
    const own = controller[1] ?? controller[2] ?? "";
    const lost = versioned || more2 === "," && new RegExp(`exclude[\\s\\S]{0,300}["'\`]/?${escaped(own)}\\b`).test(
      all.map((one) => one.text).join("\n")
    );
    const guarded = everywhere || GUARDED.test(aroundController(text, controller.index));
    for (const match of text.matchAll(VERB2)) {
      const [whole, verb = "", route = "", decorators = ""] = match;
      const before = /(?:@\w+\([^)]*\)\s*)+$/.exec(text.slice(Math.max(0, match.index - 200), match.index))?.[0] ?? "";
      const parts = [lost ? "" : prefix, own, route].flatMap((part2) => part2.split("/"));
      const reason2 = guarded || GUARDED.test(decorators + before) ? NEEDS_KEY : takesInput(text, match.index + whole.length) ? "it may need a value of the request" : needOf(text.slice(match.index, match.index + 800).split(VERB_AFTER)[0] ?? "");
      yield {
        method: verb.toUpperCase(),
        route: `/${parts.filter((part2) => part2 !== "").join("/")}`,
        file,
        ...reason2 === void 0 || route.includes(":") ? {} : { reason: reason2 },
        ...lost ? { lost: true } : {}
      };
    }
  }
}
function aroundController(text, at) {
  const before = /(?:@\w+\([^)]*\)\s*)*$/.exec(text.slice(Math.max(0, at - 400), at))?.[0] ?? "";
  return before + (text.slice(at, at + 400).split(/\bclass\b/)[0] ?? "");
}
var escaped = (text) => text.replace(/[^\w/-]/g, "\\$&");
var VERB_AFTER = /(?<=[\s\S]{5})@(?:Get|Post|Put|Patch|Delete)\(/;
function takesInput(text, at) {
  const handler = text.slice(at).split(/\{|;/)[0] ?? "";
  return /@(?:Param|Query|Headers|Body|Req|Session|User|CurrentUser)\(/.test(handler);
}
var DJANGO = /\bpath\(\s*["']([\w/-]*)["']\s*,(?!\s*(?:include|admin)\b)/g;
function* djangoRoutes(tree) {
  for (const path of tree.paths.filter((one) => /(?:^|\/)urls\.py$/.test(one))) {
    const folder = path.slice(0, -"urls.py".length);
    if (!tree.paths.some((one) => one === `${folder}wsgi.py` || one === `${folder}settings.py`)) continue;
    for (const [, route = ""] of (tree.read(path) ?? "").matchAll(DJANGO))
      yield { method: "GET", route: `/${route}`, file: path };
  }
}

// src/init/next-routes.ts
var HANDLERS = [
  /^(?:src\/)?app((?:\/[^/]+)+)\/route\.[cm]?[jt]sx?$/,
  /^(?:src\/)?pages(\/api(?:\/[^/]+)+)\.[cm]?[jt]sx?$/
];
var NEXT_PAGE = /^(?:src\/)?(?:app((?:\/[^/]+)*)\/page|pages((?:\/[^/]+)*?)(?:\/index)?)\.(?:[jt]sx?|mdx?)$/;
var NO_PART = /\/\([^)/.]*\)|\/@[^/]*/g;
var NO_PAGE = /^\/(?:_\w+|api)(?:\/|$)|\/\(\.|\/_/;
function nextRoutes(tree) {
  if (!/"next"\s*:/.test(tree.read("package.json") ?? "")) return [];
  const settings = tree.paths.filter((path) => /^next\.config\.\w+$/.test(path)).map((path) => tree.read(path) ?? "");
  const lost = settings.some((text) => /\bbasePath\b|\bi18n\b|\btrailingSlash\b/.test(text));
  const turned = tree.paths.some((path) => /^(?:src\/)?(?:middleware|proxy)\.[jt]s$/.test(path));
  return tree.paths.flatMap((file) => {
    const handler = HANDLERS.map((pattern2) => pattern2.exec(file)?.[1]).find((found) => found !== void 0);
    const [whole, inApp, inPages] = NEXT_PAGE.exec(file) ?? [];
    const stated = handler ?? inApp ?? inPages;
    if (stated === void 0 || handler === void 0 && whole === void 0) return [];
    const route = stated.replace(NO_PART, "").replace(/\/index$/, "") || "/";
    if (handler === void 0 && (NO_PAGE.test(route) || route === "/")) return [];
    const text = tree.read(file) ?? "";
    const exported2 = [
      ...text.matchAll(/\bexport\s+(?:async\s+)?(?:function|const)\s+(GET|POST|PUT|PATCH|DELETE)\b/g)
    ];
    const methods = file.includes("pages/") || handler === void 0 ? ["GET"] : exported2.map(([, one = ""]) => one);
    const asks = handler !== void 0 && /\breq(?:uest)?\.method\b/.test(text) ? "it may be for another method" : void 0;
    const reason2 = turned ? "middleware stands before it that may turn requests away" : needOf(text) ?? asks;
    return methods.map((method) => ({
      method,
      route,
      file,
      ...reason2 === void 0 ? {} : { reason: reason2 },
      ...lost ? { lost: true } : {}
    }));
  });
}

// src/init/handler-code.ts
var METHOD2 = "(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)";
var IS = new RegExp(
  `\\bmethod\\s*===?\\s*["'\`]${METHOD2}["'\`]|["'\`]${METHOD2}["'\`]\\s*===?\\s*[\\w.]*\\bmethod\\b`,
  "g"
);
var IS_NOT = new RegExp(`\\bmethod\\s*!==?\\s*["'\`]${METHOD2}["'\`]`, "g");
var CASE = new RegExp(`\\bcase\\s+["'\`]${METHOD2}["'\`]\\s*:`, "g");
var FARTHEST = 4e3;
var FARTHEST_BACK = 8e3;
function siteAt(text, index, length) {
  const around = blocksAround(text, index);
  const open = openingOfCondition(text, index);
  if (open === null) {
    const line = text.slice(text.lastIndexOf("\n", index) + 1, endOfLine(text, index + length));
    return { condition: line, body: "", around };
  }
  const close = closing(text, open, "(", ")");
  return { condition: text.slice(open + 1, close), body: bodyAfter(text, close + 1), around };
}
function caseAt(text, index, length) {
  const rest = text.slice(index + length, index + length + FARTHEST);
  const end = rest.search(/\bcase\s+["'`](?:[A-Z]+ )?\/|\bdefault\s*:/);
  return { condition: "", body: end < 0 ? rest : rest.slice(0, end), around: blocksAround(text, index) };
}
function literalAt(text, index) {
  const [open = ""] = /[{[(]/.exec(text.slice(index, index + 40)) ?? [];
  const start = text.indexOf(open, index);
  return open === "" ? "" : text.slice(start, closing(text, start, open, CLOSED_BY[open] ?? ""));
}
var CLOSED_BY = { "{": "}", "[": "]", "(": ")" };
function methodOf({ condition, body, around }) {
  const alternatives = condition.split("||").filter((one) => /["'`]\//.test(one));
  for (const part2 of [...alternatives, condition]) {
    const asked = [...named2(part2, IS), ...named2(part2, IS_NOT)];
    if (asked.length > 0) return preferred(asked);
  }
  for (const { header, before } of around) {
    const asked = named2(header, IS);
    if (asked.length > 0) return preferred(asked);
    if (named2(header, IS_NOT).includes("GET")) return "POST";
    if (/\bswitch\s*\([^)]*\bmethod\s*\)\s*$/.test(header)) return named2(before, CASE).at(-1) ?? "GET";
  }
  const inside = [...named2(body, IS), ...named2(body, IS_NOT), ...named2(body, CASE)];
  if (inside.length > 0) return preferred(inside);
  const turnedAway = around.flatMap(({ before }) => named2(before, IS_NOT));
  return turnedAway.length > 0 ? preferred(turnedAway) : "GET";
}
var named2 = (code2, pattern2) => [...code2.matchAll(pattern2)].map(([, one, other]) => one ?? other ?? "");
var preferred = (methods) => methods.some((method) => method === "GET" || method === "HEAD") ? "GET" : methods[0] ?? "GET";
function blocksAround(text, index) {
  const blocks = [];
  const first = Math.max(0, index - FARTHEST_BACK);
  let depth = 0;
  for (let at = index - 1; at >= first; at--) {
    if (text[at] === "}") depth += 1;
    else if (text[at] === "{" && depth > 0) depth -= 1;
    else if (text[at] === "{") {
      const header = text.slice(Math.max(0, at - 300), at);
      blocks.push({ header: header.replace(/^[\s\S]*[;{}]/, ""), before: text.slice(at + 1, index) });
    }
  }
  return blocks;
}
function openingOfCondition(text, index) {
  const first = Math.max(0, index - 600);
  let depth = 0;
  for (let at = index - 1; at >= first; at--) {
    const character = text[at];
    if (character === ")") depth += 1;
    else if (character === "(" && depth > 0) depth -= 1;
    else if (character === "(" && /\bif\s*$/.test(text.slice(Math.max(0, at - 8), at))) return at;
    else if (character === ";" || character === "{" || character === "}") return null;
  }
  return null;
}
function closing(text, open, opens, closes) {
  let depth = 0;
  const end = Math.min(text.length, open + FARTHEST);
  for (let at = open; at < end; at++) {
    if (text[at] === opens) depth += 1;
    else if (text[at] === closes && --depth === 0) return at;
  }
  return end;
}
function bodyAfter(text, index) {
  const start = index + text.slice(index).search(/\S|$/);
  return text[start] === "{" ? text.slice(start, closing(text, start, "{", "}")) : text.slice(start, endOfLine(text, start));
}
function endOfLine(text, index) {
  const end = text.indexOf("\n", index);
  return end < 0 ? text.length : end;
}

// src/init/plain-routes.ts
var PATH = "(\\/[\\w./~-]*)";
var TEMPLATE = "(\\/[\\w./~:{}-]*)";
var QUOTE = "[\"'`]";
var METHOD3 = "(GET|POST|PUT|PATCH|DELETE)";
var SUBJECT = "((?:[\\w$]{1,40}\\??\\.){0,4}(?:\\w{0,30}(?:[uU]rl|[pP]ath(?:[nN]ame)?)|route))";
var CUT = "(?:\\??\\.split\\([^)]{0,40}\\)\\??\\.?\\[0\\])?";
var COMPARED = new RegExp(`\\b${SUBJECT}${CUT}\\s*(===?|!==?)\\s*${QUOTE}${PATH}${QUOTE}`, "g");
var REVERSED = new RegExp(`${QUOTE}${PATH}${QUOTE}\\s*(===?|!==?)\\s*${SUBJECT}\\b`, "g");
var STARTS = new RegExp(`(!?)\\b${SUBJECT}\\??\\.startsWith\\(\\s*${QUOTE}${PATH}${QUOTE}\\s*\\)`, "g");
var PATTERN = "\\/\\^((?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n]){0,40}\\]|[^/\\\\\\n[]){1,120})\\/[iu]{0,2}";
var TESTED = new RegExp(`${PATTERN}\\.(?:exec|test)\\(\\s{0,9}${SUBJECT}`, "g");
var MATCHED = new RegExp(`\\b${SUBJECT}${CUT}\\??\\.match\\(\\s{0,9}${PATTERN}`, "g");
var CASE2 = new RegExp(`\\bcase\\s+${QUOTE}${PATH}${QUOTE}\\s*:`, "g");
var KEYED = new RegExp(
  `(?<!\\b(?:request|fetch|log|info|debug)\\(\\s{0,9})${QUOTE}${METHOD3} ${TEMPLATE}${QUOTE}`,
  "g"
);
var CALLED = new RegExp(
  `\\b(?:\\w*[rR]oute[rs]?(?:\\.\\w+)?|on|add|handle|register|endpoint)\\(\\s*${QUOTE}${METHOD3}${QUOTE}\\s*,\\s*${QUOTE}${TEMPLATE}${QUOTE}\\s*,`,
  "g"
);
var LISTED = new RegExp(
  `\\bmethod:\\s*${QUOTE}${METHOD3}${QUOTE}\\s*,\\s*(?:path|url|pathname|route):\\s*${QUOTE}${TEMPLATE}${QUOTE}\\s*,\\s*handle`,
  "g"
);
var LOOKED_UP = new RegExp(
  `\\b([\\w$]{1,40})(?:(?:\\?\\.)?\\[\\s{0,9}${SUBJECT}\\s{0,9}\\]|\\.get\\(\\s{0,9}${SUBJECT}\\s{0,9}\\))`,
  "g"
);
var KEY = new RegExp(
  `(?:[{,[]\\s{0,40}|^[ \\t]{0,40})${QUOTE}${PATH}${QUOTE}\\s{0,40}[:,](?:\\s{0,40}\\{\\s{0,40}${METHOD3}\\b)?`,
  "gm"
);
var ANSWERS = /\bcreateServer\(|\bIncomingMessage\b|\.writeHead\(|\b(?:res|response|reply)\.(?:end|statusCode|setHeader)\b|\b(?:Bun|Deno)\.serve\(/;
var OF_A_PAGE = /\b(?:window|location|history|router|nextUrl|document)\b/;
var IN_PASSING = /^\/(?:favicon\.ico|static|assets|public)\b/;
var MOST = 200;
var MOST_TABLES = 4;
function plainRoutes(text) {
  if (!ANSWERS.test(text)) return listed(text);
  const code2 = text.replace(/^[ \t]*(?:\/\/|\/?\*).*$/gm, "");
  const found = [...comparisons(code2), ...cases(code2), ...beginnings(code2), ...patterns(code2)].filter(({ site, route }) => !isUpgrade(site) && !UNFIT.test(site.body) && !IN_PASSING.test(route)).sort((a, b) => a.at - b.at).slice(0, MOST);
  const passes = (one) => one.kind === "beginning" && found.some((other) => other.route.startsWith(`${one.route}/`));
  const seen = found.filter((one) => !passes(one));
  return [
    // Behind a slash something has to follow.
    ...seen.map(({ site, route, kind }) => ({
      method: methodOf(site),
      route,
      open: kind === "whole" || !route.endsWith("/")
    })),
    ...looked(code2),
    ...pairs(code2.matchAll(KEYED)),
    ...listed(code2)
  ];
}
function* comparisons(code2) {
  const found = [
    ...[...code2.matchAll(COMPARED)].map((match) => ({
      match,
      subject: match[1],
      sign: match[2],
      route: match[3]
    })),
    ...[...code2.matchAll(REVERSED)].map((match) => ({
      match,
      subject: match[3],
      sign: match[2],
      route: match[1]
    }))
  ];
  for (const { match, subject = "", sign = "", route = "" } of found) {
    if (OF_A_PAGE.test(subject)) continue;
    const site = siteAt(code2, match.index, match[0].length);
    yield {
      at: match.index,
      site: sign.startsWith("!") ? { ...site, body: "" } : site,
      route,
      kind: "whole"
    };
  }
}
function* cases(code2) {
  for (const { index: at, 0: whole, 1: route = "" } of code2.matchAll(CASE2))
    yield { at, site: caseAt(code2, at, whole.length), route, kind: "whole" };
}
function* beginnings(code2) {
  for (const { index: at, 0: whole, 1: not, 2: subject = "", 3: route = "" } of code2.matchAll(STARTS)) {
    if (not === "!" || route === "/" || OF_A_PAGE.test(subject)) continue;
    yield { at, site: siteAt(code2, at, whole.length), route, kind: "beginning" };
  }
}
function* patterns(code2) {
  const found = [
    ...[...code2.matchAll(TESTED)].map((match) => ({ match, pattern: match[1], subject: match[2] })),
    ...[...code2.matchAll(MATCHED)].map((match) => ({ match, pattern: match[2], subject: match[1] }))
  ];
  for (const { match, pattern: pattern2 = "", subject = "" } of found) {
    const route = templateOf(pattern2);
    if (route === null || OF_A_PAGE.test(subject)) continue;
    yield { at: match.index, site: siteOfPattern(code2, match), ...route };
  }
}
function siteOfPattern(code2, { index, 0: whole }) {
  const [, name] = /(?:const|let|var)\s+([\w$]+)\s*=\s*$/.exec(code2.slice(Math.max(0, index - 80), index)) ?? [];
  const asked = name === void 0 ? null : new RegExp(`\\bif\\s*\\([^;{}]{0,120}?\\b${name.replaceAll("$", "\\$")}\\b`).exec(
    code2.slice(index + whole.length, index + whole.length + 600)
  );
  if (asked === null || name === void 0) return siteAt(code2, index, whole.length);
  const end = index + whole.length + asked.index + asked[0].length;
  return siteAt(code2, end - name.length, name.length);
}
function templateOf(pattern2) {
  const ends = pattern2.endsWith("$");
  const text = (ends ? pattern2.slice(0, -1) : pattern2).replaceAll("\\/", "/").replace(/\/\?$/, "").replace(/\(\?<(\w+)>[^()]*\)[+*]?/g, ":$1").replace(/\((?:\?:)?[^()]*\)[+*]?/g, ":id").replace(/(?:\[[^\]]*\]|\\[dwS])(?:[+*]|\{[\d,]*\})?/g, ":id").replaceAll("\\.", ".").replaceAll("\\-", "-");
  if (!/^\/[\w./~:-]*$/.test(text) || text === "/") return null;
  return { route: text, kind: ends ? "whole" : "beginning" };
}
function looked(code2) {
  const tables = [...code2.matchAll(LOOKED_UP)].slice(0, MOST_TABLES);
  return tables.flatMap((lookup) => {
    const [whole, table2 = ""] = lookup;
    const asked = methodOf(siteAt(code2, lookup.index, whole.length));
    const name = table2.replaceAll("$", "\\$");
    const definition = new RegExp(`\\b${name}\\b[^=;\\n]{0,200}=\\s{0,40}(?=[{[n])`).exec(code2);
    const start = definition === null ? -1 : definition.index + definition[0].length;
    const set = new RegExp(`\\b${name}\\.set\\(\\s{0,40}${QUOTE}${PATH}${QUOTE}\\s{0,9},`, "g");
    return [...[...(start < 0 ? "" : literalAt(code2, start)).matchAll(KEY)], ...code2.matchAll(set)].map(
      ([, route = "", method = asked]) => ({ method, route, open: true })
    );
  });
}
var listed = (code2) => [
  ...pairs(code2.matchAll(CALLED)),
  ...pairs(code2.matchAll(LISTED))
];
var pairs = (matches2) => [...matches2].map(([, method = "", route = ""]) => ({ method, route, open: true }));
var isUpgrade = (site) => site.around.some(({ header }) => /["'`]upgrade["'`]/.test(header));

// src/init/python-routes.ts
var MADE2 = /^[ \t]*([\w.]+)\s*(?::\s*\w+\s*)?=\s*(?:\w+\.)?(FastAPI|Flask|Quart|Starlette|Sanic|Bottle|APIRouter|Blueprint)\(/gm;
var HUNG_IN = /\b(\w+)\.(?:include_router|register_blueprint)\(\s*([\w.]+)/g;
var DECORATED = /^[ \t]*@(\w+)\.(get|post|put|patch|delete|route|websocket)\(\s*(["'])([^"'\n]*)\3/gm;
var IMPORTED = /^[ \t]*from\s+([.\w]+)\s+import\s+(?:\(([^)]*)\)|([^\n]+))/gm;
var NAMED2 = /^(?:app|api|application)$/;
var GIVEN = /:\s*(?:Request|Response|BackgroundTasks|WebSocket|HTTPConnection)\b/;
function pythonRoutes(files) {
  const all = new Map(files.map(({ path, text }) => [path, text.replace(/^[ \t]*#.*$/gm, "")]));
  const routers = /* @__PURE__ */ new Map();
  for (const [file, text] of all) for (const one of made(file, text)) routers.set(one.key, one.router);
  const find = (file, name) => routerOf(all, routers, file, name, 0);
  for (const [file, text] of all) {
    for (const { index: at, 0: whole, 1: into = "", 2: what = "" } of text.matchAll(HUNG_IN)) {
      const child = find(file, what);
      const parent = find(file, into);
      if (child === null || parent === null) continue;
      const options = callAt(text, at + whole.indexOf("("));
      const router = routers.get(child);
      const prefix = prefixOf(options);
      if (router !== void 0 && prefix !== "" && /\bregister_blueprint\(/.test(whole)) router.base = "";
      router?.mounts.push({ parent, prefix, at, ...isGuarded(options) ? { reason: NEEDS_KEY } : {} });
    }
    for (const { index: at, 0: whole, 1: name = "", 2: verb = "", 4: route = "" } of text.matchAll(
      DECORATED
    )) {
      if (verb === "websocket" || !/^(?:\/|$)/.test(route)) continue;
      let key = find(file, name);
      if (key === null && NAMED2.test(name)) {
        key = `${file}?${name}`;
        routers.set(key, routerIn(file, true, ""));
      }
      const router = key === null ? void 0 : routers.get(key);
      const options = callAt(text, at + whole.indexOf("("));
      const reason2 = needAt(text, at, options, route);
      const target = router ?? routers.get(`${file}!`) ?? routerIn(file, false, "");
      if (router === void 0) routers.set(`${file}!`, target);
      for (const method of methodsOf(verb, options))
        target.routes.push({ method, route, at, ...reason2 === void 0 ? {} : { reason: reason2 } });
    }
  }
  return resolvedRoutes(routers, (prefix, route) => `${prefix.replace(/\/$/, "")}${route}` || "/");
}
var routerIn = (file, root, base) => ({
  file,
  root,
  base,
  routes: [],
  mounts: [],
  guards: []
});
function* made(file, text) {
  for (const { index, 0: whole, 1: name = "", 2: kind = "" } of text.matchAll(MADE2)) {
    const options = callAt(text, index + whole.length - 1);
    const root = !/^(?:APIRouter|Blueprint)$/.test(kind);
    const router = routerIn(file, root, root ? "" : prefixOf(options));
    if (isGuarded(options)) router.guards.push({ prefix: "", at: -1, reason: NEEDS_KEY });
    yield { key: `${file}:${name}`, router };
  }
}
function callAt(text, open) {
  let depth = 0;
  const last = Math.min(text.length, open + 3e3);
  for (let at = open; at < last; at++) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1, last);
}
function prefixOf(options) {
  const [, value] = /\b(?:prefix|url_prefix)\s*=\s*([^,)\n]*)/.exec(options) ?? [];
  if (value === void 0) return /\*\*/.test(options) ? null : "";
  const [, , inside] = /^(["'])([^"'{}]*)\1\s*$/.exec(value.trim()) ?? [];
  return inside ?? null;
}
var isGuarded = (options) => /\bdependencies\s*=/.test(options);
function methodsOf(verb, options) {
  if (verb !== "route") return [verb.toUpperCase()];
  const [, stated] = /\bmethods\s*=\s*[[({]([^\])}]*)/.exec(options) ?? [];
  return stated === void 0 ? ["GET"] : [...stated.matchAll(/["'](\w+)["']/g)].map(([, one = ""]) => one.toUpperCase());
}
function needAt(text, at, options, route) {
  if (isGuarded(options)) return NEEDS_KEY;
  const rest = text.slice(at, at + 4e3);
  const definition = /^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(/m.exec(rest);
  if (definition === null) return void 0;
  const above = rest.slice(rest.indexOf(options) + options.length, definition.index);
  const before = text.slice(Math.max(0, at - 300), at).split(/\n[ \t]*\n/).at(-1) ?? "";
  const decorators = `${above}
${/^(?:[ \t]*@[^\n]*\n)+$/.test(before) ? before : ""}`;
  if (/@\w*(?:login|auth|require|jwt|permission|roles?|protected)\w*/i.test(decorators)) return NEEDS_KEY;
  const signature = callAt(rest, definition.index + definition[0].length - 1);
  if (/\b(?:Depends|Security|Header|Cookie)\(/.test(signature)) return NEEDS_KEY;
  const body = rest.slice(definition.index + definition[0].length).split(/^(?=\S)/m)[0] ?? "";
  const need = needOf(body);
  if (need !== void 0) return need;
  const asks = topLevel(signature).some(
    (one) => !/=/.test(one.replace(/\[[^\]]*\]/g, "")) && !/^\s*(?:\*|self\b|cls\b|request\b|$)/.test(one) && !GIVEN.test(one) && !route.includes((/\w+/.exec(one) ?? ["?"])[0])
  );
  return asks ? "it may need a value in its query" : void 0;
}
function topLevel(signature) {
  let depth = 0;
  let from = 0;
  const parts = [];
  for (let at = 0; at < signature.length; at++) {
    if (/[([{]/.test(signature[at] ?? "")) depth += 1;
    else if (/[)\]}]/.test(signature[at] ?? "")) depth -= 1;
    else if (signature[at] === "," && depth === 0) {
      parts.push(signature.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, signature.slice(from)];
}
function routerOf(files, routers, file, name, hops) {
  const key = `${file}:${name}`;
  if (routers.has(key)) return key;
  if (hops > 4) return null;
  const [first = "", ...members] = name.split(".");
  const text = files.get(file) ?? "";
  for (const { 1: from = "", 2: several, 3: one } of text.matchAll(IMPORTED)) {
    for (const entry of (several ?? one ?? "").split(",")) {
      const [, original = "", local = original] = /^\s*(\w+)(?:\s+as\s+(\w+))?/.exec(entry) ?? [];
      if (local !== first) continue;
      const module = moduleFile(
        files,
        file,
        `${from.replace(/\.$/, "..")}.${original}`.replace(/^(\.+)\.(?=\w)/, "$1")
      );
      if (members.length > 0 && module !== void 0)
        return routerOf(files, routers, module, members.join("."), hops + 1);
      const whole = moduleFile(files, file, from);
      if (members.length === 0 && whole !== void 0)
        return routerOf(files, routers, whole, original, hops + 1);
    }
  }
  if (members.length > 1 || members.length === 1 && new RegExp(`^import\\s+.*\\b${first}\\b`, "m").test(text)) {
    const module = moduleFile(files, file, [first, ...members.slice(0, -1)].join("."));
    return module === void 0 ? null : routerOf(files, routers, module, members.at(-1) ?? "", hops + 1);
  }
  return null;
}
function moduleFile(files, file, dotted) {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(dotted) ?? [];
  const folders = file.split("/").slice(0, -1);
  const inner = rest.split(".").filter((part2) => part2 !== "");
  const roots = dots === "" ? folders.map((_, i) => folders.slice(0, folders.length - i)).concat([[], ["src"]]) : [folders.slice(0, folders.length - dots.length + 1)];
  for (const root of roots) {
    const base = [...root, ...inner].join("/");
    for (const path of [`${base}.py`, base === "" ? "__init__.py" : `${base}/__init__.py`])
      if (files.has(path)) return path;
  }
  return void 0;
}

// src/init/script-modules.ts
var ENDINGS = [".ts", ".js", ".mjs", ".mts", ".cjs", ".cts", ".tsx", ".jsx"];
var VARIABLE = /(?:\b(?:const|let|var|public|private|protected|readonly)\s{1,9}|\bthis\.|(?<=^|[;{}\n])\s{0,40})([A-Za-z_$][\w$]{0,60})\s{0,9}[!?]?(?::[^=;{}()\n]{1,120})?=(?![=>])\s{0,200}/g;
var IMPORT = /\bimport\s+(?!type\b)([^;"'`(]{1,2000}?)\s*\bfrom\s*["']([^"'\n]+)["']/g;
var REQUIRED = /\b(?:const|let|var)\s+([\w$]+|\{[^}=]{1,1000}\})\s*=\s*require\(\s*["']([^"'\n]+)["']\s*\)(?:\.([\w$]+))?(?![\w$]|\s*[.(])/g;
function modulesOf(files) {
  const paths = new Set(files.map(({ path }) => path));
  const modules = /* @__PURE__ */ new Map();
  for (const { path, text } of files) {
    const script = scriptOf(path, text);
    modules.set(path, {
      ...script,
      variables: variablesOf(script),
      imports: importsOf(script, paths),
      exports: exportsOf(script),
      functionsByStart: new Map(script.functions.map((one) => [one.start, one])),
      functionsByParameter: byParameter(script.functions)
    });
  }
  return modules;
}
function byParameter(functions) {
  const found = /* @__PURE__ */ new Map();
  for (const scope of functions)
    for (const name of new Set(scope.params)) {
      const known = found.get(name);
      if (known === void 0) found.set(name, [scope]);
      else known.push(scope);
    }
  return found;
}
function variablesOf({ code: code2, partner }) {
  const found = /* @__PURE__ */ new Map();
  const blocks = [...partner].filter(([open, close]) => open < close && code2[open] === "{");
  blocks.sort(([a], [b]) => a - b);
  const around = [];
  let next2 = 0;
  for (const match of code2.matchAll(VARIABLE)) {
    const [whole, name = ""] = match;
    const at = match.index + whole.length;
    while (next2 < blocks.length && (blocks[next2]?.[0] ?? 0) < at) around.push(blocks[next2++] ?? [0, 0]);
    while (around.length > 0 && (around.at(-1)?.[1] ?? 0) < at) around.pop();
    const ofClass = !/^(?:const|let|var)\b/.test(whole);
    const [start, end] = ofClass ? [-1, code2.length] : around.at(-1) ?? [-1, code2.length];
    for (const key of ofClass ? [name, `this.${name}`] : [name])
      if (found.get(key)?.push({ start, end, value: at }) === void 0)
        found.set(key, [{ start, end, value: at }]);
  }
  return found;
}
function importsOf({ path, text, code: code2 }, paths) {
  const found = /* @__PURE__ */ new Map();
  const add = (local, from, name) => {
    const file = resolvedFile(path, from, paths);
    found.set(local, { file: file ?? "", name });
  };
  const isCode = (at) => /\S/.test(code2[at] ?? " ");
  for (const { index, 1: names = "", 2: from = "" } of text.matchAll(IMPORT)) {
    if (!isCode(index)) continue;
    const [, plain2] = /^\s*([\w$]+)\s*(?:,|$)/.exec(names) ?? [];
    if (plain2 !== void 0) add(plain2, from, "default");
    for (const [, name = "", local = name] of (/\{([^}]*)\}/.exec(names)?.[1] ?? "").matchAll(
      /([\w$]+)(?:\s+as\s+([\w$]+))?/g
    ))
      add(local, from, name);
  }
  for (const { index, 1: names = "", 2: from = "", 3: member = "default" } of text.matchAll(REQUIRED)) {
    if (!isCode(index)) continue;
    if (!names.startsWith("{")) add(names, from, member);
    else
      for (const [, name = "", local = name] of names.matchAll(/([\w$]+)(?:\s*:\s*([\w$]+))?/g))
        add(local, from, name);
  }
  return found;
}
function resolvedFile(path, from, paths) {
  if (!/^\.\.?(?:\/|$)/.test(from)) return void 0;
  const parts = path.split("/").slice(0, -1);
  for (const part2 of from.split("/")) {
    if (part2 === ".." && parts.pop() === void 0) return void 0;
    if (part2 !== "." && part2 !== ".." && part2 !== "") parts.push(part2);
  }
  const base = parts.join("/");
  const bare = base.replace(/\.[cm]?jsx?$/, "");
  const names = [
    base,
    ...ENDINGS.map((ending) => bare + ending),
    ...ENDINGS.map((ending) => `${base}${ending}`),
    ...ENDINGS.map((ending) => base === "" ? `index${ending}` : `${base}/index${ending}`)
  ];
  return names.find((name) => paths.has(name));
}
function exportsOf({ code: code2, partner }) {
  const found = /* @__PURE__ */ new Map();
  const patterns2 = [
    [/\bexport\s+default\s+/g, "default"],
    [/\bmodule\.exports\s*=\s*/g, "default"],
    [/\b(?:module\.)?exports\.([\w$]+)\s*=\s*/g],
    [/\bexport\s+(?:const|let|var)\s+([\w$]+)\s*(?::[^=;{}()\n]{1,120})?=\s*/g],
    [/\bexport\s+(?=(?:async\s+)?function\s+([\w$]+))/g]
  ];
  for (const [pattern2, called] of patterns2)
    for (const { index, 0: whole, 1: name } of code2.matchAll(pattern2))
      if (!found.has(called ?? name ?? "")) found.set(called ?? name ?? "", index + whole.length);
  for (const { index, 0: whole } of code2.matchAll(/\bexport\s*\{|\bmodule\.exports\s*=\s*\{/g)) {
    const open = index + whole.length - 1;
    const inside = code2.slice(open + 1, partner.get(open) ?? open + 1);
    for (const { index: offset, 1: name = "", 2: as, 3: value } of inside.matchAll(
      /(?<=^|,)\s*([\w$]+)(?:\s+as\s+([\w$]+)|\s*:\s*([\w$]+))?(?=\s*(?:,|$))/g
    )) {
      const spelled = value ?? name;
      found.set(
        as ?? name,
        open + 1 + offset + inside.slice(offset).indexOf(spelled, value === void 0 ? 0 : name.length)
      );
    }
  }
  return found;
}
var MOST_HOPS = 8;
function namedAt(modules, module, name, at, hops = 0) {
  if (hops > MOST_HOPS) return { type: "unknown" };
  const inside = (span) => span.start < at && at < span.end;
  const scope = (module.functionsByParameter.get(name) ?? []).filter(inside).sort((a, b) => b.start - a.start)[0];
  const variable = (module.variables.get(name) ?? []).filter((one) => inside(one) && one.value !== at).sort((a, b) => b.start - a.start)[0];
  if (scope !== void 0 && scope.start >= (variable?.start ?? -1))
    return { type: "parameter", scope, index: scope.params.indexOf(name) };
  const from = module.imports.get(name);
  if (from !== void 0 && (variable === void 0 || variable.start === -1))
    return exported(modules, from.file, from.name, hops + 1);
  if (variable !== void 0) return { type: "value", module, at: variable.value };
  const own = module.functions.find((one) => one.name === name);
  return own === void 0 ? { type: "unknown" } : { type: "value", module, at: own.start };
}
function exported(modules, file, name, hops = 0) {
  const module = modules.get(file);
  const at = module?.exports.get(name);
  if (module === void 0 || at === void 0 || hops > MOST_HOPS) return { type: "unknown" };
  const chain = chainAt(module, at);
  const isName = chain !== null && !chain.fresh && chain.steps.length === 0;
  const isFunction = /^(?:async\s+)?(?:function\b|\([^()]*\)\s*(?::[^=]{1,80})?=>|[\w$]+\s*=>)/.test(
    module.code.slice(at, at + 400)
  );
  return isName && !isFunction ? namedAt(modules, module, chain.root, at, hops + 1) : { type: "value", module, at };
}
function functionAt({ code: code2, functions, functionsByStart }, at) {
  const own = functionsByStart.get(at);
  if (own !== void 0) return own;
  const head = /^(?:async\s+)?(?:function\b|\(|[\w$]+\s*=>)/.exec(code2.slice(at, at + 200));
  if (head === null) return void 0;
  return functions.filter(({ start }) => start > at && start < at + 1e3).sort((a, b) => a.start - b.start)[0];
}
function literalAt2(modules, module, { start, end }, hops = 0) {
  const text = module.text.slice(start, end);
  const [, quote, inside = ""] = /^(["'`])([^"'`\\\n]*)\1$/.exec(text) ?? [];
  if (quote !== void 0 && (quote !== "`" || !inside.includes("${"))) return inside;
  if (hops > 3) return null;
  const textOf2 = (name) => {
    const named3 = namedAt(modules, module, name, start);
    if (named3.type !== "value") return null;
    const rest = named3.module.text.slice(named3.at, named3.at + 200);
    const literal = /^(["'`])[^"'`\\\n]*\1/.exec(rest);
    if (literal === null || /^\s*[+?|&]/.test(rest.slice(literal[0].length))) return null;
    return literalAt2(modules, named3.module, { start: named3.at, end: named3.at + literal[0].length }, hops + 1);
  };
  if (/^[\w$]+$/.test(text)) return textOf2(text);
  if (quote === void 0) return null;
  const parts = inside.split(/\$\{\s*([\w$]+)\s*\}/);
  const filled = parts.map((part2, i) => i % 2 === 0 ? part2 : textOf2(part2));
  return filled.includes(null) || filled.join("").includes("${") ? null : filled.join("");
}

// src/init/script-expressions.ts
var APPLICATION = /^(?:express|[fF]astify|polka|restana|tinyhttp)$/;
var NEW_APPLICATION = /^(?:\w*Hono|Koa|Elysia|App)$/;
var ROUTER_PACKAGE = /^(?:@?koa[-/](?:joi-)?(?:tree-)?router|express-promise-router|router|find-my-way)$/;
var NAMED_APPLICATION = /^(?:this\.)?(?:app|server|fastify)$/;
var NAMED_ROUTER = /^(?:this\.)?(?:\w*[rR]outer|routes)$/;
var Expressions = class {
  routers = /* @__PURE__ */ new Map();
  modules;
  /** Whether a router that is hung in nowhere may answer: one that is written by hand. */
  byHand;
  constructor(modules, byHand) {
    this.modules = modules;
    this.byHand = byHand;
  }
  /** The router of a key, made where it is not known yet. */
  routerAt(key, file, root, base = "") {
    if (!this.routers.has(key))
      this.routers.set(key, { file, root, base, routes: [], mounts: [], guards: [] });
    return key;
  }
  literal(module, span) {
    return span === void 0 ? null : literalAt2(this.modules, module, span);
  }
  /** The prefix of options: none where they have none, null where it is no text. */
  prefixIn(module, options) {
    if (options === void 0) return "";
    const text = module.code.slice(options.start, options.end);
    if (!text.startsWith("{")) return null;
    const match = /(?<=[{,]\s{0,40})["']?\b(?:prefix|[a-z]*Prefix)\b["']?\s{0,9}:\s{0,9}/.exec(text);
    if (match === null) return /\bprefix\b|\.\.\./.test(text) ? null : "";
    const start = options.start + match.index + match[0].length;
    const [value = ""] = /^[^,}]*/.exec(module.text.slice(start, options.end)) ?? [];
    return this.literal(module, { start, end: start + value.trimEnd().length });
  }
  /** `new Hono().basePath('/x')` is itself behind it; `app.basePath('/x')` is another router. */
  behind(module, key, chain, index) {
    const step = chain.steps[index];
    const prefix = this.literal(module, step?.args?.[0]);
    const derived = `${module.path}@${step?.at}`;
    const isNew = !this.routers.has(derived);
    this.routerAt(derived, module.path, false);
    if (isNew) this.routers.get(derived)?.mounts.push({ parent: key, prefix, at: step?.at ?? 0 });
    return derived;
  }
  /** The router that a function has as a parameter; null where no function is known. */
  parameterOf(module, at, index) {
    const fresh = functionAt(module, at);
    if (fresh !== void 0) return this.parameter(module, fresh, index);
    const chain = chainAt(module, at);
    if (chain === null) return null;
    const [first, second] = chain.steps;
    if (/^(?:fp|fastifyPlugin)$/.test(chain.root) && first?.args?.[0] !== void 0)
      return this.parameterOf(module, first.args[0].start, index);
    const named3 = chain.root === "require" || chain.root === "import" ? this.fileOf(module, first?.args?.[0], second?.args === null ? second.name : "default") : namedAt(this.modules, module, chain.root, at);
    if (named3.type !== "value") return null;
    const scope = functionAt(named3.module, named3.at);
    if (scope !== void 0) return this.parameter(named3.module, scope, index);
    const value = chainAt(named3.module, named3.at);
    return value !== null && /^(?:fp|fastifyPlugin)$/.test(value.root) && value.steps[0]?.args?.[0] !== void 0 ? this.parameterOf(named3.module, value.steps[0].args[0].start, index) : null;
  }
  parameter(module, { start, params }, index) {
    return params[index] === void 0 || params[index] === "" ? null : this.routerAt(`${module.path}#${start}:${index}`, module.path, false);
  }
  fileOf(module, span, name) {
    const from = this.literal(module, span) ?? "";
    const file = resolvedFile(module.path, from, new Set(this.modules.keys()));
    return exported(this.modules, file ?? "", name);
  }
  /** The router that an expression at a place is; null where it is none. */
  nodeAt(module, at, hops) {
    if (hops > 6 || functionAt(module, at) !== void 0) return null;
    const chain = chainAt(module, at);
    if (chain === null) return null;
    let key = this.rootOf(module, chain, hops);
    for (const [index, { name, args }] of chain.steps.entries())
      if (key !== null && name === "basePath" && args !== null) key = this.behind(module, key, chain, index);
    return key;
  }
  /** The router that a chain of calls begins with. */
  rootOf(module, chain, hops) {
    const { root, fresh, at, steps } = chain;
    const [first] = steps;
    const key = `${module.path}@${at}`;
    if (this.routers.has(key)) return key;
    const own = () => this.prefixIn(module, steps.find(({ args }) => args !== null)?.args?.[0]);
    if (fresh) {
      if (NEW_APPLICATION.test(root))
        return this.routerAt(key, module.path, true, root === "Koa" ? "" : own());
      return /Router$/.test(root) ? this.routerAt(key, module.path, this.byHand, own()) : null;
    }
    if (first?.args != null && first.name === "") {
      if (APPLICATION.test(root)) return this.routerAt(key, module.path, true);
      if (/Router$/.test(root) && !/^(?:create|make|build|get|use)/.test(root))
        return this.routerAt(key, module.path, false, own());
      if (root === "require") return this.required(module, chain, key, hops);
      return this.returned(module, root, at, hops);
    }
    if (first?.name === "Router" && first.args !== null) return this.routerAt(key, module.path, false);
    if (first?.name === "createServer" && root === "restify") return this.routerAt(key, module.path, true);
    return first !== void 0 && first.args === null ? null : this.variable(module, root, at, hops);
  }
  /** What `require(…)` gives, and what is made of it at once. */
  required(module, { steps }, key, hops) {
    const [{ args } = { args: null }, second] = steps;
    const name = this.literal(module, args?.[0]) ?? "";
    if (second?.name === "Router" && second.args !== null) return this.routerAt(key, module.path, false);
    if (second?.name === "" && APPLICATION.test(name)) return this.routerAt(key, module.path, true);
    if (second?.name === "" && ROUTER_PACKAGE.test(name))
      return this.routerAt(key, module.path, false, this.prefixIn(module, second.args?.[0]));
    const found = this.fileOf(module, args?.[0], second?.args === null ? second.name : "default");
    return found.type === "value" ? this.nodeAt(found.module, found.at, hops + 1) : null;
  }
  /** The router that a function gives back. */
  returned(module, name, at, hops) {
    const named3 = namedAt(this.modules, module, name, at);
    const scope = named3.type === "value" && hops < 6 ? functionAt(named3.module, named3.at) : void 0;
    if (named3.type !== "value" || scope === void 0) return null;
    const body = named3.module.code.slice(scope.start, scope.end);
    const [last] = [...body.matchAll(/\breturn\s+(?=[\w$]+\s*[;}\n])/g)].slice(-1);
    return last === void 0 ? null : this.nodeAt(named3.module, scope.start + last.index + last[0].length, hops + 1);
  }
  variable(module, name, at, hops) {
    const named3 = namedAt(this.modules, module, name, at);
    if (named3.type === "parameter") return this.parameter(module, named3.scope, named3.index);
    const found = named3.type === "value" ? this.nodeAt(named3.module, named3.at, hops + 1) : null;
    if (found !== null) return found;
    if (NAMED_APPLICATION.test(name)) return this.routerAt(`${module.path}?${name}`, module.path, true);
    return NAMED_ROUTER.test(name) ? this.routerAt(`${module.path}?${name}`, module.path, this.byHand) : null;
  }
};

// src/init/script-routers.ts
var VERB3 = /^(?:get|post|put|patch|delete|all)$/;
var STEPS2 = /^(?:get|post|put|patch|delete|all|use|route|register|basePath|prefix|group|addHook|on)$|^$/;
var PREFIX_NAME = /prefix|base|path|root|mount|url/i;
var MOST_CHAINS = 6e3;
function scriptRoutes(files, byHand) {
  const graph = new Graph(modulesOf(files), byHand);
  for (const module of graph.modules.values()) {
    let count = 0;
    for (const chain of chainsOf(module, STEPS2)) if (count++ < MOST_CHAINS) graph.read(module, chain);
  }
  withoutStrangers(graph);
  return resolvedRoutes(graph.routers);
}
var SERVED = /\.listen\(|\bserve\(|\bcreateServer\(|\.fetch\b|\bhandle\(/;
function withoutStrangers({ routers, modules }) {
  const roots = [...routers].filter(([key, one]) => one.root && one.mounts.length === 0 && key.includes("@"));
  if (roots.length < 2) return;
  for (const [key, router] of roots) {
    const own = modules.get(router.file);
    const importers = [...modules.values()].filter(
      (one) => [...one.imports.values()].some(({ file }) => file === router.file)
    );
    const isHono = /Hono/.test(
      own?.code.slice(Number(key.slice(key.lastIndexOf("@") + 1))).slice(0, 40) ?? ""
    );
    const places = isHono ? [own] : [own, ...importers];
    router.root = places.some((one) => one !== void 0 && SERVED.test(one.code));
  }
}
var Graph = class extends Expressions {
  /** Takes up what a chain of calls says: routes, and what is hung in where. */
  read(module, chain) {
    let key = this.rootOf(module, chain, 0);
    if (key === null) {
      this.handOver(module, chain);
      return;
    }
    let path = null;
    for (const [index, step] of chain.steps.entries()) {
      const router = this.routers.get(key);
      const { name, args } = step;
      if (router === void 0 || args === null) continue;
      if (VERB3.test(name)) this.verb(module, router, step, path);
      else if (name === "route" && args.length === 1) path = this.routeStep(module, router, step);
      else if (name === "use") this.use(module, key, step);
      else if (name === "route" || name === "group") this.hang(module, key, args[0], args[1]);
      else if (name === "register") this.register(module, key, step);
      else if (name === "addHook") this.hook(module, router, step);
      else if (name === "prefix" && args.length === 1) router.base = this.literal(module, args[0]);
      else if (name === "basePath") key = this.behind(module, key, chain, index);
    }
  }
  verb(module, router, { name, args, at }, path) {
    const method = name === "all" ? "GET" : name.toUpperCase();
    const all = [...args ?? []];
    if (path === null) {
      if (all.length < 2) return;
      const [first, second] = all;
      const stated = this.literal(module, first);
      const named3 = stated !== null && !/^\/|^$/.test(stated) ? this.literal(module, second) : null;
      all.splice(0, named3 === null ? 1 : 2);
      const route = named3 ?? stated;
      if (route === null || !/^\/|^$/.test(route)) return;
      router.routes.push({ method, route, at, ...this.need(module, all) });
    } else router.routes.push({ method, route: path, at, ...this.need(module, all) });
  }
  /** What a route asks for, by what stands before its handler, and by the handler. */
  need(module, args) {
    const texts = args.map(({ start, end }) => module.text.slice(start, end));
    const last = texts.at(-1) ?? "";
    const before = texts.slice(0, -1).map(needBefore).find((reason3) => reason3 !== void 0);
    const reason2 = before ?? needOf(last) ?? this.needOfNamed(module, args.at(-1), last);
    return reason2 === void 0 ? {} : { reason: reason2 };
  }
  needOfNamed(module, span, name) {
    if (span === void 0 || !/^[\w$]+$/.test(name)) return void 0;
    const named3 = namedAt(this.modules, module, name, span.start);
    if (named3.type !== "value") return void 0;
    const scope = functionAt(named3.module, named3.at);
    return scope === void 0 ? void 0 : needOf(named3.module.text.slice(scope.start, scope.end));
  }
  /** `route('/x')` of Express, which verbs follow; `route({ method, url, handler })` of Fastify. */
  routeStep(module, router, { args, at }) {
    const [first] = args ?? [];
    const stated = this.literal(module, first);
    if (stated !== null || first === void 0) return stated;
    const text = module.text.slice(first.start, first.end);
    if (!text.startsWith("{")) return null;
    const [, route] = /\b(?:url|path):\s*["'`](\/[^"'`\n$]*|)["'`]/.exec(text) ?? [];
    const [, methods = ""] = /\bmethod:\s*(\[[^\]]*\]|["'`]\w+["'`])/.exec(text) ?? [];
    const reason2 = needBefore(text) ?? needOf(text);
    if (route !== void 0)
      for (const [, method = ""] of methods.matchAll(/["'`](GET|POST|PUT|PATCH|DELETE)["'`]/gi))
        router.routes.push({
          method: method.toUpperCase(),
          route,
          at,
          ...reason2 === void 0 ? {} : { reason: reason2 }
        });
    return null;
  }
  /** `use('/x', guard, router)`: what is hung in, and what stands before that and what follows. */
  use(module, key, { args, at }) {
    const all = [...args ?? []];
    const stated = this.literal(module, all[0]);
    let prefix = "";
    if (stated !== null) {
      prefix = stated.replace(/\/?\*$/, "");
      all.shift();
    } else if (all.length > 1 && all[0] !== void 0 && this.nodeAt(module, all[0].start, 0) === null) {
      const text = module.text.slice(all[0].start, all[0].end);
      if (/^\[/.test(text) || /^[\w$.]+$/.test(text) && PREFIX_NAME.test(text) && !GUARD.test(text)) {
        prefix = null;
        all.shift();
      }
    }
    let reason2;
    for (const span of all) {
      const child = this.nodeAt(module, span.start, 0);
      const text = module.text.slice(span.start, span.end);
      if (child !== null && child !== key)
        this.routers.get(child)?.mounts.push({ parent: key, prefix, at, ...reason2 === void 0 ? {} : { reason: reason2 } });
      else if (GUARD.test(text)) reason2 = NEEDS_KEY;
    }
    if (reason2 !== void 0 && (prefix === null || all.every(({ start }) => this.nodeAt(module, start, 0) === null)))
      this.routers.get(key)?.guards.push({ prefix: prefix ?? "", at, reason: reason2 });
  }
  /** `route('/x', router)`, `group('/x', (app) => …)` */
  hang(module, key, at, what) {
    const child = what === void 0 ? null : this.nodeAt(module, what.start, 0) ?? this.parameterOf(module, what.start, 0);
    if (child !== null && child !== key && at !== void 0)
      this.routers.get(child)?.mounts.push({ parent: key, prefix: this.literal(module, at), at: at.start });
  }
  /** `register(plugin, { prefix: '/x' })` */
  register(module, key, { args, at }) {
    const [what, options] = args ?? [];
    if (what === void 0) return;
    const child = this.parameterOf(module, what.start, 0);
    if (child === null) return;
    const text = options === void 0 ? "" : module.text.slice(options.start, options.end);
    const wrapped = /^(?:fp|fastifyPlugin|plugin)\(/.test(module.code.slice(what.start, what.end));
    this.routers.get(child)?.mounts.push({
      parent: key,
      prefix: wrapped && text !== "" ? null : this.prefixIn(module, options),
      at
    });
  }
  hook(module, router, { args, at }) {
    const [when, what] = args ?? [];
    if (what === void 0 || !/onRequest|preHandler|preValidation/.test(this.literal(module, when) ?? ""))
      return;
    if (GUARD.test(module.text.slice(what.start, what.end)))
      router.guards.push({ prefix: "", at, reason: NEEDS_KEY });
  }
  /** `routes(app)`: the parameter of a function stands for what it is called with. */
  handOver(module, chain) {
    const [call] = chain.steps.filter(({ args }) => args !== null).slice(-1);
    if (call === void 0 || call.args === null || VERB3.test(call.name)) return;
    if (UP_TO_BODY.test(module.code.slice(chain.end, chain.end + 160))) return;
    for (const [index, span] of call.args.entries()) {
      if (!/^(?:this\.)?[\w$]+$/.test(module.code.slice(span.start, span.end))) continue;
      const parent = this.nodeAt(module, span.start, 0);
      const child = parent === null ? null : this.parameterOf(module, chain.at, index);
      if (parent === null || child === null || child === parent) continue;
      this.routers.get(child)?.mounts.push({ parent, prefix: "", at: span.start });
    }
  }
};

// src/init/seen-routes.ts
var SCRIPT = /\.[cm]?[jt]sx?$/;
var FRAMEWORK = /["'`](?:express|fastify|hono|polka|@?koa[-/][\w-]*router|koa|restify)["'`]/;
var SERVES = /\bcreateServer\(|\b(?:Bun|Deno)\.serve\(/;
var MOUNTED = /\.use\(\s*(?:["'`]\/|[\w.]{0,60}(?:prefix|base|path|root|mount)\w{0,30}\s*,)|\bprefix:\s*["'`]\//i;
var PLAIN = /^\/[\w./~@+-]*$/;
function seenRoutes(tree, first) {
  const all = [...sources(tree, first)];
  const of = (pattern2) => all.filter(({ path }) => pattern2.test(path));
  const scripts = of(SCRIPT);
  const byHand = !scripts.some(({ text }) => FRAMEWORK.test(text) || MOUNTED.test(text));
  const found = [
    ...scriptRoutes(scripts, byHand),
    ...scripts.filter(({ text }) => byHand || SERVES.test(text)).flatMap(
      ({ path, text }) => plainRoutes(text).map(
        ({ method, route, open }) => ({ method, route: open ? route : `${route}\u2026`, file: path })
      )
    ),
    ...pythonRoutes(of(/\.py$/)),
    ...goRoutes(of(/\.go$/)),
    ...rustRoutes(of(/\.rs$/)),
    ...nestRoutes(tree, first),
    ...djangoRoutes(tree),
    ...nextRoutes(tree)
  ];
  const order = new Map(all.map(({ path }, i) => [path, i]));
  const at = ({ file }) => order.get(file) ?? all.length;
  return found.map(withRisk).sort((a, b) => at(a) - at(b));
}
function withRisk(seen) {
  const reason2 = seen.reason ?? (seen.method === "GET" ? riskOf(seen.route) : void 0);
  return reason2 === void 0 ? seen : { ...seen, reason: reason2 };
}
var isOpen = ({ method, route, reason: reason2, lost }) => method === "GET" && reason2 === void 0 && lost === void 0 && PLAIN.test(route);
function leftRoutes(seen) {
  const left = seen.filter((one) => one.lost === void 0 && !isOpen(one));
  const words = left.map(({ method, route, reason: reason2 }) => {
    const why = method === "GET" && reason2 !== void 0 ? ` (${reason2})` : "";
    return `${method} ${route}${why}`;
  });
  return [...new Set(words)];
}
var MOST_NAMED = 5;
function lostNotes(seen) {
  const files = /* @__PURE__ */ new Map();
  for (const { method, route, file, lost } of seen)
    if (lost) files.set(file, (files.get(file) ?? /* @__PURE__ */ new Set()).add(`${method} ${route === "" ? "/" : route}`));
  return [...files].slice(0, MOST_NAMED).map(([file, routes]) => {
    const names = [...routes];
    const more2 = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
    const what = names.length === 1 ? "route" : "routes";
    const [stand, are] = names.length === 1 ? ["stands", "is"] : ["stand", "are"];
    return `${names.length} ${what} of ${file} ${stand} behind a prefix that could not be followed, and ${are} left out: ${names.slice(0, MOST_NAMED).join(", ")}${more2}`;
  });
}

// src/init/routes.ts
var STRONG = "health|healthz|health-?check|_health|ready|readyz|readiness|livez|liveness";
var WEAK = "live|ping|status|up";
var BEFORE = "\\/(?:(?:api|actuator|internal|-|_)\\/)?(?:v\\d\\/)?";
var LITERAL = new RegExp(`["'\`](?:GET )?(${BEFORE}(?:${STRONG}))\\/?["'\`]`, "g");
var HEALTH = new RegExp(`^${BEFORE}(?:${STRONG}|${WEAK})\\/?$`);
var STRONGLY = new RegExp(`^${BEFORE}(?:${STRONG})\\/?$`);
var PREFERENCE = ["health", "healthz", "healthcheck", "health-check", "_health", "livez", "liveness"];
var CONTROLLER2 = new RegExp(`@Controller\\(\\s*["'\`]\\/?(${STRONG})["'\`]`);
var GLOBAL_PREFIX2 = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*([,)])/;
var ANYWHERE = /^(?:\/[\w.~-]+)*\/(?:health|healthz|health-?check|_health|livez|liveness)\/?$/;
function healthCheck(tree, first, seen) {
  const found = [];
  let controller;
  let prefix = null;
  let versioned = false;
  for (const { path: why, text } of sources(tree, first)) {
    prefix ??= GLOBAL_PREFIX2.exec(text);
    versioned ||= /enableVersioning\(/.test(text);
    const name = CONTROLLER2.exec(text)?.[1];
    if (name !== void 0) controller ??= { name, why };
    const named3 = first.includes(why);
    const routes = seen.filter(({ file }) => file === why);
    for (const { method, route, reason: reason2, lost } of routes)
      if (method === "GET" && !(lost ? !STRONGLY.test(route) : reason2 !== void 0 || !isReady(route)))
        found.push({ path: route, why, lost: lost === true, named: named3 });
    for (const [, path = ""] of text.matchAll(LITERAL))
      if (name === void 0 && !routes.some(({ route }) => route.endsWith(path)))
        found.push({ path, why, lost: false, named: named3 });
  }
  if (controller !== void 0) {
    const [, stated, more2] = prefix ?? [];
    const path = `${stated === void 0 ? "" : `/${stated}`}/${controller.name}`;
    return { status: more2 === "," || versioned ? "prefixed" : "found", path, why: controller.why };
  }
  const order = (one) => (one.lost ? 100 : 0) + (one.named ? 0 : 10) + rankOf(one.path);
  const [best] = found.sort((a, b) => order(a) - order(b));
  if (best === void 0) return null;
  return { status: best.lost ? "prefixed" : "found", path: best.path, why: best.why };
}
function rankOf(path) {
  const at = PREFERENCE.indexOf(path.slice(path.lastIndexOf("/") + 1));
  return at < 0 ? PREFERENCE.length : at;
}
var isHealth = (path, how) => (how === "strong" ? STRONGLY : HEALTH).test(path);
var isReady = (route) => isHealth(route) || ANYWHERE.test(route);
function openRoutes(seen) {
  const open = /* @__PURE__ */ new Map();
  for (const one of seen) if (isOpen(one) && !open.has(one.route)) open.set(one.route, one.file);
  if (open.size === 0) return null;
  return { value: [...open.keys()], why: [...new Set(open.values())].slice(0, 3).join(", ") };
}

// src/init/file-routes.ts
var HANDLERS2 = [
  // Next, app and pages
  /^(?:src\/)?app((?:\/[^/]+)+)\/route\.[cm]?[jt]sx?$/,
  /^(?:src\/)?pages(\/api(?:\/[^/]+)+)\.[cm]?[jt]sx?$/,
  // Nuxt, Nitro
  /^server(\/api(?:\/[^/.]+)+)(?:\.get)?\.[cm]?[jt]s$/,
  /^server\/routes((?:\/[^/.]+)+)(?:\.get)?\.[cm]?[jt]s$/,
  // SvelteKit, Astro, React Router
  /^src\/routes((?:\/[^/]+)+)\/\+server\.[jt]s$/,
  /^src\/pages((?:\/[^/]+)+)\.[jt]s$/,
  /^app\/routes(\/[\w-]+)\.[jt]sx?$/
];
var HOME = [
  /^(?:src\/)?app\/page\.[jt]sx?$/,
  /^(?:src\/)?pages\/index\.(?:[jt]sx?|vue|astro|mdx?)$/,
  /^src\/routes\/\+page\.svelte$/,
  /^app\/routes\/_index\.[jt]sx?$/,
  /^(?:app\/)?app\.vue$/,
  /^(?:public\/)?index\.html$/
];
function healthFile(tree) {
  for (const file of tree.paths) {
    for (const pattern2 of HANDLERS2) {
      const route = pattern2.exec(file)?.[1]?.replace(/\/\([^)]*\)/g, "");
      if (route !== void 0 && isHealth(route)) return { value: route, why: `found in ${file}` };
    }
  }
  return null;
}
function homeFile(tree) {
  return tree.paths.find((file) => HOME.some((pattern2) => pattern2.test(file)));
}

// src/init/json-problem.ts
function packageProblem(text) {
  if (text === null) return null;
  const source = text.replace(/^\uFEFF/, "");
  try {
    const value = JSON.parse(source);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? null : "package.json holds no object, so nothing of it was read";
  } catch (error) {
    const { message } = error;
    const at = positionOf(message, source);
    const words = message.replace(/,? (?:\.\.\.)?".*|(?: in JSON)? at position .*|(?: in)? JSON input/s, "");
    const line = at === null ? "" : `line ${source.slice(0, at).split("\n").length}: `;
    return `package.json is not valid JSON: ${line}${words}; nothing of it was read`;
  }
}
function positionOf(message, source) {
  const [, stated] = /at position (\d+)/.exec(message) ?? [];
  if (stated !== void 0) return Number(stated);
  if (/end of JSON/.test(message)) return source.length;
  const [, before, quoted2] = /, (\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const at = quoted2 === void 0 ? -1 : source.indexOf(quoted2);
  if (before !== void 0) return at === -1 ? null : at + 10;
  const [, token] = /^Unexpected token '?(.)/s.exec(message) ?? [];
  const found = token === void 0 || source.length > 40 ? -1 : source.lastIndexOf(token);
  return found === -1 ? null : found;
}

// src/init/environment-notes.ts
var GIVEN2 = /PORT$|HOST(?:NAME)?$|^(?:NODE_\w+|npm_\w+|CI|GITHUB_\w+|DEBUG|LOG_?LEVEL|VERBOSE|HOME|PATH|PWD|USER|SHELL|TZ|LANG|TMPDIR|TERM|NO_COLOR|FORCE_COLOR|VITEST|JEST_\w+)$/;
var READ2 = /(?<!!\s*|\b(?:if|while|Boolean)\s*\(\s*)\bprocess\.env(?:\.(\w+)|\[["'](\w+)["']\])(?!\w)(?!\s*(?:\?\?|\|\||\?[^.]|[!=]==?|&&|=[^=]))/g;
var SHOWN = 6;
function environmentNotes(tree, start, entries) {
  const file = /--env-file[= ]([^\s]+)/.exec(start)?.[1];
  const ignored = (name) => new RegExp(`^/?\\.env(?:\\*|$)|^/?${name.replace(/\W/g, "\\$&")}$`, "m");
  if (file !== void 0 && ignored(file).test(tree.read(".gitignore") ?? ""))
    return [
      `${file} is not in the repository, so a runner does not have it: put its variables in target.env, secrets as \${env:NAME}`
    ];
  const example = firstOf(tree, [".env.example", ".env.sample", ".env.template", "example.env"]);
  if (example !== void 0)
    return [
      `if it needs the variables of ${example}: put them in target.env, all but PORT, which it is given, secrets as \${env:NAME}`
    ];
  const names = file === void 0 ? variablesRead(tree, entries, start) : [];
  const more2 = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return names.length === 0 ? [] : [
    `the sources read ${names.slice(0, SHOWN).join(", ")}${more2} from the environment, without a default: put what it cannot do without in target.env, such as env: { ${names[0]}: "a value for tests" }; a secret as "\${env:${names[0]}}", which the workflow hands to the step as env`
  ];
}
function variablesRead(tree, entries, start) {
  const found = /* @__PURE__ */ new Set();
  for (const { path, text } of sources(tree, entries)) {
    if (!/\.[cm]?[jt]s$/.test(path)) continue;
    for (const [, plain2, quoted2] of text.matchAll(READ2)) {
      const name = plain2 ?? quoted2 ?? "";
      if (!GIVEN2.test(name) && !start.includes(`${name}=`)) found.add(name);
    }
  }
  return [...found];
}

// src/init/local-packages.ts
var import_yaml3 = __toESM(require_dist(), 1);
function workspaceOf(place, json2, locks) {
  if (firstOf(place.tree, locks) !== void 0) return null;
  for (const [depth, tree] of place.above.entries()) {
    const patterns2 = patternsOf(tree);
    if (patterns2 === null) continue;
    const folder = place.within.split("/").slice(-depth - 1).join("/");
    if (!matches(folder, patterns2)) return null;
    return {
      up: Array(depth + 1).fill("..").join("/"),
      root: parsePackageJson(tree.read("package.json")),
      builds: buildsOf(json2, packagesIn(tree, patterns2))
    };
  }
  return null;
}
function patternsOf(tree) {
  try {
    const { workspaces } = JSON.parse(tree.read("package.json") ?? "{}");
    const listed2 = workspaces?.packages ?? workspaces ?? (0, import_yaml3.parse)(tree.read("pnpm-workspace.yaml") ?? "")?.packages;
    return Array.isArray(listed2) ? listed2.filter((one) => typeof one === "string") : null;
  } catch {
    return null;
  }
}
function matches(folder, patterns2) {
  const one = (pattern2) => new RegExp(
    `^${pattern2.replace(/^!?(?:\.\/)?|\/+$/g, "").replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*\*?/g, (stars) => stars === "**" ? ".+" : "[^/]+")}$`
  ).test(folder);
  return patterns2.some((pattern2) => !pattern2.startsWith("!") && one(pattern2)) && !patterns2.some((pattern2) => pattern2.startsWith("!") && one(pattern2));
}
function packagesIn(tree, patterns2) {
  const found = /* @__PURE__ */ new Map();
  for (const path of tree.paths) {
    const folder = path.replace(/\/?package\.json$/, "");
    if (folder === path || folder === "" || !matches(folder, patterns2)) continue;
    const json2 = parsePackageJson(tree.read(path));
    if (json2?.name !== void 0) found.set(json2.name, { folder, json: json2 });
  }
  return found;
}
function buildsOf(json2, packages) {
  const seen = /* @__PURE__ */ new Set([json2.name]);
  const builds = [];
  const visit2 = (one) => {
    for (const name of Object.keys(one.dependencies)) {
      const local = packages.get(name);
      if (local === void 0 || seen.has(name)) continue;
      seen.add(name);
      visit2(local.json);
      if (local.json.scripts.build !== void 0) builds.push({ name, folder: local.folder });
    }
  };
  visit2(json2);
  return builds;
}
function localBuilds({ up, builds }, manager, own) {
  if (builds.length === 0) return [];
  switch (manager) {
    case "pnpm":
      return own === void 0 ? builds.map(({ name }) => `pnpm --filter ${shellWord(name)} run build`) : [`pnpm --filter ${shellWord(`${own}^...`)} run build`];
    case "npm":
      return builds.map(({ folder }) => `npm --prefix ${shellWord(`${up}/${folder}`)} run build`);
    case "yarn":
      return builds.map(({ name }) => `yarn workspace ${shellWord(name)} run build`);
    case "bun":
      return builds.map(({ name }) => `bun run --filter ${shellWord(name)} build`);
  }
}

// src/init/preparation.ts
var BUILDER = /^(?:npx\s+)?((?:tsc|tspc|swc|tsup|tsdown|unbuild|esbuild|rollup|webpack|(?:nest|vite)\s+build)(?=\s)(?!\s+serve\b)[^&|;<>`$"'\\]*)&&\s*/;
var WATCHES = /\s(?:-w|--watch)\b/;
function withoutPreparation(json2, script) {
  const prepare = json2.scripts[`pre${script}`] === void 0 ? [] : [`pre${script}`];
  const builders = [];
  let text = (json2.scripts[script] ?? "").trim();
  for (; ; ) {
    const run2 = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)\s*&&\s*/.exec(text);
    const build = BUILDER.exec(text);
    if (run2 !== null && Object.hasOwn(json2.scripts, run2[1] ?? "")) {
      prepare.push(run2[1] ?? "");
      text = text.slice(run2[0].length);
    } else if (build !== null && !WATCHES.test(build[1] ?? "")) {
      builders.push((build[1] ?? "").trim());
      text = text.slice(build[0].length);
    } else return { text, prepare, builders };
  }
}
function notBuiltBy(scripts, json2, builders) {
  const texts = scripts.map((name) => json2.scripts[name]?.trim().replace(/^npx\s+/, ""));
  return builders.filter((text) => !texts.includes(text));
}

// src/init/node.ts
var START_SCRIPTS = ["start:prod", "start:production", "start", "serve", "preview", "start:dev", "dev"];
var ENTRY_FILES = [
  "server",
  "index",
  "app",
  "main",
  "src/server",
  "src/index",
  "src/app",
  "src/main"
].flatMap((name) => [".js", ".mjs", ".cjs"].map((ending) => name + ending));
var LISTENS2 = /\.listen\(|\bserve\(|createServer\(/;
var PROGRAMS = [
  { pattern: /\b(?:next|nuxt|nuxi)\s+(?:start|preview|dev)\b|\bnext\s*$/ },
  { pattern: /\b(?:remix-serve|react-router-serve|remix\s+dev|strapi\s+\w+|fastify\s+start)\b/ },
  { pattern: /\breact-scripts\s+start\b/ },
  { pattern: /(?:^|\s)(?:serve|http-server)(?:\s|$)/ },
  {
    pattern: /(?:^|\s)vite(?:\s+(?:preview|dev|serve))?(?:\s+-|$|\s*$)/,
    args: "--port ${PORT} --strictPort --host 127.0.0.1"
  },
  { pattern: /\bastro\s+(?:preview|dev)\b/, args: "--port ${PORT} --host 127.0.0.1" },
  { pattern: /\b(?:ng|vue-cli-service|gatsby|webpack)\s+(?:serve|develop)\b/, args: "--port ${PORT}" },
  { pattern: /\b(?:json-server|wrangler\s+dev)\b/, args: "--port ${PORT}" }
];
function nodeService(place) {
  const json2 = parsePackageJson(place.tree.read("package.json"));
  if (json2 === null) return null;
  const manager = packageManagerOf(place, json2);
  const workspace = workspaceOf(
    place,
    json2,
    LOCKS.map(([file]) => file)
  );
  const install = workspace === null ? manager.install : installedAt(workspace.up, workspace.root, manager);
  const locals = workspace === null ? [] : localBuilds(workspace, manager.name, json2.name);
  const notes2 = [];
  const command = commandOf(place.tree, json2, manager.name, notes2);
  if (command !== null) notes2.push(...environmentNotes(place.tree, command.start.value, command.entries));
  const prepared = command?.prepare ?? [];
  const builds = prepared.some((name) => name === "build" || /\bbuild\b/.test(json2.scripts[name] ?? ""));
  const scripts = [...json2.scripts.build === void 0 || builds ? [] : ["build"], ...prepared];
  const builders = notBuiltBy(scripts, json2, command?.builders ?? []);
  const parts = [
    install?.value,
    ...locals,
    ...scripts.map((name) => runScript(manager.name, name)),
    ...builders.map((text) => `npx ${text}`)
  ];
  const whys = [
    install?.why,
    locals.length === 0 ? void 0 : "by the packages of the workspace that it depends on",
    ...scripts.map((name) => `by the script ${JSON.stringify(name)}`),
    builders.length === 0 ? void 0 : "by what the start script begins with"
  ];
  const present = (part2) => part2 !== void 0;
  return {
    kind: "Node",
    ...parts.some(present) ? { setup: { value: parts.filter(present).join(" && "), why: whys.filter(present).join(", ") } } : {},
    ...command === null ? {} : { start: command.start },
    listening: command?.listening ?? { type: "unknown" },
    entries: command?.entries ?? [],
    steps: nodeSteps(place, json2, manager),
    notes: notes2
  };
}
function loneService(place) {
  if (place.tree.paths.includes("package.json")) return null;
  const json2 = { scripts: {}, dependencies: {}, hasEngines: false, workspaces: false };
  const command = ofEntry(place.tree, ENTRY_FILES, "listens");
  if (command === null) return null;
  return {
    kind: "Node",
    start: command.start,
    listening: command.listening,
    entries: command.entries,
    steps: nodeSteps(place, json2, { name: "npm", berry: false }),
    notes: environmentNotes(place.tree, command.start.value, command.entries)
  };
}
var DELEGATES = /\b(?:turbo|lerna|nx|concurrently|npm-run-all|run-p)\b|\bpnpm\s+(?:-r|--recursive|--filter|-F|--parallel)\b|\s(?:-w|--workspaces?|--filter|-F)[\s=]|\s--workspaces?$|\byarn\s+workspaces?\b/;
var CATALOGUE = /\b(?:start-)?storybook\b/;
function startScript({ scripts }) {
  for (const name of START_SCRIPTS) {
    const text = (scripts[name] ?? "").trim();
    if (text !== "" && !DELEGATES.test(text) && !CATALOGUE.test(text)) return { name, text };
  }
  return null;
}
function commandOf(tree, json2, manager, notes2) {
  const script = startScript(json2);
  if (script !== null) return ofScript(tree, json2, script.name, manager, notes2);
  const candidates = [json2.main?.replace(/^\.\//, ""), ...ENTRY_FILES].filter((path) => path !== void 0);
  const entry = ofEntry(tree, candidates, 'listens, and package.json has no script "start"');
  if (entry !== null) return entry;
  if (json2.dependencies.nuxt !== void 0) {
    const start = { value: production("node .output/server/index.mjs"), why: "what Nuxt builds" };
    return { start, listening: { type: "free", why: "Nuxt listens on PORT" }, entries: [] };
  }
  return null;
}
function ofEntry(tree, candidates, why) {
  const entry = candidates.find((path) => LISTENS2.test(tree.read(path) ?? ""));
  return entry === void 0 ? null : direct(tree, entry, [], `node ${entry}`, `${entry} ${why}; NODE_ENV as in production`);
}
function ofScript(tree, json2, script, manager, notes2) {
  const { text, prepare, builders } = withoutPreparation(json2, script);
  const { assigned, rest } = withoutAssignments(text);
  const from = `the script ${JSON.stringify(script)} of package.json`;
  const plain2 = plainNode(rest);
  if (/dev/.test(script) || /\b(?:nodemon|--watch|tsx watch|ts-node-dev|node-dev)\b/.test(text))
    notes2.push(`${from} is made for development: is it what runs in production?${imageWords(tree)}`);
  if (plain2 !== null) {
    const own = assigned.filter(([name]) => name !== "PORT");
    const prefix = own.map(([name, value]) => `${name}=${value} `).join("");
    const names = own.map(([name]) => name);
    return {
      ...direct(
        tree,
        plain2.entry,
        names,
        `${prefix}${plain2.command}`,
        `${from}, without npm around it${names.includes("NODE_ENV") ? "" : ", NODE_ENV as in production"}`
      ),
      prepare,
      builders
    };
  }
  const stated = statedPort(assigned, rest);
  const program = PROGRAMS.find(({ pattern: pattern2 }) => pattern2.test(rest));
  if (stated !== void 0) {
    const listening2 = { type: "fixed", port: stated, why: `${from} says port ${stated}` };
    return { start: { value: runScript(manager, script), why: from }, listening: listening2, entries: [] };
  }
  if (program !== void 0) {
    const value = runScript(manager, script, program.args ?? "");
    const name = rest.split(/\s+/)[0] ?? rest;
    const why = program.args === void 0 ? `${name} listens on PORT` : `${name} is told its port`;
    return { start: { value, why: from }, listening: { type: "free", why }, entries: [] };
  }
  const entries = [...rest.matchAll(/[\w./-]+\.[cm]?[jt]sx?\b/g)].map(([path]) => path.replace(/^\.\//, ""));
  const listening = listeningOf(tree, entries);
  return {
    start: { value: withVariable(runScript(manager, script), listening), why: from },
    listening,
    entries
  };
}
function imageWords(tree) {
  const image = imageCommand(tree);
  return image === null ? "" : ` ${image.file} starts "${image.command}", which --start would too`;
}
function direct(tree, entry, assigned, command, why) {
  const listening = listeningOf(tree, [entry, ...sourcesOf(tree, entry)]);
  const value = assigned.includes("NODE_ENV") ? command : production(command);
  return {
    start: { value: withVariable(value, listening), why },
    listening,
    entries: sourcesOf(tree, entry)
  };
}
var production = (command) => `NODE_ENV=production ${command}`;
function withVariable(command, listening) {
  return listening.type === "free" && listening.variable !== void 0 ? `${listening.variable}=\${PORT} ${command}` : command;
}
function sourcesOf(tree, entry) {
  const stem = (path) => path.replace(/^.*\//, "").replace(/\.[^.]+$/, "");
  return [...sources(tree)].map(({ path }) => path).filter((path) => path === entry || stem(path) === stem(entry));
}
function withoutAssignments(text) {
  const assigned = [];
  let rest = text.replace(/^(?:npx\s+)?cross-env\s+/, "");
  for (; ; ) {
    const match = /^([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'`$;&|<>()]*)\s+/.exec(rest);
    if (match === null) return { assigned, rest };
    assigned.push([match[1] ?? "", match[2] ?? ""]);
    rest = rest.slice(match[0].length);
  }
}
function plainNode(command) {
  const words = command.trim().split(/\s+/);
  const [program, ...rest] = words;
  if (/["'`$;&|<>()\\*]/.test(command)) return null;
  if (program === "nodemon" || program === "node-dev") {
    const [entry2, ...more2] = rest.filter((word) => !word.startsWith("-"));
    if (entry2 === void 0 || !/\.[cm]?js$/.test(entry2) || more2.length > 0) return null;
    return { entry: entry2.replace(/^\.\//, ""), command: `node ${entry2}` };
  }
  if (program !== "node") return null;
  const kept = rest.filter((word) => !/^--(?:watch|inspect|watch-path=.*|inspect=.*)$/.test(word));
  const names = kept.filter((word) => !word.startsWith("-") && /^[\w@./-]+$/.test(word));
  const entry = names.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? names[0];
  if (entry === void 0) return null;
  return { entry: entry.replace(/^\.\//, ""), command: ["node", ...kept].join(" ") };
}
function statedPort(assigned, rest) {
  const given = assigned.find(([name]) => name === "PORT")?.[1].replace(/["']/g, "");
  return portNumber(given) ?? portArgument(rest);
}

// src/init/openapi.ts
var import_yaml4 = __toESM(require_dist(), 1);

// src/init/openapi-document.ts
var mappingOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
var listOf = (value) => Array.isArray(value) ? value : [];
function resolved(document, value) {
  let current = mappingOf(value);
  for (let hops = 0; hops < 8 && typeof current.$ref === "string"; hops++) {
    const keys = current.$ref.startsWith("#/") ? current.$ref.slice(2).split("/") : [];
    let target = keys.length === 0 ? void 0 : document;
    for (const key of keys) {
      const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
      const inside = mappingOf(target);
      target = Object.hasOwn(inside, name) ? inside[name] : void 0;
    }
    current = mappingOf(target);
  }
  return current;
}

// src/init/openapi-examples.ts
var LONGEST_BODY = 600;
function apiExamples(document, path, parameters, operation) {
  let filled = path;
  const query = [];
  for (const parameter of parameters) {
    const { name, in: where } = parameter;
    if (typeof name !== "string" || where !== "path" && parameter.required !== true || where === "cookie")
      continue;
    if (where === "body" || where === "formData") continue;
    const value = exampleOf(document, parameter);
    if (value === void 0 || where !== "path" && where !== "query") filled = null;
    else if (where === "path") filled = filled?.replaceAll(`{${name}}`, encoded(value)) ?? null;
    else query.push(`${encoded(name)}=${encoded(value)}`);
  }
  if (filled?.includes("{")) filled = null;
  const body = bodyOf(document, parameters, operation);
  const whole = filled === null || query.length === 0 ? filled : `${filled}?${query.join("&")}`;
  return { filled: whole, ...body === void 0 ? {} : { body } };
}
function exampleOf(document, parameter) {
  const schema = resolved(document, parameter.schema);
  const [named3] = Object.values(mappingOf(parameter.examples));
  const candidates = [
    parameter.example,
    resolved(document, named3).value,
    parameter["x-example"],
    schema.example,
    listOf(schema.examples)[0],
    parameter.default,
    schema.default,
    listOf(parameter.enum)[0],
    listOf(schema.enum)[0]
  ];
  const value = candidates.find((one) => ["string", "number", "boolean"].includes(typeof one) && one !== "");
  return value === void 0 ? void 0 : String(value);
}
var encoded = (text) => encodeURIComponent(text.replace(new RegExp("\\p{Surrogate}", "gu"), ""));
function bodyOf(document, parameters, operation) {
  const content = mappingOf(resolved(document, operation.requestBody).content);
  const media = mappingOf(content["application/json"]);
  const inBody = parameters.find((one) => one.in === "body");
  const schema = resolved(document, media.schema ?? inBody?.schema);
  const [named3] = Object.values(mappingOf(media.examples));
  const example = media.example ?? resolved(document, named3).value ?? schema.example ?? listOf(schema.examples)[0];
  if (typeof example !== "object" || example === null) return void 0;
  try {
    const text = JSON.stringify(example);
    return text.length > LONGEST_BODY || /\$\{|[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) ? void 0 : text;
  } catch {
    return void 0;
  }
}

// src/init/openapi.ts
var DOCUMENT = /(?:^|\/)(?:openapi|swagger|api-docs|api-spec)(?:[.-][\w.-]*)?\.(?:json|ya?ml)$/i;
var PATH2 = /^\/(?!\/)[^\s#{}$"]*$/;
var METHODS = ["get", "post", "put", "patch", "delete"];
function apiRoutes(tree) {
  const unread = [];
  for (const file of tree.paths.filter((path) => DOCUMENT.test(path))) {
    const document = documentOf(tree.read(file));
    if (typeof document === "string") unread.push(`${file} was not read: ${document}`);
    else if (document !== null) return { api: routesOf(file, document), unread };
  }
  return { api: null, unread };
}
function documentOf(text) {
  if (text === null) return "it is larger than 2 MB, or no file that can be read";
  try {
    const document = mappingOf((0, import_yaml4.parse)(text, { logLevel: "error" }));
    const known = typeof document.openapi === "string" || document.swagger !== void 0;
    return known && document.paths !== void 0 ? document : null;
  } catch (error) {
    return error instanceof ReferenceError ? "its aliases expand without end" : "it is no valid YAML or JSON";
  }
}
function routesOf(file, document) {
  const found = { file, open: [], left: [], bodies: /* @__PURE__ */ new Map(), guarded: 0, header: "" };
  const base = basePath(document);
  for (const [path, value] of Object.entries(mappingOf(document.paths))) {
    const item = resolved(document, value);
    for (const method of METHODS) {
      const operation = mappingOf(item[method]);
      if (item[method] === void 0 || operation.deprecated === true) continue;
      const full = `${base}${path}`;
      const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)].map(
        (one) => resolved(document, one)
      );
      const { filled, body } = apiExamples(document, full, parameters, operation);
      const security = operation.security ?? document.security;
      const name = `${method.toUpperCase()} ${full}`;
      if (method !== "get") {
        const request = `${method.toUpperCase()} ${filled ?? full}`;
        if (body !== void 0 && !isGuarded2(security)) found.bodies.set(request, body);
        found.left.push(request);
        continue;
      }
      const reason2 = isGuarded2(security) ? "it needs a key" : isStream(operation) ? "it streams without end" : riskOf(full);
      if (isGuarded2(security)) {
        found.guarded += 1;
        found.header ||= headerOf(document, security);
      }
      if (reason2 !== void 0) found.left.push(`${name} (${reason2})`);
      else if (filled === null) found.left.push(path.includes("{") ? name : `${name} (it needs a parameter)`);
      else if (PATH2.test(filled)) found.open.push(filled);
    }
  }
  return found;
}
function headerOf(document, security) {
  const schemes = mappingOf(mappingOf(document.components).securitySchemes ?? document.securityDefinitions);
  for (const name of listOf(security).flatMap((one) => Object.keys(mappingOf(one)))) {
    const scheme = resolved(document, Object.hasOwn(schemes, name) ? schemes[name] : void 0);
    const { type, in: where, name: header } = scheme;
    if (type === "apiKey" && where === "header" && typeof header === "string" && /^[\w-]+$/.test(header))
      return `${header}: "\${env:API_KEY}"`;
    if (type === "basic" || scheme.scheme === "basic") return 'authorization: "Basic ${env:API_CREDENTIALS}"';
  }
  return 'authorization: "Bearer ${env:API_TOKEN}"';
}
function isGuarded2(security) {
  const alternatives = listOf(security);
  return alternatives.length > 0 && !alternatives.some((one) => Object.keys(mappingOf(one)).length === 0);
}
function isStream(operation) {
  return Object.values(mappingOf(operation.responses)).some(
    (response) => Object.keys(mappingOf(mappingOf(response).content)).some((type) => type.startsWith("text/event-stream"))
  );
}
function basePath(document) {
  const [server] = listOf(document.servers);
  const stated = document.basePath ?? mappingOf(server).url ?? "";
  if (typeof stated !== "string") return "";
  const variables = mappingOf(mappingOf(server).variables);
  const url = stated.replace(
    /\{(\w+)\}/g,
    (whole, name) => String(mappingOf(variables[name]).default ?? whole)
  );
  const path = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url.replace(/^[^:]+:\/\/[^/]*/, "") : url;
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" || PATH2.test(trimmed) ? trimmed : "";
}

// src/init/other-protocols.ts
var SOCKETS = /\bnew\s+(?:WebSocketServer|WebSocket\.Server)\s*\(|["'`](?:@fastify\/websocket|express-ws|koa-websocket)["'`]|@(?:app|router)\.websocket\(|\bwebsocket\.Upgrader\b|\bWebSocketUpgrade\b|\bupgradeWebSocket\(/;
var SOCKET_IO = /["'`]socket\.io["'`]/;
var SOCKET_PATH = /\b(?:WebSocketServer|WebSocket\.Server)\s*\(\s*\{[^{}]{0,400}?\bpath:\s*["'`](\/[\w./-]*)["'`]|\.ws\(\s*["'`](\/[\w./-]*)["'`]|\.websocket\(\s*["'](\/[\w./-]*)["']/;
var GRAPHQL = /["'`](?:graphql-yoga|@apollo\/server(?:\/[\w-]+)?|apollo-server(?:-\w+)?|express-graphql|graphql-http(?:\/[\w/-]+)?|mercurius|@nestjs\/graphql)["'`]|^(?:from|import)\s+(?:strawberry|ariadne|graphene)\b|"github\.com\/(?:99designs\/gqlgen|graphql-go\/)/m;
var GRAPHQL_PATH = /\bgraphqlEndpoint:\s*["'`](\/[\w./-]*)["'`]|\.use\(\s*["'`](\/[\w./-]*graphql[\w./-]*)["'`]/;
var USUAL_GRAPHQL = "/graphql";
function otherProtocols(tree, first) {
  const found = {};
  for (const { path: file, text } of sources(tree, first)) {
    if (SOCKETS.test(text) && !SOCKET_IO.test(text)) {
      found.sockets ??= file;
      const [, ...paths] = SOCKET_PATH.exec(text) ?? [];
      const path = paths.find((one) => one !== void 0);
      if (path !== void 0) found.path ??= path;
    }
    if (GRAPHQL.test(text)) {
      found.graphql ??= file;
      const [, ...paths] = GRAPHQL_PATH.exec(text) ?? [];
      const path = paths.find((one) => one !== void 0);
      if (path !== void 0) found.endpoint ??= path;
    }
  }
  return [
    ...found.sockets === void 0 ? [] : [
      {
        note: `${found.sockets} answers WebSockets: the config has a scenario for them in a comment, which needs a message of yours and its answer`,
        example: [
          "sockets:",
          "  type: websocket",
          `  path: ${found.path ?? "/"}`,
          "  connections: 10",
          '  send: { type: ping, id: "${uuid}" }',
          "  expect: { type: pong }"
        ]
      }
    ],
    ...found.graphql === void 0 ? [] : [
      {
        note: `${found.graphql} answers GraphQL: the config has a scenario for it in a comment, which needs a query of yours`,
        example: [
          "graphql:",
          "  type: http",
          "  requests:",
          `    - { path: ${found.endpoint ?? USUAL_GRAPHQL}, json: { query: "{ __typename }" }, expect: { status: 200 } }`
        ]
      }
    ]
  ];
}

// src/init/procfile.ts
var KNOWN = /\b(?:gunicorn|puma|next start|nuxt start|serve)\b/;
function procfileStart({ tree }) {
  const command = /^web:[ \t]*(\S.*)$/m.exec(tree.read("Procfile") ?? "")?.[1]?.trim();
  if (command === void 0) return null;
  const why = 'the line "web" of the Procfile';
  const start = { value: command, why };
  if (/\$\{?PORT\b/.test(command)) return { start, listening: { type: "free", why: `${why} says $PORT` } };
  const port = portArgument(command);
  if (port !== void 0)
    return { start, listening: { type: "fixed", port, why: `${why} says port ${port}` } };
  if (KNOWN.test(command))
    return { start, listening: { type: "free", why: `${why} runs what listens on PORT` } };
  const named3 = [...command.matchAll(/[\w./-]+\.(?:[cm]?[jt]s|py|rb)\b/g)].map(
    ([path]) => path.replace(/^\.\//, "")
  );
  return { start, listening: listeningOf(tree, named3) };
}

// src/init/python.ts
var MANIFESTS = ["uv.lock", "poetry.lock", "Pipfile.lock", "requirements.txt", "pyproject.toml", "Pipfile"];
var PIPX = (name) => ({
  run: `pipx install ${name}`,
  why: `${name}, which the lock file is of`
});
function pythonService({ tree }) {
  const manifest = firstOf(tree, MANIFESTS);
  if (manifest === void 0) return null;
  const { setup, within: within2, steps } = environmentOf(manifest);
  const found = applicationOf(
    tree,
    tree.paths.map((path) => isManifest(path) ? tree.read(path) : "").join("\n")
  );
  return {
    kind: "Python",
    setup,
    ...found === null ? {} : { start: { value: within2(found.command), why: found.why } },
    listening: found?.listening ?? { type: "unknown" },
    entries: found === null ? [] : [found.path],
    steps,
    notes: []
  };
}
var isManifest = (path) => /^(?:requirements[\w-]*\.txt|pyproject\.toml|Pipfile)$/.test(path);
function environmentOf(manifest) {
  const venv = (install) => ({
    // An environment of its own: newer systems refuse to install beside their own packages.
    setup: { value: `python3 -m venv .venv && .venv/bin/pip install ${install}`, why: `by ${manifest}` },
    within: (command) => `. .venv/bin/activate && exec ${command}`,
    steps: []
  });
  switch (manifest) {
    case "uv.lock":
      return {
        setup: { value: "uv sync --frozen", why: `by ${manifest}` },
        within: (command) => `uv run --no-sync ${command}`,
        steps: [PIPX("uv")]
      };
    case "poetry.lock":
      return {
        setup: { value: "poetry install", why: `by ${manifest}` },
        within: (command) => `poetry run ${command}`,
        steps: [PIPX("poetry")]
      };
    case "Pipfile.lock":
    case "Pipfile":
      return {
        setup: { value: manifest === "Pipfile" ? "pipenv install" : "pipenv sync", why: `by ${manifest}` },
        within: (command) => `pipenv run ${command}`,
        steps: [PIPX("pipenv")]
      };
    case "requirements.txt":
      return venv("--requirement requirements.txt");
    default:
      return venv(".");
  }
}
function inPythonEnvironment({ tree }, command) {
  const manifest = firstOf(tree, MANIFESTS);
  return manifest === void 0 ? command : environmentOf(manifest).within(command);
}
var told = { type: "free", why: "the start command says the port" };
function applicationOf(tree, manifests) {
  const gunicorn = /\bgunicorn\b/i.test(manifests);
  for (const { path, text } of sources(tree)) {
    if (!path.endsWith(".py") || isElsewhere(tree, path)) continue;
    const factory = /^def (create_app|make_app|build_app)\(/m.exec(text)?.[1];
    const made2 = factory === void 0 ? null : /\b(FastAPI|Flask)\(/.exec(text)?.[1];
    if (made2) {
      const why2 = `${path} makes a ${made2} application in ${factory}`;
      const command2 = made2 === "Flask" ? `flask --app "${path.replace(/\.py$/, "")}:${factory}" run --port \${PORT}` : `uvicorn --factory ${moduleOf(path)}:${factory} ${path.startsWith("src/") ? "--app-dir src " : ""}--host 127.0.0.1 --port \${PORT}`;
      return { command: command2, path, why: why2, listening: told };
    }
    const app = /^(\w+)\s*(?::\s*\w+\s*)?=\s*(FastAPI|Starlette|Litestar|Quart|Flask|Sanic)\(/m.exec(text);
    if (app === null) continue;
    const [, name = "app", framework = ""] = app;
    const why = `${path} makes a ${framework} application`;
    const source = path.startsWith("src/") ? "--app-dir src " : "";
    const module = `${moduleOf(path)}:${name}`;
    if (framework !== "Flask")
      return {
        command: `uvicorn ${source}${module} --host 127.0.0.1 --port \${PORT}`,
        path,
        why,
        listening: told
      };
    const flask = `flask --app ${path.replace(/\.py$/, "")} run --port \${PORT}`;
    const command = gunicorn && source === "" ? `gunicorn --bind 127.0.0.1:\${PORT} ${module}` : flask;
    return { command, path, why, listening: told };
  }
  if (tree.paths.includes("manage.py")) {
    const wsgi = tree.paths.find((path) => /^[^/]+\/wsgi\.py$/.test(path));
    const command = gunicorn && wsgi !== void 0 ? `gunicorn --bind 127.0.0.1:\${PORT} ${moduleOf(wsgi)}` : "python manage.py runserver --noreload 127.0.0.1:${PORT}";
    return { command, path: "manage.py", why: "manage.py is that of a Django project", listening: told };
  }
  const entry = firstOf(tree, ["main.py", "app.py", "server.py", "src/main.py", "src/app.py"]);
  if (entry === void 0) return null;
  return {
    command: `python ${entry}`,
    path: entry,
    why: `${entry} looks like it`,
    listening: listeningOf(tree, [entry])
  };
}
function isElsewhere(tree, path) {
  const folders = path.split("/").slice(0, -1);
  return folders.some((_, i) => {
    const folder = folders.slice(0, i + 1).join("/");
    return tree.paths.some(
      (one) => one === `${folder}/pyproject.toml` || one === `${folder}/requirements.txt`
    );
  });
}
var moduleOf = (path) => path.replace(/^src\//, "").replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".");

// src/init/runner-notes.ts
function runnerNotes({ tree, above }, { kind, start, setup, steps }) {
  if (start === void 0) return [];
  const notes2 = [];
  if (kind === "Node") {
    const npmrc = [tree, ...above].map((one) => one.read(".npmrc")).find((text) => text !== null) ?? "";
    const names = [...new Set([...npmrc.matchAll(/\$\{(\w+)\??\}/g)].map(([, name]) => name))];
    if (names.length > 0)
      notes2.push(
        `.npmrc reads ${names.join(", ")} from the environment: hand it to the step that uses the action, by env: { ${names.map((name) => `${name}: "\${{ secrets.${name} }}"`).join(", ")} }`
      );
    for (const path of tree.paths.filter((one) => /(?:^|\/)schema\.prisma$/.test(one)).slice(0, 1)) {
      const name = /^\s*url\s*=\s*env\(\s*"(\w+)"\s*\)/m.exec(tree.read(path) ?? "")?.[1];
      if (name !== void 0)
        notes2.push(
          `${path} reads ${name} from the environment: put that of a database for tests in target.env, and what prepares it, such as npx prisma migrate deploy, at the end of target.setup`
        );
    }
  }
  if (tree.paths.includes("Gemfile") && kind !== "Node" && !/docker/.test(start.value) && setup === void 0)
    notes2.push(
      "Gemfile has gems to install: write setup: bundle install, and before perf-baseline in the workflow a step with ruby/setup-ruby, which takes the version of .ruby-version"
    );
  const version = tree.read(".python-version")?.trim().split(/\s/)[0];
  if (kind === "Python" && version && steps.length === 0)
    notes2.push(
      `.python-version says ${version}, and the setup takes the python3 of the runner: a step before perf-baseline in the workflow with actions/setup-python and python-version-file brings that version`
    );
  return notes2;
}

// src/init/workspaces.ts
function packagesOf(tree) {
  const folders = /* @__PURE__ */ new Set();
  for (const path of tree.paths) {
    const [, folder = "", file = ""] = /^(.+)\/([^/]+)$/.exec(path) ?? [];
    if (folder === "" || folder.split("/").length > 3) continue;
    if (file === "package.json") {
      const { start, serve, "start:prod": prod, dev } = parsePackageJson(tree.read(path))?.scripts ?? {};
      if ((start ?? serve ?? prod ?? dev) !== void 0) folders.add(folder);
    } else if (/^(?:Dockerfile|Procfile|go\.mod|requirements\.txt|pyproject\.toml)$/.test(file))
      folders.add(folder);
  }
  const likely = (folder) => /api|server|service|backend|web/.test(folder) ? 0 : 1;
  return [...folders].sort((a, b) => likely(a) - likely(b) || (a < b ? -1 : 1));
}
var MANIFEST = /^(?:package\.json|deno\.jsonc?|go\.mod|Cargo\.toml|pyproject\.toml|requirements\.txt|Pipfile|setup\.py|Gemfile|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|mix\.exs|[^/]+\.(?:csproj|sln)|Dockerfile|Containerfile|(?:docker-)?compose\.ya?ml|Procfile)$/;
function manifestAround({ tree, above }) {
  const manifest = ({ paths }) => paths.find((path) => MANIFEST.test(path));
  if (manifest(tree) !== void 0) return null;
  const [around] = above.flatMap((outer, depth) => {
    const file = manifest(outer);
    return file === void 0 ? [] : [`${"../".repeat(depth + 1)}${file}`];
  });
  return around ?? null;
}

// src/init/detect.ts
var SERVICES = [
  nodeService,
  pythonService,
  goService,
  rustService,
  composeService,
  dockerfileService,
  loneService
];
var MOST_ROUTES = 10;
var FREE_URL = "http://127.0.0.1:${PORT}";
var NOTHING = {
  kind: "unknown",
  listening: { type: "unknown" },
  entries: [],
  steps: [],
  notes: []
};
function detect(place, given) {
  const service = withGiven(place, serviceOf(place), given);
  service.notes.push(...runnerNotes(place, service));
  const problem = packageProblem(place.tree.read("package.json"));
  const unknown = problem === null ? [] : [{ key: "start", text: problem }];
  const benchmarks = service.start === void 0 && given.url === void 0 ? benchmarksOf(place.tree) : null;
  if (benchmarks !== null) return benchmarked(service, benchmarks, unknown);
  if (service.start === void 0 && given.url === void 0) unknown.push(noStart(place));
  const split = given.url === void 0 ? null : splitUrl(given.url);
  const url = split === null ? urlOf(service, unknown) : { value: split.origin, why: "--url" };
  const { api, unread } = apiRoutes(place.tree);
  service.notes.push(...unread);
  const nothing = service.start === void 0 && given.url === void 0;
  const code2 = nothing ? { paths: [], read: () => null } : service.folder === void 0 ? place.tree : within(place.tree, service.folder);
  const seen = seenRoutes(code2, service.entries);
  const ready = readyOf(code2, service, api, seen);
  const asked = split === null || split.path === "/" ? null : split.path;
  const scenarios = asked === null ? scenariosOf(code2, service, ready, api, seen) : [onlyScenario(asked)];
  if (scenarios.length === 0) {
    scenarios.push({ name: "home", requests: ["GET /"], why: "a guess" });
    unknown.push({
      key: "scenarios",
      text: `no route was found${api === null ? "" : ` that needs no parameter and no key (${api.file})`}: "GET /" is a guess; write the requests that matter`
    });
  } else if (ready !== null && isHealth(ready.value, "strong") && scenarios.every(({ name }) => name === "health"))
    service.notes.push(
      "only the health check is measured, which tells little of how the service does: write the requests that matter"
    );
  if (api !== null && api.guarded > 0)
    service.notes.push(
      `${api.guarded === 1 ? "1 GET operation" : `${api.guarded} GET operations`} of ${api.file} ${api.guarded === 1 ? "needs a key and is" : "need a key and are"} left out: headers: { ${api.header} } sends one`
    );
  const protocols = otherProtocols(code2, service.entries);
  service.notes.push(...protocols.map(({ note }) => note));
  const fromSources = asked === null && (api === null || api.open.length === 0);
  if (fromSources) service.notes.push(...lostNotes(seen));
  const left = fromSources ? [...leftRoutes(seen), ...asked === null ? api?.left ?? [] : []] : api?.left ?? [];
  const bodies = api?.bodies ?? /* @__PURE__ */ new Map();
  const found = { service, url, ready, scenarios, left: asked === null ? left : [] };
  return { ...found, bodies, protocols, unknown, alone: false };
}
function benchmarked(service, benchmarks, unknown) {
  const { module, why, runner } = benchmarks;
  if (runner !== void 0) unknown.push({ key: "scenarios", text: toExport(benchmarks) });
  return {
    service,
    url: { value: FREE_URL, why: "a guess" },
    ready: null,
    scenarios: [{ name: "benchmarks", requests: [], module, why }],
    left: [],
    bodies: /* @__PURE__ */ new Map(),
    protocols: [],
    unknown,
    alone: true
  };
}
function serviceOf(place) {
  let half = null;
  for (const look of SERVICES) {
    const service = look(place);
    if (service?.start !== void 0) return withProcfile(place, service);
    half ??= service;
  }
  return withProcfile(place, half ?? { ...NOTHING, notes: [] });
}
function withProcfile(place, service) {
  const images = service.kind.startsWith("Docker") ? null : composeImages(place);
  const notes2 = images === null ? service.notes : [...service.notes, needs(images)];
  const procfile = procfileStart(place);
  if (procfile === null || service.kind === "Node" && service.start !== void 0)
    return { ...service, notes: notes2 };
  const { value, why } = procfile.start;
  const start = { value: service.kind === "Python" ? inPythonEnvironment(place, value) : value, why };
  const { stop: _, ...rest } = service;
  return {
    ...service.kind.startsWith("Docker") ? NOTHING : rest,
    start,
    listening: procfile.listening,
    notes: notes2
  };
}
var needs = ({ file, names }) => `if it needs ${names.slice(0, 5).join(", ")} of ${file}: have it run before, as base and head of a pull request are up at the same time and share it: "docker compose up --detach --wait ${names.slice(0, 5).join(" ")}" here, and as a step of the workflow, "- run: \u2026", before perf-baseline`;
function withGiven({ tree }, service, { start }) {
  if (start === void 0) return service;
  const { stop: _, ...rest } = service;
  const kept = service.kind.startsWith("Docker") ? { ...NOTHING, notes: [] } : rest;
  return { ...kept, start: { value: start, why: "--start" }, listening: listeningWith(start, kept, tree) };
}
function listeningWith(start, service, tree) {
  if (/\$\{?PORT\b/.test(start)) return { type: "free", why: "the start command says PORT" };
  const port = portArgument(start);
  if (port !== void 0) return { type: "fixed", port, why: `the start command says port ${port}` };
  const known = service.listening.type === "unknown" ? listeningOf(tree, service.entries) : service.listening;
  return known.type === "free" && known.variable !== void 0 ? { type: "unknown" } : known;
}
var EXAMPLES = [
  [/^Gemfile$/, "bundle exec rails server --port ${PORT}"],
  [/^pom\.xml$/, "java -jar target/NAME.jar --server.port=${PORT}"],
  [/^build\.gradle(?:\.kts)?$/, "java -jar build/libs/NAME.jar --server.port=${PORT}"],
  [/^deno\.jsonc?$/, "deno task start"],
  [/^composer\.json$/, "php -S 127.0.0.1:${PORT} -t public"],
  [/\.(?:csproj|sln)$/, "dotnet run --urls http://127.0.0.1:${PORT}"],
  [/^mix\.exs$/, "mix phx.server"]
];
function noStart({ tree }) {
  const packages = packagesOf(tree);
  const elsewhere = packages.length === 0 ? "" : `; this is a repository of several packages: --working-directory ${packages.slice(0, 5).join(" or ")} measures one`;
  const [example] = EXAMPLES.flatMap(([pattern2, command]) => {
    const file = tree.paths.find((path) => pattern2.test(path));
    return file === void 0 ? [] : [`, such as "${command}" (there is ${file})`];
  });
  return {
    key: "start",
    text: `the command that starts the service: give --start COMMAND${example ?? ""}, or write target.start${elsewhere}`
  };
}
function urlOf(service, unknown) {
  const { listening, start } = service;
  if (listening.type === "free" && start !== void 0) return { value: FREE_URL, why: listening.why };
  if (listening.type === "fixed" && start !== void 0)
    return { value: `http://127.0.0.1:${listening.port}`, why: listening.why };
  if (start === void 0) {
    unknown.push({
      key: "url",
      text: "the URL it answers at: port 3000 is a guess; give --url URL, or write target.url"
    });
    return { value: "http://127.0.0.1:3000", why: "a guess" };
  }
  unknown.push({
    key: "url",
    text: "the port it listens on: it is given a free one as PORT; if it does not listen there, write its port into target.url"
  });
  return { value: FREE_URL, why: "a guess" };
}
function readyOf(tree, service, api, seen) {
  const described = api?.open.find((path) => isHealth(path));
  if (described !== void 0 && api !== null) return { value: described, why: `described in ${api.file}` };
  const check2 = healthCheck(tree, service.entries, seen);
  if (check2?.status === "found") return { value: check2.path, why: `found in ${check2.why}` };
  const file = healthFile(tree) ?? dockerHealth(tree);
  if (file === null && check2 !== null)
    service.notes.push(
      `${check2.why} has a health check, ${check2.path}, behind a prefix that could not be found out: target.ready: { path: \u2026 } waits for it`
    );
  return file;
}
var onlyScenario = (path) => ({
  name: "default",
  requests: [`GET ${path}`],
  why: "--url"
});
function scenariosOf(tree, service, ready, api, seen) {
  const scenarios = [];
  if (ready !== null) scenarios.push({ name: "health", requests: [`GET ${ready.value}`], why: ready.why });
  const written = api !== null && api.open.length > 0 ? null : openRoutes(seen);
  const routes = (written?.value ?? api?.open ?? []).filter(
    (path) => path !== ready?.value && !isHealth(path)
  );
  if (routes.length > 0) {
    const requests = routes.slice(0, MOST_ROUTES).map((path) => `GET ${path}`);
    const rest = routes.length - requests.length;
    const from = written === null ? `described in ${api?.file}` : `found in ${written.why}`;
    scenarios.push({ name: "routes", requests, why: rest > 0 ? `${from}; ${rest} more are left out` : from });
  }
  const home = homeFile(tree);
  if (home !== void 0 && !routes.includes("/") && service.kind === "Node")
    scenarios.push({ name: "home", requests: ["GET /"], why: `found in ${home}` });
  return scenarios;
}
function splitUrl(url) {
  const [, origin = url, path = ""] = /^([a-z]+:\/\/[^/?#\s]*)([^#\s]*)/i.exec(url) ?? [];
  return { origin, path: path === "" ? "/" : path.startsWith("/") ? path : `/${path}` };
}

// src/init/choice.ts
var SHOWS = /(?:^|\/)(?:examples?|samples?|demos?|docs?|website|templates?|playgrounds?|tools|scripts|bench(?:marks?)?)(?:\/|$)/;
var SHOWN_IN_A_BROWSER = /^(?:npx\s+)?(?:cross-env\s+)?(?:\w+=\S+\s+)*(?:vite|react-scripts|parcel|webpack|ng|vue-cli-service|gatsby|expo|serve|http-server|live-server|astro\s+(?:dev|preview)|electron\S*)(?:\s|$)/;
var MOST_LOOKED_AT = 50;
function choiceOf(tree) {
  const found = packagesOf(tree).filter((folder) => !SHOWS.test(folder)).slice(0, MOST_LOOKED_AT).flatMap((folder) => {
    const inner = subtree(tree, folder);
    const { start } = serviceOf({ tree: inner, above: [], within: folder });
    return start === void 0 || isPage(inner) ? [] : [{ value: folder, why: start.why }];
  });
  const named3 = delegate(tree);
  const said = found.find(({ value }) => value === named3?.value);
  if (named3 !== null && said !== void 0) return { folder: named3 };
  const [only2, ...more2] = found;
  if (only2 === void 0) return null;
  if (more2.length > 0) return { among: found };
  return {
    folder: { value: only2.value, why: `the only folder with a service that can be started (${only2.why})` }
  };
}
function choiceWords(among, command) {
  return [
    "Nothing was written: this folder has no service of its own, and several in it have one. Run this for each that is to be measured:",
    ...among.map(({ value, why }) => `  ${command(shellWord(value))}   # ${why}`)
  ].join("\n");
}
function isPage(tree) {
  const json2 = parsePackageJson(tree.read("package.json"));
  return json2 !== null && SHOWN_IN_A_BROWSER.test(startScript(json2)?.text ?? "");
}
function delegate(tree) {
  const { scripts = {} } = parsePackageJson(tree.read("package.json")) ?? {};
  for (const name of ["start:prod", "start:production", "start", "serve"]) {
    const text = scripts[name] ?? "";
    if (!DELEGATES.test(text)) continue;
    const [, stated = ""] = /\b(?:yarn\s+workspace|nx\s+(?:run|serve))\s+["']?([^\s"':]+)|\s(?:--filter|-F|--workspace|-w)[\s=]["']?([^\s"']+)/.exec(text)?.filter((part2) => part2 !== void 0) ?? [];
    const wanted = stated.replace(/^\.\/|\.\.\.$|^\{\.?\/?|\}$/g, "");
    const folder = packagesOf(tree).find(
      (one) => one === wanted || parsePackageJson(tree.read(`${one}/package.json`))?.name === wanted
    );
    if (folder !== void 0)
      return { value: folder, why: `the script ${JSON.stringify(name)} of package.json starts it` };
  }
  return null;
}

// src/init/config-file.ts
var import_yaml5 = __toESM(require_dist(), 1);

// src/init/left-out.ts
var VALUE = /:\w+\??|\{[^}]*\}|<[^>]*>|\[[^\]]*\]|…$/g;
var MOST_SHOWN = 8;
function leftWords(left, most = MOST_SHOWN) {
  const more2 = left.length - most;
  return `${left.slice(0, most).join(", ")}${more2 > 0 ? ` and ${more2} more` : ""}`;
}
function leftExample(left, bodies = /* @__PURE__ */ new Map()) {
  const plain2 = left.filter((one) => PLAIN2.test(pathOf(one)));
  const isOfBody = (one) => /^(?:POST|PUT|PATCH) /.test(one) && !pathOf(one).includes("${");
  const withBody = plain2.find((one) => bodies.has(one)) ?? plain2.find(isOfBody);
  const withValue = plain2.find((one) => one.startsWith("GET ") && pathOf(one).includes("${"));
  const requests = [
    ...withBody === void 0 ? [] : [
      `{ ${methodOf2(withBody)}path: ${quoted(withBody)}, json: ${bodies.get(withBody) ?? '{ name: "${uuid}" }'}, expect: { status: 2xx } }`
    ],
    ...withValue === void 0 ? [] : [`{ path: ${quoted(withValue)} }`]
  ];
  return requests.length === 0 ? [] : ["mixed:", "  type: http", "  requests:", ...requests.map((one) => `    - ${one}`)];
}
var PLAIN2 = /^(?:[\w./~-]|\$\{int:1:100\})+$/;
var methodOf2 = (route) => route.startsWith("POST ") ? "" : `method: ${route.slice(0, route.indexOf(" "))}, `;
var pathOf = (route) => route.slice(route.indexOf(" ") + 1).replace(VALUE, "${int:1:100}");
var quoted = (route) => {
  const path = pathOf(route);
  return /^\/[\w./-]*$/.test(path) ? path : JSON.stringify(path);
};

// src/init/config-file.ts
var MEANING = {
  setup: "Run once per checkout",
  start: "Starts the service",
  stop: "Run after each boot",
  url: "Where it answers (${PORT} would be a free port, exported to start as PORT)",
  ready: "Measuring begins once this answers 2xx or 3xx"
};
var MOST_LEFT = 40;
var SCHEMA = "https://raw.githubusercontent.com/org/perf-baseline/v1/schema/config.schema.json";
function configText(plan) {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    "# What perf-baseline measures. Check it with `perf-baseline validate`, try it with `perf-baseline run`.",
    ...plan.alone && plan.service.setup === void 0 ? [] : ["target:"],
    ...(plan.alone ? aloneLines(plan) : targetLines(plan)).map((line) => `  ${line}`),
    "",
    "scenarios:",
    ...missing(plan, "scenarios").map((line) => `  ${line}`),
    ...plan.scenarios.flatMap(({ name, requests, module, why }) => [
      `  ${scalar(name)}: # ${comment(why)}`,
      ...module === void 0 ? ["    type: http"] : ["    type: micro", `    module: ${scalar(module)} # each function it exports is measured`],
      ...requests.length === 0 ? [] : ["    requests:"],
      ...requests.map((request) => `      - ${scalar(request)}`)
    ]),
    ...leftLines(plan).map((line) => `  ${line}`),
    ...plan.protocols.flatMap(({ example }) => example.map((line) => `  # ${commentLine(line)}`)),
    "",
    "# How long it takes: five rounds of 5 s for each scenario, more rounds where that leaves doubt. The defaults:",
    "# measure: { rounds: 5, max-rounds: 20, duration: 5s, warmup: 3s, budget: 10m }",
    "",
    "# Allowed changes and limits have defaults (p95 +20%, rps -15%, memory +30%, error-rate +5pp). To set your own:",
    '# criteria: { p95: "+20% and +2ms", memory: off }'
  ];
  return `${lines.join("\n")}
`;
}
var aloneLines = (plan) => {
  const { setup } = plan.service;
  return [
    ...missing(plan, "start"),
    ...setup === void 0 ? [] : [reason("setup", setup), `setup: ${scalar(setup.value)}`]
  ];
};
function targetLines(plan) {
  const { setup, start, stop, notes: notes2 } = plan.service;
  const found = (key, finding) => finding === void 0 ? [] : [reason(key, finding), `${key}: ${scalar(finding.value)}`];
  return [
    ...notes2.map((note) => `# Note: ${comment(note)}`),
    ...start === void 0 ? [] : found("setup", setup),
    ...missing(plan, "start"),
    ...start === void 0 && missing(plan, "start").length > 0 ? ["# start: COMMAND"] : [],
    ...found("start", start),
    ...start === void 0 ? [] : found("stop", stop),
    ...missing(plan, "url"),
    ...found("url", plan.url),
    ...plan.ready === null ? [] : [reason("ready", plan.ready), `ready: { path: ${flow(plan.ready.value)}, timeout: 60s }`]
  ];
}
function reason(key, { value, why }) {
  const meaning = key === "url" && value.includes("${PORT}") ? MEANING.url.replace("would be", "is") : MEANING[key];
  return `# ${meaning}: ${comment(why)}.`;
}
function leftLines({ left, bodies }) {
  if (left.length === 0) return [];
  const example = leftExample(left, bodies).map((line) => `# ${commentLine(line)}`);
  return [
    `# Not measured yet, as only you know what they take: ${comment(leftWords(left, MOST_LEFT))}.`,
    ...example.length === 0 ? [] : ["# An example, whose values are for you to correct:", ...example]
  ];
}
var missing = ({ unknown }, key) => unknown.filter((one) => one.key === key).map(({ text }) => `# Could not be found out: ${comment(text)}.`);
var comment = (text) => commentLine(text).trim();
var commentLine = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
var scalar = (text) => (0, import_yaml5.stringify)(text, { lineWidth: 0, blockQuote: false }).trimEnd();
var flow = (text) => /^\/[\w./-]*$/.test(text) ? text : JSON.stringify(text);

// src/init/present.ts
var import_yaml6 = __toESM(require_dist(), 1);
var FOLDER = ".github/workflows";
var ACTION = /^[\w.-]+\/perf-baseline@/;
var IN_TEXT = /^\s*(?:-\s*)?uses:\s*['"]?[\w.-]+\/perf-baseline@/m;
var NOT_MEASURED = ["workflow_run", "issue_comment"];
function usesOf(workflows) {
  return workflows.flatMap(({ file, text }) => useOf(file, text) ?? []);
}
function namesOf(workflows) {
  return workflows.flatMap(({ text }) => {
    const name = read(text)?.name;
    return typeof name === "string" ? [name] : [];
  });
}
function useOf(file, text) {
  const raw = read(text);
  if (raw === null)
    return IN_TEXT.test(text) ? { file, name: file, folders: [null], measures: true, after: [] } : null;
  const folders = Object.values(mapOf(raw.jobs)).flatMap(
    (job) => listOf2(mapOf(job).steps).map(mapOf).filter(({ uses }) => typeof uses === "string" && ACTION.test(uses)).flatMap((step) => foldersOf(mapOf(step.with), mapOf(mapOf(mapOf(job).strategy).matrix)))
  );
  if (folders.length === 0) return null;
  const events = typeof raw.on === "string" ? [raw.on] : Array.isArray(raw.on) ? raw.on : Object.keys(mapOf(raw.on));
  const followed = mapOf(mapOf(raw.on).workflow_run).workflows;
  return {
    file,
    name: typeof raw.name === "string" ? raw.name : file,
    folders,
    measures: events.some((event) => !NOT_MEASURED.includes(String(event))),
    after: (typeof followed === "string" ? [followed] : listOf2(followed)).map(String)
  };
}
function foldersOf(inputs, matrix) {
  const text = (value) => typeof value === "string" ? value : "";
  const [, ofConfig] = /^(?:\.\/)?(.+)\/\.github\/perf-baseline\.yml$/.exec(text(inputs.config)) ?? [];
  const own = text(inputs["working-directory"]) || ".";
  return expanded(ofConfig === void 0 ? own : `${own}/${ofConfig}`, matrix).map(
    (path) => path.includes("${{") ? null : normal(path)
  );
}
function expanded(text, matrix) {
  const [whole, name = ""] = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(text) ?? [];
  if (whole === void 0) return [text];
  const values = [...listOf2(matrix[name]), ...listOf2(matrix.include).map((one) => mapOf(one)[name])].filter(
    (value) => typeof value === "string"
  );
  return values.length === 0 ? [text] : values.flatMap(
    (value) => expanded(
      text.replace(whole, () => value),
      matrix
    )
  );
}
var normal = (path) => path.split("/").filter((part2) => part2 !== "" && part2 !== ".").join("/") || ".";
function measuringSpot(within2, workflows) {
  const uses = usesOf(workflows).filter(({ measures }) => measures);
  const sure = uses.find(({ folders }) => folders.includes(within2));
  if (sure !== void 0)
    return taken(sure, true, "it runs perf-baseline; to have another written, move it away first");
  const unsure = uses.find(({ folders }) => folders.includes(null));
  if (unsure !== void 0)
    return taken(
      unsure,
      true,
      `it runs perf-baseline in folders that only a run can tell: see that ${within2} is one of them`
    );
  return spot(within2, "", workflows, uses, {
    other: `it measures another folder, and not ${within2}: add this job to it, under another id`,
    foreign: `it does not use perf-baseline, so nothing would measure ${within2 === "." ? "what the config says" : within2}: rename it and run this again, or add this job to it, and have it run on pull requests and on pushes to the default branch`
  });
}
function publishingSpot(within2, after, workflows) {
  const uses = usesOf(workflows).filter((use) => use.after.length > 0);
  const following = uses.filter((use) => use.after.includes(after));
  const own = following.find(({ folders }) => folders.includes(within2) || folders.includes(null));
  if (own !== void 0)
    return taken(own, true, "it publishes for forks; to have another written, move it away first");
  const [wrong] = following;
  if (wrong !== void 0)
    return taken(
      wrong,
      false,
      `it follows the workflow ${JSON.stringify(after)} already, and judges by the config of ${wrong.folders.join(", ")}; its \`working-directory\` would have to be ${within2}`
    );
  return spot(within2, "-forks", workflows, uses, {
    other: `it does not follow the workflow ${JSON.stringify(after)}: add that to its \`workflows\``,
    foreign: "it does not use perf-baseline, so nothing publishes for forks: rename it and run this again"
  });
}
function spot(within2, ending, workflows, uses, why) {
  const has = (file) => workflows.find((one) => one.file === file);
  const usual = `${FOLDER}/perf-baseline${ending}.yml`;
  if (has(usual) === void 0) return { file: usual, status: "free" };
  if (!uses.some(({ file }) => file === usual))
    return taken({ file: usual, name: usual }, false, why.foreign);
  const slug = within2.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "root";
  const own = `${FOLDER}/perf-baseline-${slug}${ending}.yml`;
  if (has(own) === void 0) return { file: own, status: "free" };
  const ours = uses.some(({ file }) => file === own);
  return taken({ file: own, name: own }, false, ours ? why.other : why.foreign);
}
var taken = ({ file, name }, serves, why) => ({
  file,
  status: "taken",
  why,
  serves,
  name
});
function read(text) {
  try {
    return mapOf((0, import_yaml6.parse)(text));
  } catch {
    return null;
  }
}
var mapOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
var listOf2 = (value) => Array.isArray(value) ? value : [];

// src/init/summary.ts
function summary(input) {
  const { plan, outcomes, branch } = input;
  const [config2, workflow, forks] = outcomes;
  const wroteConfig = config2?.status === "written";
  const wroteWorkflow = workflow?.status === "written";
  const unknown = plan.unknown.filter(({ key }) => key === "workflow" ? wroteWorkflow : wroteConfig);
  const left = plan.left.length === 0 ? [] : [
    `not measured yet, as only you know what they take: ${leftWords(plan.left)}${leftExample(plan.left).length === 0 ? "" : "; the config has an example in a comment"}`
  ];
  const notes2 = [...plan.service.notes, ...left];
  const blocks = [
    ...input.chosen === null ? [] : [`Measured is ${oneLine(input.chosen.value)}: ${oneLine(input.chosen.why)}`],
    ...fileLines(config2),
    ...wroteConfig ? [rows(configRows(plan))] : [],
    ...fileLines(workflow),
    ...wroteWorkflow ? [rows(workflowRows(plan, branch))] : [],
    ...fileLines(forks),
    ...input.ignored === null ? [] : [
      `Added ${list2(input.ignored.folders.map((folder) => `${folder}/`))} to ${input.ignored.shown}: what "run --save ${KEPT}" keeps and a setup makes is this machine's alone`
    ],
    ...unknown.length === 0 ? [] : ["", "Could not be found out:", ...unknown.map(({ text }) => `  - ${oneLine(text)}`)],
    ...notes2.length === 0 || !wroteConfig ? [] : ["", "Worth a look:", ...notes2.map((note) => `  - ${oneLine(note)}`)],
    "",
    "Next:",
    ...next(input, toFill(input, unknown)).map((text, i) => `  ${i + 1}. ${text}`)
  ];
  return `${blocks.join("\n")}
`;
}
function toFill({ configFile, outcomes }, unknown) {
  const ofWorkflow = unknown.filter(({ key }) => key === "workflow");
  return [
    ...unknown.length > ofWorkflow.length ? [configFile] : [],
    ...ofWorkflow.length > 0 ? [outcomes[1]?.shown ?? ""] : []
  ];
}
function fileLines(outcome) {
  if (outcome === void 0) return [];
  if (outcome.status === "written") return [`Wrote ${outcome.shown}`];
  const { shown: shown3, why, add = "" } = outcome;
  const lines = add.trimEnd().split("\n");
  return [
    `Left ${shown3} as it is: ${oneLine(why)}`,
    ...add === "" ? [] : ["", ...lines.map((line) => `    ${oneLine(line)}`), ""]
  ];
}
function configRows({ service, url, ready, scenarios, alone }) {
  const { setup, start, stop } = service;
  const found = (what, finding) => finding ? [[what, finding.value, finding.why]] : [];
  return [
    ...start === void 0 && !alone ? [] : found("setup", setup),
    ...found("start", start),
    ...start === void 0 ? [] : found("stop", stop),
    ...alone ? [] : found("url", url),
    ...found("ready", ready),
    ...scenarios.map(({ name, requests, module = "", why }) => {
      const [first = module, ...rest] = requests;
      return ["scenario", `${name}: ${first}${rest.length > 0 ? ` and ${rest.length} more` : ""}`, why];
    })
  ];
}
function workflowRows({ service }, branch) {
  return [
    ["branch", branch?.value ?? "main", branch?.why ?? "a guess"],
    ...service.steps.map(({ uses, run: run2, why }) => ["step", uses?.replace(/@.*$/, "") ?? run2 ?? "", why])
  ];
}
function rows(list3) {
  const width = Math.min(48, Math.max(0, ...list3.map(([, value]) => value.length)));
  return list3.map(([what, value, why]) => `  ${what.padEnd(10)}${oneLine(value).padEnd(width)}  (${oneLine(why)})`).join("\n");
}
function next({ program, plan, fromHere, outcomes, branch, ignored, hasForks }, incomplete) {
  const at = fromHere === "." ? "" : ` --working-directory ${shellWord(fromHere)}`;
  const target = branch?.value ?? "main";
  const forks = outcomes[2];
  const written = outcomes.filter(({ status }) => status === "written").map(({ shown: shown3 }) => shown3);
  const files = [...written, ...ignored === null ? [] : [ignored.shown]];
  const before = outcomes.filter((one) => one.status === "exists" && one.serves).map(({ shown: shown3 }) => shown3);
  const also = before.length === 0 ? "" : `, with ${list2(before)} if not yet there,`;
  return [
    ...incomplete.length > 0 ? [`Fill in what could not be found out, in ${list2(incomplete)}.`] : [],
    `${program} validate${at}   checks the config, boots nothing.`,
    `${program} run${at} --save ${KEPT}   ${plan.alone ? "measures it" : "boots the service, measures it"} (a minute or two for each scenario), prints the report and keeps the result.`,
    `${program} run${at} --baseline ${KEPT}   after a change: measures again, and says what got slower; with --base ${shellWord(target)} instead, the commit that it started from there is measured beside it, which takes longer and decides more.`,
    ...outcomes.some((one) => one.status === "exists" && !one.serves) ? [
      "Mend the files that were left as they are, as said above: until then GitHub does not measure, or publish, by them."
    ] : [],
    `${files.length === 0 ? "Bring config and workflow" : `Commit ${list2(files)}, and bring ${files.length === 1 ? "it" : "them"}${also}`} to ${target}, by a push or a pull request: each push there stores a baseline, in the branch perf-baseline, and pull requests are compared with it, in a comment.`,
    `A regression fails the job, from the first pull request on; "with: { fail-on: never }" at the step lets it only be told.`,
    ...hasForks || forks?.status === "written" ? [`The workflow for forks works from then on: GitHub runs it only as it stands on ${target}.`] : [`For comments on pull requests from forks too: ${program} init${at} --forks`],
    `What GitHub has to allow: ${ADOPT}#what-to-look-at-in-githubs-settings`,
    `How to require the check, and to accept a regression in a comment: ${ADOPT}#4-let-it-fail`
  ];
}
var ADOPT = "https://github.com/org/perf-baseline/blob/v1/docs/adopt.md";
var list2 = (items) => [items.slice(0, -1).join(", "), items.at(-1)].filter((part2) => part2 !== "").join(" and ");
var oneLine = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/:(?=:)/g, ":\u200B");

// src/init/workflow-file.ts
var import_yaml7 = __toESM(require_dist(), 1);

// examples/workflows/forks-measure.yml
var forks_measure_default = "# Measures every pull request, also one from a fork, with a token that may only read. Its result is uploaded as an\n# artifact, and published by the workflow in forks-publish.yml.\nname: Performance\non:\n  push:\n    branches: [main]\n  pull_request:\n\npermissions:\n  contents: read # to check out the code and read the baseline; more is given where it is needed, below\n\nconcurrency:\n  group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: ${{ github.event_name == 'pull_request' }}\n\njobs:\n  perf:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 30\n    permissions:\n      contents: write # to commit the baseline to its branch, on a push to main; GitHub makes it read-only for forks\n      pull-requests: write # to comment on pull requests of this repository; GitHub makes it read-only for forks\n      actions: read # to count in earlier attempts of a run that is repeated\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0\n        with:\n          node-version: \"24\"\n      - uses: org/perf-baseline@v1\n";

// examples/workflows/forks-publish.yml
var forks_publish_default = "# For pull requests from forks and Dependabot, whose own runs may not comment: publishes what the workflow\n# `Performance` has measured, judged anew by the config of the base branch. It has the rights of the repository, so it\n# checks out nothing and runs nothing of the pull request. Of every pull request's run it also says what was killed before it\n# could report, where a comment would otherwise go on saying \"measuring\u2026\".\nname: Publish performance\non:\n  workflow_run:\n    workflows: [Performance] # every workflow that measures, by its name\n    types: [requested, completed] # on the first, an older report is marked as one\n\npermissions:\n  actions: read # to find the run's artifacts and download the result\n  contents: read # to read the config of the base branch, and the baseline\n  pull-requests: write # to comment\n  # checks: write # with `check: true` below, to write the check run\n\njobs:\n  publish:\n    if: github.event.workflow_run.event == 'pull_request'\n    runs-on: ubuntu-24.04\n    timeout-minutes: 10\n    steps:\n      - uses: org/perf-baseline@v1\n        # Where the check run `perf-baseline` is required (required-check.yml), nobody else can write it for a fork. Add to `with`:\n        #   check: true\n        #   legs: 2 # where several jobs measure, as of a matrix: how many; they cannot be counted from here\n        # and leave the `if` above out, so that of a merge group too a job that was lost is not waited for.\n";

// examples/workflows/perf-baseline.yml
var perf_baseline_default = "# With a config file, .github/perf-baseline.yml: pull requests are compared, pushes to main become the baseline.\nname: Performance\non:\n  push:\n    branches: [main]\n  pull_request:\n\npermissions:\n  contents: write # to commit the baseline to its branch, on a push to main; reading is enough elsewhere\n  pull-requests: write # to comment\n\nconcurrency:\n  group: ${{ github.workflow }}-${{ github.ref }}\n  cancel-in-progress: ${{ github.event_name == 'pull_request' }}\n\njobs:\n  perf:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 30\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0\n        with:\n          node-version: \"24\"\n      - uses: org/perf-baseline@v1\n";

// src/init/workflow-file.ts
var ACTION2 = /perf-baseline@/;
function workflowName(within2, taken2 = []) {
  const names = ["Performance", "perf-baseline", "Performance by perf-baseline"].map(
    (name) => within2 === "." ? name : `${name} (${within2})`
  );
  return names.find((name) => !taken2.includes(name)) ?? `${names[0]} ${taken2.length + 1}`;
}
function workflowText(options) {
  const document = (0, import_yaml7.parseDocument)(options.forks ? forks_measure_default : perf_baseline_default);
  document.set("name", options.name);
  document.setIn(["on", "push", "branches"], flowList(document.createNode([pattern(options.branch)])));
  (0, import_yaml7.visit)(document, {
    Scalar(_, scalar2) {
      if (scalar2.comment)
        scalar2.comment = scalar2.comment.replace(/\bpush to main\b/, () => `push to ${options.branch}`);
    }
  });
  const [first] = (0, import_yaml7.isMap)(document.contents) ? document.contents.items : [];
  if (first === void 0 || !(0, import_yaml7.isScalar)(first.key))
    throw new Error("examples/workflows/perf-baseline.yml is no workflow");
  document.commentBefore = null;
  first.key.commentBefore = [
    " Pull requests are compared with the default branch, pushes to it become the baseline. Written by perf-baseline init.",
    ...options.unknown.map((text) => ` Could not be found out: ${text}.`)
  ].join("\n");
  const steps = stepsOf(document);
  const [checkout, action] = [ofUses(steps, /^actions\/checkout@/), ofUses(steps, ACTION2)];
  if (checkout === void 0 || action === void 0)
    throw new Error("examples/workflows/perf-baseline.yml has no checkout, or does not use the action");
  if (options.within !== ".") action.setIn(["with", "working-directory"], options.within);
  const own = options.steps.map((step) => {
    const { why, version, ...data } = step;
    const node = document.createNode(data);
    node.commentBefore = ` ${why}`;
    const uses = node.get("uses", true);
    if (version !== void 0 && uses !== void 0) uses.comment = ` ${version}`;
    return node;
  });
  steps.items = [checkout, ...own, action];
  return document.toString(LAYOUT);
}
var pattern = (branch) => branch.replace(/[+*?[\]]|^!/g, "\\$&");
function jobText(options) {
  const document = (0, import_yaml7.parseDocument)(workflowText(options));
  const [job] = jobsOf(document);
  const permissions = document.get("permissions");
  if (job === void 0 || !(0, import_yaml7.isMap)(job.value)) throw new Error("an example workflow has no job");
  if (!job.value.has("permissions")) job.value.items.unshift(document.createPair("permissions", permissions));
  document.contents = document.createNode({ jobs: document.get("jobs") });
  return document.toString(LAYOUT).replace(/^jobs:\n/, "");
}
function forkWorkflowText({ after, within: within2 }) {
  const document = (0, import_yaml7.parseDocument)(forks_publish_default.replaceAll("`Performance`", () => `\`${after}\``));
  if (within2 !== ".") document.set("name", `Publish ${after[0]?.toLowerCase()}${after.slice(1)}`);
  document.setIn(["on", "workflow_run", "workflows"], flowList(document.createNode([after])));
  const action = ofUses(stepsOf(document), ACTION2);
  if (action === void 0) throw new Error("examples/workflows/forks-publish.yml does not use the action");
  if (within2 !== ".") action.setIn(["with", "working-directory"], within2);
  return document.toString(LAYOUT);
}
var LAYOUT = { lineWidth: 0, nullStr: "", flowCollectionPadding: false };
function stepsOf(document) {
  const [job] = jobsOf(document);
  const steps = job && (0, import_yaml7.isMap)(job.value) ? job.value.get("steps") : void 0;
  if ((0, import_yaml7.isSeq)(steps)) return steps;
  throw new Error("an example workflow has no job with steps");
}
function jobsOf(document) {
  const jobs = document.get("jobs");
  return (0, import_yaml7.isMap)(jobs) ? jobs.items : [];
}
function ofUses(steps, pattern2) {
  return steps.items.find(
    (step) => (0, import_yaml7.isMap)(step) && pattern2.test(String(step.get("uses") ?? ""))
  );
}
function flowList(node) {
  if ((0, import_yaml7.isSeq)(node)) node.flow = true;
  return node;
}

// src/cli/init-branch.ts
async function defaultBranch(root, signal) {
  const ask = async (...args) => {
    const answer = await git(args, { cwd: root, signal });
    return answer.ok ? answer.stdout.trim() : "";
  };
  const remote = (await ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")).replace(
    "origin/",
    ""
  );
  if (remote !== "") return { value: remote, why: "the default branch of origin" };
  const own = await ask("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads");
  const theirs = await ask("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin");
  const listed2 = [...own.split("\n"), ...theirs.split("\n")];
  const names = [...new Set(listed2.filter((name) => name !== "" && name !== "HEAD"))];
  const usual = ["main", "master", "trunk"].find((name) => names.includes(name));
  if (usual !== void 0) return { value: usual, why: "a branch of this repository" };
  const current = await ask("symbolic-ref", "--quiet", "--short", "HEAD");
  return current !== "" && names.length <= 1 ? { value: current, why: "the only branch" } : null;
}

// src/cli/init-files.ts
import { appendFile, lstat, readdir, readFile as readFile2, stat as stat2, writeFile } from "node:fs/promises";
import { dirname, join as join2 } from "node:path";
var WORKFLOWS = ".github/workflows";
async function workflowsOf(root) {
  const names = await readdir(join2(root, WORKFLOWS)).catch(() => []);
  const found = [];
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) {
    const path = join2(root, WORKFLOWS, name);
    if (!(await stat2(path).catch(() => null))?.isFile()) continue;
    found.push({ file: `${WORKFLOWS}/${name}`, text: await readFile2(path, "utf8").catch(() => "") });
  }
  return found;
}
async function write(root, file, text) {
  const path = join2(root, file);
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    if ((await lstat(folder).catch(() => null))?.isSymbolicLink())
      throw new UsageError(
        `cannot write ${path}: ${folder} is a symbolic link, which is not followed; put a folder in its place`
      );
  }
  try {
    await makeFolder(dirname(path));
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    const { code: code2, message } = error;
    if (code2 === "EEXIST" && (await stat2(path).catch(() => null))?.isFile()) return false;
    throw new UsageError(`cannot write ${path}: ${message}`);
  }
}
async function problemsOf(root, file) {
  try {
    const text = await readFile2(join2(root, file), "utf8");
    parseConfig(text, { file, workingDirectory: ".", env: null });
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) return error.message;
    const [first, ...more2] = error.problems;
    const path = first?.path ? `${first.path}: ` : "";
    return `line ${first?.line}: ${path}${first?.message}${more2.length > 0 ? `, and ${more2.length} more` : ""}`;
  }
}
async function ignoreFolders(root, folder, names, signal) {
  const added = [];
  for (const name of names) if (await ignore(root, folder, name, signal)) added.push(name);
  return added;
}
async function ignore(root, folder, name, signal) {
  const asked = await git(["check-ignore", "--quiet", `${name}/`], { cwd: folder, signal });
  if (asked.ok || asked.code !== 1) return false;
  const committed = await git(["ls-files", "--", name], { cwd: folder, signal });
  if (!committed.ok || committed.stdout !== "") return false;
  const path = join2(root, ".gitignore");
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isFile()) return false;
  try {
    const line = ignoreLine(found === null ? null : await readFile2(path, "utf8"), name);
    if (line !== null) await appendFile(path, line);
    return line !== null;
  } catch {
    return false;
  }
}

// src/cli/init-place.ts
import { realpath, stat as stat3 } from "node:fs/promises";
import { dirname as dirname2, relative } from "node:path";
function placeOf(folder, root) {
  const within2 = relative(root, folder).replaceAll("\\", "/") || ".";
  const above = [];
  for (let outer = folder; outer !== root; ) {
    outer = dirname2(outer);
    above.push(readTree(outer));
  }
  return { tree: readTree(folder), above, within: within2 };
}
async function existingFolder(given) {
  const kind = await stat3(given).catch(() => null);
  if (kind?.isDirectory()) return realpath(given);
  throw new UsageError(`--working-directory ${JSON.stringify(given)}: expected a folder that exists.`);
}
async function rootOf(folder, signal) {
  const found = await git(["rev-parse", "--show-toplevel"], { cwd: folder, signal });
  if (found.ok && found.stdout.trim() !== "") return realpath(found.stdout.trim());
  const here = await realpath(".");
  return relative(here, folder).startsWith("..") ? folder : here;
}

// src/cli/program.ts
import { readFileSync as readFileSync2 } from "node:fs";
import { basename, dirname as dirname3, isAbsolute, join as join3, relative as relative2 } from "node:path";
function programOf(script, cwd) {
  if (basename(script) === "perf-baseline") {
    const folder = dirname3(dirname3(dirname3(script)));
    if (/[/\\]_npx[/\\]/.test(script)) return `npx ${shellWord(npxPackage(folder))}`;
    return /[/\\]node_modules[/\\]\.bin$/.test(dirname3(script)) ? "npx perf-baseline" : "perf-baseline";
  }
  const from = relative2(cwd, script);
  return `node ${shellWord(from.startsWith("..") || isAbsolute(from) ? script : from)}`;
}
function npxPackage(folder) {
  try {
    const { dependencies } = JSON.parse(readFileSync2(join3(folder, "package.json"), "utf8"));
    const spec = dependencies["perf-baseline"];
    return typeof spec === "string" && spec.includes(":") ? spec : "perf-baseline";
  } catch {
    return "perf-baseline";
  }
}

// src/cli/init.ts
async function initCommand(options, io2) {
  const folder = await existingFolder(options.workingDirectory ?? ".");
  const root = await rootOf(folder, io2.signal);
  const program = programOf(process.argv[1] ?? "", process.cwd());
  await refuseOtherName(folder);
  const { place, plan, chosen } = await planFor(folder, root, options, program);
  const config2 = configText(plan);
  check(config2, options);
  const branch = await defaultBranch(root, io2.signal);
  if (branch === null)
    plan.unknown.push({
      key: "workflow",
      text: `the default branch: main is a guess; correct it in on.push.branches${await outsideGit(root)}`
    });
  const { within: within2 } = place;
  refuseExpressions({ folder: within2, branch: branch?.value ?? "" });
  const present = await workflowsOf(root);
  const workflow = {
    name: workflowName(within2, namesOf(present)),
    branch: branch?.value ?? "main",
    within: within2,
    steps: plan.service.steps,
    unknown: plan.unknown.filter(({ key }) => key === "workflow").map(({ text }) => text),
    forks: options.forks
  };
  const configFile = within2 === "." ? DEFAULT_FILE : `${within2}/${DEFAULT_FILE}`;
  const outcomes = [await writeConfig(root, configFile, config2)];
  const spot2 = measuringSpot(within2, present);
  outcomes.push(await settle(root, spot2, workflowText(workflow), jobText(workflow)));
  const after = spot2.status === "free" ? workflow.name : spot2.serves ? spot2.name : null;
  const publishing = after === null ? null : publishingSpot(within2, after, present);
  if (options.forks && after !== null && publishing !== null)
    outcomes.push(await settle(root, publishing, forkWorkflowText({ after, within: within2 })));
  const folders = ignoredFolders(outcomes[0]?.status === "written" ? plan.service.setup?.value : void 0);
  const added = await ignoreFolders(root, folder, folders, io2.signal);
  const ignored = added.length === 0 ? null : { folders: added, shown: shown(root, ".gitignore") };
  io2.printText(
    summary({
      program,
      plan,
      chosen,
      ignored,
      branch,
      outcomes: outcomes.map((outcome) => ({ ...outcome, shown: shown(root, outcome.file) })),
      configFile: shown(root, configFile),
      within: within2,
      hasForks: publishing?.status === "taken" && publishing.serves,
      fromHere: relative3(process.cwd(), resolve(root, within2)) || "."
    })
  );
  return 0;
}
async function outsideGit(root) {
  const found = await stat4(join4(root, ".git")).catch(() => null);
  return found === null ? ' (this is no git repository: "git init" makes it one, for --base and for GitHub)' : "";
}
var shown = (root, file) => relative3(process.cwd(), join4(root, file)) || file;
async function planFor(folder, root, options, program) {
  const place = placeOf(folder, root);
  const given = options.workingDirectory ?? options.start ?? options.url;
  if (given === void 0 && !place.tree.paths.includes(DEFAULT_FILE)) refuseInside(place, program);
  const plan = detect(place, options);
  const here = { place, plan, chosen: null };
  if (plan.service.start !== void 0 || given !== void 0 || place.tree.paths.includes(DEFAULT_FILE))
    return here;
  const choice = choiceOf(place.tree);
  if (choice === null) return here;
  if ("among" in choice) {
    const forks = options.forks ? " --forks" : "";
    throw new UsageError(
      choiceWords(choice.among, (one) => `${program} init --working-directory ${one}${forks}`)
    );
  }
  const inner = placeOf(join4(folder, choice.folder.value), root);
  return { place: inner, plan: detect(inner, options), chosen: choice.folder };
}
function refuseInside(place, program) {
  const manifest = manifestAround(place);
  if (manifest === null) return;
  const outer = dirname4(manifest);
  throw new UsageError(
    `Nothing was written: nothing in ${place.within} says how a service is set up, and ${manifest} does: ${program} init --working-directory ${outer} is for that; --start COMMAND measures what is started from here`
  );
}
async function refuseOtherName(folder) {
  const other = DEFAULT_FILE.replace(/yml$/, "yaml");
  const has = async (file) => await stat4(join4(folder, file)).catch(() => null) !== null;
  if (await has(other) && !await has(DEFAULT_FILE))
    throw new UsageError(
      `Nothing was written: ${other} is there, and not read without being named by --config; rename it to ${DEFAULT_FILE}, or move it away to have one written`
    );
}
function refuseExpressions(names) {
  for (const [what, name] of Object.entries(names))
    if (name.includes("${{"))
      throw new UsageError(
        `Nothing was written: the ${what} ${JSON.stringify(name)} holds "\${{", which GitHub would evaluate in a workflow; rename it`
      );
}
function check(text, { start, url }) {
  try {
    parseConfig(text, { file: DEFAULT_FILE, workingDirectory: ".", env: process.env });
  } catch (error) {
    if (!(error instanceof ConfigError) || start === void 0 && url === void 0) throw error;
    const problems = error.problems.map(
      ({ path, message }) => `${path.replace("target.", "--")}: ${message}`
    );
    throw new UsageError(`Nothing was written. ${problems.join("\n")}`);
  }
}
async function writeConfig(root, file, text) {
  if (await write(root, file, text)) return { file, status: "written" };
  const problems = await problemsOf(root, file);
  return {
    file,
    status: "exists",
    serves: problems === null,
    why: problems === null ? "it is what is measured; to have another written, move it away first" : `but nothing can be measured by it (${problems}); correct it, or move it away to have another written`
  };
}
async function settle(root, spot2, text, job) {
  const { file } = spot2;
  if (spot2.status === "taken") {
    const add = spot2.serves || job === void 0 ? {} : { add: job };
    return { file, status: "exists", why: spot2.why, serves: spot2.serves, ...add };
  }
  if (await write(root, file, text)) return { file, status: "written" };
  throw new UsageError(`cannot write ${join4(root, file)}: there is a file by now; run this again`);
}

// src/report/json.ts
var REPORT_SCHEMA = "perf-baseline/report";
var REPORT_VERSION = 1;
function formatJson(report) {
  return `${inertJson(reportDocument(report))}
`;
}
function reportDocument(report) {
  const { sampling } = report;
  return {
    schema: REPORT_SCHEMA,
    version: REPORT_VERSION,
    verdict: report.verdict,
    comparisons: report.comparisons.map(comparison),
    limits: report.limits.map(limit),
    scenarios: report.scenarios.map(({ generator, parts, ...scenario }) => ({
      ...scenario,
      generator: generator && { cpu: finite(generator.cpu), limited: generator.limited },
      parts: parts.map(part)
    })),
    environment: report.environment,
    baseline: report.baseline,
    sampling: {
      rounds: sampling.rounds,
      stopped: sampling.stopped,
      loadMs: finite(sampling.loadMs),
      wallMs: finite(sampling.wallMs)
    },
    series: report.series,
    title: report.title,
    createdAt: report.createdAt,
    commit: report.commit,
    headSha: report.headSha ?? null,
    trends: report.trends.map((trend) => ({ ...trend, values: trend.values.map(finite) })),
    criterionChanges: report.criterionChanges,
    warnings: report.warnings,
    reproduce: report.reproduce,
    runUrl: report.runUrl
  };
}
function comparison(row) {
  return {
    scenario: row.scenario,
    ...row.part === void 0 ? {} : { part: row.part },
    metric: row.metric.name,
    unit: row.metric.unit,
    better: row.metric.better,
    verdict: row.verdict,
    level: row.level,
    gating: row.gating,
    ...row.broken && { broken: true },
    baseline: estimate2(row.baseline),
    candidate: estimate2(row.candidate),
    change: change2(row.change),
    criterion: criterionText(row.criterion),
    detectable: row.detectable === null ? null : finite(row.detectable),
    n: row.n,
    ...row.reason === void 0 ? {} : { reason: row.reason }
  };
}
function limit(row) {
  return {
    scenario: row.scenario,
    ...row.part === void 0 ? {} : { part: row.part },
    metric: row.metric.name,
    unit: row.metric.unit,
    better: row.metric.better,
    level: row.level,
    bound: row.bound,
    text: row.text,
    outcome: row.outcome,
    ...row.broken && { broken: true },
    candidate: estimate2(row.candidate),
    ...row.reason === void 0 ? {} : { reason: row.reason }
  };
}
function part({ name, metrics, values, counters: counters2, errors }) {
  const units = Object.fromEntries(
    metrics.filter((m) => Object.hasOwn(values, m.name)).map((m) => [m.name, m.unit])
  );
  return { name, values: finiteValues(values), units, counters: counters2, errors };
}
var finite = (value) => Number.isFinite(value) ? value : null;
function finiteValues(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, finite(value)]));
}
function estimate2(value) {
  if (value === null) return null;
  const { center, low, high, confidence } = value;
  return { center: finite(center), low: finite(low), high: finite(high), confidence: finite(confidence) };
}
function change2(value) {
  return value === null ? null : { type: value.type, ...estimate2(value) };
}

// src/report/terminal.ts
import { styleText } from "node:util";

// src/report/terminal-table.ts
var WIDE = /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/u;
var NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;
function displayWidth(text) {
  let width = 0;
  for (const character of text) width += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
function terminalTable(columns, rows2, width, paintTitle = (text) => text) {
  const used = columns.map((_, i) => i).filter((i) => rows2.some((row) => (row[i]?.text ?? "") !== ""));
  const widths = columns.map(
    (column, i) => Math.max(displayWidth(column.title), ...rows2.map((row) => displayWidth(row[i]?.text ?? "")))
  );
  const total = (shown4) => shown4.reduce((sum, i) => sum + (widths[i] ?? 0) + 2, -2);
  let shown3 = used;
  while (width !== null && total(shown3) > width) {
    const least = shown3.reduce((a, b) => (columns[b]?.drop ?? 0) > (columns[a]?.drop ?? 0) ? b : a);
    if ((columns[least]?.drop ?? 0) === 0) break;
    shown3 = shown3.filter((i) => i !== least);
  }
  const over = width === null ? 0 : total(shown3) - width;
  const [first = 0] = shown3;
  if (over > 0) widths[first] = Math.max(8, (widths[first] ?? 0) - over);
  const line = (cells) => shown3.map((i) => cellText(cells[i] ?? { text: "" }, widths[i] ?? 0, columns[i]?.align ?? "l")).join("  ").trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, paint: paintTitle }))), ...rows2.map(line)].join(
    "\n"
  );
}
function cellText({ text, paint = (t) => t }, width, align) {
  const cut = shorten(text, width);
  const pad = " ".repeat(Math.max(0, width - displayWidth(cut)));
  return align === "r" ? pad + paint(cut) : paint(cut) + pad;
}
function shorten(text, width) {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}\u2026`;
}

// src/report/terminal-figures.ts
function figures(report, paint, width) {
  const groups = /* @__PURE__ */ new Map();
  for (const scenario of report.scenarios) {
    const key = scenario.parts[0]?.metrics.map(({ name }) => name).join();
    if (key !== void 0) groups.set(key, [...groups.get(key) ?? [], scenario]);
  }
  const tables = [...groups.values()].map((scenarios) => {
    const metrics = scenarios[0]?.parts[0]?.metrics ?? [];
    const columns = [
      { title: "scenario", align: "l", drop: 0 },
      { title: "part", align: "l", drop: 0 },
      ...metrics.map(
        (metric) => ({
          title: metricName(metric.name, plainVoice).replace(/p999$/, "p99.9"),
          align: "r",
          drop: leastNeeded(metric)
        })
      ),
      { title: "errors", align: "l", drop: 0 }
    ];
    const cells = scenarios.flatMap(
      (scenario) => scenario.parts.map((part2) => [
        { text: plain(scenario.name, 60) },
        { text: part2.name === null ? "" : plain(part2.name, 60) },
        ...metrics.map(({ name, unit }) => ({
          text: part2.values[name] === void 0 ? "" : figure(part2.values[name] ?? 0, part2.estimates?.[name], unit)
        })),
        { text: errorKinds(part2.errors) }
      ])
    );
    return terminalTable(columns, cells, width, (t) => paint("bold", t));
  });
  if (tables.length === 0) return "";
  const judged2 = report.baseline.status === "found" ? select(report).gating.length : 0;
  const compared = judged2 + report.limits.length > 0;
  return [tables.join("\n\n"), ...compared ? [paint("dim", FIGURES_NOTE)] : []].join("\n\n");
}
function leastNeeded({ from }) {
  switch (from.type) {
    case "sd":
      return 8;
    case "max":
      return 7;
    case "mean":
      return 6;
    case "quantile":
      return from.q > 0.99 ? 9 : from.q === 0.5 || from.q === 0.95 ? 2 : 5;
    case "value":
      return 4;
    case "peak":
    case "count":
      return 3;
    case "rate":
    case "proportion":
      return 1;
  }
}
function errorKinds(errors) {
  return Object.entries(errors).filter(([, count]) => count > 0).slice(0, 4).map(([kind, count]) => `${plain(kind, 30)} ${count}`).join(", ");
}

// src/report/terminal.ts
var TONES = {
  bad: "red",
  warn: "yellow",
  unsure: "yellow",
  good: "green",
  neutral: "cyan"
};
var style = styleText;
var colourful = (format2, text) => style(format2, text, { validateStream: false });
var colourless = (_, text) => text;
function formatTerminal(report, { color, width } = { color: false, width: null }) {
  const paint = color ? colourful : colourless;
  const rows2 = select(report);
  const head = headline(report, plainVoice);
  const blocks = [
    [
      paint(TONES[head.tone], `${head.icon} ${head.text}`),
      ...head.action === "" ? [] : [`   ${head.action}`]
    ].join("\n"),
    counters(rows2).join(" \xB7 "),
    failures(report, paint),
    notes(report, paint),
    comparisons2(report, paint, width),
    limits(report, paint, width),
    figures(report, paint, width),
    circumstances(report, paint)
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}
`;
}
var VERDICT_STYLE = {
  regressed: "red",
  improved: "green",
  unchanged: null,
  inconclusive: "yellow",
  new: "cyan",
  missing: "yellow",
  invalid: "yellow"
};
var COMPARISON_COLUMNS = [
  { title: "scenario", align: "l", drop: 0 },
  { title: "part", align: "l", drop: 0 },
  { title: "metric", align: "l", drop: 0 },
  { title: "baseline", align: "r", drop: 3 },
  { title: "candidate", align: "r", drop: 2 },
  { title: "change", align: "r", drop: 0 },
  { title: "allowed", align: "r", drop: 1 },
  { title: "verdict", align: "l", drop: 0 }
];
function comparisons2(report, paint, width) {
  const s = select(report);
  const ordered = [
    ...s.regressed,
    ...s.accepted,
    ...s.warned,
    ...s.invalid,
    ...s.inconclusive,
    ...s.unjudged,
    ...s.improved,
    ...s.unchanged,
    ...s.missing
  ];
  const rows2 = report.baseline.status === "found" ? [...ordered, ...s.fresh] : ordered;
  if (rows2.length === 0) return "";
  const table2 = terminalTable(
    COMPARISON_COLUMNS,
    rows2.map((row) => comparisonCells(row, paint)),
    width,
    (t) => paint("bold", t)
  );
  const coarse = rows2.filter(isTooCoarse).map((row) => {
    const size = detectable(row.detectable ?? 0, row.change?.type ?? "relative", row.metric.unit);
    return `${subjects([row], plainVoice)} ${size}`;
  });
  const settle2 = settlingBesides(report, s, plainVoice);
  const notes2 = [
    ...reasonLines(rows2),
    ...coarse.length > 0 ? [`  Smallest change that would have shown: ${list(coarse, 6)}`] : [],
    ...settle2 === "" ? [] : [`  ${settle2}`]
  ];
  return withNotes(table2, notes2, paint);
}
var reasonLines = (rows2) => byReason(rows2).map(({ reason: reason2, rows: sharing }) => `  ${subjects(sharing, plainVoice, 6)}: ${plain(reason2)}`);
var withNotes = (table2, notes2, paint) => notes2.length === 0 ? table2 : `${table2}

${paint("dim", notes2.join("\n"))}`;
function comparisonCells(row, paint) {
  const unit = row.metric.unit;
  const word = isUnjudged(row) ? "not judged" : row.verdict === "regressed" && row.level === "warn" ? "regressed (warning)" : row.verdict;
  const tone = row.verdict === "regressed" && row.level === "warn" ? "yellow" : VERDICT_STYLE[row.verdict];
  const painted = tone === null ? {} : { paint: (text) => paint(tone, text) };
  return [
    { text: plain(row.scenario, 60) },
    { text: row.part === void 0 ? "" : plain(row.part, 60) },
    { text: metricName(row.metric.name, plainVoice) },
    { text: estimate(row.baseline, unit) },
    { text: estimate(row.candidate, unit) },
    { text: change(row.change, unit, isSettled(row)), ...painted },
    { text: plain(criterionText(row.criterion) ?? "", 60) },
    { text: word, ...painted }
  ];
}
var LIMIT_COLUMNS = [
  { title: "scenario", align: "l", drop: 0 },
  { title: "part", align: "l", drop: 0 },
  { title: "metric", align: "l", drop: 0 },
  { title: "candidate", align: "r", drop: 0 },
  { title: "limit", align: "r", drop: 0 },
  { title: "outcome", align: "l", drop: 0 }
];
function limits(report, paint, width) {
  if (report.limits.length === 0) return "";
  const order = ["exceeded", "inconclusive", "within"];
  const rows2 = order.flatMap((outcome) => report.limits.filter((row) => row.outcome === outcome));
  const cells = rows2.map((row) => {
    const tone = row.outcome === "inconclusive" && !row.broken || row.outcome === "exceeded" && row.level === "warn" ? "yellow" : "red";
    const painted = row.outcome === "within" ? {} : { paint: (text) => paint(tone, text) };
    return [
      { text: plain(row.scenario, 60) },
      { text: row.part === void 0 ? "" : plain(row.part, 60) },
      { text: metricName(row.metric.name, plainVoice) },
      { text: estimate(row.candidate, row.metric.unit) },
      { text: bound(row) },
      {
        text: row.broken ? "not measured" : `${row.outcome}${row.outcome === "exceeded" && row.level === "warn" ? " (warning)" : ""}`,
        ...painted
      }
    ];
  });
  const table2 = terminalTable(LIMIT_COLUMNS, cells, width, (t) => paint("bold", t));
  return withNotes(table2, reasonLines(rows2), paint);
}
function failures(report, paint) {
  const seen = /* @__PURE__ */ new Set();
  const quote = (log) => log === void 0 ? [] : plainLines(log).map((line) => paint("dim", `  | ${line}`));
  const ofBase = quote(outputOfBase(report));
  const lines = report.scenarios.flatMap(({ name, failure }) => {
    if (failure === void 0) return [];
    const log = failure.log === void 0 || seen.has(failure.log) ? [] : quote(failure.log);
    if (failure.log !== void 0) seen.add(failure.log);
    return [`${paint("red", plain(name, 60))}: ${plain(failure.detail, 400)}`, ...log];
  });
  return [...lines, ...ofBase.length === 0 ? [] : ["The last lines of the base's output:", ...ofBase]].join(
    "\n"
  );
}
function notes(report, paint) {
  const lines = [
    ...report.criterionChanges.map(
      (c) => `criterion of ${plain(c.scenario, 60)} ${metricName(c.metric, plainVoice)} changed from ${plain(c.from, 120)} to ${plain(c.to, 120)}`
    ),
    ...environmentRows(report).filter(({ differs }) => differs).map(
      (row) => `${row.gate} differs: ${plain(row.baseline ?? "\u2013", 120)} in the baseline, ${plain(row.candidate, 120)} here`
    ),
    ...warningsOf(report).map(({ message, scenarios }) => {
      const names = scenarios.length === 0 ? "" : `${list(scenarios.map((name) => plain(name, 60)))}: `;
      return `${names}${plain(message, 400)}`;
    })
  ];
  return lines.map((line) => paint("yellow", `! ${line}`)).join("\n");
}
function circumstances(report, paint) {
  const lines = [
    baselineText(report, plainVoice),
    `Candidate ${commitText(report.commit, plainVoice)}`,
    samplingText(report),
    ...report.reproduce === null ? [] : [`Repeat: ${plain(report.reproduce, 300)}`]
  ];
  return paint("dim", lines.join("\n"));
}

// src/report/registry.ts
var FORMATS = {
  table: formatTerminal,
  markdown: (report) => `${formatMarkdown(report)}
`,
  json: formatJson
};

// src/cli/progress.ts
function terminalProgress(stream, safe) {
  const live = stream.isTTY === true;
  let shown3 = false;
  const clear = () => {
    if (live && shown3) stream.write("\r\x1B[2K");
    shown3 = false;
  };
  const progress = (event) => {
    const line = describeProgress(event);
    if (line === null) return;
    const text = safe(line).replace(/\s+/g, " ");
    if (!live) {
      stream.write(`${text}
`);
      return;
    }
    clear();
    const lasting = event.type === "note" || event.type === "failed";
    stream.write(lasting ? `${text}
` : text.slice(0, (stream.columns ?? 80) - 1));
    shown3 = !lasting;
  };
  return { progress, clear };
}

// src/cli/io.ts
function terminalIo(signal, stdout, stderr) {
  let forms = [];
  let reported = false;
  const safe = (text) => safeText(text, forms);
  const { progress, clear } = terminalProgress(stderr, safe);
  const color = stdout.isTTY === true && !process.env.NO_COLOR;
  return {
    signal,
    progress,
    print: (report, format2) => {
      clear();
      reported = true;
      const width = stdout.isTTY ? stdout.columns : null;
      stdout.write(FORMATS[format2](report, { color, width }));
    },
    printText: (text) => {
      clear();
      reported = true;
      stdout.write(text);
    },
    printError: (error) => {
      clear();
      if (!reported) stdout.write(formatErrorJson(error, safe));
    },
    say: (line) => {
      clear();
      stderr.write(`${safe(line)}
`);
    },
    hide: (secrets) => {
      forms = secretForms(secrets);
    }
  };
}

// src/cli/report.ts
async function reportCommand(options, io2) {
  const candidate = await readResult(options.result);
  const judged2 = judge(candidate, { type: "none" }, await criteriaFor(options, candidate, io2));
  const occasion = { type: "shown" };
  io2.print(buildReport({ candidate, ...judged2, title: "", occasion }), options.format);
  return exitCode(judged2, options.failOn);
}

// src/cli/run.ts
import { stat as stat5 } from "node:fs/promises";
import { resolve as resolve2 } from "node:path";

// src/cli/save.ts
async function saveBaseline(path, result, verdict, io2) {
  if (nothingMeasured(result)) return "nothing could be measured";
  try {
    const { location } = await fileStore({ path }).append({ ...result, verdict });
    io2.say(`saved: ${location}`);
    if (verdict === "regressed")
      io2.say(
        `The verdict is regressed, and it was saved as a baseline all the same; to take it back, remove ${location}`
      );
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}

// src/cli/run.ts
async function runCommand(options, io2) {
  if (options.base !== void 0 && options.baseline !== void 0) {
    throw new UsageError("--base and --baseline both name what to compare with: give one of them.");
  }
  const config2 = only(
    await readConfig({
      file: options.config,
      start: options.start,
      url: options.url,
      workingDirectory: options.workingDirectory,
      env: process.env
    }),
    options.only
  );
  io2.hide(config2.secrets);
  await expectBaseline(options);
  const world = await makeWorld(io2.signal, io2.progress);
  const resultPath = resolve2(options.output ?? `${world.workDir}/result.json`);
  let kept = false;
  try {
    const outcome = await run(await requestOf(options, config2, resultPath, io2), world);
    const { result, judged: judged2 } = outcome;
    const lost = options.save === void 0 ? null : await saveBaseline(options.save, result, judged2.verdict, io2);
    io2.print({ ...outcome.report, ...occasionOf(options, lost) }, options.format);
    const code2 = exitCode(judged2, options.failOn);
    if (lost === null) return code2;
    kept = true;
    io2.say(`The result was not saved: ${lost}. It is kept in ${resultPath}.`);
    return code2 === EXIT.failed ? code2 : EXIT.usage;
  } finally {
    if (options.output !== void 0) io2.say(`result: ${resultPath}`);
    if (!kept) await world.dispose();
  }
}
async function expectBaseline({ baseline, save: target }) {
  if (baseline === void 0 || target !== void 0 && resolve2(target) === resolve2(baseline)) return;
  if (await stat5(baseline).catch(() => null)) return;
  throw new UsageError(
    `--baseline ${baseline}: there is no such file or folder; run with --save ${baseline} first to make it.`
  );
}
function occasionOf(options, lost) {
  const { save } = options;
  if (save === void 0 || lost !== null) return {};
  return {
    occasion: { type: "saved", later: reproduction(ownProgram(), { ...options, baseline: save }, null) }
  };
}
var ownProgram = () => programOf(process.argv[1] ?? "", process.cwd());
async function requestOf(options, config2, resultPath, io2) {
  const directory = config2.workingDirectory;
  const found = options.base === void 0 ? null : await gitBase({ directory, ref: options.base, signal: io2.signal });
  if (found?.base === null) throw new UsageError(`--base ${options.base}: ${found.reason}.`);
  const commit = await commitOf(directory, io2.signal);
  return {
    config: config2,
    compare: found ? "paired" : options.baseline === void 0 ? "none" : "stored",
    only: options.only ?? null,
    series: options.series,
    title: "",
    commit,
    origin: null,
    environment: await readEnvironment(),
    store: options.baseline === void 0 ? null : fileStore({ path: options.baseline }),
    ancestors: () => ancestorsOf(directory, "HEAD", io2.signal),
    base: found?.base ?? null,
    noBase: "no --base was given",
    resultPath,
    reproduce: reproduction(ownProgram(), options, found?.base.sha ?? null)
  };
}
function only(config2, name) {
  if (name === void 0) return config2;
  const scenario = config2.scenarios.find((one) => one.name === name);
  if (scenario === void 0) {
    const names = config2.scenarios.map((one) => one.name).join(", ");
    throw new UsageError(`--only ${JSON.stringify(name)}: there is no such scenario; there are ${names}.`);
  }
  return { ...config2, scenarios: [scenario] };
}

// src/stats/trend.ts
var SLOPE_P = 0.1;
var FEWEST = 3;
function driftOf(values, magnitude) {
  if (values.length === 0) throw new RangeError("no values to see a trend in");
  const levels = changePoints(values, { magnitude });
  if (levels.length > 0) {
    const [first, last] = [values.slice(0, levels[0]), values.slice(levels.at(-1))];
    return { change: mean(last) - mean(first), supported: true, levels };
  }
  const { slope, pValue } = slopeOf(values);
  return { change: slope * (values.length - 1), supported: pValue <= SLOPE_P, levels };
}
function slopeOf(values) {
  const n = values.length;
  if (n < 2) return { slope: 0, pValue: 1 };
  const [middle, level] = [(n - 1) / 2, mean([...values])];
  let [xx, xy] = [0, 0];
  for (const [i, value] of values.entries()) {
    xx += (i - middle) ** 2;
    xy += (i - middle) * (value - level);
  }
  const slope = xy / xx;
  if (n < FEWEST || slope === 0) return { slope, pValue: 1 };
  const residual = values.reduce((sum, value, i) => sum + (value - level - slope * (i - middle)) ** 2, 0);
  const se = Math.sqrt(Math.max(residual, 1e-18) / (n - 2) / xx);
  return { slope, pValue: 2 * studentTail(Math.abs(slope) / se, n - 2) };
}

// src/report/trend/build.ts
var STABLE = { relative: Math.log(1.05), points: 0.01 };
var ROUNDING = 1e-9;
function buildTrend(results, unreadable, options) {
  const newestFirst = [...results].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const groups = [];
  for (const result of newestFirst) {
    const group = groups.find(
      ([first]) => first?.series === result.series && environmentDifferences(first.environment, result.environment).length === 0
    );
    if (group === void 0) groups.push([result]);
    else group.push(result);
  }
  const sections = groups.flatMap((group) => section(group.reverse(), options));
  return { sections, unreadable: [...unreadable] };
}
function section(results, options) {
  const [oldest, newest] = [results[0], results.at(-1)];
  if (oldest === void 0 || newest === void 0) return [];
  const notes2 = [];
  const names = [
    ...new Set([...results].reverse().flatMap(({ scenarios }) => scenarios.map(({ name }) => name)))
  ];
  const metrics = names.filter((name) => options.only === void 0 || name === options.only).flatMap((name) => scenarioTrends(name, results, options, notes2));
  const { series, environment } = newest;
  return [
    {
      series,
      environment,
      results: results.length,
      from: oldest.createdAt,
      to: newest.createdAt,
      metrics,
      notes: notes2
    }
  ];
}
function scenarioTrends(name, results, options, notes2) {
  const all = results.flatMap((result) => {
    const scenario = result.scenarios.find((one) => one.name === name);
    return scenario?.outcome.status === "measured" ? [{ result, scenario }] : [];
  });
  const newest = all.at(-1)?.scenario;
  if (newest === void 0) {
    notes2.push(`${name}: was never measured`);
    return [];
  }
  const alike = all.filter(({ scenario }) => scenario.load === newest.load);
  const other = all.length - alike.length;
  if (other > 0) notes2.push(`${name}: ${plural(other, "result")} with another load left out`);
  const gone = results.slice(results.indexOf(alike.at(-1)?.result) + 1).length;
  if (gone > 0) notes2.push(`${name}: not measured in the newest ${plural(gone, "result")}`);
  return poolParts(newest).flatMap(
    ({ name: part2, metrics }) => metrics.flatMap((metric) => {
      const points = alike.flatMap(({ result, scenario }) => {
        const value = pooledValue(scenario, part2 ?? void 0, metric.name);
        if (value === void 0 || !Number.isFinite(value)) return [];
        return [{ createdAt: result.createdAt, sha: result.commit?.sha ?? null, value }];
      });
      if (points.length === 0) return [];
      const trend = {
        scenario: name,
        ...part2 === null ? {} : { part: part2 },
        metric,
        main: options.isMain(metric),
        points
      };
      return [{ ...trend, ...judged(metric, points) }];
    })
  );
}
function judged(metric, points) {
  const proportion = isProportion(metric);
  const magnitude = proportion ? STABLE.points : STABLE.relative;
  const place = (value) => proportion ? worseSign(metric) * value : worseLog(metric, value);
  const drift = driftOf(
    points.map(({ value }) => place(value)),
    magnitude
  );
  const signed = worseSign(metric) * drift.change;
  return {
    change: points.length < 2 ? null : proportion ? signed : Math.expm1(signed),
    ...directionOf(drift, magnitude, points.length),
    changePoints: levelsOf(points, drift.levels)
  };
}
function directionOf(drift, magnitude, n) {
  if (n < FEWEST)
    return { direction: "unclear", reason: `${plural(n, "value")}; a direction needs ${FEWEST}` };
  if (Math.abs(drift.change) <= magnitude + ROUNDING) return { direction: "stable" };
  if (!drift.supported) return { direction: "unclear", reason: "no more than these values scatter" };
  return { direction: drift.change > 0 ? "degrading" : "improving" };
}
function levelsOf(points, levels) {
  const mean2 = (from, to) => {
    const values = points.slice(from, to).map(({ value }) => value);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return levels.flatMap((at, i) => {
    const point = points[at];
    if (point === void 0) return [];
    const before = mean2(levels[i - 1] ?? 0, at);
    return [{ point, before, after: mean2(at, levels[i + 1] ?? points.length) }];
  });
}

// src/report/trend/document.ts
var TREND_SCHEMA = "perf-baseline/trend";
var TREND_VERSION = 1;
function trendDocument(report) {
  return {
    schema: TREND_SCHEMA,
    version: TREND_VERSION,
    sections: report.sections.map(({ metrics, ...section2 }) => ({
      ...section2,
      metrics: metrics.map(({ metric, part: part2, points, reason: reason2, ...trend }) => ({
        ...trend,
        part: part2 ?? null,
        metric: metric.name,
        unit: metric.unit,
        better: metric.better,
        values: points.map(({ value }) => value),
        points,
        sparkline: sparkline(points.map(({ value }) => value)),
        changeType: metric.from.type === "proportion" ? "absolute" : "relative",
        reason: reason2 ?? null
      }))
    })),
    unreadable: report.unreadable
  };
}

// src/report/trend/rows.ts
var DIRECTIONS = {
  degrading: "\u25B2 degrading",
  improving: "\u25BC improving",
  stable: "stable",
  unclear: "unclear"
};
var MOST_VALUES = 8;
function valuesText({ metric, points }) {
  const texts = points.slice(-MOST_VALUES).map(({ value }) => quantity(value, metric.unit));
  const unitOf = (text) => /^[-<\d.]*(.*)$/.exec(text)?.[1] ?? "";
  const unit = unitOf(texts.at(-1) ?? "");
  const alike = texts.every((text) => unitOf(text) === unit);
  const cut = points.length > MOST_VALUES ? "\u2026 " : "";
  if (!alike || unit === "") return `${cut}${texts.join(", ")}`;
  return `${cut}${texts.map((text) => text.slice(0, text.length - unit.length)).join(", ")}${unit}`;
}
function changeText({ change: change3, metric }) {
  if (change3 === null) return "\u2013";
  const percent = change3 * 100;
  const size = Math.abs(percent) >= 9.95 ? Math.abs(percent).toFixed(0) : Math.abs(percent).toFixed(1);
  const sign = Number(size) === 0 ? "" : change3 > 0 ? "+" : "-";
  return `${sign}${size}${metric.from.type === "proportion" ? " pp" : "%"}`;
}
function changePointTexts({ changePoints: changePoints2, metric }) {
  return changePoints2.map(({ point, before, after }) => {
    const at = point.sha === null ? "" : ` at ${point.sha.slice(0, 9)}`;
    return `${day(point.createdAt)}${at}: ${quantity(before, metric.unit)} to ${quantity(after, metric.unit)}`;
  });
}
var day = (iso) => iso.slice(0, 10);
function environmentText({ environment }) {
  const { os, imageFamily, arch, cpuModel, cpuCount, memoryGb, runtime } = environment.gates;
  const system = imageFamily === "" || imageFamily === "none" ? os : imageFamily;
  return `${system} ${arch}, ${cpuCount} \xD7 ${cpuModel}, ${memoryGb} GB, ${runtime}`;
}

// src/report/trend/formats.ts
var TREND_FORMATS = { table, markdown, json };
var COLUMNS = [
  { title: "scenario", align: "l", drop: 0 },
  { title: "part", align: "l", drop: 0 },
  { title: "metric", align: "l", drop: 0 },
  { title: "history", align: "l", drop: 1 },
  { title: "change", align: "r", drop: 0 },
  { title: "direction", align: "l", drop: 0 },
  { title: "values", align: "l", drop: 3 }
];
var shown2 = ({ metrics }) => metrics.filter(({ main: main2 }) => main2);
function more(section2) {
  const rest = section2.metrics.length - shown2(section2).length;
  return rest === 0 ? [] : [`${plural(rest, "more metric")} with --format json`];
}
var subjectOf = ({ scenario, part: part2, metric }) => [scenario, part2, metric.name].filter((name) => name !== void 0).join(" \u203A ");
function remarks(section2) {
  const trends = shown2(section2);
  const levels = trends.flatMap(
    (trend) => changePointTexts(trend).map((text) => `${subjectOf(trend)}: new level ${text}`)
  );
  const reasons = [...new Set(trends.flatMap(({ reason: reason2 }) => reason2 ?? []))];
  const unclear = reasons.map((reason2) => {
    const subjects2 = trends.filter((trend) => trend.reason === reason2).map(subjectOf);
    return `unclear, ${reason2}: ${subjects2.length === trends.length ? "all of them" : subjects2.join(", ")}`;
  });
  return [...levels, ...unclear, ...section2.notes, ...more(section2)];
}
function heading(section2) {
  const days = day(section2.from) === day(section2.to) ? day(section2.to) : `${day(section2.from)} to ${day(section2.to)}`;
  return `${plural(section2.results, "baseline")}, ${days}`;
}
function table(report, { width }) {
  const sections = report.sections.map((section2) => {
    const rows2 = shown2(section2).map(
      (trend) => [
        trend.scenario,
        trend.part ?? "",
        trend.metric.name,
        sparkline(trend.points.map(({ value }) => value)),
        changeText(trend),
        DIRECTIONS[trend.direction],
        valuesText(trend)
      ].map((text) => ({ text: plain(text, 200) }))
    );
    const lines = [
      `${plain(section2.series, 200)}: ${heading(section2)}`,
      plain(environmentText(section2), 200),
      "",
      ...rows2.length === 0 ? ["nothing measured"] : [terminalTable(COLUMNS, rows2, width)]
    ];
    const below = remarks(section2).map((text) => plain(text));
    return [...lines, ...below.length === 0 ? [] : ["", ...below]].join("\n");
  });
  const unreadable = report.unreadable.map((text) => `not read: ${plain(text)}`);
  return `${[...sections, ...unreadable.length === 0 ? [] : [unreadable.join("\n")]].join("\n\n")}
`;
}
function markdown(report) {
  const sections = report.sections.flatMap((section2) => {
    const head = ["Scenario", "Part", "Metric", "History", "Change", "Direction", "Values"];
    const rows2 = shown2(section2).map((trend) => [
      code(trend.scenario),
      trend.part === void 0 ? "" : code(trend.part),
      prose(trend.metric.name),
      sparkline(trend.points.map(({ value }) => value)),
      changeText(trend),
      DIRECTIONS[trend.direction],
      prose(valuesText(trend))
    ]);
    const align = ["l", "l", "l", "l", "r", "l", "l"];
    const below = remarks(section2).map((text) => `- ${prose(text)}`);
    return [
      `### ${code(section2.series)}: ${heading(section2)}`,
      prose(environmentText(section2)),
      rows2.length === 0 ? "Nothing measured." : markdownTable([head, ...rows2], { align }),
      ...below.length === 0 ? [] : [below.join("\n")]
    ];
  });
  const unreadable = report.unreadable.map((text) => `- not read: ${prose(text)}`);
  return `${[...sections, ...unreadable.length === 0 ? [] : [unreadable.join("\n")]].join("\n\n")}
`;
}
function json(report) {
  return `${inertJson(trendDocument(report))}
`;
}

// src/cli/trend.ts
async function trendCommand({ baseline, series, only: only2, format: format2 }, io2) {
  const { entries, unreadable } = await savedHistory(baseline);
  const details = unreadable.map(({ detail }) => detail);
  const wanted = entries.map(({ result }) => result).filter((one) => series === void 0 || one.series === series);
  if (entries.length === 0 && details.length > 0)
    throw new DocumentError(
      "corrupt",
      `${baseline} holds no baseline that can be read. ${details.join("\n")}`
    );
  if (entries.length === 0)
    throw new UsageError(
      `${baseline} holds no baselines: save some with perf-baseline run --save ${baseline}, or name another folder with --baseline.`
    );
  if (wanted.length === 0)
    throw new UsageError(
      `--series ${JSON.stringify(series)}: ${oneOfThese(entries.map(({ result }) => result.series))}.`
    );
  const names = wanted.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
  if (only2 !== void 0 && !names.includes(only2))
    throw new UsageError(`--only ${JSON.stringify(only2)}: ${oneOfThese(names)}.`);
  const isMain = ({ name }) => Object.hasOwn(DEFAULT_CRITERIA, name);
  const report = buildTrend(wanted, details, { isMain, only: only2 });
  for (const detail of details) io2.say(`not read: ${detail}`);
  const width = process.stdout.isTTY ? process.stdout.columns : null;
  io2.printText(TREND_FORMATS[format2](report, { width }));
  return 0;
}
var oneOfThese = (names) => `there is none; there are ${[...new Set(names)].join(", ")}`;

// src/cli/validate.ts
async function validateCommand(options, io2) {
  const { config: file, workingDirectory: workingDirectory2 } = options;
  const config2 = await readConfig({ file, workingDirectory: workingDirectory2, env: process.env });
  const scenarios = config2.scenarios.map(({ name, type }) => `${name} (${type})`).join(", ");
  io2.say(`${config2.file}: valid. Scenarios: ${scenarios}.`);
  const served = config2.scenarios.some(({ type }) => type !== "micro");
  if (served && config2.target.start === void 0)
    io2.say(
      "Nothing starts the service: there is no target.start, so what answers at target.url has to be running whenever it is measured, also on a runner."
    );
  return 0;
}

// src/cli.ts
var FORMATS2 = ["table", "markdown", "json"];
var FAIL_ON = ["regression", "inconclusive", "never"];
async function main(argv2, io2) {
  const parsed2 = parseCommandLine(argv2);
  if (parsed2.type === "help") {
    process.stdout.write(helpText(parsed2.command));
    return argv2.length === 0 ? EXIT.usage : EXIT.fine;
  }
  if (parsed2.type === "version") {
    process.stdout.write(`${TOOL_VERSION}
`);
    return EXIT.fine;
  }
  return await dispatch(parsed2, io2);
}
function dispatch({ command, options, positionals }, io2) {
  const common = { config: options.config, workingDirectory: options["working-directory"] ?? "." };
  const format2 = oneOf("format", options.format, FORMATS2);
  const failOn2 = oneOf("fail-on", options["fail-on"], FAIL_ON);
  const [first = "", second = ""] = positionals;
  switch (command) {
    case "run": {
      const { start, url, only: only2, save, baseline, base, output, series = "local" } = options;
      return runCommand(
        { ...common, start, url, only: only2, save, baseline, base, output, series, failOn: failOn2, format: format2 },
        io2
      );
    }
    case "compare":
      return compareCommand({ ...common, base: first, candidate: second, failOn: failOn2, format: format2 }, io2);
    case "report":
      return reportCommand({ ...common, result: first, failOn: failOn2, format: format2 }, io2);
    case "trend": {
      const { baseline = ".perf-baseline", series, only: only2 } = options;
      return trendCommand({ baseline, series, only: only2, format: format2 }, io2);
    }
    case "init":
      return initCommand(
        {
          workingDirectory: options["working-directory"],
          start: options.start,
          url: options.url,
          forks: options.forks !== void 0
        },
        io2
      );
    case "validate":
      return validateCommand(common, io2);
  }
}
function tell(thrown, argv2, io2) {
  const cancelled = thrown instanceof CancelledError || io2.signal.aborted;
  const error = cancelled ? new CancelledError("cancelled") : thrown;
  if (error instanceof CancelledError || error instanceof UsageError) io2.say(error.message);
  else
    io2.say(
      `perf-baseline failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`
    );
  if (asksForJson(argv2)) io2.printError(error);
  if (cancelled) return EXIT.cancelled;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
var argv = process.argv.slice(2);
var io = terminalIo(cancelledBySignals(), process.stdout, process.stderr);
try {
  process.exitCode = await main(argv, io);
} catch (error) {
  process.exitCode = tell(error, argv, io);
}
