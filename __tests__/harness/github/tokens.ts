import { createHash } from 'node:crypto';
import type { Scope, Scopes, Token } from './records.ts';

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * A token of the newer format, `ghs_<app>_<jwt>`: about 520 characters, with dots. `seed` makes it unique; the
 * signature is a digest, so no part of two tokens is alike where a leak would be looked for.
 */
export function installationToken(seed: string): string {
  const head = base64url({ alg: 'RS256', typ: 'JWT', kid: 'stand-in' });
  const body = base64url({ sub: seed, iss: 'https://token.actions.githubusercontent.com', aud: 'api' });
  const noise = ['a', 'b', 'c', 'd', 'e'].map((part) =>
    createHash('sha512').update(`${seed} ${part}`).digest('base64url'),
  );
  const rest = 520 - `ghs_15368_${head}.${body}.`.length;
  return `ghs_15368_${head}.${body}.${noise.join('').slice(0, rest)}`;
}

/** The token the artifact service takes: an unsigned JWT whose scope names the run and the job. */
export function runtimeToken(runId: number, jobId: number): string {
  const payload = {
    scp: `Actions.Results:run-${runId}:job-${jobId} Actions.UploadArtifacts:00000000-0000-0000-0000-000000000000/1`,
    exp: Math.floor(Date.now() / 1000) + 6 * 3600,
    iss: 'https://token.actions.githubusercontent.com',
  };
  const signature = createHash('sha256').update(`runtime ${runId} ${jobId}`).digest('base64url');
  return `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(payload)}.${signature}`;
}

/** The run a runtime token is for, or undefined when it is not one. */
export function runOfRuntimeToken(token: string): number | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      scp?: string;
    };
    const id = /Actions\.Results:run-(\d+):job-\d+(?: |$)/.exec(payload.scp ?? '')?.[1];
    return id === undefined ? undefined : Number(id);
  } catch {
    return undefined;
  }
}

type Need = { anyOf: Scope[]; level: 'read' | 'write' } | 'metadata' | 'user' | 'none';

/** What an operation needs of a workflow's token, as its documentation says. Comments: either of two will do. */
export function needOf(operationId: string, method: string): Need {
  const level = method === 'GET' ? 'read' : 'write';
  const [area] = operationId.split('/');
  if (operationId === 'users/get-authenticated') return 'user';
  if (area === 'rate-limit' || area === 'meta' || area === 'users') return 'none';
  if (
    ['repos/get', 'repos/get-collaborator-permission-level', 'repos/get-branch-rules'].includes(operationId)
  )
    return 'metadata';
  if (operationId === 'repos/list-pull-requests-associated-with-commit')
    return { anyOf: ['pull-requests'], level };
  if (/status/.test(operationId)) return { anyOf: ['statuses'], level };
  if (area === 'pulls') return { anyOf: ['pull-requests'], level };
  if (area === 'issues' || area === 'reactions') return { anyOf: ['issues', 'pull-requests'], level };
  if (area === 'checks') return { anyOf: ['checks'], level };
  if (area === 'actions') return { anyOf: ['actions'], level };
  return { anyOf: ['contents'], level };
}

export function allows(scopes: Scopes, need: { anyOf: Scope[]; level: 'read' | 'write' }): boolean {
  return need.anyOf.some((scope) => {
    const granted = scopes[scope] ?? 'none';
    return granted === 'write' || (granted === 'read' && need.level === 'read');
  });
}

/** The token in an Authorization header: `token`, `bearer`, or `basic` with `x-access-token` as git sends it. */
export function tokenOfHeader(header: string | undefined): string | null {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  if (/^(token|bearer)$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':');
  return null;
}

/** A workflow's token of a fork or of Dependabot may read what it otherwise may write. */
export function readOnly(scopes: Scopes): Scopes {
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, level]) => [scope, level === 'write' ? 'read' : level]),
  );
}

export type Tokens = Map<string, Token>;
