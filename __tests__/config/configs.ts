import { type ParseOptions, parseConfig } from '../../src/config/parse.ts';
import type { Config, HttpScenario } from '../../src/domain/config.ts';
import { ConfigError } from '../../src/domain/errors.ts';

const options: ParseOptions = { file: 'perf.yml', workingDirectory: '/work', env: {} };

export function read(text: string, env: ParseOptions['env'] = {}): Config {
  return parseConfig(text, { ...options, env });
}

/** A config with one HTTP scenario, `s`, whose keys are given as flow YAML. */
export const scenario = (keys: string): string =>
  `target: { url: "http://127.0.0.1:3000" }\nscenarios:\n  s: { type: http, ${keys} }\n`;

/** Problems as the command line shows them, one a line; fails when there is none. */
export function problemsOf(text: string, env: ParseOptions['env'] = {}): string[] {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the config was accepted');
}

/** The first scenario of a config, which must be an HTTP one. */
export function firstHttp({ scenarios: [scenario] }: Config): HttpScenario {
  if (scenario.type !== 'http') throw new Error(`the first scenario is of type ${scenario.type}`);
  return scenario;
}
