import type { WebSocketScenario } from '../../domain/config.ts';
import { type JsonPath, parseJsonPath, readJsonPath } from '../json-path.ts';
import { compileText, type Template, type ValueSource } from '../values.ts';
import { idOf, type Rendered } from './message.ts';
import { compilePattern, type Incoming, type Pattern } from './pattern.ts';

/** A message that waits for its answer. Times are those of `performance.now()`. */
export type Waiting = {
  /** When it was sent, or should have been. */
  since: number;
  deadline: number;
  /** How many messages that nothing expected its connection had received before. */
  strays: number;
  /** The text its own answer contains, where that differs from message to message. */
  text: string | undefined;
};

/** How answers are recognised, and told apart. */
export type Expectation = {
  answer: Pattern;
  id: { received: JsonPath; required: boolean } | undefined;
  /** Text with values of the message itself. */
  text: Template | undefined;
};

/** Compiles what answers are like; undefined when none are expected. Throws a UsageError for what cannot be read. */
export function compileExpectation({ expect, id }: WebSocketScenario): Expectation | undefined {
  if (expect === undefined) return undefined;
  const template = expect.type === 'contains' ? compileText(expect.text, new Set()) : undefined;
  return {
    answer: compilePattern(expect, 'expect'),
    id: id && { received: parseJsonPath(id.received), required: id.required },
    text: template?.constant === false ? template : undefined,
  };
}

/**
 * What is on its way over one connection, and which answer belongs to it: by its id, by its own text, or else in the order
 * of sending. Where the id was only guessed from the message, the first answer shows whether answers hold it.
 */
export class InFlight {
  readonly #expectation: Expectation;
  readonly #waiting = new Map<string | number, Waiting>();
  #identified: boolean | undefined;
  #last = 0;

  constructor(expectation: Expectation) {
    this.#expectation = expectation;
    this.#identified = expectation.id?.required ? true : undefined;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** A late answer would be taken for that of the next message. */
  get inOrderOnly(): boolean {
    return this.#expectation.text === undefined && this.#identified !== true;
  }

  add(message: Rendered, values: ValueSource, times: Omit<Waiting, 'text'>): void {
    this.#last += 1;
    const text = this.#expectation.text?.render(values);
    this.#waiting.set(message.id ?? this.#last, { ...times, text });
  }

  /** The message that an incoming one answers, no longer waiting, and whether as expected; undefined when it answers none. */
  answered(incoming: Incoming): { waiting: Waiting; ok: boolean } | undefined {
    if (this.#waiting.size === 0) return undefined;
    const { answer, id, text } = this.#expectation;
    if (answer.isGarbage(incoming)) return this.#oldest(false);
    if (text !== undefined) return this.#byText(incoming);
    if (id !== undefined && this.#identified !== false) {
      const key = idOf(readJsonPath(incoming.json, id.received));
      const waiting = key === undefined ? undefined : this.#waiting.get(key);
      if (key !== undefined && waiting !== undefined) {
        this.#identified = true;
        this.#waiting.delete(key);
        return { waiting, ok: answer.matches(incoming) };
      }
      if (this.#identified) return undefined;
    }
    if (!answer.matches(incoming)) return undefined;
    if (id !== undefined) this.#identified = false;
    return this.#oldest(true);
  }

  /** Whether it is like an answer, to a message that no longer waits: a late one, or the same again. */
  isLate(incoming: Incoming): boolean {
    const { answer, id } = this.#expectation;
    const known = id !== undefined && this.#identified === true;
    return known && idOf(readJsonPath(incoming.json, id.received)) !== undefined && answer.matches(incoming);
  }

  /** The oldest message, if it has waited for too long; it stays. */
  expired(now: number): Waiting | undefined {
    if (this.#waiting.size === 0) return undefined;
    for (const waiting of this.#waiting.values()) return waiting.deadline <= now ? waiting : undefined;
    return undefined;
  }

  /** Takes the oldest message out. */
  dropOldest(): void {
    this.#oldest(false);
  }

  /** Takes everything out: the connection is gone, and the next one is asked anew how it tells answers apart. */
  clear(): Waiting[] {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#identified = this.#expectation.id?.required ? true : undefined;
    return all;
  }

  #oldest(ok: boolean): { waiting: Waiting; ok: boolean } | undefined {
    for (const [key, waiting] of this.#waiting) {
      this.#waiting.delete(key);
      return { waiting, ok };
    }
    return undefined;
  }

  /** The longest text that it contains: "pong 12" contains "pong 1" too. */
  #byText({ text }: Incoming): { waiting: Waiting; ok: boolean } | undefined {
    let best: { key: string | number; waiting: Waiting; length: number } | undefined;
    for (const [key, waiting] of this.#waiting) {
      const own = waiting.text ?? '';
      if (own.length > (best?.length ?? -1) && text.includes(own))
        best = { key, waiting, length: own.length };
    }
    if (best === undefined) return undefined;
    this.#waiting.delete(best.key);
    return { waiting: best.waiting, ok: true };
  }
}
