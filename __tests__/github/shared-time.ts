/**
 * Time of several jobs that passes only while none of them works, so that a job which the machine holds up is not overtaken
 * by what the others wait for. Those that are due within `togetherMs` of each other go on together, and race.
 */
export function sharedTime(jobs: number, togetherMs = 500) {
  let now = 0;
  let awake = jobs;
  let sleepers: { at: number; wake: () => void }[] = [];
  const pass = () => {
    if (awake > 0 || sleepers.length === 0) return;
    now = Math.min(...sleepers.map(({ at }) => at));
    const due = sleepers.filter(({ at }) => at <= now + togetherMs);
    sleepers = sleepers.filter((one) => !due.includes(one));
    awake += due.length;
    for (const { wake } of due) wake();
  };
  const leave = () => {
    awake -= 1;
    pass();
  };
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      sleepers.push({ at: now + ms, wake });
      leave();
    });
  /** `leave`: for a job that has ended. */
  return { sleep, leave };
}
