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
  return 0;
}
