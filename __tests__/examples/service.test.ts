import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts the example service on a free port; gives its URL. */
async function start(knobs: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, ['examples/service/server.mjs'], {
    cwd: new URL('../../', import.meta.url),
    env: { ...process.env, PORT: '0', ...knobs },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  for await (const line of child.stdout) {
    const url = /http:\S+/.exec(String(line))?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('the service did not start');
}

const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) });

test('answers health, validates, generates and tells the status of what it generated', async () => {
  const url = await start();
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  expect(await (await post(`${url}/content/validate`, { text: 'a' })).json()).toMatchObject({ valid: true });
  const created = await post(`${url}/content/generate`, {});
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  expect(await (await fetch(`${url}/content/status/${id}`)).json()).toMatchObject({ id, status: 'ready' });
  expect((await fetch(`${url}/content/status/none`)).status).toBe(404);
  expect((await post(`${url}/content/validate`, 'text')).status).toBe(400);
});

test('answers GraphQL, errors with status 200', async () => {
  const url = await start();
  const ask = async (query: string) => (await post(`${url}/graphql`, { query })).json();
  expect(await ask('mutation { generate { id } }')).toHaveProperty('data.generate.id');
  expect(await ask('{ nothing }')).toHaveProperty('errors');
});

test('chats in rooms', async () => {
  const url = (await start()).replace('http', 'ws');
  const socket = new WebSocket(`${url}/ws`);
  await once(socket, 'open');
  const next = async (message: unknown) => {
    const answer = once(socket, 'message');
    socket.send(JSON.stringify(message));
    return JSON.parse(String((await answer)[0]));
  };
  expect(await next({ type: 'ping', id: 7 })).toMatchObject({ type: 'pong', id: 7 });
  expect(await next({ type: 'join', room: 'r' })).toEqual({ type: 'joined', room: 'r' });
  expect(await next({ type: 'say', room: 'r', text: 'hi' })).toMatchObject({ type: 'said', text: 'hi' });
  expect(await next({ type: 'constructor' })).toMatchObject({ type: 'error' });
  socket.terminate();
});

describe('knobs', () => {
  test('SLOW_VALIDATE_MS slows one endpoint', async () => {
    const url = await start({ SLOW_VALIDATE_MS: '150', WAIT_MS: '0' });
    const before = performance.now();
    await post(`${url}/content/validate`, {});
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  test('ERROR_RATE fails requests', async () => {
    const url = await start({ ERROR_RATE: '1' });
    expect((await post(`${url}/content/generate`, {})).status).toBe(500);
  });

  test('WS_DROP_MS closes sockets', async () => {
    const url = (await start({ WS_DROP_MS: '20' })).replace('http', 'ws');
    const [code] = await once(new WebSocket(`${url}/ws`), 'close');
    expect(code).toBe(1012);
  });
});
