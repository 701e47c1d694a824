import { runJob } from '../../../src/scenarios/micro/runner-process.ts';

/* A process of its own that has one job done, to be killed meanwhile: its arguments are the runner, the folder and the job. */
const [entry = '', cwd = '', job = ''] = process.argv.slice(2);
await runJob(JSON.parse(job), {
  entry,
  cwd,
  env: { PATH: process.env.PATH ?? '' },
  timeoutMs: 60_000,
  signal: new AbortController().signal,
});
