import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  childPids,
  cutEnd,
  readResident,
  readStat
} from "./chunk-GSSPXH45.js";
import {
  HistogramRecorder,
  histogramQuantile,
  mergeHistograms
} from "./chunk-5XRB6BAW.js";
import "./chunk-JDI7PFEP.js";

// src/scenarios/micro/runner.ts
import { setImmediate as setImmediate2, setTimeout as sleep } from "node:timers/promises";

// src/scenarios/micro/words.ts
var Unmeasurable = class extends Error {
  name = "Unmeasurable";
  constructor(word, detail) {
    super(`${word}: ${detail}`);
  }
};
function thrownText(thrown) {
  let text;
  try {
    text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    text = "something that has no text";
  }
  return cutEnd(text.replace(/\s+/g, " ").trim(), 300);
}

// src/scenarios/micro/cases.ts
var LONGEST_NAME = 100;
var MOST_PARTS = 400;
function casesOf(exports, choice) {
  const found = collect(exports);
  for (const name of ["setup", "teardown"])
    if (found.get(name) !== void 0 && asFunction(found.get(name)) === null)
      throw new Unmeasurable(
        "cannot be run",
        `the module exports ${name}, which is for a function to call ${name === "setup" ? "before" : "after"} each case, and it is not one; make it one, or name it otherwise`
      );
  const own = asFunction(found.get("fn"));
  const shared = { setup: asFunction(found.get("setup")), teardown: asFunction(found.get("teardown")) };
  const isWhole = own !== null && (shared.setup !== null || shared.teardown !== null);
  const names = [...found.keys()].filter(
    (name) => isWhole ? name === "fn" : name !== "setup" && name !== "teardown"
  );
  const able = names.filter((name) => benchmarkOf(found.get(name), name) !== null);
  const missing = choice.bench.filter((name) => !able.includes(name));
  const list = able.length === 0 ? "none" : able.slice(0, 20).join(", ");
  if (missing.length > 0)
    throw new Unmeasurable(
      "cannot be run",
      `bench names ${missing.join(", ")}, which the module does not export as a function or { fn }; it has ${list}`
    );
  const chosen = choice.bench.length === 0 ? able : [...choice.bench];
  if (chosen.length === 0)
    throw new Unmeasurable("cannot be run", "the module exports no function, and no object with a fn");
  const inputs = choice.inputs.length === 0 ? [null] : choice.inputs;
  if (chosen.length * inputs.length > MOST_PARTS)
    throw new Unmeasurable(
      "cannot be run",
      `${chosen.length} cases with ${inputs.length} inputs are more than ${MOST_PARTS} parts; name some with bench`
    );
  const cases = chosen.flatMap((name) => {
    const benchmark = benchmarkOf(found.get(name), name);
    if (benchmark === null) return [];
    return inputs.map((input) => ({
      part: partName(name, input?.name),
      ...benchmark,
      setup: benchmark.setup ?? shared.setup,
      teardown: benchmark.teardown ?? shared.teardown,
      args: input === null ? [] : [input.value]
    }));
  });
  return distinct(cases);
}
function collect(exports) {
  const found = new Map(
    Object.entries(exports).filter(([name]) => name !== "default" && name !== "module.exports")
  );
  const { default: main } = exports;
  const whole = benchmarkOf(main, "default");
  if (whole !== null && whole.fault === void 0) {
    if (![...found.values()].includes(main)) found.set("default", main);
  } else if (typeof main === "object" && main !== null) {
    for (const [name, value] of Object.entries(main)) if (!found.has(name)) found.set(name, value);
  }
  return found;
}
var HOOKS = ["setup", "fn", "teardown"];
function benchmarkOf(value, name) {
  const plain = asFunction(value);
  if (plain !== null) return { self: null, fn: plain, setup: null, teardown: null };
  if (typeof value !== "object" || value === null) return null;
  const { fn, setup, teardown } = value;
  const timed = asFunction(fn);
  if (timed === null && !(isPlain(value) && HOOKS.some((hook) => hook in value))) return null;
  const fault = faultOf(value, name);
  return {
    self: value,
    fn: timed ?? (() => {
    }),
    setup: asFunction(setup),
    teardown: asFunction(teardown),
    ...fault !== void 0 && { fault }
  };
}
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
function faultOf(value, name) {
  if (value.fn === void 0 || value.fn === null) {
    const meant = nearTo(value, "fn");
    return `${name} has no fn${meant === void 0 ? "; give it the function to be timed" : `, but ${meant}; call it fn`}`;
  }
  for (const hook of HOOKS) {
    const given = value[hook];
    if (given !== void 0 && given !== null && asFunction(given) === null)
      return `${hook} of ${name} is not a function that can be called; make it one, or leave it out`;
    const meant = nearTo(value, hook);
    if (meant !== void 0 && given === void 0)
      return `${name} has ${meant}, which nothing calls; call it ${hook}`;
  }
  return void 0;
}
var nearTo = (value, hook) => Object.keys(value).find((key) => key !== hook && key.toLowerCase().replace(/[^a-z]/g, "") === hook);
function asFunction(value) {
  if (typeof value !== "function") return null;
  return /^class\b/.test(Function.prototype.toString.call(value)) ? null : value;
}
function partName(name, input) {
  const whole = input === void 0 ? name : `${name} (${input})`;
  const plain = whole.replace(new RegExp("\\p{C}", "gu"), " ").trim() || "unnamed";
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME - 1)}\u2026` : plain;
}
function distinct(cases) {
  const seen = /* @__PURE__ */ new Map();
  return cases.map((one) => {
    const count = (seen.get(one.part) ?? 0) + 1;
    seen.set(one.part, count);
    return count === 1 ? one : { ...one, part: `${one.part} #${count}` };
  });
}
function hasEmptyBody(fn) {
  const source = Function.prototype.toString.call(fn).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "").trim();
  return /(\)|=>)\s*\{\s*\}$/.test(source);
}
var tagOf = (value) => Object.prototype.toString.call(value);
var isGeneratorFunction = (fn) => ["[object GeneratorFunction]", "[object AsyncGeneratorFunction]"].includes(tagOf(fn));
var isGenerator = (value) => ["[object Generator]", "[object AsyncGenerator]"].includes(tagOf(value));

// src/scenarios/micro/command.ts
import { spawn } from "node:child_process";
var LOOK_MS = 2;
var ENOUGH_LOOKS = 10;
var SHELLS = 9;
var MORE_SHELLS = 40;
var MUCH_LONGER = 10;
var MOSTLY_SHELL = 2;
var PARTS = [0.1, 0.25, 0.5];
var TICK = 0.01;
var ENOUGH_TICKS = 5;
async function runCommand(plan, beat) {
  const { command, warmupMs, durationMs } = plan;
  const warmUntil = performance.now() + warmupMs;
  const { memory } = await once(command, true);
  const unmeasured = "missing" in memory ? [memory.missing] : [];
  beat();
  while (performance.now() < warmUntil) {
    await once(command, false);
    beat();
  }
  const shells = [];
  let shellCpu = 0;
  const timeShell = async () => {
    const before = childrenSeconds();
    shells.push((await once("exit 0", false)).wallMs);
    shellCpu += childrenSeconds() - before;
    beat();
  };
  while (shells.length < SHELLS) await timeShell();
  const times = [];
  let cpu = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    const cpuBefore = childrenSeconds();
    const { wallMs } = await once(command, false);
    cpu += childrenSeconds() - cpuBefore;
    times.push(wallMs);
    elapsedMs += wallMs;
    beat();
    if (shells.length < SHELLS + MORE_SHELLS && wallMs < MUCH_LONGER * (shells[0] ?? 0)) await timeShell();
  }
  const shellMs = quantileOf(shells, 0.5);
  if (PARTS.some((q2) => quantileOf(times, q2) < MOSTLY_SHELL * quantileOf(shells, q2)))
    throw new Unmeasurable(
      "too fast for the clock",
      `a run takes less than ${MOSTLY_SHELL} times the ${shellMs.toPrecision(2)} ms of starting a shell, so it cannot be told from that; let one run do more`
    );
  const net = cpu - shellCpu * times.length / shells.length;
  const cpuTime = net >= ENOUGH_TICKS * TICK * Math.max(1, times.length / shells.length) ? net : void 0;
  if (cpuTime === void 0) unmeasured.push(NO_CPU_TIME);
  const time = new HistogramRecorder("ns");
  for (const wallMs of times) time.record(Math.max(0, wallMs - shellMs) * 1e6);
  return {
    elapsedMs,
    runs: time.count,
    time: time.distribution(),
    ...cpuTime !== void 0 && { cpuTime: cpuTime * 1e9 / time.count },
    ..."peak" in memory && { memory: memory.peak },
    ...unmeasured.length > 0 && { unmeasured: unmeasured.join("; ") }
  };
}
var NO_CPU_TIME = process.platform === "linux" ? "its CPU time less that of its shell is too little for the hundredths of a second that the system counts in: let one run do more, or raise measure.duration" : "its CPU time is read on Linux alone";
function quantileOf(values, q2) {
  const sorted = [...values].sort((a2, b) => a2 - b);
  return sorted[Math.floor(sorted.length * q2)] ?? 0;
}
function once(command, watched) {
  return new Promise((resolve2, reject) => {
    const started = performance.now();
    const output = watched ? "inherit" : "ignore";
    const child = spawn(command, { shell: true, stdio: ["ignore", output, output] });
    const watch = watched && child.pid !== void 0 ? watchMemory(child.pid) : null;
    child.once("error", (error) => {
      watch?.stop();
      reject(new Unmeasurable("cannot be run", `the command could not be started: ${error.message}`));
    });
    child.once("exit", (code, signal) => {
      const wallMs = performance.now() - started;
      const memory = watch?.stop() ?? { missing: "its memory was not watched" };
      if (code === 0) resolve2({ wallMs, memory });
      else {
        const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
        reject(new Unmeasurable("fails", `the command ${how}; a benchmark must exit with code 0`));
      }
    });
  });
}
function watchMemory(root) {
  if (process.platform !== "linux") return { stop: () => ({ missing: "its memory is read on Linux alone" }) };
  let peak = 0;
  let looks = 0;
  const look = () => {
    let sum = 0;
    for (const pid of treeOf(root)) {
      const resident = readResident(pid);
      sum += resident?.rss ?? 0;
      peak = Math.max(peak, resident?.highest ?? 0);
    }
    peak = Math.max(peak, sum);
    if (sum > 0) looks += 1;
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      if (looks >= ENOUGH_LOOKS) return { peak };
      return {
        missing: `its memory could be looked at ${looks === 1 ? "once" : `${looks} times`} only before it ended, too seldom to tell its peak (${ENOUGH_LOOKS} times are enough, one every ${LOOK_MS} ms)`
      };
    }
  };
}
var childrenSeconds = () => process.platform === "linux" ? readStat(process.pid)?.childrenCpu ?? 0 : 0;
function treeOf(pid) {
  return [pid, ...childPids(pid).flatMap(treeOf)];
}

// src/scenarios/micro/heap.ts
import { getHeapStatistics } from "node:v8";
var TRIALS = 7;
var PATIENCE_MS = 200;
var WITHOUT_COLLECTION = 512 * 1024;
var ENOUGH = 64 * 1024;
var MANY_CALLS = 64;
var MOST_CALLS = 1e4;
var GROWTH = { bytes: 512 * 1024, perCall: 8, muchBytes: 16 * 2 ** 20 };
var GOES_ON = 0.5;
var collect2 = () => globalThis.gc?.();
function settledBytes() {
  collect2();
  collect2();
  return usedBytes();
}
function usedBytes() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
var isTooLong = (callMs) => callMs * TRIALS > PATIENCE_MS * 2;
var LITTLE = 8 * 1024;
var LOOKS = 5;
function leavesLittle(loop, callMs, beat) {
  if (globalThis.gc === void 0 || !isTooLong(callMs)) return false;
  for (let look = 0; look < LOOKS; look += 1) {
    settledBytes();
    const before = process.memoryUsage().heapUsed;
    loop.run(1);
    const bytes = process.memoryUsage().heapUsed - before;
    beat();
    if (bytes >= 0 && bytes < LITTLE) return true;
  }
  return false;
}
async function bytesPerCall(loop, empty, callMs, beat) {
  if (globalThis.gc === void 0 || isTooLong(callMs)) return void 0;
  const most = Math.min(MOST_CALLS, Math.max(1, Math.floor(PATIENCE_MS / TRIALS / Math.max(callMs, 1e-6))));
  let calls = 1;
  for (; ; ) {
    const first = await allocated(loop, calls);
    const bytes = first < ENOUGH ? first : Math.min(first, await allocated(loop, calls));
    beat();
    if (bytes > WITHOUT_COLLECTION || bytes < 0) return void 0;
    const fitting = Math.min(most, MANY_CALLS, Math.floor(calls * WITHOUT_COLLECTION / 2 / bytes));
    const next = bytes < ENOUGH ? Math.min(most, calls * 4) : fitting;
    if (next <= calls) break;
    calls = next;
  }
  const [whole, own] = [await middle(loop, calls, beat), await middle(empty, calls, beat)];
  return Math.max(0, (whole - own) / calls);
}
async function middle(loop, calls, beat) {
  const found = [];
  for (let trial = 0; trial < TRIALS; trial += 1) {
    found.push(await allocated(loop, calls));
    beat();
  }
  return found.sort((a2, b) => a2 - b)[Math.floor(TRIALS / 2)] ?? 0;
}
async function allocated(loop, calls) {
  collect2();
  const priming = loop.run(calls);
  if (loop.async) await priming;
  const before = process.memoryUsage().heapUsed;
  const running = loop.run(calls);
  if (loop.async) await running;
  return process.memoryUsage().heapUsed - before;
}
function refuseGrowth(readings, calls) {
  const [first, second] = [readings[1] - readings[0], readings[2] - readings[1]];
  const grown = first + second;
  const rates = [first / Math.max(1, calls[0]), second / Math.max(1, calls[1])];
  const perCall = grown / Math.max(1, calls[0] + calls[1]);
  const much = grown >= GROWTH.bytes && (perCall >= GROWTH.perCall || grown >= GROWTH.muchBytes);
  const [slow, fast] = rates[0] < rates[1] ? rates : [rates[1], rates[0]];
  if (first <= 0 || !much || slow < GOES_ON * fast) return;
  const kept = perCall < 1e4 ? `${Math.round(perCall)} B` : `${Math.round(perCall / 1e3)} kB`;
  throw new Unmeasurable(
    "leaks",
    `memory grows by about ${kept} with every call and is never given back, so a call's time depends on how many went before; keep nothing between calls`
  );
}
function heapWatch() {
  const most = getHeapStatistics().heap_size_limit / 2;
  return () => {
    if (usedBytes() < most || settledBytes() < most) return;
    throw new Unmeasurable(
      "leaks",
      `it came to hold ${Math.round(most / 2 ** 20)} MiB, half of the heap's limit; keep nothing between calls`
    );
  };
}

// src/scenarios/micro/load.ts
import { spawnSync } from "node:child_process";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
var CHECK_MS = 5e3;
async function load(module) {
  try {
    return await import(pathToFileURL(resolve(module)).href);
  } catch (error) {
    const { code } = error;
    if (code === "ERR_UNKNOWN_FILE_EXTENSION")
      throw new Unmeasurable(
        "cannot be run",
        `node ${process.version} does not run ${module}: use Node 22.18 or later for TypeScript, or name what target.setup builds of it`
      );
    const where = placeOf(error, module);
    const at = where === void 0 ? "" : ` (${where})`;
    throw new Unmeasurable(
      "cannot be run",
      `${module} cannot be loaded${at}: ${thrownText(withoutRunner(error))}`
    );
  }
}
function withoutRunner(error) {
  if (!(error instanceof Error)) return error;
  const own = fileURLToPath(import.meta.url);
  const message = error.message.replace(` imported from ${own}`, "");
  return message === error.message ? error : `${error.name}: ${message}`;
}
function placeOf(error, module) {
  if (!(error instanceof Error)) return void 0;
  const stack = String(error.stack ?? "");
  const top = /^(\S[^\n]*):(\d+)\n/.exec(stack);
  if (error instanceof SyntaxError) {
    const found = top ?? /^(\S[^\n]*):(\d+)\n/.exec(checked(module));
    return found === null ? void 0 : shown(found[1], found[2]);
  }
  const frames = stack.matchAll(/^ {4}at (?:.*\()?((?:file:\/\/)?\/[^\n]*?):(\d+):\d+\)?$/gm);
  for (const [, file, line] of frames)
    if (file !== import.meta.url && file !== fileURLToPath(import.meta.url)) return shown(file, line);
  return void 0;
}
function checked(module) {
  const { stderr } = spawnSync(process.execPath, ["--check", resolve(module)], {
    encoding: "utf8",
    timeout: CHECK_MS
  });
  return stderr ?? "";
}
function shown(file = "", line = "") {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const near = relative(process.cwd(), path);
  return `${near.startsWith("..") ? path : near}:${line}`;
}

// src/scenarios/micro/measure.ts
import { setImmediate } from "node:timers/promises";

// src/scenarios/micro/loop.ts
var made = 0;
function loopFor({ self, fn }, args, async, sink) {
  made += 1;
  const names = args.map((_2, i2) => `a${i2}`);
  const call = self === null ? `fn(${names})` : `self.fn(${names})`;
  const body = `/* ${made} */ return ${async ? "async " : ""}(times) => {
    for (let i = 0; i < times; i += 1) sink.value = ${async ? "await " : ""}${call};
  };`;
  const build = new Function("self", "fn", "sink", ...names, body);
  return { async, run: build(self, fn, sink, ...args) };
}
var isThenable = (value) => (typeof value === "object" || typeof value === "function") && value !== null && typeof value.then === "function";

// src/scenarios/micro/printed.ts
var MOST_WAITING = 16 * 2 ** 20;
var LONG_CALL_MS = 0.1;
var streams = () => [process.stdout, process.stderr];
var printed = () => streams().reduce((sum, { bytesWritten }) => sum + (bytesWritten ?? 0), 0);
function refusePrinting(bytes, calls, ms) {
  if (calls === 0 || bytes < calls || ms / calls > LONG_CALL_MS) return;
  const each = Math.round(bytes / calls);
  throw refused(`${each} ${each === 1 ? "byte" : "bytes"} with every call`);
}
function refuseFlood() {
  const waiting = streams().reduce((sum, { writableLength }) => sum + writableLength, 0);
  if (waiting > MOST_WAITING)
    throw refused(`${Math.round(waiting / 2 ** 20)} MiB faster than it can be read`);
}
var refused = (much) => new Unmeasurable(
  "writes output",
  `${much}, which is timed with it and waits in memory; let it write nothing, or to a file`
);

// node_modules/tinybench/dist/index.js
var e = Object.freeze(() => {
});
var t = globalThis.Event;
var n = class extends t {
  get error() {
    return this.#e;
  }
  get reason() {
    return this.#t;
  }
  get task() {
    return this.#n;
  }
  #e;
  #t;
  #n;
  constructor(e2, t2, n2) {
    super(e2), t2 != null && (this.#n = t2), typeof n2 == "string" ? this.#t = n2 : n2 != null && (this.#e = n2);
  }
};
var r = (e2) => e2 !== null && (typeof e2 == "object" || typeof e2 == "function") && typeof e2.then == "function";
var i = (async () => {
}).constructor;
var a = (e2) => typeof e2 == "function" && e2.constructor === i;
var o = (t2) => {
  if (t2 == null) return false;
  if (a(t2)) return true;
  try {
    let n2 = t2(), i2 = r(n2);
    if (i2) try {
      n2.then(e).catch(e);
    } catch {
    }
    return i2;
  } catch {
    return false;
  }
};
var s = (e2, t2) => {
  if (!e2) {
    let e3 = Error.stackTraceLimit;
    try {
      Error.stackTraceLimit = 0;
      let n2 = Error(t2);
      throw Error.stackTraceLimit = e3, e3 !== 0 && Error.captureStackTrace(n2, s), n2;
    } finally {
      Error.stackTraceLimit = e3;
    }
  }
};
var c = (e2) => {
  switch (typeof e2) {
    case "function":
      return Error(e2.name);
    case "object":
      if (e2 !== null) return e2 instanceof Error ? e2 : Error(e2.message ?? "");
    case "undefined":
      return Error();
    case "string":
      return Error(e2);
    default:
      return Error(String(e2));
  }
};
var l = (e2) => Number(e2) / 1e6;
var u = (e2) => Number(e2) * 1e6;
var d = (e2) => e2;
var f = (e2) => BigInt(Math.round(e2 * 1e6));
function p(e2 = globalThis) {
  let t2 = "unknown", n2 = "unknown";
  if (e2.Bun || e2.process && e2.process.versions?.bun) {
    t2 = "bun";
    let r2 = e2.Bun?.version;
    if (r2) n2 = r2;
    else {
      let t3 = e2.process?.versions?.bun;
      t3 && (n2 = t3);
    }
  } else e2.Deno ? (t2 = "deno", n2 = e2.Deno.version?.deno ?? "unknown") : e2.process && e2.process.release?.name === "node" ? (t2 = "node", n2 = e2.process.versions?.node ?? "unknown") : e2.HermesInternal ? (t2 = "hermes", n2 = e2.HermesInternal.getRuntimeProperties?.()["OSS Release Version"] ?? "unknown") : m(e2) && e2.navigator.userAgent === "Cloudflare-Workers" ? t2 = "workerd" : m(e2) && e2.navigator.userAgent.toLowerCase().startsWith("quickjs-ng") ? (t2 = "quickjs-ng", n2 = e2.navigator.userAgent.split("/")[1] ?? "unknown") : typeof e2.Netlify == "object" ? t2 = "netlify" : typeof e2.EdgeRuntime == "string" ? t2 = "edge-light" : e2.__lagon__ ? t2 = "lagon" : e2.fastly ? t2 = "fastly" : e2.$262 && e2.lockdown && e2.AsyncDisposableStack ? t2 = "moddable" : e2.d8 ? (t2 = "v8", n2 = typeof e2.version == "function" ? e2.version() : "unknown") : e2.inIon && e2.performance && e2.performance.mozMemory ? t2 = "spidermonkey" : typeof e2.$ == "object" && e2.$ !== null && "IsHTMLDDA" in e2.$ ? t2 = "jsc" : e2.window && e2.navigator && (t2 = "browser");
  return {
    runtime: t2,
    version: n2
  };
}
function m(e2 = globalThis) {
  return typeof e2.navigator == "object" && e2.navigator !== null && typeof e2.navigator.userAgent == "string";
}
var { runtime: h, version: g } = p();
var _ = globalThis.performance.now.bind(globalThis.performance);
var v = {
  fn: _,
  fromMs: d,
  name: "performanceNow",
  toMs: d
};
var y = globalThis.process?.hrtime?.bigint.bind(globalThis.process?.hrtime) ?? (() => {
  throw Error("hrtime.bigint() is not supported in this JS environment");
});
var x = {
  fn: y,
  fromMs: f,
  name: "hrtimeNow",
  toMs: l
};
var S = globalThis.Bun?.nanoseconds;
var C = S ? {
  fn: S,
  fromMs: u,
  name: "bunNanoseconds",
  toMs: l
} : void 0;
function w(e2) {
  return {
    fn: e2,
    fromMs: d,
    name: "custom",
    toMs: d
  };
}
var T = (e2 = h) => e2 === "bun" ? C : e2 === "deno" ? v : e2 === "node" ? x : v;
var E = (e2) => {
  switch (typeof e2) {
    case "function":
      return w(e2);
    case "string":
      switch (e2) {
        case "auto":
          return T();
        case "bunNanoseconds":
          return C ?? v;
        case "hrtimeNow":
          return x;
        default:
          return v;
      }
    case "object":
      return e2 === null ? v : (s(D(e2), "Invalid Timestamp Provider object"), e2);
    case "undefined":
      return v;
    default:
      throw Error("Invalid value for 'timestampProvider' or 'now'");
  }
};
function D(e2) {
  return typeof e2 == "object" && !!e2 && typeof e2.fn == "function" && typeof e2.name == "string" && typeof e2.toMs == "function" && typeof e2.fromMs == "function";
}
var ee = async (e2) => {
  let { fn: t2, iterations: n2, limit: r2, signal: i2, time: a2 = 0, timestampProvider: o2 = v } = e2, s2 = n2 === 0 ? r2 : Math.max(0, Math.min(r2, n2)), l2 = [], u2 = [], d2 = true, f2 = 0, p2 = Number.isFinite(a2) && a2 > 0, m2 = n2 > 0, h2 = 0, g2 = o2.fn, _2 = m2 ? p2 ? () => d2 && f2++ < n2 && (g2() < h2 || (d2 = false)) : () => d2 && f2++ < n2 : p2 ? () => d2 && (g2() < h2 || (d2 = false)) : () => d2, y2 = (e3) => {
    d2 && u2.push(e3);
  }, b = (e3) => {
    l2.push(c(e3));
  }, x2 = () => d2 = false;
  if (i2) {
    if (i2.aborted) return [];
    i2.addEventListener("abort", x2);
  }
  let S2 = async () => {
    for (; _2(); ) try {
      y2(await t2());
    } catch (e3) {
      d2 = false, b(e3);
      break;
    }
  };
  try {
    p2 && (h2 = g2() + o2.fromMs(a2));
    let e3 = Array.from({ length: s2 }, () => S2());
    await Promise.allSettled(e3);
  } finally {
    i2?.removeEventListener("abort", x2);
  }
  if (l2.length === 0) return u2;
  throw l2.length === 1 ? l2[0] : AggregateError(l2, "Multiple errors occurred during concurrent execution");
};
var O = (e2, t2 = 5, n2 = 2) => {
  if (e2 === Infinity) return "+\u221E";
  if (e2 === -Infinity) return "-\u221E";
  if (e2 !== e2) return "NaN";
  let r2 = Math.abs(e2);
  if (r2 >= 10 ** t2) return e2.toFixed();
  if (r2 < 10 ** (t2 - n2)) return e2.toFixed(n2);
  let i2 = Math.min(Math.max(0, t2 - (Math.floor(Math.log10(r2)) + 1)), n2);
  return e2.toFixed(i2);
};
var te = (e2) => {
  let t2 = e2.result.state;
  return {
    "Task name": e2.name,
    ...t2 === "aborted-with-statistics" || t2 === "completed" ? {
      "Latency avg (ns)": `${O(u(e2.result.latency.mean))} \xB1 ${O(e2.result.latency.rme)}%`,
      "Latency med (ns)": `${O(u(e2.result.latency.p50))} \xB1 ${O(u(e2.result.latency.mad))}`,
      "Throughput avg (ops/s)": `${Math.round(e2.result.throughput.mean).toString()} \xB1 ${O(e2.result.throughput.rme)}%`,
      "Throughput med (ops/s)": `${Math.round(e2.result.throughput.p50).toString()} \xB1 ${Math.round(e2.result.throughput.mad).toString()}`,
      Samples: e2.result.latency.samplesCount
    } : t2 === "errored" ? {
      Error: e2.result.error.message,
      Stack: e2.result.error.stack ?? "N/A"
    } : {
      "Latency avg (ns)": "N/A",
      "Latency med (ns)": "N/A",
      "Throughput avg (ops/s)": "N/A",
      "Throughput med (ops/s)": "N/A",
      Samples: "N/A",
      Remarks: t2
    },
    ...t2 === "aborted-with-statistics" && { Remarks: t2 }
  };
};
var [k, ...A] = [
  0.9999999999998099,
  676.5203681218851,
  -1259.1392167224028,
  771.3234287776531,
  -176.6150291621406,
  12.507343278686905,
  -0.13857109526572012,
  9984369578019572e-21,
  15056327351493116e-23
];
var j = (e2) => {
  let t2 = k;
  for (let n2 = 0; n2 < A.length; n2++) t2 += A[n2] / (e2 + n2);
  return 0.5 * Math.log(2 * Math.PI) + (e2 - 0.5) * Math.log(e2 + 6.5) - (e2 + 6.5) + Math.log(t2);
};
var M = (e2, t2, n2) => {
  let r2 = e2 + t2, i2 = e2 + 1, a2 = e2 - 1, o2 = 1, s2 = 1 - r2 * n2 / i2;
  Math.abs(s2) < 1e-300 && (s2 = 1e-300), s2 = 1 / s2;
  let c2 = s2;
  for (let l2 = 1; l2 <= 300; l2++) {
    let u2 = 2 * l2, d2 = l2 * (t2 - l2) * n2 / ((a2 + u2) * (e2 + u2));
    s2 = 1 + d2 * s2, Math.abs(s2) < 1e-300 && (s2 = 1e-300), o2 = 1 + d2 / o2, Math.abs(o2) < 1e-300 && (o2 = 1e-300), s2 = 1 / s2, c2 *= s2 * o2, d2 = -(e2 + l2) * (r2 + l2) * n2 / ((e2 + u2) * (i2 + u2)), s2 = 1 + d2 * s2, Math.abs(s2) < 1e-300 && (s2 = 1e-300), o2 = 1 + d2 / o2, Math.abs(o2) < 1e-300 && (o2 = 1e-300), s2 = 1 / s2;
    let f2 = s2 * o2;
    if (c2 *= f2, Math.abs(f2 - 1) < 1e-16) break;
  }
  return c2;
};
var N = (e2) => {
  let t2 = e2 > 0 ? e2 : 1, n2 = t2 / 2, r2 = 0.5, i2 = n2 < 12 ? j(n2 + 0.5) - j(n2) : 0.5 * Math.log(n2) - 1 / (8 * n2) + 1 / (192 * n2 ** 3) - 1 / (640 * n2 ** 5) + 0.00118582565234835 / n2 ** 7 - 0.00167977198469943 / n2 ** 9 + 0.00342404392538552 / n2 ** 11, a2 = 0.5 * Math.log(Math.PI), o2 = i2 - 0.5 * Math.log(t2 * Math.PI), s2 = (e3) => {
    let o3 = e3 * e3, s3 = o3 / (t2 + o3), c3 = Math.exp(i2 - a2 + n2 * Math.log1p(-s3) + r2 * Math.log(s3));
    return s3 <= 0.5 ? 1 - c3 * M(r2, n2, s3) / r2 : c3 * M(n2, r2, 1 - s3) / n2;
  }, c2 = (e3) => o2 - (t2 + 1) / 2 * Math.log1p(e3 * e3 / t2), l2 = 1.959963984540054;
  for (let e3 = 0; e3 < 30; e3++) {
    let e4 = Math.exp(-c2(l2)), t3 = 0.5 * (s2(l2) - 0.05) * e4;
    if (!Number.isFinite(t3)) break;
    let n3 = l2 + t3;
    if (!(n3 > 0)) break;
    let r3 = Math.abs(t3);
    if (l2 = n3, r3 <= 4e-16 * e4) break;
  }
  return l2;
};
var P = (e2) => Array.isArray(e2) && e2.length !== 0;
function F(e2) {
  let t2 = e2.length;
  if (t2 < 1024) {
    e2.sort(z);
    return;
  }
  let n2 = true, r2 = true, i2 = e2[0];
  for (let a3 = 0; a3 < t2; a3++) {
    let t3 = e2[a3];
    if (!Number.isFinite(t3) || Object.is(t3, -0)) {
      e2.sort(z);
      return;
    }
    (n2 || r2) && (n2 &&= t3 >= i2, r2 &&= t3 <= i2, i2 = t3);
  }
  if (n2) return;
  if (r2) {
    e2.reverse();
    return;
  }
  let a2 = new Float64Array(e2).sort();
  for (let n3 = 0; n3 < t2; n3++) e2[n3] = a2[n3];
}
var I = (e2) => {
  let t2 = e2.length;
  if (t2 === 1) return {
    mean: e2[0],
    vr: 0
  };
  let n2 = 0, r2 = 0, i2 = 0;
  for (; i2 < t2; ) {
    let t3 = e2[i2++], a2 = t3 - n2;
    n2 += a2 / i2, r2 += a2 * (t3 - n2);
  }
  return {
    mean: n2,
    vr: r2 / (t2 - 1)
  };
};
var L = (e2, t2) => {
  let n2 = e2 + t2;
  return Number.isFinite(n2) ? n2 / 2 : e2 / 2 + t2 / 2;
};
var R = (e2, t2) => {
  let n2 = (e2.length - 1) * t2, r2 = Math.floor(n2), i2 = e2[r2];
  if (n2 === r2) return i2;
  let a2 = e2[r2 + 1];
  if (i2 === a2) return i2;
  let o2 = n2 - r2;
  if (o2 === 0.5) return L(i2, a2);
  let s2 = a2 - i2;
  return Number.isFinite(s2) ? i2 + o2 * s2 : (1 - o2) * i2 + o2 * a2;
};
var z = (e2, t2) => e2 - t2;
var B = (e2, t2) => {
  let n2 = 0, r2 = e2.length, i2 = 0;
  for (; i2 < r2; ) n2 += (Math.abs(e2[i2++] - t2) - n2) / i2;
  return n2;
};
function V(e2, t2) {
  let n2 = e2.length;
  if (n2 === 1) return 0;
  let r2 = n2 >> 1, i2 = n2 + 1 >> 1, a2 = 0, o2 = r2, s2, c2, l2, u2, d2, f2;
  for (; a2 <= o2; ) {
    if (s2 = a2 + o2 >> 1, c2 = i2 - s2, l2 = s2 === 0 ? -Infinity : t2 - e2[r2 - s2], d2 = s2 === r2 ? Infinity : t2 - e2[r2 - s2 - 1], u2 = c2 === 0 ? -Infinity : e2[r2 + c2 - 1] - t2, f2 = c2 === n2 - r2 ? Infinity : e2[r2 + c2] - t2, l2 <= f2 && u2 <= d2) return n2 & 1 ? Math.max(l2, u2) : L(Math.max(l2, u2), Math.min(d2, f2));
    l2 > f2 ? o2 = s2 - 1 : a2 = s2 + 1;
  }
  return 0;
}
var H = (e2) => V(e2, R(e2, 0.5));
function U(e2, t2 = false) {
  let { mean: n2, vr: r2 } = I(e2), i2 = Math.sqrt(r2), a2 = i2 / Math.sqrt(e2.length), o2 = e2.length - 1, s2 = N(o2), c2 = a2 * s2, l2 = n2 === 0 ? Infinity : c2 / Math.abs(n2) * 100, u2 = R(e2, 0.5);
  return {
    aad: B(e2, n2),
    critical: s2,
    df: o2,
    mad: V(e2, u2),
    max: e2[o2],
    mean: n2,
    min: e2[0],
    moe: c2,
    p50: u2,
    p75: R(e2, 0.75),
    p99: R(e2, 0.99),
    p995: R(e2, 0.995),
    p999: R(e2, 0.999),
    rme: l2,
    samples: t2 ? e2 : void 0,
    samplesCount: e2.length,
    sd: i2,
    sem: a2,
    variance: r2
  };
}
var W = (e2, t2) => {
  let n2 = e2.length;
  if (n2 < 10) return;
  let r2 = 0;
  for (let t3 of e2) t3 === 0 && r2++;
  if (r2 * 2 > n2) return "zero-dominated";
  let i2 = Math.max(3, Math.min(10, Math.floor(n2 / 1e3))), a2 = 1;
  for (let t3 = 1; t3 < n2 && !(e2[t3] !== e2[t3 - 1] && (a2++, a2 >= i2)); t3++) ;
  if (a2 < i2) return "low-distinct";
  if (n2 > 100 && t2 === 0) return "zero-mad";
};
var K = (e2) => {
  let t2;
  for (let n2 = 0; n2 < e2.length; n2++) {
    let r2 = e2[n2];
    if (!(r2 <= 0) && (t2 ??= r2, e2[n2 + 1] === r2)) return r2;
  }
  return t2;
};
var q = (e2, t2 = {}) => {
  let { estimator: n2 = "median", pairs: r2 = 1024, warmupPairs: i2 = 64 } = t2, { fn: a2, toMs: o2 } = e2;
  if (!Number.isInteger(r2) || r2 <= 0) return 0;
  if (Number.isInteger(i2) && i2 > 0) for (let e3 = 0; e3 < i2; e3++) {
    let e4 = a2();
    o2(a2() - e4);
  }
  let s2 = [];
  for (let e3 = 0; e3 < r2; e3++) {
    let e4 = a2(), t3 = o2(a2() - e4);
    t3 > 0 && s2.push(t3);
  }
  return s2.length * 2 < r2 ? 0 : (s2.sort(z), n2 === "min" ? s2[0] : R(s2, n2 === "p05" ? 0.05 : 0.5));
};
var ne = [
  "afterAll",
  "beforeAll",
  "beforeEach",
  "afterEach"
];
var re = ["not-started", "started"];
var J = { state: "not-started" };
var Y = { state: "aborted" };
var ie = { state: "started" };
var X = class extends EventTarget {
  get detectedResolution() {
    return this.#r;
  }
  get name() {
    return this.#o;
  }
  get result() {
    return {
      ...this.#s,
      runtime: this.#n.runtime,
      runtimeVersion: this.#n.runtimeVersion,
      timestampProviderName: this.#n.timestampProvider.name
    };
  }
  get runs() {
    return this.#l;
  }
  #e = false;
  #t;
  #n;
  #r = void 0;
  #i;
  #a;
  #o;
  #s = J;
  #c;
  #l = 0;
  #u;
  #d;
  #f;
  #p;
  constructor(e2, t2, n2, r2 = {}) {
    super(), this.#n = e2, this.#o = t2, this.#i = n2, this.#a = r2, this.#t = r2.async ?? o(n2), this.#u = r2.signal, this.#c = r2.retainSamples ?? e2.retainSamples, this.#f = e2.timestampProvider, this.#d = e2.timestampProvider.fn, this.#p = e2.timestampProvider.toMs;
    for (let e3 of ne) this.#a[e3] != null && s(typeof this.#a[e3] == "function", `'${e3}' must be a function if provided`);
    this.reset(false), this.#u && (this.#u.aborted ? this.#v() : this.#u.addEventListener("abort", this.#v.bind(this), { once: true })), this.#n.signal && (this.#n.signal.aborted ? this.#v() : this.#n.signal.addEventListener("abort", this.#v.bind(this), { once: true }));
  }
  reset(e2 = true) {
    this.#l = 0, this.#r = void 0, this.#s = this.#e ? Y : J, e2 && this.dispatchEvent(new n("reset", this));
  }
  async run() {
    if (this.#s.state !== "not-started") return this;
    this.#s = { state: "started" }, this.dispatchEvent(new n("start", this)), await this.#n.setup(this, "run");
    let { error: e2, overriddenIndices: t2, samples: r2 } = await this.#m("run", this.#n.time, this.#n.iterations);
    return await this.#n.teardown(this, "run"), this.#b({
      error: e2,
      latencySamples: r2,
      overriddenIndices: t2
    }), this;
  }
  runSync() {
    if (this.#s.state !== "not-started") return this;
    s(this.#n.concurrency === null, "Cannot use `concurrency` option when using `runSync`"), this.#s = ie, this.dispatchEvent(new n("start", this));
    let e2 = this.#n.setup(this, "run");
    s(!r(e2), "`setup` function must be sync when using `runSync()`");
    let { error: t2, overriddenIndices: i2, samples: a2 } = this.#h("run", this.#n.time, this.#n.iterations), o2 = this.#n.teardown(this, "run");
    return s(!r(o2), "`teardown` function must be sync when using `runSync()`"), this.#b({
      error: t2,
      latencySamples: a2,
      overriddenIndices: i2
    }), this;
  }
  async warmup() {
    if (this.#s.state !== "not-started") return;
    this.dispatchEvent(new n("warmup", this)), await this.#n.setup(this, "warmup");
    let { error: e2 } = await this.#m("warmup", this.#n.warmupTime, this.#n.warmupIterations);
    await this.#n.teardown(this, "warmup"), this.#y(e2);
  }
  warmupSync() {
    if (this.#s.state !== "not-started") return;
    this.dispatchEvent(new n("warmup", this));
    let e2 = this.#n.setup(this, "warmup");
    s(!r(e2), "`setup` function must be sync when using `runSync()`");
    let { error: t2 } = this.#h("warmup", this.#n.warmupTime, this.#n.warmupIterations), i2 = this.#n.teardown(this, "warmup");
    s(!r(i2), "`teardown` function must be sync when using `runSync()`"), this.#y(t2);
  }
  async #m(e2, t2, n2) {
    try {
      this.#a.beforeAll && await this.#a.beforeAll.call(this, e2);
      let r2 = this.#n.concurrency !== "task", i2 = 0, a2 = [], o2 = /* @__PURE__ */ new Set(), s2 = async () => {
        if (!this.#e) try {
          this.#a.beforeEach != null && await this.#a.beforeEach.call(this, e2);
          let { iterationCost: t3, overridden: n3, taskTime: s3 } = this.#t ? await this.#g(r2) : this.#_(r2), c2 = a2.push(s3) - 1;
          n3 && o2.add(c2), r2 && (i2 += t3 ?? s3);
        } finally {
          this.#a.afterEach != null && await this.#a.afterEach.call(this, e2);
        }
      };
      if (!r2) await ee({
        fn: s2,
        iterations: n2,
        limit: Math.max(1, Math.floor(this.#n.threshold)),
        signal: this.#u ?? this.#n.signal,
        time: t2,
        timestampProvider: this.#f
      }), this.#l = a2.length;
      else for (; (i2 < t2 || a2.length < n2) && !this.#e; ) await s2();
      return this.#a.afterAll != null && await this.#a.afterAll.call(this, e2), P(a2) ? {
        overriddenIndices: o2,
        samples: a2
      } : {};
    } catch (e3) {
      return { error: c(e3) };
    }
  }
  #h(e2, t2, n2) {
    try {
      if (this.#a.beforeAll) {
        let t3 = this.#a.beforeAll.call(this, e2);
        s(!r(t3), "`beforeAll` function must be sync when using `runSync()`");
      }
      let i2 = 0, a2 = [], o2 = /* @__PURE__ */ new Set(), c2 = () => {
        if (!this.#e) try {
          if (this.#a.beforeEach) {
            let t4 = this.#a.beforeEach.call(this, e2);
            s(!r(t4), "`beforeEach` function must be sync when using `runSync()`");
          }
          let { iterationCost: t3, overridden: n3, taskTime: c3 } = this.#_(true), l2 = a2.push(c3) - 1;
          n3 && o2.add(l2), i2 += t3 ?? c3;
        } finally {
          if (this.#a.afterEach) {
            let t3 = this.#a.afterEach.call(this, e2);
            s(!r(t3), "`afterEach` function must be sync when using `runSync()`");
          }
        }
      };
      for (; (i2 < t2 || a2.length < n2) && !this.#e; ) c2();
      if (this.#a.afterAll) {
        let t3 = this.#a.afterAll.call(this, e2);
        s(!r(t3), "`afterAll` function must be sync when using `runSync()`");
      }
      return P(a2) ? {
        overriddenIndices: o2,
        samples: a2
      } : {};
    } catch (e3) {
      return { error: c(e3) };
    }
  }
  async #g(e2) {
    let t2 = this.#d(), n2 = await this.#i.call(this), r2 = this.#p(this.#d() - t2), i2 = e2 ? Q(n2) : void 0, a2 = Z(n2);
    return a2 === void 0 ? {
      iterationCost: i2,
      overridden: false,
      taskTime: r2
    } : {
      iterationCost: i2,
      overridden: true,
      taskTime: a2
    };
  }
  #_(e2) {
    let t2 = this.#d(), n2 = this.#i.call(this), i2 = this.#p(this.#d() - t2);
    s(!r(n2), "task function must be sync when using `runSync()`");
    let a2 = e2 ? Q(n2) : void 0, o2 = Z(n2);
    return o2 === void 0 ? {
      iterationCost: a2,
      overridden: false,
      taskTime: i2
    } : {
      iterationCost: a2,
      overridden: true,
      taskTime: o2
    };
  }
  #v() {
    if (this.#e = true, re.includes(this.#s.state)) {
      this.#s = Y;
      let e2 = new n("abort", this);
      this.dispatchEvent(e2), this.#n.dispatchEvent(e2);
    }
  }
  #y(e2) {
    if (e2) {
      this.#s = {
        state: "errored",
        error: e2
      };
      let t2 = new n("error", this, e2);
      if (this.dispatchEvent(t2), this.#n.dispatchEvent(t2), this.#n.throws) throw e2;
    }
  }
  #b({ error: e2, latencySamples: t2, overriddenIndices: r2 }) {
    if (P(t2)) {
      this.#l = t2.length;
      let e3 = this.#n.timerOverhead;
      if (e3 !== void 0 && e3 > 0) for (let n2 = 0; n2 < t2.length; n2++) r2?.has(n2) || (t2[n2] = Math.max(0, t2[n2] - e3));
      let i3 = (r2?.size ?? 0) > 0, a2 = i3 ? t2.filter((e4, t3) => !r2?.has(t3)) : t2;
      F(t2);
      let o2 = U(t2, this.#c), s2;
      i3 ? P(a2) ? (F(a2), this.#r = K(a2), s2 = W(a2, H(a2))) : this.#r = void 0 : (this.#r = K(t2), s2 = W(t2, o2.mad));
      let c2 = o2.mean, l2 = 0, u2 = [];
      for (let e4 of t2) e4 === 0 ? u2.push(c2 === 0 ? 0 : 1e3 / c2) : (l2 += e4, u2.push(1e3 / e4));
      F(u2);
      let d2 = U(u2, this.#c);
      if (this.#s = {
        state: this.#e ? "aborted-with-statistics" : "completed",
        latency: o2,
        period: l2 / this.runs,
        throughput: d2,
        totalTime: l2
      }, s2 !== void 0) {
        let e4 = new n("warning", this, s2);
        this.dispatchEvent(e4), this.#n.dispatchEvent(e4);
      }
    } else this.#e && (this.#s = Y);
    if (e2) {
      this.#s = {
        state: "errored",
        error: e2
      };
      let t3 = new n("error", this, e2);
      if (this.dispatchEvent(t3), this.#n.dispatchEvent(t3), this.#n.throws) throw e2;
    }
    let i2 = new n("cycle", this);
    this.dispatchEvent(i2), this.#n.dispatchEvent(i2), this.dispatchEvent(new n("complete", this));
  }
};
function Z(e2) {
  if (typeof e2 != "object" || !e2) return;
  let t2 = e2;
  if (!("overriddenDuration" in t2)) return;
  let n2 = t2.overriddenDuration;
  return typeof n2 == "number" && Number.isFinite(n2) && n2 >= 0 ? n2 : void 0;
}
function Q(e2) {
  if (typeof e2 != "object" || !e2) return;
  let t2 = e2;
  try {
    if (!("overriddenIterationCost" in t2)) return;
    let e3 = t2.overriddenIterationCost;
    return typeof e3 == "number" && Number.isFinite(e3) && e3 >= 0 ? e3 : void 0;
  } catch {
    return;
  }
}
var $ = '`subtractTimerOverhead` cannot be used with `concurrency: "task"` \u2014 set `concurrency` to `null` or `"bench"`, or disable `subtractTimerOverhead`';
var ae = class extends EventTarget {
  concurrency;
  iterations;
  name;
  now;
  retainSamples;
  runtime;
  runtimeVersion;
  setup;
  signal;
  subtractTimerOverhead;
  teardown;
  threshold;
  throws;
  time;
  timerOverhead;
  timestampProvider;
  warmup;
  warmupIterations;
  warmupTime;
  get results() {
    return this.tasks.map((e2) => e2.result);
  }
  get tasks() {
    return [...this.#e.values()];
  }
  #e = /* @__PURE__ */ new Map();
  constructor(t2 = {}) {
    super();
    let { name: r2, ...i2 } = t2;
    this.name = r2, this.runtime = h, this.runtimeVersion = g, this.concurrency = i2.concurrency ?? null, this.threshold = i2.threshold ?? Infinity, this.time = i2.time ?? 1e3, this.iterations = i2.iterations ?? 64, s(i2.now === void 0 || i2.timestampProvider === void 0, "Cannot set both `now` and `timestampProvider` options"), this.timestampProvider = E(i2.now ?? i2.timestampProvider), this.now = () => this.timestampProvider.toMs(this.timestampProvider.fn()), this.warmup = i2.warmup ?? true, this.warmupIterations = i2.warmupIterations ?? 16, this.warmupTime = i2.warmupTime ?? 250, this.setup = i2.setup ?? e, this.teardown = i2.teardown ?? e, this.throws = i2.throws ?? false, i2.signal != null && (this.signal = i2.signal), this.retainSamples = i2.retainSamples === true, this.subtractTimerOverhead = i2.subtractTimerOverhead === true, s(!(this.subtractTimerOverhead && this.concurrency === "task"), $);
    let a2 = this.subtractTimerOverhead ? q(this.timestampProvider) : void 0;
    a2 != null && (this.timerOverhead = a2), this.signal && this.signal.addEventListener("abort", () => {
      this.dispatchEvent(new n("abort"));
    }, { once: true });
  }
  add(e2, t2, r2 = {}) {
    if (this.#e.has(e2)) throw Error(`Task "${e2}" already exists`);
    {
      let i2 = new X(this, e2, t2, r2);
      this.#e.set(e2, i2), this.dispatchEvent(new n("add", i2));
    }
    return this;
  }
  getTask(e2) {
    return this.#e.get(e2);
  }
  remove(e2) {
    let t2 = this.getTask(e2);
    return t2 && (this.#e.delete(e2), this.dispatchEvent(new n("remove", t2))), this;
  }
  reset() {
    for (let e2 of this.#e.values()) e2.reset();
    this.dispatchEvent(new n("reset"));
  }
  async run() {
    s(!(this.subtractTimerOverhead && this.concurrency === "task"), $), this.warmup && await this.#t(), this.dispatchEvent(new n("start"));
    let e2 = [];
    if (this.concurrency === "bench") {
      let t2 = [];
      for (let e3 of this.#e.values()) t2.push(e3.run());
      e2 = await Promise.all(t2);
    } else for (let t2 of this.#e.values()) e2.push(await t2.run());
    return this.dispatchEvent(new n("complete")), e2;
  }
  runSync() {
    s(this.concurrency === null, "Cannot use `concurrency` option when using `runSync`"), this.warmup && this.#n();
    let e2 = [];
    this.dispatchEvent(new n("start"));
    for (let t2 of this.#e.values()) e2.push(t2.runSync());
    return this.dispatchEvent(new n("complete")), e2;
  }
  table(e2 = te) {
    return this.tasks.map(e2);
  }
  async #t() {
    if (this.dispatchEvent(new n("warmup")), this.concurrency === "bench") {
      let e2 = [];
      for (let t2 of this.#e.values()) e2.push(t2.warmup());
      await Promise.all(e2);
    } else for (let e2 of this.#e.values()) await e2.warmup();
  }
  #n() {
    this.dispatchEvent(new n("warmup"));
    for (let e2 of this.#e.values()) e2.warmupSync();
  }
};

// src/scenarios/micro/timing.ts
var BATCH_MS = 0.02;
var MOST_CALLS2 = 2 ** 24;
var now = () => performance.now();
async function warmUp(loop, ms, beat) {
  const end = now() + ms;
  let calls = 1;
  for (; ; ) {
    const started = now();
    const running = loop.run(calls);
    if (loop.async) await running;
    const took = now() - started;
    beat();
    const grows = took < BATCH_MS && calls < MOST_CALLS2;
    if (now() >= end && !grows) return calls;
    if (grows) calls = Math.min(MOST_CALLS2, calls * 10, Math.ceil(calls * 1.2 * BATCH_MS / (took || 1e-6)));
    else if (calls > 1 && took > 4 * BATCH_MS)
      calls = Math.max(1, Math.floor(calls * 1.2 * BATCH_MS / took));
  }
}
async function timeBatches(loop, calls, ms, beat) {
  const bench = new ae({ time: ms, iterations: 1, warmup: false, retainSamples: true, throws: true });
  let elapsedMs = 0;
  let batches = 0;
  const done = (started) => {
    const took = now() - started;
    elapsedMs += took;
    batches += 1;
    beat();
    return { overriddenDuration: took / calls, overriddenIterationCost: took };
  };
  if (loop.async) {
    const batch = async () => {
      const started = now();
      await loop.run(calls);
      return done(started);
    };
    bench.add("batch", batch, { async: true });
    await bench.run();
  } else {
    const batch = () => {
      const started = now();
      loop.run(calls);
      return done(started);
    };
    bench.add("batch", batch, { async: false });
    bench.runSync();
  }
  return { calls: batches * calls, elapsedMs, time: recorded(bench) };
}
async function timeConcurrently(call, concurrency, ms, beat) {
  const bench = new ae({
    time: ms,
    iterations: 0,
    threshold: concurrency,
    concurrency: "task",
    warmup: false,
    retainSamples: true,
    throws: true
  });
  let calls = 0;
  const one = async () => {
    await call();
    calls += 1;
    beat();
  };
  bench.add("call", one, { async: true });
  await bench.run();
  const inAllMs = samplesOf(bench).reduce((sum, ms2) => sum + ms2, 0);
  return { calls, elapsedMs: inAllMs / concurrency, time: recorded(bench) };
}
function samplesOf(bench) {
  const result = bench.tasks[0]?.result;
  return result !== void 0 && "latency" in result ? result.latency.samples ?? [] : [];
}
function recorded(bench) {
  const recorder = new HistogramRecorder("ns");
  for (const ms of samplesOf(bench)) recorder.record(Math.max(0, ms * 1e6));
  return recorder.distribution();
}

// src/scenarios/micro/measure.ts
var LAZY = "a generator: calling it does none of its work, so let a function iterate over it to its end";
var AS_EMPTY = 1.3;
var MOSTLY_LOOP = 2;
var NO_BYTES = 8;
var FLOOR_MS = 20;
async function measureCase(one, plan, { beat, enter: enter2 }) {
  if (one.fault !== void 0) throw new Unmeasurable("cannot be run", one.fault);
  if (isGeneratorFunction(one.fn)) throw new Unmeasurable("cannot be run", `it is ${LAZY}`);
  if (hasEmptyBody(one.fn)) {
    throw new Unmeasurable("does nothing", "the function has no body; let it do what is to be measured");
  }
  if (one.setup !== null) enter2("setup");
  const state = one.setup === null ? void 0 : await orThrown("in its setup, ", one.setup, one, one.args);
  const args = state === void 0 ? one.args : [state, ...one.args];
  enter2("calls");
  const figures = await orThrown("", () => timeCase(one, args, plan, beat), one, []);
  if (one.teardown !== null) {
    enter2("teardown");
    await orThrown("in its teardown, ", one.teardown, one, args);
  }
  return figures;
}
async function orThrown(where, call, { self }, args) {
  try {
    return await call.apply(self, [...args]);
  } catch (error) {
    if (error instanceof Unmeasurable) throw error;
    throw new Unmeasurable("throws", `${where}${thrownText(error)}`);
  }
}
async function timeCase(one, args, plan, beat) {
  const sink = { value: void 0 };
  const first = one.fn.apply(one.self, [...args]);
  const async = isThenable(first);
  sink.value = await first;
  if (isGenerator(sink.value)) throw new Unmeasurable("cannot be run", `what it gives is ${LAZY}`);
  await setImmediate();
  beat();
  const firstReturns = sink.value !== void 0;
  const loop = loopFor(one, args, async, sink);
  const timed = plan.concurrency > 1 ? await timedTogether(one, args, async, plan, beat) : await timedAlone(loop, plan, beat);
  const fastest = histogramQuantile(timed.time, 0.05) ?? 0;
  const middle2 = histogramQuantile(timed.time, 0.5) ?? 0;
  const empty = loopFor({ self: null, fn: async ? async () => {
  } : () => {
  } }, args, async, {
    value: void 0
  });
  const heap = await bytesPerCall(loop, empty, middle2 / 1e6, beat);
  if (plan.concurrency === 1) {
    const returns = firstReturns || sink.value !== void 0;
    const leavesNothing = !returns && (heap !== void 0 ? heap < NO_BYTES : !async && leavesLittle(loop, middle2 / 1e6, beat));
    await refuseTooFast(fastest, empty, { returns, leavesNothing }, beat);
  }
  sink.value = void 0;
  return {
    elapsedMs: timed.elapsedMs,
    calls: timed.calls,
    time: timed.time,
    ops: timed.calls * 1e3 / timed.elapsedMs,
    ...heap !== void 0 && { heap }
  };
}
async function timedAlone(loop, plan, beat) {
  const calls = await warmUp(loop, plan.warmupMs, beat);
  return await inHalves(() => timeBatches(loop, calls, plan.durationMs / 2, beat));
}
async function timedTogether({ self, fn }, args, async, { concurrency, warmupMs, durationMs }, beat) {
  if (!async) {
    throw new Unmeasurable(
      "cannot be run",
      "concurrency needs an asynchronous function, and this one gives its result at once; leave concurrency out"
    );
  }
  const call = () => fn.apply(self, [...args]);
  await timeConcurrently(call, concurrency, Math.max(1, warmupMs), beat);
  return await inHalves(() => timeConcurrently(call, concurrency, durationMs / 2, beat));
}
async function inHalves(time) {
  const quiet = printed();
  const before = settledBytes();
  const first = await time();
  const between = settledBytes();
  const second = await time();
  const after = settledBytes();
  const [calls, elapsedMs] = [first.calls + second.calls, first.elapsedMs + second.elapsedMs];
  refusePrinting(printed() - quiet, calls, elapsedMs);
  refuseGrowth([before, between, after], [first.calls, second.calls]);
  return { calls, elapsedMs, time: mergeHistograms([first.time, second.time]) };
}
async function refuseTooFast(fastest, empty, left, beat) {
  const calls = await warmUp(empty, FLOOR_MS, beat);
  const floor = histogramQuantile((await timeBatches(empty, calls, FLOOR_MS, beat)).time, 0.05) ?? 0;
  const cost = `${fastest.toPrecision(2)} ns a call`;
  if (fastest <= AS_EMPTY * floor && !empty.async) {
    throw new Unmeasurable(
      "optimised away",
      `${cost} is what an empty function takes: ${left.returns ? "its result is known beforehand, so let it depend on something that changes" : "its result is not used, so return it"}`
    );
  }
  if (left.leavesNothing && (!empty.async || fastest <= MOSTLY_LOOP * floor)) {
    throw new Unmeasurable(
      "returns nothing",
      `it takes ${cost} and allocates nothing, so what it computes may have been thrown away; return the result, or any value where it is there to change something`
    );
  }
  if (fastest > MOSTLY_LOOP * floor) return;
  throw new Unmeasurable(
    "too fast for the clock",
    `${cost}, of which calling it takes ${floor.toPrecision(2)}; let one call do more, a thousand times the same for instance`
  );
}

// src/scenarios/micro/orphan.ts
import { Worker } from "node:worker_threads";
var LOOK_MS2 = 500;
var WATCH = `
const { workerData: { parent, first, look } } = require('node:worker_threads');
const isGone = () => {
  if (process.ppid !== first) return true;
  try { process.kill(parent, 0); } catch (error) { return error.code === 'ESRCH'; }
  return false;
};
setInterval(() => {
  if (!isGone()) return;
  try { process.kill(-process.pid, 'SIGKILL'); } catch {}
  process.kill(process.pid, 'SIGKILL');
}, look);
`;
function endWithParent(parent) {
  return new Promise((resolve2) => {
    const workerData = { parent, first: process.ppid, look: LOOK_MS2 };
    const watch = new Worker(WATCH, { eval: true, workerData, env: {}, execArgv: [], name: "watch" });
    watch.unref();
    watch.once("error", () => resolve2());
    watch.once("online", () => resolve2());
  });
}
function endGroup() {
  try {
    if (process.platform !== "win32") process.kill(-process.pid, "SIGKILL");
  } catch {
  }
  process.exit(0);
}

// src/scenarios/micro/runner.ts
var BEAT_MS = 100;
var LOOK_MS3 = 1;
var IMPORT_FAILS_MS = 50;
async function perform(job) {
  const beat = beats();
  try {
    if (job.type === "command") {
      enter("runs");
      return { type: "command", figures: await runCommand(job, beat) };
    }
    enter("loading");
    const cases = casesOf(await load(job.module), job);
    if (job.type === "list") return { type: "parts", names: cases.map(({ part }) => part) };
    const one = cases.find(({ part }) => part === job.part);
    if (one === void 0)
      throw new Unmeasurable("cannot be run", "the module exported it before, and does not any more");
    return { type: "figures", figures: await measureCase(one, job, { beat, enter }) };
  } catch (error) {
    if (error instanceof Unmeasurable) return { type: "unmeasurable", text: error.message };
    throw error;
  }
}
function beats() {
  const watch = heapWatch();
  let last = performance.now();
  let looked = last;
  return () => {
    const now2 = performance.now();
    if (now2 - looked < LOOK_MS3) return;
    looked = now2;
    refuseFlood();
    if (now2 - last < BEAT_MS) return;
    last = now2;
    watch();
    alive();
  };
}
var stage = "loading";
function enter(next) {
  stage = next;
  alive();
}
var alive = () => send({ type: "alive", stage });
var send = (message) => process.send?.(message);
process.on("disconnect", endGroup);
process.once("unhandledRejection", async (reason) => {
  process.on("unhandledRejection", () => {
  });
  if (stage === "loading" && reason instanceof SyntaxError) await sleep(IMPORT_FAILS_MS);
  send({
    type: "unmeasurable",
    text: `throws: a promise that nothing awaits was rejected, ${thrownText(reason)}; await it, or return it`
  });
});
process.once("message", async ({ job, parent }) => {
  if (job.type !== "command") await endWithParent(parent);
  const answer = await perform(job);
  await setImmediate2();
  send(answer);
});
