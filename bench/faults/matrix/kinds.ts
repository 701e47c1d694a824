import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultKind } from '../../../__tests__/harness/github/faults.ts';
import type { GitHubStandIn } from '../../../__tests__/harness/github/stand-in.ts';

type Answered = Exclude<FaultKind, { type: 'before' | 'after' | 'ref-race' }>;

/** Everything that can happen at one call, before its effect or after it; whatever is `Ms` is in milliseconds. */
export type Kind =
  | Answered
  /** The job is cancelled while the call is under way: SIGINT, then SIGTERM; with `hangs` the call is never answered. */
  | { type: 'cancel'; hangs?: true }
  /** The machine is lost: SIGKILL. */
  | { type: 'kill' }
  /** The runner's own clock jumps, and the call after this one is answered with a 502. */
  | { type: 'clock'; jumpMs: number }
  /** GitHub's clock is wrong throughout, and the call is refused until a moment on that clock. */
  | { type: 'server-clock'; aheadMs: number }
  /** From this call on the disk has no room. */
  | { type: 'disk-full' };

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

export const KINDS: readonly Kind[] = [
  { type: 'status', status: 500 },
  { type: 'status', status: 502 },
  { type: 'status', status: 503, headers: { 'retry-after': '1' } },
  { type: 'status', status: 429 },
  { type: 'status', status: 429, headers: { 'retry-after': '1' } },
  { type: 'secondary-limit', retryAfter: 1 },
  { type: 'secondary-limit', retryAfter: DAY_MS / 1000 },
  { type: 'rate-limit', resetInSeconds: 2 },
  { type: 'rate-limit', resetInSeconds: -YEAR_MS / 1000 },
  { type: 'rate-limit', resetInSeconds: YEAR_MS / 1000 },
  { type: 'status', status: 401 },
  { type: 'status', status: 403 },
  { type: 'status', status: 404 },
  { type: 'status', status: 409 },
  { type: 'status', status: 410 },
  { type: 'status', status: 422 },
  { type: 'status', status: 200, body: {} },
  { type: 'status', status: 200, body: 'not json' },
  { type: 'cut-before' },
  { type: 'cut-after' },
  { type: 'status-after', status: 502 },
  { type: 'truncate' },
  { type: 'slow', ms: 1500 },
  { type: 'hang' },
  { type: 'server-clock', aheadMs: YEAR_MS },
  { type: 'server-clock', aheadMs: -YEAR_MS },
  { type: 'clock', jumpMs: DAY_MS },
  { type: 'clock', jumpMs: -DAY_MS },
  { type: 'disk-full' },
  { type: 'cancel' },
  { type: 'cancel', hangs: true },
  { type: 'kill' },
];

/** A kind in a word or two, as the columns and `--kind` have it. */
export function kindName(kind: Kind): string {
  const { type, ...how } = kind;
  const shown = Object.values(how).map((value) =>
    typeof value === 'string' ? value : JSON.stringify(value),
  );
  return [type, ...shown].join(' ');
}

/** One fault of a trial: the kind, and the call at which it strikes, counted from 0 over all that the run asks. */
export type Hit = { call: number; kind: Kind };

/** What a run is started with so that its faults can strike. */
export type Armed = {
  env: Record<string, string>;
  /** Resolves when the run is to be asked to end, where it is. */
  signalAfter?: Promise<void>;
  killed: boolean;
  cancelled: boolean;
  /** How many of the faults have not struck: the run asked for less than a run without faults. */
  missed(): number;
  disarm(): void;
};

/** Divides the long waits of a run, and its time limits where it is left waiting: 30 s for an answer, minutes for git. */
const HASTE = 20;

/** Lets these faults strike the next run. `folder`: where it looks for what happens to its machine. */
export function arm(hub: GitHubStandIn, hits: readonly Hit[], folder: string): Armed {
  let pull: () => void = () => {};
  const signalled = new Promise<void>((resolve) => {
    pull = resolve;
  });
  const trouble = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const strikes = hits.flatMap((hit) => strikesOf(hit, pull, trouble)).sort((a, b) => a.call - b.call);
  const active = strikes.map(({ call, kind }, index) => {
    // A request that is struck is not seen by the faults after; two at one call strike it and what follows it.
    const earlier = strikes.slice(0, index).filter((other) => other.call < call).length;
    return hub.fault({ match: { route: /^/ }, kind, skip: call - earlier });
  });
  for (const { kind } of hits) if (kind.type === 'server-clock') hub.world.clockSkewMs = kind.aheadMs;
  const types = new Set(hits.map(({ kind }) => kind.type));
  const waits = types.has('hang');
  const killed = types.has('kill');
  const cancelled = types.has('cancel');
  return {
    killed,
    cancelled,
    env: {
      TROUBLE: folder,
      HASTE: String(HASTE),
      // The second is what the client of artifacts has for this.
      ...(waits && { LIMITS: 'short', ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS: '1500' }),
    },
    ...((killed || cancelled) && { signalAfter: signalled }),
    missed: () => active.filter(({ struck }) => struck === 0).length,
    disarm: () => {
      for (const fault of active) fault.stop();
      for (const file of ['clock', 'full']) rmSync(join(folder, file), { force: true });
      hub.world.clockSkewMs = 0;
    },
  };
}

function strikesOf(
  { call, kind }: Hit,
  pull: () => void,
  trouble: (file: string, text: string) => void,
): { call: number; kind: FaultKind }[] {
  const once = (fault: FaultKind) => [{ call, kind: fault }];
  switch (kind.type) {
    case 'cancel':
      return once(
        kind.hangs
          ? { type: 'before', run: () => new Promise(() => pull()) }
          : { type: 'before', run: () => pull() },
      );
    case 'kill':
      return once({ type: 'before', run: () => pull() });
    case 'clock':
      return [
        ...once({ type: 'before', run: () => trouble('clock', String(kind.jumpMs)) }),
        { call: call + 1, kind: { type: 'status', status: 502 } },
      ];
    case 'server-clock':
      return once({ type: 'rate-limit', resetInSeconds: kind.aheadMs / 1000 + 2 });
    case 'disk-full':
      return once({ type: 'before', run: () => trouble('full', '') });
    default:
      return once(kind);
  }
}
