/*
 *   command    = "/perf-baseline" SP verb              at the start of a line, alone on it
 *   verb       = accept / "revoke" / "rerun" / "status" / "help"
 *   accept     = "accept" [SP scenario [SP metric]] [SP "until" SP date] [SP "because" SP text]
 *   scenario   = word / quoted, as metric
 *   quoted     = "`" text "`" / DQUOTE text DQUOTE     for names with spaces, or called until or because
 *   date       = YYYY-MM-DD                            the last day on which it holds, in UTC
 */

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
const MAX_COMMENT = 65_536;
const MAX_REASON = 500;

/** The one command in a comment. Quoted lines, code blocks and HTML comments hold none. Pure, and linear in its length. */
export function parseComment(body: string): ParsedComment {
  const lines = spokenLines(body.slice(0, MAX_COMMENT)).filter(
    (line) => line === NAME || line.startsWith(`${NAME} `) || line.startsWith(`${NAME}\t`),
  );
  const [line, second] = lines;
  if (line === undefined) return { status: 'none' };
  if (second !== undefined) return wrong('there are several commands in one comment; give each its own');
  return parseLine(line.slice(NAME.length).trim());
}

/** Lines that are neither in a fenced code block nor in an HTML comment, which a reader does not even see. */
function spokenLines(body: string): string[] {
  const spoken: string[] = [];
  let fence: string | null = null;
  let hidden = false;
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (hidden) {
      hidden = !line.includes('-->');
      continue;
    }
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== null) {
      const closes = mark.startsWith(fence) && line.trim() === mark;
      if (closes) fence = null;
      continue;
    }
    if (mark !== '') {
      fence = mark;
      continue;
    }
    const open = line.lastIndexOf('<!--');
    hidden = open !== -1 && !line.slice(open).includes('-->');
    if (!hidden) spoken.push(line);
  }
  return spoken;
}

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
