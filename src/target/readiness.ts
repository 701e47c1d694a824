import { Agent as HttpAgent, get as httpGet } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../domain/config.ts';
import { addressOf, knock } from './ports.ts';

/** `lastSeen` says in words how far it had come: "connection refused", "GET http://… answered 503". */
export type Readiness = { status: 'ready' } | { status: 'late'; lastSeen: string } | { status: 'given-up' };

type Probe = { ready: boolean; seen: string };

/**
 * Waits until the target is ready by the rule given: a path that answers 2xx or 3xx, a line in its log, or any
 * HTTP answer of its URL. `logged` is the sight of that line; `giveUp` ends the wait (the command ended, a
 * cancel). Never throws.
 */
export async function waitUntilReady(
  ready: Target['ready'],
  url: string,
  logged: Promise<void> | null,
  giveUp: AbortSignal,
): Promise<Readiness> {
  const deadline = performance.now() + ready.timeoutMs;
  let lastSeen = 'nothing was tried yet';
  let line = logged === null;
  void logged?.then(() => {
    line = true;
  });
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 250)) {
    if (giveUp.aborted) return { status: 'given-up' };
    const left = deadline - performance.now();
    if (left <= 0) return { status: 'late', lastSeen };
    if (line) {
      const probe = await probeFor(ready, url, Math.max(50, Math.min(left, 10_000)), giveUp);
      if (probe.ready) return { status: 'ready' };
      if (!giveUp.aborted) lastSeen = probe.seen;
    } else if (ready.type === 'log') {
      lastSeen = `no line of its log contained "${ready.text}"`;
    }
    await sleep(Math.max(1, Math.min(pause, deadline - performance.now())), undefined, {
      signal: giveUp,
    }).catch(() => {});
  }
}

async function probeFor(
  ready: Target['ready'],
  url: string,
  timeoutMs: number,
  giveUp: AbortSignal,
): Promise<Probe> {
  switch (ready.type) {
    case 'log': {
      // The line may be written before the socket is bound.
      const { host, port } = addressOf(url);
      const answer = await knock({ host, port }, timeoutMs);
      return {
        ready: answer === 'open',
        seen: `its log contained "${ready.text}", but connections to ${host}:${port} were refused`,
      };
    }
    case 'path': {
      const address = new URL(ready.path, url);
      return ask(address, timeoutMs, giveUp, (status) => status >= 200 && status < 400);
    }
    case 'answer':
      return ask(new URL(url), timeoutMs, giveUp, () => true);
  }
}

/** One GET on a connection of its own, so that readiness leaves none open. Redirects are answers. */
function ask(
  url: URL,
  timeoutMs: number,
  signal: AbortSignal,
  isReady: (status: number) => boolean,
): Promise<Probe> {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const place = `${secure ? 'https:' : 'http:'}//${url.host}${url.pathname}`;
  return new Promise((resolve) => {
    const options = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, Connection: 'close', Accept: '*/*', 'User-Agent': 'perf-baseline' },
      signal,
    };
    const timer = setTimeout(() => {
      request.destroy();
      resolve({ ready: false, seen: `GET ${place} was not answered within ${Math.round(timeoutMs)} ms` });
    }, timeoutMs);
    const settle = (probe: Probe) => {
      clearTimeout(timer);
      resolve(probe);
    };
    // A service under test often has a certificate of its own making, and it is ours to trust.
    const request = secure
      ? httpsGet({ ...options, agent: new HttpsAgent({ keepAlive: false }), rejectUnauthorized: false })
      : httpGet({ ...options, agent: new HttpAgent({ keepAlive: false }) });
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      // Read to its end, for a reset would be an error in the target's log; but an event stream has none.
      response.on('error', () => {}).resume();
      setTimeout(() => response.destroy(), 500).unref();
      settle({ ready: isReady(status), seen: `GET ${place} answered ${status}` });
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      settle({ ready: false, seen: `GET ${place} failed: ${failureWords(error)}` }),
    );
  });
}

function failureWords(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }): string {
  const { code, message } = error.errors?.[0] ?? error;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ECONNRESET') return 'the connection was closed without an answer';
  if (code?.startsWith('HPE_')) return 'what answered does not speak HTTP/1.1';
  return message;
}
