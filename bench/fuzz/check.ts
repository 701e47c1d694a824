import fc from 'fast-check';
import { activeInLog, isDeclared, printed } from './sinks.ts';

/** A reader of outside input. `read` gives what would be printed of it in a log, and throws only declared errors. */
export type Parser<T> = {
  name: string;
  /** Share of all inputs. */
  share: number;
  input: fc.Arbitrary<T>;
  read: (input: T) => string | Promise<string>;
};

/** For readers of which nothing is printed. */
export const nothing = (_: unknown): string => '';

export type Fuzzed = { name: string; inputs: number; refused: number; slowestMs: number; failure?: string };

/** CPU time that one input may cost, in ms. */
const HANG_MS = 1000;
const BATCH = 5000;

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const shapes = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join();

/** Feeds a parser; ends at the first input that breaks a promise, shrunk. The same seed gives the same inputs. */
export async function fuzz<T>(parser: Parser<T>, runs: number, seed: number): Promise<Fuzzed> {
  const result: Fuzzed = { name: parser.name, inputs: 0, refused: 0, slowestMs: 0 };
  const shape = shapes();
  const property = fc.asyncProperty(parser.input, async (input) => {
    result.inputs += 1;
    const before = process.cpuUsage();
    let text: string;
    try {
      text = await parser.read(input);
    } catch (error) {
      if (!isDeclared(error)) throw error;
      result.refused += 1;
      text = printed(error);
    }
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    result.slowestMs = Math.max(result.slowestMs, ms);
    if (ms > HANG_MS) throw new Error(`took ${Math.round(ms)} ms of CPU`);
    if (shapes() !== shape) throw new Error('a prototype was changed');
    const active = activeInLog(text);
    if (active !== undefined) throw new Error(`would print ${JSON.stringify(active.slice(0, 200))}`);
  });
  for (let done = 0; done < runs && result.failure === undefined; done += BATCH) {
    const numRuns = Math.min(BATCH, runs - done);
    const { failed, counterexample, errorInstance } = await fc.check(property, {
      numRuns,
      seed: seed + done,
    });
    if (failed)
      result.failure = `${String((errorInstance as Error)?.stack)}\ninput: ${fc.stringify(counterexample?.[0]).slice(0, 3000)}`;
  }
  return result;
}
