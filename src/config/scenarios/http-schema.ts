import { z } from 'zod';
import { duration, mapping, plainValues, rate, text, wholeNumber } from '../forms.ts';
import { HEADER_NAME, TOKEN } from './headers.ts';

const STATUS = /^([1-5]xx|[1-5]\d\d)(-([1-5]xx|[1-5]\d\d))?$/;
/** As src/scenarios/json-path.ts reads it: names, indices, quoted names. */
export const JSON_PATH =
  /^\$(\.[\p{L}_$][\p{L}\p{N}_$-]*|\[-?\d{1,9}\]|\['([^'\\]|\\.)*'\]|\["([^"\\]|\\.)*"\])+$/u;
export const PATH = /^\/[^\s#]*$/;
const shorthandForm = 'a request such as "GET /health", or a mapping with a path';

const path = text('a path that starts with / and has no spaces, such as /health', PATH).describe(
  'Path and query, after the base path of target.url. May hold templates.',
);

const headers = plainValues('headers', TOKEN, HEADER_NAME)
  .optional()
  .describe('Header fields. Values may hold templates.');

const status = z
  .union(
    [
      wholeNumber(100, 599),
      text('a status such as 201, 2xx, 2xx-3xx or 200-299', STATUS),
      z.array(z.union([wholeNumber(100, 599), text('a status such as 201 or 2xx', STATUS)]), {}).min(1, {
        error: 'at least one status',
      }),
    ],
    { error: 'a status such as 201, 2xx, 2xx-3xx, 200-299, or a list of them' },
  )
  .optional()
  .describe('Statuses that count as an answer. Default: 2xx-3xx.');

const bodyExpectation = z
  .union(
    [
      text('text that the body must contain'),
      z.strictObject({ matches: text('a regular expression') }, { error: 'matches' }),
      z.strictObject({ json: z.unknown() }, { error: 'json' }),
    ],
    { error: 'text that the body must contain, { matches: REGEX }, or { json: SUBSET }' },
  )
  .optional()
  .describe('What the body must hold: text, { matches: a regular expression } or { json: a subset }.');

const expectation = mapping({ status, body: bodyExpectation })
  .optional()
  .describe('What counts as an answer; anything else is an error.');

const graphql = mapping({
  query: text('the text of a GraphQL query').describe('The query.'),
  variables: z
    .record(z.string(), z.unknown(), { error: 'a mapping of variables' })
    .optional()
    .describe('Its variables. May hold templates.'),
  'operation-name': text('the name of an operation')
    .optional()
    .describe('Which operation of the query to run.'),
})
  .optional()
  .describe('Sends a GraphQL query by POST; an answer with errors is an error.');

/** The keys that requests and steps share. */
const fields = {
  name: text('a name of at most 120 characters, without control characters', /^[^\p{C}]{1,120}$/u)
    .optional()
    .describe('Name of the part. Default: method and path.'),
  method: text('a method such as GET or POST, in capitals', /^(?!CONNECT$)[A-Z][A-Z-]{0,30}$/)
    .optional()
    .describe('Default: GET, or POST with a json, body or graphql.'),
  path,
  headers,
  json: z.unknown().optional().describe('A body sent as JSON. Texts in it may hold templates.'),
  body: z.string({ error: 'text' }).optional().describe('A body sent as written. May hold templates.'),
  graphql,
  expect: expectation,
  timeout: duration('1ms', '10m').optional().describe("Default: the scenario's timeout."),
};

/** Every key of a request or a step. */
export const REQUEST_KEYS: readonly string[] = [...Object.keys(fields), 'weight', 'capture'];

const shorthand = text(shorthandForm, /^([A-Z][A-Z-]{0,30} )?\/[^\s#]*$/);

const request = z.union(
  [
    shorthand,
    mapping({
      ...fields,
      weight: wholeNumber(1, 1000)
        .optional()
        .describe('How often it is sent in relation to the others. Default: 1.'),
    }),
  ],
  { error: shorthandForm },
);

const step = z.union(
  [
    shorthand,
    mapping({
      ...fields,
      capture: z
        .record(
          z.string().regex(/^[A-Za-z_]\w*$/, { error: 'a name of letters, digits and _' }),
          text('a JSON path such as $.id or $.items[0].id', JSON_PATH),
          { error: 'a mapping of names to JSON paths, such as { id: $.id }' },
        )
        .optional()
        .describe('Values of the JSON answer that later steps use as ${name}.'),
    }),
  ],
  { error: shorthandForm },
);

const list = <T extends z.ZodType>(item: T, of: string) =>
  z
    .array(item, { error: `a list of ${of}` })
    .min(1, { error: `at least one of the ${of}` })
    .max(500, {
      error: `at most 500 ${of}`,
    });

export const httpKeys = {
  connections: wholeNumber(1, 10_000).optional().describe('Connections kept busy. Default: 10.'),
  rate: rate(1_000_000)
    .optional()
    .describe('Requests per second over all connections (open loop). Default: as fast as answers come.'),
  timeout: duration('1ms', '10m').optional().describe('Time for an answer. Default: 10s.'),
  headers,
  requests: list(request, 'requests').optional().describe('Requests sent by weight, in any order.'),
  steps: list(step, 'steps').optional().describe('Requests sent in order on each connection, over and over.'),
};

export const httpShape = mapping(httpKeys);
export type RawHttp = z.infer<typeof httpShape>;
export type RawRequest = Exclude<z.infer<typeof request> | z.infer<typeof step>, string> & {
  weight?: number | undefined;
  capture?: Record<string, string> | undefined;
};
