import { createRandom } from '../../src/stats/random.ts';

/** One benchmark job: requests per second of each program it measured, with the program's version. */
export type HistoryRun = { programs: ReadonlyMap<string, { version: string; requests: number }> };

/** Jobs whose typical figure is below this were recorded in thousands, and are put back into requests per second. */
const IN_THOUSANDS = 500;

/**
 * Reads a history: one JSON object a line, oldest first, `{ h: commit, d: date, a: [{ name, version, requests, latency }] }`,
 * `requests` the mean per second as a number or a string. Other fields are ignored. Throws with the line's number.
 */
export function parseHistory(text: string): HistoryRun[] {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines.filter(({ line }) => line !== '').map(({ line, number }) => parseRun(line, number));
}

function parseRun(line: string, number: number): HistoryRun {
  const expected = `line ${number} of the history is not {"h", "d", "a": [{"name", "version", "requests"}]}`;
  let entries: unknown;
  try {
    entries = (JSON.parse(line) as { a?: unknown }).a;
  } catch {
    throw new Error(expected);
  }
  if (!Array.isArray(entries)) throw new Error(expected);
  const programs = new Map<string, { version: string; requests: number }>();
  for (const entry of entries as { name?: unknown; version?: unknown; requests?: unknown }[]) {
    const requests = Number(entry.requests);
    if (typeof entry.name !== 'string') throw new Error(expected);
    if (requests > 0) programs.set(entry.name, { version: String(entry.version), requests });
  }
  const figures = [...programs.values()].map(({ requests }) => requests).sort((a, b) => a - b);
  const scale = (figures[Math.floor(figures.length / 2)] ?? 0) < IN_THOUSANDS ? 1000 : 1;
  return {
    programs: new Map(
      [...programs].map(([name, { version, requests }]) => [name, { version, requests: requests * scale }]),
    ),
  };
}

/** A made-up history in the same format, for where no recorded one is at hand: fourteen programs on machines of uneven speed. */
export function seededHistory(seed: number, runs = 80): string {
  const random = createRandom(seed);
  const names = Array.from({ length: 14 }, (_, i) => `program-${String.fromCharCode(97 + i)}`);
  const versions = new Map(names.map((name) => [name, 1]));
  const lines: string[] = [];
  for (let run = 0; run < runs; run++) {
    // Two kinds of machine in the pool, as hosted runners have.
    const machine = (random.uniform() < 0.3 ? -0.2 : 0) + 0.06 * random.normal();
    const a = names.map((name, i) => {
      if (random.uniform() < 0.03) versions.set(name, (versions.get(name) ?? 1) + 1);
      const requests = 30_000 * Math.exp(0.1 * i + machine + 0.02 * random.normal());
      return { name, version: `${versions.get(name)}.0.0`, requests: Math.round(requests) };
    });
    lines.push(JSON.stringify({ h: `run-${run}`, d: '2026-01-01T00:00:00Z', a }));
  }
  return `${lines.join('\n')}\n`;
}
