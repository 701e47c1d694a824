import fc from 'fast-check';

/** What a stranger writes when they know what reads it: a runner, Markdown, HTML, YAML, a prototype chain, a number parser. */
const BITS = [
  ...['\n', '\r', '\r\n', '\u2028', '\u0085', '\u0000', '\u001b[31m', '\u202e', '\u200b', '\ud800', '\t'],
  ...['::error::x', '::set-output name=a::b', '::add-mask::a', '::stop-commands::x', '::', ':', '##[error]x'],
  ...['##[', '%0A::error::x', '@octocat', '<img src=x>', '<!-- perf-baseline:end -->', '-->', '</details>'],
  ...['`', '```', '|', '![x](https://evil.example)', '[y](//evil.example)', '<!-- perf-baseline:section '],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '<<',
    '*a',
    '&a',
    '!!js/function',
  ],
  ...[
    '../',
    '/etc/passwd',
    '-rf',
    '--upload-pack=x',
    '${env:A}',
    '${uuid}',
    '${PORT}',
    '${{ github.token }}',
  ],
  ...['1e308', '1e999', '-0', 'NaN', 'Infinity', '9007199254740993', '0x10', '1_000', '+20%', '+5pp', '5s'],
  ...['a', 'p95', ' and ', '.', ',', '{', '}', '[', ']', '"', "'", '\\', '$', '$.', '=', '#', '-', '- ', ' '],
] as const;

/** Text of such bits, of any characters, or of both. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...BITS), { maxLength: 12 }).map((bits) => bits.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...BITS), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 10 })
    .map((bits) => bits.join('')),
);

/** Any value that JSON text can hold, numbers that overflow and keys of the prototype included, as its text. */
export const hostileJson: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    hostileText.map((text) => JSON.stringify(text)),
    fc.constantFrom(
      'null',
      'true',
      '1e308',
      '-1e308',
      '1e999',
      '-0',
      '0',
      '1',
      '1.5',
      '-1',
      '""',
      '[]',
      '{}',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.array(tie('any'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(hostileText, tie('any')), { maxLength: 4 })
      .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
    fc.integer({ min: 1, max: 60 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  ),
})).any;

type Edit = [place: number, kind: 'replace' | 'remove' | 'add' | 'rename', json: string, key: string];
const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.tuple(
    fc.nat(100_000),
    fc.constantFrom(
      'replace' as const,
      'replace' as const,
      'remove' as const,
      'add' as const,
      'rename' as const,
    ),
    hostileJson,
    hostileText,
  ),
  { minLength: 1, maxLength: 3 },
);

/** The text of a document with a few of its values replaced, removed or joined by others. */
export function mutatedJson(document: unknown): fc.Arbitrary<string> {
  return edits.map((list) => {
    let text = JSON.stringify(document);
    for (const edit of list) text = edited(text, edit);
    return text;
  });
}

/** Works on the text, since values such as 1e999 and keys such as `__proto__` do not survive being objects. */
function edited(text: string, [place, kind, json, key]: Edit): string {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:]/g)];
  const token = tokens[place % Math.max(1, tokens.length)];
  if (token === undefined) return text;
  const [start, end] = [token.index, token.index + token[0].length];
  const isKey = text[end] === ':';
  const opens = token[0] === '{' || token[0] === '[';
  if (opens) {
    const member = token[0] === '{' ? `${JSON.stringify(key)}:${json}` : json;
    const comma = /^\s*[\]}]/.test(text.slice(end)) ? '' : ',';
    return text.slice(0, end) + member + comma + text.slice(end);
  }
  if (isKey) return text.slice(0, start) + JSON.stringify(kind === 'rename' ? key : 'x') + text.slice(end);
  if (/^["\d\-tfn]/.test(token[0]))
    return text.slice(0, start) + (kind === 'remove' ? 'null' : json) + text.slice(end);
  return text;
}

/** Bytes with some of them changed, cut off, repeated or added. */
export function mutatedBytes(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(bytes.length),
    cut: fc.oneof(fc.constant(1), fc.nat(8), fc.nat(bytes.length)),
    put: fc.uint8Array({ maxLength: 6 }),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((list) => {
    let all = Buffer.from(bytes);
    for (const { at, cut, put } of list)
      all = Buffer.concat([all.subarray(0, at), put, all.subarray(Math.min(all.length, at + cut))]);
    return all;
  });
}

/** A text with pieces cut, doubled and replaced. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(text.length), fc.nat(30), hostileText);
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((list) => {
    let made = text;
    for (const [at, length, put] of list) made = made.slice(0, at) + put + made.slice(at + length);
    return made;
  });
}
