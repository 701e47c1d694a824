import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS, kindName } from './kinds.ts';
import type { StageCalls, Trial } from './plan.ts';
import { STAGES } from './stages.ts';

/** What a journal is about: parts of one matrix are gathered only from the same bundle and the same plan. */
export type Header = { dist: string; seed: number; pairs: number; kinds: string[]; stages: StageCalls[] };

/** One trial that has ended. `log` only of one that went wrong. */
export type Entry = {
  id: string;
  name: string;
  stage: string;
  kinds: string[];
  wrong: string[];
  missed: number;
  /** By the clock on the wall. */
  seconds: number;
  log?: string;
};

/** The digest of all files of a bundle. */
export function distDigest(actionDir: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(join(actionDir, 'dist')).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(actionDir, 'dist', file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A file of one JSON document a line: a header, then every trial as it ends. Without a path it is kept in memory alone. */
export class Journal {
  readonly #path: string | undefined;
  readonly entries: Entry[] = [];
  header: Header | undefined;

  /** Whether what is written stays: then it is about all stages, whichever are tried now. */
  get keeps(): boolean {
    return this.#path !== undefined;
  }

  constructor(path: string | undefined) {
    this.#path = path;
    if (path === undefined || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    // The last line may have been cut off in the middle: that trial is made again.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) writeFileSync(path, whole);
    const [header, ...entries] = whole.split('\n').filter(Boolean);
    if (header === undefined) return;
    this.header = JSON.parse(header) as Header;
    this.entries.push(...entries.map((line) => JSON.parse(line) as Entry));
  }

  /** Begins a journal, or goes on with it. Throws when it is of something else. */
  begin(header: Header): void {
    if (this.header === undefined) {
      this.header = header;
      this.#write(header);
      return;
    }
    for (const key of ['dist', 'seed', 'pairs'] as const)
      if (this.header[key] !== header[key])
        throw new Error(
          `${this.#path} is of another matrix (${key} ${this.header[key]}, now ${header[key]}): give another --journal`,
        );
    if (this.header.kinds.join() !== header.kinds.join())
      throw new Error(`${this.#path} is of other kinds of faults: give another --journal`);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.#write(entry);
  }

  #write(line: Header | Entry): void {
    if (this.#path !== undefined) appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }
}

/** How many trials there were of each kind in each stage, all that went wrong, and what a trial costs. */
export function summaryOf(entries: readonly Entry[], planned: readonly Trial[]): string {
  const ids = new Set(planned.map(({ id }) => id));
  const done = entries.filter(({ id }) => ids.has(id));
  const wrong = done.filter((entry) => entry.wrong.length > 0);
  const stages = STAGES.filter((stage) => done.some((entry) => entry.stage === stage));
  const count = (stage: string, kind: string | null) => {
    const among = done.filter(
      (entry) =>
        entry.stage === stage &&
        (kind === null ? entry.kinds.length > 1 : entry.kinds.length === 1 && entry.kinds[0] === kind),
    );
    const bad = among.filter((entry) => entry.wrong.length > 0).length;
    return among.length === 0 ? '' : bad === 0 ? `${among.length}` : `${among.length} (${bad} wrong)`;
  };
  const rows = [
    ...KINDS.map(kindName).map((kind) => [kind, ...stages.map((stage) => count(stage, kind))]),
    ['pairs', ...stages.map((stage) => count(stage, null))],
  ].filter(([, ...counts]) => counts.some((cell) => cell !== ''));
  const table = [['', ...stages], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const each = done.reduce((sum, { seconds }) => sum + seconds, 0) / Math.max(1, done.length);
  const missed = done.filter((entry) => entry.missed > 0).length;
  return [
    ...table,
    '',
    ...wrong.map((entry) => `${entry.name}: ${entry.wrong.join('; ')}\n${entry.log ?? ''}\n`),
    `${done.length} of ${planned.length} trials; ${each.toFixed(1)} s each; in ${missed} a fault struck nothing`,
    wrong.length === 0 ? 'every outcome as required' : `${wrong.length} went wrong: above`,
  ].join('\n');
}
