import type { MessageId, OutgoingMessage } from '../../domain/config.ts';
import { parseJsonPath, readJsonPath } from '../json-path.ts';
import { compileJson, compileText, plainText, type ValueSource } from '../values.ts';

/** A message ready to be sent, and the id by which its answer is known, where there is one. */
export type Rendered = { text: string; id: string | undefined };

export type Message = { render(values: ValueSource): Rendered };

const NONE: ReadonlySet<string> = new Set();

/** Compiles a message of a scenario. Throws a UsageError for a JSON path that cannot be read. */
export function compileMessage(message: OutgoingMessage, id?: MessageId): Message {
  const template =
    message.format === 'json' ? compileJson(message.text, NONE) : compileText(message.text, NONE);
  if (id === undefined) return { render: (values) => ({ text: template.render(values), id: undefined }) };
  const path = parseJsonPath(id.sent);
  // Most ids are counters: they are known without reading what was just written.
  const counted = readJsonPath(JSON.parse(message.text), path) === '${counter}';
  return {
    render: (values) => {
      const text = template.render(values);
      return { text, id: counted ? String(values.counter) : idOf(readJsonPath(JSON.parse(text), path)) };
    },
  };
}

/** An id as a key: 7 and "7" are the same, since a template in JSON is always text. Nothing is no id. */
export function idOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : plainText(value);
}
