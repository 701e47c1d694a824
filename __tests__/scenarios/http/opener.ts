import { execFileSync } from 'node:child_process';
import { createHttpDriver } from '../../../src/scenarios/http/driver.ts';
import { never, scenario, side } from './bench.ts';

/* A process to be killed: opens a session, tells the pid of its generator, and puts load on the URL it is given. */
const [generatorEntry = '', url = ''] = process.argv.slice(2);
const session = await createHttpDriver({ generatorEntry }).open(scenario(), never);
const children = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'generator.mjs']).toString();
process.send?.(Number(children.trim().split('\n')[0]));
await session.run(side(url), { kind: 'round', durationMs: 60_000 }, never);
