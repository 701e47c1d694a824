import { describeProgress, type Progress } from '../measure/progress.ts';

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
