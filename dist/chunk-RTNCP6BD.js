import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  UsageError
} from "./chunk-7RQUT3IG.js";

// src/scenarios/generator-server.ts
function serveGenerator(build) {
  const running = /* @__PURE__ */ new Map();
  let generator;
  const send = (message) => {
    process.send?.(message);
  };
  process.on("disconnect", () => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
  });
  process.on("uncaughtException", (error) => {
    process.stderr.write(`${error.stack ?? error.message}
`, () => process.exit(70));
  });
  process.on("message", async (message) => {
    if (message.type === "cancel") {
      running.get(message.id)?.();
      return;
    }
    const { id } = message;
    try {
      if (message.type === "open") {
        generator = build(message.scenario);
        send({ id, type: "opened" });
        return;
      }
      if (!generator) throw new Error("asked for load before a scenario");
      const load = generator.run(message.request);
      running.set(id, load.cancel);
      send({ id, type: "answer", answer: await load.done });
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : { name: "Error", message: String(error) };
      send({ id, type: "failed", name, message: text });
    } finally {
      running.delete(id);
    }
  });
}

// src/scenarios/deferred.ts
function deferred() {
  let resolve = () => {
  };
  let reject = () => {
  };
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

// src/scenarios/starvation.ts
import { performance } from "node:perf_hooks";
var TIMER_MS = 2;
var Starvation = class {
  #tickMs;
  #loop = performance.eventLoopUtilization();
  #start = { at: performance.now(), cpu: process.cpuUsage() };
  #last = this.#start;
  #lateMs = 0;
  /** `tickMs`: how often `tick` is called while all is well. */
  constructor(tickMs) {
    this.#tickMs = tickMs;
  }
  tick() {
    const now = { at: performance.now(), cpu: process.cpuUsage() };
    const late = now.at - this.#last.at - this.#tickMs - TIMER_MS - milliseconds(this.#last.cpu, now.cpu);
    this.#lateMs += Math.max(0, late);
    this.#last = now;
  }
  /** Shares of the time since the start: of a core used, and of waiting for one. */
  end() {
    this.tick();
    const elapsed = Math.max(this.#last.at - this.#start.at, 1e-3);
    const cpu = milliseconds(this.#start.cpu, this.#last.cpu) / elapsed;
    const { utilization } = performance.eventLoopUtilization(this.#loop);
    return { cpu, starved: Math.min(1, Math.max(utilization - cpu, this.#lateMs / elapsed, 0)) };
  }
};
function milliseconds(from, to) {
  return (to.user - from.user + to.system - from.system) / 1e3;
}

// src/scenarios/json-path.ts
var STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(-?\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/uy;
function parseJsonPath(text) {
  if (!text.startsWith("$"))
    throw new UsageError(`JSON path "${text}" must start with $, such as $.id or $.items[0].id`);
  const steps = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(text);
    if (!match)
      throw new UsageError(
        `JSON path "${text}": cannot read "${text.slice(at)}"; write .name, [0] or ['name']`
      );
    const [, name, index, single, double] = match;
    if (index !== void 0) steps.push(Number(index));
    else steps.push(name ?? (single ?? double ?? "").replace(/\\(.)/g, "$1"));
  }
  return steps;
}
function readJsonPath(value, path) {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return void 0;
    if (typeof step === "number") {
      if (!Array.isArray(current)) return void 0;
      current = current.at(step);
    } else {
      if (Array.isArray(current) || !Object.hasOwn(current, step)) return void 0;
      current = current[step];
    }
  }
  return current;
}

// src/scenarios/json-subset.ts
function containsJson(actual, expected) {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.every((want) => actual.some((have) => containsJson(have, want)));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return false;
    return Object.entries(expected).every(
      ([key, want]) => Object.hasOwn(actual, key) && containsJson(actual[key], want)
    );
  }
  return Object.is(actual, expected) || actual === 0 && expected === 0;
}

// src/scenarios/schedule.ts
var TIMER_MS2 = 2;
var Schedule = class {
  intervalMs;
  #total;
  #startedAt = 0;
  #lastSentAt = 0;
  #next = 0;
  /** `rate`: how many a second. */
  constructor(rate, durationMs) {
    this.intervalMs = 1e3 / rate;
    this.#total = Math.max(1, Math.ceil(durationMs / this.intervalMs));
  }
  begin(at) {
    this.#startedAt = at;
    this.#lastSentAt = at;
  }
  /** All have been sent or skipped. */
  get over() {
    return this.#next >= this.#total;
  }
  /** Number of the next one, from 0. */
  get next() {
    return this.#next;
  }
  /** When the next one is due. */
  get due() {
    return this.#startedAt + this.#next * this.intervalMs;
  }
  sent(now) {
    this.#next += 1;
    this.#lastSentAt = now;
  }
  /** The next one will not be sent. */
  skip() {
    this.#next += 1;
  }
  /**
   * The time under load, in ms: an interval for each that was due, so that a rate with less than one in the time does not
   * look like a higher one; what is sent after its end prolongs it.
   */
  elapsed() {
    return Math.max(this.#total * this.intervalMs, this.#lastSentAt - this.#startedAt);
  }
};

// src/scenarios/values.ts
import { randomUUID } from "node:crypto";
var PLACEHOLDER = /\$\{([^}]*)\}/g;
function parsePlaceholder(inside, captures) {
  if (captures.has(inside)) return { type: "captured", name: inside };
  if (inside === "uuid") return { type: "uuid" };
  if (inside === "counter") return { type: "counter" };
  const int = /^int:(-?\d+):(-?\d+)$/.exec(inside);
  if (int) {
    const [a, b] = [Number(int[1]), Number(int[2])];
    return { type: "int", from: Math.min(a, b), to: Math.max(a, b) };
  }
  if (inside.startsWith("pick:")) return { type: "pick", choices: inside.slice(5).split(",") };
  return void 0;
}
function produce(placeholder, values) {
  switch (placeholder.type) {
    case "uuid":
      return randomUUID();
    case "counter":
      return values.counter;
    case "int":
      return placeholder.from + Math.floor(values.random() * (placeholder.to - placeholder.from + 1));
    case "pick":
      return placeholder.choices[Math.floor(values.random() * placeholder.choices.length)] ?? "";
    case "captured":
      return values.captured.get(placeholder.name);
  }
}
function plainText(value) {
  if (value === void 0) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
function templateOf(pieces) {
  const joined = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === "string" && typeof last === "string") joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return {
    constant: joined.every((piece) => typeof piece === "string"),
    render: (values) => {
      let text = "";
      for (const piece of joined)
        text += typeof piece === "string" ? piece : piece.write(produce(piece.placeholder, values));
      return text;
    }
  };
}
function split(text, captures, literal, writer) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const placeholder = parsePlaceholder(match[1] ?? "", captures);
    if (!placeholder) continue;
    if (match.index > end) pieces.push(literal(text.slice(end, match.index)));
    pieces.push({ placeholder, write: writer(match.index, placeholder) });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(literal(text.slice(end)));
  return pieces;
}
var asIs = (text) => text;
function compileText(text, captures, writer = () => plainText, literal = asIs) {
  return templateOf(split(text, captures, literal, writer));
}
var inString = (value) => JSON.stringify(plainText(value)).slice(1, -1);
var asJson = (value) => JSON.stringify(value) ?? "null";
function compileJson(text, captures) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|\$\{[^}]*\}/gs)) {
    if (!match[0].startsWith('"')) continue;
    pieces.push(...split(text.slice(end, match.index), captures, asIs, outside));
    pieces.push(...jsonString(match[0], captures));
    end = match.index + match[0].length;
  }
  pieces.push(...split(text.slice(end), captures, asIs, outside));
  return templateOf(pieces);
}
function outside(_offset, placeholder) {
  if (placeholder.type === "captured" || placeholder.type === "uuid") return asJson;
  return plainText;
}
function jsonString(quoted, captures) {
  let decoded;
  try {
    decoded = JSON.parse(quoted);
  } catch {
    return [quoted];
  }
  if (!decoded.includes("${")) return [quoted];
  const pieces = split(decoded, captures, inString, () => inString);
  return pieces.some((piece) => typeof piece !== "string") ? ['"', ...pieces, '"'] : [quoted];
}
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 1831565813 >>> 0;
    let t = state;
    t = Math.imul(t ^ t >>> 15, t | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

export {
  serveGenerator,
  deferred,
  Starvation,
  parseJsonPath,
  readJsonPath,
  containsJson,
  TIMER_MS2 as TIMER_MS,
  Schedule,
  plainText,
  compileText,
  compileJson,
  seededRandom
};
