import { z } from 'zod';
import { duration, mapping, plainValues, rate, text, wholeNumber } from '../forms.ts';
import { HEADER_NAME, TOKEN } from './headers.ts';
import { JSON_PATH, PATH } from './http-schema.ts';

const messageForm = 'a message: text, or a mapping that is sent as JSON';
const patternForm = 'text that the message must contain, { matches: REGEX }, or a JSON subset';

const message = z.union(
  [text(messageForm), z.number(), z.boolean(), z.record(z.string(), z.unknown()), z.array(z.unknown())],
  { error: messageForm },
);

const pattern = z.union(
  [
    text(patternForm),
    z.strictObject({ matches: z.string() }, { error: patternForm }),
    z.strictObject({ json: z.unknown() }, { error: patternForm }),
    z.record(z.string(), z.unknown()),
  ],
  { error: patternForm },
);

const jsonPath = text('a JSON path such as $.id or $.data.id', JSON_PATH);

export const websocketKeys = {
  path: text('a path that starts with / and has no spaces, such as /ws', PATH)
    .optional()
    .describe('Path and query, after the base path of target.url; ws:// follows from it. Default: /.'),
  connections: wholeNumber(1, 100_000).optional().describe('Sockets held open. Default: 10.'),
  ramp: duration('1ms', '1h')
    .optional()
    .describe('Time over which they are opened. Default: as fast as they open.'),
  'connect-rate': rate(100_000).optional().describe('How many are opened per second, instead of a ramp.'),
  subprotocols: z
    .array(text('the name of a subprotocol, such as chat.v1', TOKEN), { error: 'a list of subprotocols' })
    .min(1, { error: 'at least one subprotocol' })
    .optional()
    .describe('Subprotocols offered in the handshake; the server must choose one.'),
  headers: plainValues('headers', TOKEN, HEADER_NAME)
    .optional()
    .describe('Header fields of the handshake. Values may hold templates.'),
  timeout: duration('1ms', '10m')
    .optional()
    .describe('Time for the handshake, a confirmation and an answer, each. Default: 10s.'),
  send: message
    .optional()
    .describe('Message sent over and over. Text as it is, a mapping as JSON. May hold templates.'),
  expect: pattern
    .optional()
    .describe(
      'Its answer: text it contains, { matches: a regular expression }, or a JSON subset. Gives rtt.',
    ),
  id: z
    .union([jsonPath, mapping({ sent: jsonPath, received: jsonPath })], {
      error: 'a JSON path such as $.id, or { sent: $.id, received: $.re }',
    })
    .optional()
    .describe('Where message and answer hold the same id. Default: where send holds ${counter} or ${uuid}.'),
  rate: rate(1_000_000)
    .optional()
    .describe('Messages per second over all connections (open loop). Default: as fast as answers come.'),
  'in-flight': wholeNumber(1, 1000)
    .optional()
    .describe('Messages on their way at a time, per connection (closed loop). Default: 1.'),
  subscribe: message
    .optional()
    .describe('Message sent once on each connection when it is open. May hold templates.'),
  confirm: pattern
    .optional()
    .describe('What confirms it, or greets a new connection. Written like expect. Gives confirm.'),
  receive: z
    .union([z.literal(true, { error: patternForm }), pattern], {
      error: `true for any message, or ${patternForm}`,
    })
    .optional()
    .describe('Messages that the server pushes: true for any, or written like expect. Gives messages.'),
  timestamp: jsonPath
    .optional()
    .describe(
      'Where a pushed message holds the time it was sent, in s, ms, µs or ns, or as ISO 8601. Gives delivery.',
    ),
  reconnect: z
    .union(
      [
        mapping({
          by: z.literal('server', { error: 'server, or client with every: 2s' }),
        }),
        mapping({
          by: z.literal('client', { error: 'server or client' }).optional(),
          every: duration('10ms', '1h').describe('How often the client drops each connection.'),
        }),
      ],
      { error: '{ by: server }, or { by: client, every: 2s }' },
    )
    .optional()
    .describe('Who drops the sockets, so that they are opened again. Gives reconnect. Default: nobody.'),
};

export const websocketShape = mapping(websocketKeys);
export type RawWebSocket = z.infer<typeof websocketShape>;
export type RawPattern = NonNullable<RawWebSocket['expect']>;
