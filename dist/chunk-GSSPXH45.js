import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));

// src/processes/cut-text.ts
var CUT = "";
var cutEnd = (text, length) => text.length > length ? `${text.slice(0, length - 1)}${CUT}\u2026` : text;
var cutStart = (text, length) => text.length > length ? `${CUT}${text.slice(1 - length)}` : text;
function maskForms(text, forms) {
  let masked = text;
  for (const form of forms) masked = masked.replaceAll(form, "***");
  return dropParts(masked, forms);
}
function dropParts(text, forms) {
  if (!text.includes(CUT)) return text;
  const pieces = text.split(CUT);
  return pieces.map((piece, i) => {
    const start = i === 0 ? 0 : Math.max(0, ...forms.map((form) => shared(form, piece)));
    const end = i === pieces.length - 1 ? 0 : Math.max(0, ...forms.map((form) => shared(piece, form)));
    return piece.slice(start, Math.max(start, piece.length - end));
  }).join(CUT);
}
function shared(ending, beginning) {
  let length = Math.min(ending.length, beginning.length);
  while (!ending.endsWith(beginning.slice(0, length))) length -= 1;
  return length;
}

// src/processes/proc.ts
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
var TICKS_PER_SECOND = 100;
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
function readStat(pid) {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  const fields = text.slice(close + 2).split(" ");
  const number = (index) => Number(fields[index] ?? 0);
  return {
    pid,
    name: text.slice(open + 1, close),
    state: fields[0] ?? "?",
    parent: number(1),
    group: number(2),
    cpu: (number(11) + number(12)) / TICKS_PER_SECOND,
    childrenCpu: (number(13) + number(14)) / TICKS_PER_SECOND,
    started: number(19)
  };
}
function readOpenFilesLimit(pid) {
  const limit = /^Max open files\s+(\d+)/m.exec(read(`/proc/${pid}/limits`) ?? "")?.[1];
  return limit === void 0 ? null : Number(limit);
}
function readResident(pid) {
  const text = read(`/proc/${pid}/status`);
  const rss = text === null ? null : kilobytes(text, "VmRSS");
  if (text === null || rss === null) return null;
  return { rss, highest: kilobytes(text, "VmHWM") ?? rss };
}
function readWeight(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const anonymous = kilobytes(rollup, "Pss_Anon");
    const whole = kilobytes(rollup, "Pss");
    if (whole === null) return "gone";
    if (anonymous === null) return { share: whole, files: 0, program: "" };
    const share = anonymous + (kilobytes(rollup, "Pss_Shmem") ?? 0);
    return { share, files: kilobytes(status, "RssFile") ?? 0, program: linkTarget(`/proc/${pid}/exe`) };
  } catch {
    const state = readStat(pid)?.state;
    return state === void 0 || state === "Z" || state === "X" ? "gone" : "denied";
  }
}
function kilobytes(text, field) {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text);
  return match === null ? null : Number(match[1]) * 1024;
}
function readEnviron(pid) {
  return read(`/proc/${pid}/environ`);
}
function readCgroup(pid) {
  return read(`/proc/${pid}/cgroup`);
}
function childPids(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(
      (thread) => (read(`/proc/${pid}/task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number)
    );
  } catch {
    return [];
  }
}
function listPids() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
}
function listeningSockets() {
  const sockets = /* @__PURE__ */ new Map();
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of (read(file) ?? "").split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state !== "0A" || local === void 0 || inode === void 0) continue;
      sockets.set(inode, Number.parseInt(local.slice(local.lastIndexOf(":") + 1), 16));
    }
  }
  return sockets;
}
function listenerPids(port, pids = listPids()) {
  const sockets = new Map([...listeningSockets()].filter(([, listening]) => listening === port));
  return sockets.size === 0 ? [] : pids.filter((pid) => portsHeld(pid, sockets).length > 0);
}
function listeningPorts(pids) {
  const sockets = listeningSockets();
  return [...new Set(pids.flatMap((pid) => portsHeld(pid, sockets)))].sort((a, b) => a - b);
}
function portsHeld(pid, sockets) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkTarget(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? "";
      const port = sockets.get(inode);
      return port === void 0 ? [] : [port];
    });
  } catch {
    return [];
  }
}
function linkTarget(file) {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

export {
  CUT,
  cutEnd,
  cutStart,
  maskForms,
  readStat,
  readOpenFilesLimit,
  readResident,
  readWeight,
  readEnviron,
  readCgroup,
  childPids,
  listPids,
  listenerPids,
  listeningPorts
};
