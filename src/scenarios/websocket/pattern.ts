import type { MessagePattern } from '../../domain/config.ts';
import { UsageError } from '../../domain/errors.ts';
import { containsJson } from '../json-subset.ts';

/** A received message. It is decoded, and parsed, once and only where something asks. A binary frame is UTF-8 too. */
export class Incoming {
  readonly text: string;
  #json: { value: unknown } | undefined;

  constructor(data: Buffer) {
    this.text = data.toString('utf8');
  }

  /** The parsed text, or undefined when it is not JSON. */
  get json(): unknown {
    if (this.#json === undefined) this.#json = { value: parse(this.text) };
    return this.#json.value;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

export type Pattern = {
  matches(message: Incoming): boolean;
  /** Where JSON is expected, what is no JSON can only be meant as the answer, and is a wrong one. */
  isGarbage(message: Incoming): boolean;
};

/** Compiles what a message must be. Throws a UsageError for a pattern that is no regular expression; `key` names it. */
export function compilePattern(pattern: MessagePattern, key: string): Pattern {
  const never = (): boolean => false;
  switch (pattern.type) {
    case 'any':
      return { matches: () => true, isGarbage: never };
    case 'contains':
      return { matches: ({ text }) => text.includes(pattern.text), isGarbage: never };
    case 'matches': {
      const regex = compileRegex(pattern.pattern, key);
      return { matches: ({ text }) => regex.test(text), isGarbage: never };
    }
    case 'json':
      return {
        matches: ({ json }) => json !== undefined && containsJson(json, pattern.subset),
        isGarbage: ({ json }) => json === undefined,
      };
  }
}

function compileRegex(pattern: string, key: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new UsageError(`the pattern of ${key}.matches is no regular expression`);
  }
}
