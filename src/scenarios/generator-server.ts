import type { FromGenerator, ToGenerator } from './generator-process.ts';

/** What a generator process does: built once from the scenario, then asked for stretch after stretch. */
export type Generator<Run, Answer> = {
  run(request: Run): { done: Promise<Answer>; cancel(): void };
};

/**
 * Makes this process a load generator, spoken to over the IPC channel by GeneratorProcess. It ends with its parent:
 * when the channel closes, for whatever reason.
 */
export function serveGenerator<Scenario, Run, Answer>(
  build: (scenario: Scenario) => Generator<Run, Answer>,
): void {
  const running = new Map<number, () => void>();
  let generator: Generator<Run, Answer> | undefined;
  const send = (message: FromGenerator<Answer>): void => {
    process.send?.(message);
  };

  process.on('disconnect', () => process.exit(0));
  // Signals often reach the whole group (^C in a terminal): the parent decides what ends when.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  process.on('uncaughtException', (error) => {
    // Only the stack: properties of an error may hold what was sent.
    process.stderr.write(`${error.stack ?? error.message}\n`, () => process.exit(70));
  });

  process.on('message', async (message: ToGenerator<Scenario, Run>) => {
    if (message.type === 'cancel') {
      running.get(message.id)?.();
      return;
    }
    const { id } = message;
    try {
      if (message.type === 'open') {
        generator = build(message.scenario);
        send({ id, type: 'opened' });
        return;
      }
      if (!generator) throw new Error('asked for load before a scenario');
      const load = generator.run(message.request);
      running.set(id, load.cancel);
      send({ id, type: 'answer', answer: await load.done });
    } catch (error) {
      const { name, message: text } =
        error instanceof Error ? error : { name: 'Error', message: String(error) };
      send({ id, type: 'failed', name, message: text });
    } finally {
      running.delete(id);
    }
  });
}
