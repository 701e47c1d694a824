import { readConfig } from '../config/read.ts';
import type { Io } from './io.ts';

/** `perf-baseline validate`: reads the config, boots nothing. Every problem is in the ConfigError it throws. */
export async function validateCommand(
  options: { config: string | undefined; workingDirectory: string },
  io: Io,
): Promise<number> {
  const { config: file, workingDirectory } = options;
  const config = await readConfig({ file, workingDirectory, env: process.env });
  const scenarios = config.scenarios.map(({ name, type }) => `${name} (${type})`).join(', ');
  io.say(`${config.file}: valid. Scenarios: ${scenarios}.`);
  const served = config.scenarios.some(({ type }) => type !== 'micro');
  if (served && config.target.start === undefined)
    io.say(
      'Nothing starts the service: there is no target.start, so what answers at target.url has to be running whenever it is measured, also on a runner.',
    );
  return 0;
}
