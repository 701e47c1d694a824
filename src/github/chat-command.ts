/*
 *   command    = "/perf-baseline" SP verb              at the start of a line of plain text, alone on it
 *   verb       = accept / "revoke" / "rerun" / "status" / "help"
 *   accept     = "accept" [SP scenario [SP metric]] [SP "until" SP date] [SP "because" SP text]
 *   scenario   = word / quoted, as metric
 *   quoted     = "`" text "`" / DQUOTE text DQUOTE     for names with spaces, or called until or because
 *   date       = YYYY-MM-DD                            the last day on which it holds, in UTC
 */

import { spokenLines } from './spoken-lines.ts';

/** What is accepted: every regression, those of a scenario, or one metric of it. `until`: YYYY-MM-DD. */
export type Accept = {
  verb: 'accept';
  scenario: string | null;
  metric: string | null;
  until: string | null;
  because: string;
};

export type ChatCommand = Accept | { verb: 'revoke' | 'rerun' | 'status' | 'help' };

/** `none`: the comment does not speak to us. `wrong`: it does, and `reason` says what cannot be understood. */
export type ParsedComment =
  | { status: 'none' }
  | { status: 'command'; command: ChatCommand }
  | { status: 'wrong'; reason: string };

const NAME = '/perf-baseline';
/** GitHub allows half as many characters, each of which may count twice here. */
const MAX_COMMENT = 131_072;
const MAX_REASON = 500;

/** The one command in a comment. What a reader sees quoted, as code, or not at all holds none. Pure, and linear in its length. */
export function parseComment(body: string): ParsedComment {
  // One that is cut off might say something else.
  if (body.length > MAX_COMMENT) return body.includes(NAME) ? wrong('the comment is too long') : NONE;
  const { spoken, entangled } = spokenLines(body, NAME);
  if (spoken.length + entangled.length > 1)
    return wrong('there are several commands in one comment; give each its own');
  const [line] = spoken;
  if (line !== undefined) return parseLine(line.slice(NAME.length).trim());
  if (entangled.length === 0) return NONE;
  return wrong('the command is shown as a part of what it touches; leave an empty line above and below it');
}

const NONE: ParsedComment = { status: 'none' };

function parseLine(text: string): ParsedComment {
  const [verb = ''] = text.split(/\s/, 1);
  const rest = text.slice(verb.length).trim();
  switch (verb) {
    case 'accept':
      return parseAccept(rest);
    case 'revoke':
    case 'rerun':
    case 'status':
    case 'help':
      if (rest !== '') return wrong(`\`${verb}\` stands alone`);
      return { status: 'command', command: { verb } };
    case '':
      return wrong('a command is missing');
    default:
      return wrong('there is no such command');
  }
}

/** A word, or a name in quotes: then the second or third group holds it. */
const TOKEN = /`([^`]*)`|"([^"]*)"|\S+/g;

function parseAccept(text: string): ParsedComment {
  const names: string[] = [];
  let until: string | null = null;
  let because: string | null = null;
  let expectsDate = false;
  for (const { 0: raw, 1: ticked, 2: quoted, index } of text.matchAll(TOKEN)) {
    const name = ticked ?? quoted;
    if (expectsDate) {
      if (!isDate(raw)) break;
      until = raw;
      expectsDate = false;
    } else if (raw === 'because') {
      because = text.slice(index + raw.length);
      break;
    } else if (raw === 'until' && until === null) expectsDate = true;
    else if (until !== null) return wrong('nothing but `because` may follow the date');
    else if (name === undefined && /[`"]/.test(raw)) return wrong('a quote is not closed');
    else names.push(name ?? raw);
  }
  if (expectsDate) return wrong('`until` wants a day, as `until 2026-12-31`');
  if (because?.trim() === '') return wrong('a reason is missing after `because`');
  const [scenario = null, metric = null, surplus] = names;
  if (surplus !== undefined)
    return wrong('`accept` takes a scenario and a metric; quote a name that has spaces: `"a name"`');
  const reason = [...(because ?? '').replace(/\s+/g, ' ').trim()].slice(0, MAX_REASON).join('');
  return { status: 'command', command: { verb: 'accept', scenario, metric, until, because: reason } };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function wrong(reason: string): ParsedComment {
  return { status: 'wrong', reason };
}
