import { sources, type Tree } from './tree.ts';

/** What answers otherwise than by plain requests: a note, and a scenario to take in, as lines of YAML. */
export type OtherProtocol = { note: string; example: string[] };

const SOCKETS =
  /\bnew\s+(?:WebSocketServer|WebSocket\.Server)\s*\(|["'`](?:@fastify\/websocket|express-ws|koa-websocket)["'`]|@(?:app|router)\.websocket\(|\bwebsocket\.Upgrader\b|\bWebSocketUpgrade\b|\bupgradeWebSocket\(/;
const SOCKET_IO = /["'`]socket\.io["'`]/;
const SOCKET_PATH =
  /\b(?:WebSocketServer|WebSocket\.Server)\s*\(\s*\{[^{}]{0,400}?\bpath:\s*["'`](\/[\w./-]*)["'`]|\.ws\(\s*["'`](\/[\w./-]*)["'`]|\.websocket\(\s*["'](\/[\w./-]*)["']/;
const GRAPHQL =
  /["'`](?:graphql-yoga|@apollo\/server(?:\/[\w-]+)?|apollo-server(?:-\w+)?|express-graphql|graphql-http(?:\/[\w/-]+)?|mercurius|@nestjs\/graphql)["'`]|^(?:from|import)\s+(?:strawberry|ariadne|graphene)\b|"github\.com\/(?:99designs\/gqlgen|graphql-go\/)/m;
const GRAPHQL_PATH =
  /\bgraphqlEndpoint:\s*["'`](\/[\w./-]*)["'`]|\.use\(\s*["'`](\/[\w./-]*graphql[\w./-]*)["'`]/;
/** Apollo by itself answers at any path, and so at this one too; the others answer at it unless told otherwise. */
const USUAL_GRAPHQL = '/graphql';

/** WebSockets and GraphQL in the sources, each with a scenario that only its author can complete. */
export function otherProtocols(tree: Tree, first: readonly string[]): OtherProtocol[] {
  const found: { sockets?: string; path?: string; graphql?: string; endpoint?: string } = {};
  for (const { path: file, text } of sources(tree, first)) {
    if (SOCKETS.test(text) && !SOCKET_IO.test(text)) {
      found.sockets ??= file;
      const [, ...paths] = SOCKET_PATH.exec(text) ?? [];
      const path = paths.find((one) => one !== undefined);
      if (path !== undefined) found.path ??= path;
    }
    if (GRAPHQL.test(text)) {
      found.graphql ??= file;
      const [, ...paths] = GRAPHQL_PATH.exec(text) ?? [];
      const path = paths.find((one) => one !== undefined);
      if (path !== undefined) found.endpoint ??= path;
    }
  }
  return [
    ...(found.sockets === undefined
      ? []
      : [
          {
            note: `${found.sockets} answers WebSockets: the config has a scenario for them in a comment, which needs a message of yours and its answer`,
            example: [
              'sockets:',
              '  type: websocket',
              `  path: ${found.path ?? '/'}`,
              '  connections: 10',
              '  send: { type: ping, id: "${uuid}" }',
              '  expect: { type: pong }',
            ],
          },
        ]),
    ...(found.graphql === undefined
      ? []
      : [
          {
            note: `${found.graphql} answers GraphQL: the config has a scenario for it in a comment, which needs a query of yours`,
            example: [
              'graphql:',
              '  type: http',
              '  requests:',
              `    - { path: ${found.endpoint ?? USUAL_GRAPHQL}, json: { query: "{ __typename }" }, expect: { status: 200 } }`,
            ],
          },
        ]),
  ];
}
