import { setTimeout as delay } from 'node:timers/promises';
import * as core from '@actions/core';
import { UsageError } from '../domain/errors.ts';
import type { Origin } from '../domain/result.ts';
import { type Client, createClient, type Repo } from '../github/client.ts';
import { type Env, type RunEvent, readEvent } from '../github/event.ts';
import { type Inputs, readInputs } from '../github/inputs.ts';
import { createLog, type Log } from '../github/log.ts';
import { readPayload } from '../github/payload.ts';
import { readDefaultBranch } from '../github/repository.ts';
import { workflowFile } from '../github/series.ts';

/** All that a step of a workflow knows of itself. */
export type ActionContext = {
  env: Env;
  event: RunEvent;
  origin: Origin;
  /** File of the workflow that runs. */
  workflow: string;
  repo: Repo;
  /** Null only without a token, where the event does not tell it either. */
  defaultBranch: string | null;
  inputs: Inputs;
  /** Null without a token: then it measures, and publishes what needs none. */
  client: Client | null;
  /** A client for the seconds after a cancellation, which ends the requests of the other one. */
  lastWords(): Client | null;
  log: Log;
  signal: AbortSignal;
  sleep(ms: number): Promise<void>;
  /** Values never to be shown again; grows while the config is read. */
  secrets: string[];
};

/** Reads event and inputs. Throws a UsageError that says what is wrong with them. */
export async function readContext(env: Env, signal: AbortSignal): Promise<ActionContext> {
  const secrets: string[] = [];
  const log = createLog({ core, secrets: () => secrets });
  const { event, repository, origin } = readEvent(env, await readPayload(env));
  const inputs = readInputs(env, { event, defaultBranch: repository.defaultBranch });
  const repo = { owner: repository.owner, repo: repository.repo };
  if (inputs.token !== null) {
    core.setSecret(inputs.token);
    secrets.push(inputs.token);
  }
  const apiUrl = env.GITHUB_API_URL || 'https://api.github.com';
  const { token } = inputs;
  const client =
    token === null ? null : createClient({ token, apiUrl, log, signal, throttle: !isLoopback(apiUrl) });
  const defaultBranch = repository.defaultBranch ?? (client && (await readDefaultBranch(client, repo)));
  const settled = settleBranch(event, defaultBranch);
  return {
    env,
    event: settled,
    origin,
    workflow: workflowFile(env),
    repo,
    defaultBranch,
    inputs,
    client,
    lastWords: () =>
      token === null
        ? null
        : createClient({
            token,
            apiUrl,
            log,
            throttle: false,
            attempts: 2,
            requestTimeoutMs: 2_000,
            deadlineMs: 4_000,
          }),
    log,
    signal,
    sleep: (ms) => delay(ms, undefined, { signal }),
    secrets,
  };
}

/** GitHub asks for a second between writes; a server on this machine does not. */
function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\])/.test(hostname);
}

/** A schedule's payload does not name the default branch: what was asked of the API decides. */
function settleBranch(event: RunEvent, defaultBranch: string | null): RunEvent {
  if (!('onDefaultBranch' in event)) return event;
  return { ...event, onDefaultBranch: event.branch !== null && event.branch === defaultBranch };
}

/** The client, where something cannot be done without one. */
export function requireClient(context: Pick<ActionContext, 'client'>, what: string): Client {
  if (context.client !== null) return context.client;
  throw new UsageError(
    `The input github-token is empty, and ${what} needs a token: leave it out for its default.`,
  );
}
