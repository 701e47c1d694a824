import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/*
 * The generator under a sampling profiler; what it found is written to `profile.json` in the working directory of whoever
 * started it, when it ends.
 */
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () =>
  session.post('Profiler.stop', (_, { profile }) =>
    writeFileSync(`${import.meta.dirname}/profile.json`, JSON.stringify(profile)),
  ),
);
await import('../../src/scenarios/websocket/generator.ts');
