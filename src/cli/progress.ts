import type { Progress, ProgressEvent } from '../measure/progress.ts';

/** Where progress goes: standard error, in a terminal rewritten in place, elsewhere a line an event. */
export type ProgressStream = { isTTY?: boolean; columns?: number; write(text: string): unknown };

/** Shows what a measurement is doing. `clear` removes the live line before something else is printed. */
export function terminalProgress(
  stream: ProgressStream,
  safe: (text: string) => string,
): { progress: Progress; clear(): void } {
  const live = stream.isTTY === true;
  let shown = false;
  const clear = () => {
    if (live && shown) stream.write('\r\u001b[2K');
    shown = false;
  };
  const progress: Progress = (event) => {
    const line = describeProgress(event);
    if (line === null) return;
    const text = safe(line).replace(/\s+/g, ' ');
    if (!live) {
      stream.write(`${text}\n`);
      return;
    }
    clear();
    const lasting = event.type === 'note' || event.type === 'failed';
    stream.write(lasting ? `${text}\n` : text.slice(0, (stream.columns ?? 80) - 1));
    shown = !lasting;
  };
  return { progress, clear };
}

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
      return `${blockOf(event)} ${event.scenario}${event.side === 'baseline' ? ' (base)' : ''}: ${figures(event.values)}`;
    case 'failed':
      return `${event.scenario} failed: ${event.detail}`;
    case 'look':
      return event.undecided.length === 0
        ? `conclusive after ${event.blocks} blocks`
        : `after ${event.blocks} blocks still undecided: ${event.undecided.join(', ')}`;
    case 'note':
      return event.message;
  }
}

function blockOf(event: { block: number; of: number }): string {
  return `[${event.block + 1}/${event.of}]`;
}

function figures(values: Record<string, number>): string {
  const shown = [
    ['p95', 'ms'],
    ['rtt-p95', 'ms'],
    ['time', 'ns/op'],
    ['rps', '/s'],
    ['messages', '/s'],
  ] as const;
  return shown
    .filter(([name]) => values[name] !== undefined)
    .map(([name, unit]) => `${name} ${Number((values[name] ?? 0).toPrecision(3))} ${unit}`)
    .join(', ');
}
