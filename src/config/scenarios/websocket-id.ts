import type { MessageId } from '../../domain/config.ts';
import type { Path } from '../document.ts';
import type { ProblemList } from '../problems.ts';
import { textsOf } from '../templates.ts';
import { valueAt } from '../value-at.ts';
import type { RawPattern, RawWebSocket } from './websocket-schema.ts';

/*
 * What tells which answer belongs to which message:
 *
 *   send: { type: ping, id: "${counter}" }    expect: { type: pong }                    the id, where answers have it
 *   send: { type: ping, id: "${counter}" }    expect: { type: pong, re: "${counter}" }  the id, found at $.re
 *   send: { type: ping, key: "${uuid}" }      id: { sent: $.key, received: $.re }       the same in so many words
 *   anything else                                                                       the order
 */

/** A whole text that is another one in every message. */
export function isUniqueTemplate(text: string): boolean {
  return /^\$\{(?:counter|uuid)\}$/.test(text);
}

/**
 * Where the id of a message and of its answer stand; undefined when the order must do. With `problems`, tells what is
 * wrong with it.
 */
export function readId(
  raw: RawWebSocket,
  path: Path,
  problems: ProblemList | undefined,
): MessageId | undefined {
  const sent = typeof raw.send === 'object' ? uniqueTexts(raw.send) : [];
  if (raw.id !== undefined) {
    const at = [...path, 'id'];
    const both = typeof raw.id === 'string' ? { sent: raw.id, received: raw.id } : raw.id;
    if (typeof raw.send !== 'object')
      problems?.value(at, 'no id, or a send that is JSON', 'has no place in text');
    else if (sent.length === 0)
      problems?.value(
        [...path, 'send'],
        'a value of its own for the id of each message: ${counter} or ${uuid}',
      );
    else if (!isOfEachMessage(raw.send, both.sent))
      problems?.value(
        typeof raw.id === 'string' ? at : [...at, 'sent'],
        `where send has a value of its own for each message, such as ${jsonPath(sent[0]?.path ?? [])}`,
        'leads to none in send',
      );
    if (templatesOf(raw.expect).length > 0)
      problems?.value(at, 'either id, or the template in expect', 'cannot stand beside a template in expect');
    return { ...both, required: true };
  }
  const expected = templatesOf(raw.expect);
  const [first, ...others] = expected;
  if (first !== undefined) {
    const twin = sent.find(({ text }) => text === first.text);
    const at = [...path, 'expect', ...first.path];
    const inList = first.path.some((step) => typeof step === 'number');
    if (twin === undefined || inList || others.length > 0) {
      const extra = others[0];
      if (extra !== undefined && twin !== undefined)
        problems?.value(
          [...path, 'expect', ...extra.path],
          'one id',
          `has ${extra.text}: there is an id already`,
        );
      else
        problems?.value(
          at,
          'text without templates, or ${counter} or ${uuid} as it stands in send',
          `has ${first.text}, ${inList ? 'within a list' : 'which no value in send is'}`,
        );
      return undefined;
    }
    return { sent: jsonPath(twin.path), received: jsonPath(first.path), required: true };
  }
  const own = sent.find(({ path: [...steps] }) => /id$/i.test(String(steps.at(-1)))) ?? sent[0];
  if (own === undefined || raw.expect === undefined) return undefined;
  return { sent: jsonPath(own.path), received: jsonPath(own.path), required: false };
}

/** Whether there is something at `path` of a message that differs from one to the next. */
function isOfEachMessage(send: unknown, path: string): boolean {
  // Counted from the end: found when it is sent.
  if (path.includes('[-')) return true;
  const value = valueAt(send, stepsOf(path));
  return typeof value === 'string' && /\$\{(?:counter|uuid)\}/.test(value);
}

/** What an answer is like besides its id: the template that stands for the id is taken out. */
export function withoutId(raw: RawWebSocket): RawPattern {
  const expect = raw.expect ?? {};
  const [first] = templatesOf(expect);
  if (typeof expect === 'string' || first === undefined || raw.id !== undefined) return expect;
  const copy = structuredClone(expect) as Record<string, unknown>;
  let holder: Record<string, unknown> = copy;
  for (const step of steps(expect, first.path).slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  delete holder[String(first.path.at(-1))];
  return copy as RawPattern;
}

type Found = { text: string; path: (string | number)[] };

/** Values of a message that are nothing but one unique template; the shallowest first. */
function uniqueTexts(value: unknown): Found[] {
  const found = [...textsOf(value, [])].flatMap(([text, path]) =>
    isUniqueTemplate(text) && valueAt(value, path) === text ? [{ text, path: [...path] }] : [],
  );
  return found.sort((a, b) => a.path.length - b.path.length);
}

/** The unique templates of an expectation that is JSON, by their path in the message. */
function templatesOf(expect: RawWebSocket['expect']): Found[] {
  if (typeof expect !== 'object') return [];
  const keys = Object.keys(expect);
  const wrapped = keys.length === 1 && keys[0] === 'json';
  return uniqueTexts(wrapped ? (expect as { json: unknown }).json : expect);
}

/** `{ json: … }` stands around the message itself. */
function steps(expect: object, path: Found['path']): Found['path'] {
  const keys = Object.keys(expect);
  return keys.length === 1 && keys[0] === 'json' ? ['json', ...path] : path;
}

const STEP = /\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\.([^.[]+)/g;

/** The steps of a path that is known to be one. */
function stepsOf(path: string): Found['path'] {
  return [...path.matchAll(STEP)].map(([, index, single, double, name]) =>
    index === undefined ? (name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1')) : Number(index),
  );
}

/** As src/scenarios/json-path.ts reads it. */
function jsonPath(path: Found['path']): string {
  const written = path.map((step) =>
    typeof step === 'number' ? `[${step}]` : `['${step.replace(/[\\']/g, '\\$&')}']`,
  );
  return `$${written.join('')}`;
}
