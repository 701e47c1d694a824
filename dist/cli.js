#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  TOOL_VERSION,
  baselineText,
  bound,
  buildReport,
  byReason,
  cancelledBySignals,
  change,
  commitOf,
  commitText,
  counters,
  criterionText,
  decodeResult,
  describeProgress,
  effectiveCriteria,
  environmentDifferences,
  environmentRows,
  estimate,
  exitCode,
  fileStore,
  formatMarkdown,
  gitBase,
  headline,
  inertJson,
  isSettled,
  judge,
  list,
  lookUp,
  makeWorld,
  maskSecrets,
  metricName,
  plain,
  plainLines,
  plainVoice,
  quantity,
  readConfig,
  readEnvironment,
  run,
  samplingText,
  secretForms,
  select
} from "./chunk-QWOAJ5ID.js";
import {
  CancelledError,
  ConfigError,
  DocumentError,
  EXIT,
  UsageError
} from "./chunk-73XWLMPI.js";
import "./chunk-JDI7PFEP.js";

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
  report: { summary: "print what a result document holds", positionals: ["RESULT"], options: { format } },
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
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${error.message.split(". ")[0]}. See perf-baseline ${name} --help.`);
  }
  if (parsed.values.help) return { type: "help", command: name };
  if (parsed.positionals.length !== command.positionals.length) {
    const expected = command.positionals.length === 0 ? "no arguments" : command.positionals.join(" and ");
    throw new UsageError(
      `perf-baseline ${name} takes ${expected}, not ${parsed.positionals.length} (${parsed.positionals.join(" ") || "none"}).`
    );
  }
  return {
    type: "command",
    command: name,
    options: parsed.values,
    positionals: parsed.positionals
  };
}
function isCommand(name) {
  return name !== void 0 && Object.hasOwn(commands, name);
}
function helpText(name) {
  if (name === null) {
    const list2 = Object.entries(commands).map(
      ([command, { summary: summary2 }]) => `  ${command.padEnd(10)}${summary2}`
    );
    return `Usage: perf-baseline COMMAND [options]

${list2.join("\n")}

perf-baseline COMMAND --help tells the options of one.

${EXIT_CODES}
`;
  }
  const { summary, positionals, options } = commands[name];
  const rows = Object.entries(options).map(([option, { value, description }]) => {
    const flag = `--${option}${value ? ` ${value}` : ""}`;
    return `  ${flag.padEnd(26)}${description}`;
  });
  const usage = ["perf-baseline", name, ...positionals, "[options]"].join(" ");
  return `Usage: ${usage}

${summary}

${rows.join("\n")}

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

// src/cli/read-result.ts
import { readFile } from "node:fs/promises";
async function readResult(path) {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder, expected a file" : message;
    throw new DocumentError("unreadable", `${path}: ${why}`);
  }
  return decodeResult(bytes, path);
}

// src/cli/compare.ts
async function compareCommand(options, io2) {
  const candidate = await readResult(options.candidate);
  const criteria = await criteriaFor(options, candidate);
  const judged = await judgeAgainst(options.base, candidate, criteria);
  io2.print(
    buildReport({
      candidate,
      baseline: judged.source,
      comparisons: judged.comparisons,
      limits: judged.limits,
      verdict: judged.verdict,
      title: ""
    }),
    options.format
  );
  return exitCode(judged, options.failOn);
}
async function judgeAgainst(base, candidate, criteria) {
  const kind = await stat(base).catch(() => null);
  if (kind === null) throw new DocumentError("unreadable", `${base}: there is no such file or folder`);
  if (kind.isDirectory()) {
    const ancestors = async () => candidate.commit ? [candidate.commit.sha] : [];
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
async function criteriaFor(options, candidate) {
  const { config: file, workingDirectory: workingDirectory2 } = options;
  try {
    return (await readConfig({ file, workingDirectory: workingDirectory2, env: null })).scenarios;
  } catch (error) {
    if (file !== void 0 || !(error instanceof UsageError) || error.name === "ConfigError") throw error;
    return candidate.scenarios.map(({ name, metrics }) => ({
      name,
      criteria: effectiveCriteria(metrics, [], []),
      limits: []
    }));
  }
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

// src/cli/io.ts
import { stripVTControlCharacters } from "node:util";

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
function terminalTable(columns, rows, width, paintTitle = (text) => text) {
  const used = columns.map((_, i) => i).filter((i) => rows.some((row) => (row[i]?.text ?? "") !== ""));
  const widths = columns.map(
    (column, i) => Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[i]?.text ?? "")))
  );
  const total = (shown2) => shown2.reduce((sum, i) => sum + (widths[i] ?? 0) + 2, -2);
  let shown = used;
  while (width !== null && total(shown) > width) {
    const least = shown.reduce((a, b) => (columns[b]?.drop ?? 0) > (columns[a]?.drop ?? 0) ? b : a);
    if ((columns[least]?.drop ?? 0) === 0) break;
    shown = shown.filter((i) => i !== least);
  }
  const over = width === null ? 0 : total(shown) - width;
  const [first = 0] = shown;
  if (over > 0) widths[first] = Math.max(8, (widths[first] ?? 0) - over);
  const line = (cells) => shown.map((i) => cellText(cells[i] ?? { text: "" }, widths[i] ?? 0, columns[i]?.align ?? "l")).join("  ").trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, paint: paintTitle }))), ...rows.map(line)].join(
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
  const rows = select(report);
  const head = headline(report, plainVoice);
  const blocks = [
    [
      paint(TONES[head.tone], `${head.icon} ${head.text}`),
      ...head.action === "" ? [] : [`   ${head.action}`]
    ].join("\n"),
    counters(rows).join(" \xB7 "),
    failures(report, paint),
    notes(report, paint),
    comparisons(report, paint, width),
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
function comparisons(report, paint, width) {
  const s = select(report);
  const ordered = [
    ...s.regressed,
    ...s.warned,
    ...s.invalid,
    ...s.inconclusive,
    ...s.unjudged,
    ...s.improved,
    ...s.unchanged,
    ...s.missing
  ];
  const rows = report.baseline.status === "found" ? [...ordered, ...s.fresh] : ordered;
  if (rows.length === 0) return "";
  const table = terminalTable(
    COMPARISON_COLUMNS,
    rows.map((row) => comparisonCells(row, paint)),
    width,
    (t) => paint("bold", t)
  );
  const reasons = byReason(rows).map(({ reason, rows: sharing }) => {
    const names = list(sharing.map((row) => `${where(row)} ${metricName(row.metric.name, plainVoice)}`));
    return `  ${names}: ${plain(reason)}`;
  });
  return [table, ...reasons.length > 0 ? [`
${paint("dim", reasons.join("\n"))}`] : []].join("\n");
}
var where = (row) => [row.scenario, ...row.part === void 0 ? [] : [row.part]].map((name) => plain(name, 60)).join(" \u203A ");
function comparisonCells(row, paint) {
  const unit = row.metric.unit;
  const word = row.verdict === "regressed" && row.level === "warn" ? "regressed (warning)" : row.verdict;
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
  const rows = order.flatMap((outcome) => report.limits.filter((row) => row.outcome === outcome));
  const cells = rows.map((row) => {
    const tone = row.outcome === "inconclusive" || row.outcome === "exceeded" && row.level === "warn" ? "yellow" : "red";
    const painted = row.outcome === "within" ? {} : { paint: (text) => paint(tone, text) };
    return [
      { text: plain(row.scenario, 60) },
      { text: row.part === void 0 ? "" : plain(row.part, 60) },
      { text: metricName(row.metric.name, plainVoice) },
      { text: estimate(row.candidate, row.metric.unit) },
      { text: bound(row) },
      {
        text: `${row.outcome}${row.outcome === "exceeded" && row.level === "warn" ? " (warning)" : ""}`,
        ...painted
      }
    ];
  });
  return terminalTable(LIMIT_COLUMNS, cells, width, (t) => paint("bold", t));
}
function figures(report, paint, width) {
  const groups = /* @__PURE__ */ new Map();
  for (const scenario of report.scenarios) {
    const key = scenario.parts[0]?.metrics.map(({ name }) => name).join();
    if (key !== void 0) groups.set(key, [...groups.get(key) ?? [], scenario]);
  }
  return [...groups.values()].map((scenarios) => {
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
          text: part2.values[name] === void 0 ? "" : quantity(part2.values[name] ?? 0, unit)
        })),
        { text: errorKinds(part2.errors) }
      ])
    );
    return terminalTable(columns, cells, width, (t) => paint("bold", t));
  }).join("\n\n");
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
function failures(report, paint) {
  const seen = /* @__PURE__ */ new Set();
  return report.scenarios.flatMap(({ name, failure }) => {
    if (failure === void 0) return [];
    const log = failure.log === void 0 || seen.has(failure.log) ? [] : plainLines(failure.log);
    if (failure.log !== void 0) seen.add(failure.log);
    return [
      `${paint("red", plain(name, 60))}: ${plain(failure.detail, 400)}`,
      ...log.map((line) => paint("dim", `  | ${line}`))
    ];
  }).join("\n");
}
function notes(report, paint) {
  const lines = [
    ...report.criterionChanges.map(
      (c) => `criterion of ${plain(c.scenario, 60)} ${metricName(c.metric, plainVoice)} changed from ${plain(c.from, 120)} to ${plain(c.to, 120)}`
    ),
    ...environmentRows(report).filter(({ differs }) => differs).map(
      (row) => `${row.gate} differs: ${plain(row.baseline ?? "\u2013", 120)} in the baseline, ${plain(row.candidate, 120)} here`
    ),
    ...report.warnings.map(({ message }) => plain(message, 400)),
    ...report.scenarios.flatMap(
      ({ name, warnings }) => warnings.map(({ message }) => `${plain(name, 60)}: ${plain(message, 400)}`)
    )
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
  let shown = false;
  const clear = () => {
    if (live && shown) stream.write("\r\x1B[2K");
    shown = false;
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
    shown = !lasting;
  };
  return { progress, clear };
}

// src/cli/io.ts
function terminalIo(signal, stdout, stderr) {
  let forms = [];
  let reported = false;
  const safe = (text) => stripVTControlCharacters(maskSecrets(text, forms));
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
async function reportCommand(path, format2, io2) {
  const candidate = await readResult(path);
  const { source, comparisons: comparisons2, limits: limits2, verdict } = judge(candidate, { type: "none" }, []);
  io2.print(buildReport({ candidate, baseline: source, comparisons: comparisons2, limits: limits2, verdict, title: "" }), format2);
  return 0;
}

// src/cli/run.ts
import { resolve } from "node:path";
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
  const world = await makeWorld(io2.signal, io2.progress);
  const resultPath = resolve(options.output ?? `${world.workDir}/result.json`);
  let kept = false;
  try {
    const outcome = await run(await requestOf(options, config2, resultPath, io2), world);
    const lost = options.save === void 0 ? null : await save(options.save, outcome, io2);
    io2.print(outcome.report, options.format);
    const code = exitCodeOf(options, outcome);
    if (lost === null) return code;
    kept = true;
    io2.say(`The result was not saved: ${lost}. It is kept in ${resultPath}.`);
    return code === EXIT.failed ? code : EXIT.usage;
  } finally {
    if (options.output !== void 0) io2.say(`result: ${resultPath}`);
    if (!kept) await world.dispose();
  }
}
function exitCodeOf({ base, failOn: failOn2 }, { judged }) {
  return base !== void 0 && judged.source.type !== "paired" ? EXIT.failed : exitCode(judged, failOn2);
}
async function save(path, { result, judged }, io2) {
  try {
    const { location } = await fileStore({ path }).append({ ...result, verdict: judged.verdict });
    io2.say(`saved: ${location}`);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}
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
    ancestors: async () => commit ? [commit.sha] : [],
    base: found?.base ?? null,
    noBase: "no --base was given",
    resultPath,
    reproduce: null
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

// src/cli/validate.ts
async function validateCommand(options, io2) {
  const { config: file, workingDirectory: workingDirectory2 } = options;
  const config2 = await readConfig({ file, workingDirectory: workingDirectory2, env: process.env });
  const scenarios = config2.scenarios.map(({ name, type }) => `${name} (${type})`).join(", ");
  io2.say(`${config2.file}: valid. Scenarios: ${scenarios}.`);
  return 0;
}

// src/cli.ts
var FORMATS2 = ["table", "markdown", "json"];
var FAIL_ON = ["regression", "inconclusive", "never"];
async function main(argv2, io2) {
  const parsed = parseCommandLine(argv2);
  if (parsed.type === "help") {
    process.stdout.write(helpText(parsed.command));
    return argv2.length === 0 ? EXIT.usage : EXIT.fine;
  }
  if (parsed.type === "version") {
    process.stdout.write(`${TOOL_VERSION}
`);
    return EXIT.fine;
  }
  return await dispatch(parsed, io2);
}
function dispatch({ command, options, positionals }, io2) {
  const common = { config: options.config, workingDirectory: options["working-directory"] ?? "." };
  const format2 = oneOf("format", options.format, FORMATS2);
  const failOn2 = oneOf("fail-on", options["fail-on"], FAIL_ON);
  const [first = "", second = ""] = positionals;
  switch (command) {
    case "run": {
      const { start, url, only: only2, save: save2, baseline, base, output, series = "local" } = options;
      return runCommand(
        { ...common, start, url, only: only2, save: save2, baseline, base, output, series, failOn: failOn2, format: format2 },
        io2
      );
    }
    case "compare":
      return compareCommand({ ...common, base: first, candidate: second, failOn: failOn2, format: format2 }, io2);
    case "report":
      return reportCommand(first, format2, io2);
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
