import { setTimeout as delay } from 'node:timers/promises';
import type { RunningTarget, Session, Side, StretchTally, TargetDeath } from '../domain/driver.ts';

/** A side that is booted and ready. `dead` fires, with a TargetDied as its reason, when the target ends by itself. */
export type LiveSide = { side: Side; target: RunningTarget; dead: AbortSignal };

/** A reference server and the session that loads it, interleaved with the target. */
export type LiveAnchor = { side: Side; session: Session };

/** The target ended by itself while it was under load. */
export class TargetDied extends Error {
  override name = 'TargetDied';
  readonly side: Side['name'];
  readonly death: TargetDeath;
  constructor(side: Side['name'], death: TargetDeath) {
    super(`the target ended while it was measured (${howItEnded(death)})`);
    this.side = side;
    this.death = death;
  }
}

function howItEnded({ exitCode, signal }: TargetDeath): string {
  if (signal !== null) return `signal ${signal}`;
  return exitCode === null ? 'it no longer listens on its port' : `exit code ${exitCode}`;
}

export function liveSide(side: Side, target: RunningTarget): LiveSide {
  const death = new AbortController();
  void target.death.then((how) => death.abort(new TargetDied(side.name, how)));
  return { side, target, dead: death.signal };
}

/** A target that is going down refuses connections a moment before its process is seen to be gone. */
const DEATH_SHOWS_MS = 150;

/** Kinds of error that a dying target causes: connections refused or cut, a WebSocket closed without a word. */
const CUT_OFF = /^(?:connect|refused|reset|lost|close-1006)$/;

/** Runs load that ends when the target does. Rejects with TargetDied then, or with the signal's reason. */
export async function loadWhileAlive(
  live: LiveSide,
  signal: AbortSignal,
  load: (alive: AbortSignal) => Promise<StretchTally>,
): Promise<StretchTally> {
  try {
    const done = await load(AbortSignal.any([signal, live.dead]));
    const cutOff = Object.keys(done.total.errors).some((kind) => CUT_OFF.test(kind));
    if (cutOff && !live.dead.aborted) await delay(DEATH_SHOWS_MS);
    live.dead.throwIfAborted();
    return done;
  } catch (error) {
    if (!signal.aborted) live.dead.throwIfAborted();
    throw error;
  }
}
