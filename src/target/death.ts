import type { TargetDeath } from '../domain/driver.ts';
import { outputSettled } from './command.ts';
import type { OutputLog } from './output-log.ts';
import { type Address, knock } from './ports.ts';
import type { ProcessGroup } from './process-group.ts';

const KNOCK_MS = 1000;
/** A cluster that replaces a worker, or a reload, may refuse connections for a moment. */
const REFUSALS = 3;

/**
 * Watches a ready target until dismissed. It is dead when its command ended, unless with code 0 and by design
 * (`docker compose up -d`, a daemon) or with its service still running, and when its port has refused connections
 * three seconds running: a wrapper (npm, nodemon, a shell) may outlive what it wraps.
 */
export function watchForDeath(watched: {
  address: Address;
  log: OutputLog | null;
  group: ProcessGroup | null;
  endsByDesign: boolean;
}): { promise: Promise<TargetDeath>; dismiss(): void } {
  const { address, log, group, endsByDesign } = watched;
  let dismissed = false;
  let timer: NodeJS.Timeout | null = null;
  let settle: (death: TargetDeath) => void = () => {};
  const promise = new Promise<TargetDeath>((resolve) => {
    settle = resolve;
  });
  const dismiss = () => {
    dismissed = true;
    if (timer !== null) clearTimeout(timer);
  };
  const die = async () => {
    if (dismissed) return;
    if (group?.exit) await outputSettled(group);
    if (dismissed) return;
    dismiss();
    settle({
      exitCode: group?.exit?.code ?? null,
      signal: group?.exit?.signal ?? null,
      log: log?.tail() ?? '',
    });
  };
  let refusals = 0;
  const watch = async () => {
    refusals = (await knock(address)) === 'closed' ? refusals + 1 : 0;
    if (dismissed) return;
    // Looked at often, a child is known as ours before its parent ends, whatever it does to its environment.
    group?.family?.scan();
    const daemonGone = group?.exit != null && !endsByDesign && !group.isAlive();
    if (refusals >= REFUSALS || daemonGone) await die();
    else schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => void watch(), KNOCK_MS);
    timer.unref();
  };
  schedule();
  void group?.exited.then(async ({ code }) => {
    if (code === 0 && (endsByDesign || group.isAlive())) return;
    await die();
  });
  return { promise, dismiss };
}
