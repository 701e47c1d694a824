import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { initOf, packageJson, placeOf, written } from './repositories.ts';

const found = (text: string) => {
  const files = { 'package.json': packageJson({ scripts: { start: 'node server.js' } }), 'server.js': text };
  const { plan, config } = initOf(placeOf(files));
  const taken = config.replace(/^ {2}# ((?:sockets|graphql):| {2}.*)$/gm, '  $1');
  for (const one of [config, taken]) parseConfig(one, { file: 'x.yml', workingDirectory: '.', env: {} });
  return { notes: plan.service.notes, scenarios: written(taken).scenarios as Record<string, unknown> };
};

describe('what answers otherwise than by plain requests has a scenario to take in', () => {
  test.each([
    ["new WebSocketServer({ port: Number(process.env.PORT), path: '/socket' });", '/socket'],
    ['const wss = new WebSocket.Server({ server });\nserver.listen(process.env.PORT);', '/'],
  ])('WebSockets: %s', (text, path) => {
    const { notes, scenarios } = found(text);
    expect(notes).toContainEqual(expect.stringMatching(/^server\.js answers WebSockets/));
    expect(scenarios.sockets).toMatchObject({ type: 'websocket', path, expect: { type: 'pong' } });
  });

  test.each([
    ["import { createYoga } from 'graphql-yoga';\nx.listen(process.env.PORT);", '/graphql'],
    ["import { createYoga } from 'graphql-yoga';\ncreateYoga({ graphqlEndpoint: '/q' });", '/q'],
    ["import { ApolloServer } from '@apollo/server';\napp.use('/api/graphql', x);", '/api/graphql'],
  ])('GraphQL: %s', (text, path) => {
    const { notes, scenarios } = found(text);
    expect(notes).toContainEqual(expect.stringMatching(/^server\.js answers GraphQL/));
    expect(scenarios.graphql).toMatchObject({ requests: [{ path, json: { query: '{ __typename }' } }] });
  });

  test('a client of either has none', () => {
    const { scenarios } = found(
      "import { request } from 'graphql-request';\nnew WebSocket('ws://x');\nx.listen(1);",
    );
    expect(Object.keys(scenarios)).toEqual(['home']);
  });
});
