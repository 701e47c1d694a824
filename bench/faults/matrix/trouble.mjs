/*
 * Loaded before the action, and only there: what happens to the machine that it runs on, and not to the network.
 * `TROUBLE` is a folder; a file `clock` in it sets the clock wrong by so many milliseconds from then on, a file `full`
 * leaves no room on the disk: its writes fail, from one exact call on and without the rights that a small file system
 * takes; what git writes goes on. The product's waits from five seconds on are divided by `HASTE`, and with `LIMITS` its time
 * limits too.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import timers from 'node:timers/promises';

const { TROUBLE = '', HASTE = '1', LIMITS = '' } = process.env;
if (/[\\/]action\.js$/.test(process.argv[1] ?? '') && TROUBLE !== '') {
  jump(join(TROUBLE, 'clock'));
  fill(join(TROUBLE, 'full'));
  wait(Number(HASTE));
  if (LIMITS !== '') hurry(Number(HASTE));
  syncBuiltinESMExports();
}

/** @param {string} file */
function jump(file) {
  const exists = fs.existsSync;
  const read = fs.readFileSync;
  const Real = Date;
  const now = () => Real.now() + (exists(file) ? Number(read(file, 'utf8')) : 0);
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(now());
      else super(...given);
    }
    static now() {
      return now();
    }
  };
}

/** @param {string} file */
function fill(file) {
  const exists = fs.existsSync;
  const noRoom = (call, path) =>
    Object.assign(new Error(`ENOSPC: no space left on device, ${call} '${path}'`), {
      errno: -28,
      code: 'ENOSPC',
      syscall: call,
      path,
    });
  const writes = (flags) => /[wa+]/.test(String(flags ?? 'r'));
  for (const name of ['writeFile', 'appendFile', 'mkdir', 'mkdtemp', 'copyFile', 'open']) {
    const [later, atOnce] = [fs.promises[name], fs[`${name}Sync`]];
    const refuses = (args) => exists(file) && (name !== 'open' || writes(args[1]));
    fs.promises[name] = async (...args) => {
      if (refuses(args)) throw noRoom(name, String(args[0]));
      return later(...args);
    };
    fs[`${name}Sync`] = (...args) => {
      if (refuses(args)) throw noRoom(name, String(args[0]));
      return atOnce(...args);
    };
  }
}

function shorter(ms, haste) {
  return typeof ms === 'number' && ms >= 5_000 ? ms / haste : ms;
}

/** Waits; what measures is in other processes, and is not hurried. */
function wait(haste) {
  const sleep = timers.setTimeout;
  timers.setTimeout = (ms, ...rest) => sleep(shorter(ms, haste), ...rest);
}

/** Time limits of requests, sockets and git. */
function hurry(haste) {
  const limit = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => limit.call(AbortSignal, shorter(ms, haste));
  const idle = net.Socket.prototype.setTimeout;
  net.Socket.prototype.setTimeout = function (ms, ...rest) {
    return idle.call(this, shorter(ms, haste), ...rest);
  };
  const later = globalThis.setTimeout;
  // Minutes are those of git and of an upload; a measurement's own limits are shorter, and are none of this.
  globalThis.setTimeout = (work, ms, ...rest) => later(work, ms >= 80_000 ? ms / haste : ms, ...rest);
}
