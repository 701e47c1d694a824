import type { Side } from '../domain/driver.ts';

/**
 * What a measurement tells while it runs. `block` counts from 0, and `of` is the most blocks there can be, as far as is known;
 * `round` and `rounds` likewise within the block, where it has more than one.
 */
export type ProgressEvent =
  | { type: 'setup'; side: Side['name']; command: string }
  | { type: 'boot'; side: Side['name']; block: number; of: number }
  | { type: 'round'; scenario: string; block: number; of: number; round: number; rounds: number }
  | {
      type: 'measured';
      scenario: string;
      side: Side['name'];
      block: number;
      of: number;
      round: number;
      rounds: number;
      values: Record<string, number>;
    }
  | { type: 'failed'; scenario: string; detail: string }
  | { type: 'look'; blocks: number; undecided: string[]; conclusive: boolean }
  | { type: 'note'; message: string };

export type Progress = (event: ProgressEvent) => void;

/** One event in one line; null for what is not worth one. */
export function describeProgress(event: ProgressEvent): string | null {
  switch (event.type) {
    case 'setup':
      return `setting up the ${event.side}: ${event.command}`;
    case 'boot':
      return `${blockOf(event)} starting the ${event.side}`;
    case 'round':
      return `${blockOf(event)} measuring ${event.scenario}`;
    case 'measured':
      return `${blockOf(event)} ${event.scenario}${event.side === 'baseline' ? ' (base)' : ''}: ${figures(event.values) || 'measured'}`;
    case 'failed':
      return `${event.scenario} failed: ${event.detail}`;
    case 'look':
      if (event.conclusive) return `after ${event.blocks} blocks everything is decided`;
      return event.undecided.length === 0
        ? `after ${event.blocks} blocks more of them would decide nothing`
        : `after ${event.blocks} blocks not decided yet: ${event.undecided.join(', ')}`;
    case 'note':
      return event.message;
  }
}

/** `[block 2/5]`, `[block 1/1, round 2/5]`. */
function blockOf(event: { block: number; of: number; round?: number; rounds?: number }): string {
  const { block, of, round = 0, rounds = 1 } = event;
  return `[block ${block + 1}/${of}${rounds > 1 ? `, round ${round + 1}/${rounds}` : ''}]`;
}

function figures(values: Record<string, number>): string {
  const shown = [
    ['p95', 'ms'],
    ['rtt-p95', 'ms'],
    ['time', 'ns'],
    ['rps', '/s'],
    ['messages', '/s'],
  ] as const;
  return shown
    .filter(([name]) => values[name] !== undefined)
    .map(([name, unit]) => `${name} ${scaled(values[name] ?? 0, unit)}`)
    .join(', ');
}

function scaled(value: number, unit: string): string {
  const [shown, of] = unit === 'ns' && value >= 1e5 ? [value / 1e6, 'ms'] : [value, unit];
  return `${Number(shown.toPrecision(3))} ${of}`;
}
