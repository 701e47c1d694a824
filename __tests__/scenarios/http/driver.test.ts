import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import { balance, generator, never, request, scenario, side } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const servers: (http.Server | https.Server)[] = [];

beforeAll(async () => {
  bench = await generator();
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(handler: http.RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = http.createServer(handler).listen(0, host);
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

async function bodyOf(incoming: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('counts', () => {
  test('agree with what the server saw, by part and in total', async () => {
    const seen: Record<string, number> = {};
    const url = await serve((incoming, answer) => {
      const path = incoming.url ?? '';
      seen[path] = (seen[path] ?? 0) + 1;
      answer.statusCode = path === '/broken' ? 500 : 200;
      answer.end('done');
    });
    const what = scenario({
      connections: 4,
      requests: [
        request({ name: 'often', path: '/often', weight: 3 }),
        request({ name: 'broken', path: '/broken', weight: 1 }),
      ],
    });
    const tally = await bench.load(what, url);
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    const [often, broken] = tally.parts;
    expect(tally.parts.map((part) => part.name)).toEqual(['often', 'broken']);
    expect(often?.tally.counters.ok).toBe(seen['/often']);
    expect(broken?.tally.counters.failed).toBe(seen['/broken']);
    expect(broken?.tally.errors).toEqual({ '5xx': seen['/broken'] });
    expect(tally.total.counters.sent).toBe((seen['/often'] ?? 0) + (seen['/broken'] ?? 0));
    expect((seen['/often'] ?? 0) / (seen['/broken'] ?? 1)).toBeCloseTo(3, 0);
    // Latency is that of expected answers only.
    expect(tally.total.distributions.latency).toMatchObject({ count: seen['/often'], unit: 'ms' });
    expect(broken?.tally.distributions.latency).toMatchObject({ count: 0 });
    expect(tally.generator.cpu).toBeGreaterThan(0);
    expect(tally.generator.limited).toBe(tally.generator.cpu >= 0.85);
    expect(new Date(tally.startedAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('a single part has no tallies of parts', async () => {
    const url = await serve((_incoming, answer) => answer.end());
    const tally = await bench.load(scenario(), url, { durationMs: 100 });
    expect(tally.parts).toEqual([]);
  });

  test('the rate is not biased by short slices: a 30 ms server gives 33/s on each connection', async () => {
    const url = await serve((_incoming, answer) => {
      setTimeout(() => answer.end(), 30);
    });
    const session = await bench.driver.open(scenario({ connections: 4 }), never);
    const load = async (kind: 'slice' | 'round', durationMs: number): Promise<number> => {
      const { total } = await session.run(side(url), { kind, durationMs }, never);
      return ((total.counters.ok ?? 0) * 1000) / total.elapsedMs;
    };
    const slices: number[] = [];
    const rounds: number[] = [];
    for (let cycle = 0; cycle < 5; cycle += 1) {
      for (let i = 0; i < 4; i += 1) slices.push(await load('slice', 100));
      rounds.push(await load('round', 500));
    }
    await session.close();
    // Each connection sends at 0, 30, 60 and 90 ms: four answers in 100 ms would be 40/s. That is so in every slice.
    const [short, long] = [median(slices), median(rounds)];
    expect(short / long).toBeGreaterThan(0.88);
    expect(short / long).toBeLessThan(1.12);
    expect(short).toBeLessThanOrEqual(4000 / 30);
  });

  test('a slow answer is counted in the slice it was sent in', async () => {
    const url = await serve((_incoming, answer) => {
      setTimeout(() => answer.end(), 400);
    });
    const tally = await bench.load(scenario(), url, { kind: 'slice', durationMs: 100 });
    expect(tally.total.counters).toMatchObject({ sent: 2, ok: 2, failed: 0 });
    expect(tally.total.elapsedMs).toBeGreaterThan(395);
    expect(tally.total.distributions.latency).toMatchObject({ count: 2 });
  });
});

describe('requests', () => {
  test('base path, query, headers, body and any method arrive as written', async () => {
    const seen: { method: string; url: string; type: string; host: string; body: string }[] = [];
    const url = await serve(async (incoming, answer) => {
      const { method = '', url: path = '', headers } = incoming;
      const body = await bodyOf(incoming);
      seen.push({ method, url: path, type: headers['content-type'] ?? '', host: headers.host ?? '', body });
      answer.end();
    });
    const text = '{"name":"Zoë"}';
    const headers = { 'content-type': 'application/json' };
    await bench.load(
      scenario({
        connections: 1,
        requests: [request({ method: 'PROPFIND', path: '/a b?q=ü', headers, body: text })],
      }),
      `${url}/base/`,
      { durationMs: 50 },
    );
    expect(seen[0]).toEqual({
      method: 'PROPFIND',
      url: '/base/a%20b?q=%C3%BC',
      type: 'application/json',
      host: url.slice('http://'.length),
      body: text,
    });
  });

  test('an IPv6 host', async () => {
    const url = await serve((_incoming, answer) => answer.end(), '::1');
    const tally = await bench.load(scenario(), url, { durationMs: 50 });
    expect(tally.total.counters.failed).toBe(0);
    expect(tally.total.counters.ok).toBeGreaterThan(0);
  });

  test('https, whoever signed the certificate', async () => {
    const folder = await mkdtemp(`${tmpdir()}/perf-baseline-tls-`);
    const [key, certificate] = [`${folder}/key.pem`, `${folder}/cert.pem`];
    const made =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=other.example';
    execFileSync('openssl', [...made.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const server = https.createServer({ key: await readFile(key), cert: await readFile(certificate) });
    server.on('request', (_incoming, answer) => answer.end('secret')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    const tally = await bench.load(scenario(), `https://localhost:${port}`, { durationMs: 100 });
    expect(tally.total.errors).toEqual({});
    expect(tally.total.counters.ok).toBeGreaterThan(2);
    const wrong = await bench.load(scenario(), `http://localhost:${port}`, { durationMs: 100 });
    expect(wrong.total.counters.ok).toBe(0);
    expect(wrong.total.counters.failed).toBeGreaterThan(0);
  });

  test('values differ from request to request, and are the same on both sides', async () => {
    const seen: string[] = [];
    const url = await serve((incoming, answer) => {
      seen.push(incoming.url ?? '');
      answer.end();
    });
    const what = scenario({
      connections: 1,
      requests: [request({ path: '/${counter}/${int:1:1000}/${pick:a,b}' })],
    });
    const session = await bench.driver.open(what, never);
    await session.run(side(url, 'baseline'), { kind: 'round', durationMs: 100 }, never);
    const first = seen.splice(0);
    await session.run(side(url, 'candidate'), { kind: 'round', durationMs: 100 }, never);
    await session.close();
    expect(new Set(first).size).toBe(first.length);
    expect(first[0]).toMatch(/^\/1\/\d+\/[ab]$/);
    expect(seen.slice(0, 10)).toEqual(first.slice(0, 10));
  });
});

describe('steps', () => {
  const created = { name: 'create', method: 'POST', path: '/items', capture: { id: '$.item.id' } };

  test('run in order on each connection, with what was captured', async () => {
    let next = 0;
    const open = new Set<string>();
    const wrong: string[] = [];
    const url = await serve((incoming, answer) => {
      if (incoming.method === 'POST') {
        next += 1;
        const id = `n/${next}"\\`;
        open.add(id);
        answer.end(JSON.stringify({ item: { id } }));
        return;
      }
      void bodyOf(incoming).then((body) => {
        const id = decodeURIComponent((incoming.url ?? '').slice('/items/'.length));
        const same = (JSON.parse(body) as { id: string }).id === id;
        if (!open.delete(id) || !same) wrong.push(id);
        answer.end();
      });
    });
    const put = request({
      name: 'put',
      method: 'PUT',
      path: '/items/${id}',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"${id}"}',
    });
    const tally = await bench.load(
      scenario({ mode: 'steps', connections: 3, requests: [request(created), put] }),
      url,
    );
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(wrong).toEqual([]);
    expect(tally.total.errors).toEqual({});
    expect(next).toBeGreaterThan(10);
    const [posted, putted] = tally.parts.map((part) => part.tally.counters.ok ?? 0);
    expect((posted ?? 0) - (putted ?? 0)).toBeLessThanOrEqual(3);
  });

  test('a failed step starts the flow anew, counted', async () => {
    const order: string[] = [];
    const url = await serve((incoming, answer) => {
      order.push(incoming.url ?? '');
      answer.end(incoming.url === '/items' ? '{"item":{}}' : '{}');
    });
    const tally = await bench.load(
      scenario({
        mode: 'steps',
        connections: 1,
        requests: [request(created), request({ name: 'never', path: '/${id}' })],
      }),
      url,
      { durationMs: 100 },
    );
    expect(new Set(order)).toEqual(new Set(['/items']));
    expect(tally.total.errors).toEqual({ capture: order.length });
    expect(tally.total.counters.restarts).toBe(order.length);
  });
});
