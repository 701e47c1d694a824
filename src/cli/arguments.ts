import { parseArgs } from 'node:util';
import { UsageError } from '../domain/errors.ts';

type Option = { type: 'string' | 'boolean'; short?: string; value?: string; description: string };

export type CommandName = 'run' | 'compare' | 'report' | 'trend' | 'init' | 'validate';

type Command = { summary: string; positionals: readonly string[]; options: Record<string, Option> };

const config: Option = {
  type: 'string',
  short: 'c',
  value: 'FILE',
  description: 'config file (default: .github/perf-baseline.yml, if there is one)',
};
const format: Option = {
  type: 'string',
  value: 'FORMAT',
  description: 'table, markdown or json (default: table)',
};
const failOn: Option = {
  type: 'string',
  value: 'WHAT',
  description: 'regression, inconclusive or never (default: regression)',
};
const workingDirectory: Option = {
  type: 'string',
  value: 'DIR',
  description: 'where the config and the commands are (default: here)',
};

/** Every command with its options: the help and the parser both read this. */
export const commands: Record<CommandName, Command> = {
  run: {
    summary: 'measure the target, compare it with a baseline, print the report',
    positionals: [],
    options: {
      config,
      'working-directory': workingDirectory,
      start: {
        type: 'string',
        value: 'COMMAND',
        description: 'without a config: the command that starts the target',
      },
      url: {
        type: 'string',
        value: 'URL',
        description: 'without a config: the URL to measure (${PORT} is a free port)',
      },
      only: { type: 'string', value: 'SCENARIO', description: 'measure this scenario alone' },
      save: {
        type: 'string',
        value: 'DIR',
        description: 'store the result in this folder, as a baseline for later',
      },
      baseline: { type: 'string', value: 'DIR|FILE', description: 'compare with what --save stored there' },
      base: {
        type: 'string',
        value: 'REF',
        description: 'measure this commit side by side, and compare with it',
      },
      series: {
        type: 'string',
        value: 'NAME',
        description: 'keeps unlike results apart in one folder (default: local)',
      },
      output: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        description: 'where to write the result document',
      },
      'fail-on': failOn,
      format,
    },
  },
  compare: {
    summary: 'compare two result documents',
    positionals: ['BASE', 'CANDIDATE'],
    options: { config, 'working-directory': workingDirectory, 'fail-on': failOn, format },
  },
  report: {
    summary: 'print what a result document holds, and judge its limits',
    positionals: ['RESULT'],
    options: { config, 'working-directory': workingDirectory, 'fail-on': failOn, format },
  },
  trend: {
    summary: 'print how each metric went over the baselines saved in a folder',
    positionals: [],
    options: {
      baseline: {
        type: 'string',
        value: 'DIR',
        description: 'the folder that --save wrote (default: .perf-baseline)',
      },
      series: {
        type: 'string',
        value: 'NAME',
        description: 'this series alone (default: every one of the folder)',
      },
      only: { type: 'string', value: 'SCENARIO', description: 'this scenario alone' },
      format,
    },
  },
  init: {
    summary:
      'write a config and a workflow for this repository, and a line of .gitignore for what is kept; an existing file is never overwritten',
    positionals: [],
    options: {
      start: {
        type: 'string',
        value: 'COMMAND',
        description: 'the command that starts the service, instead of looking for it',
      },
      url: {
        type: 'string',
        value: 'URL',
        description: 'where it answers, instead of looking for it (${PORT} is a free port)',
      },
      forks: {
        type: 'boolean',
        description: 'write the workflow too that comments on pull requests from forks',
      },
      'working-directory': {
        type: 'string',
        value: 'DIR',
        description: 'the service, in a repository of several (default: here)',
      },
    },
  },
  validate: {
    summary: 'check the config without starting anything',
    positionals: [],
    options: { config, 'working-directory': workingDirectory },
  },
};

export type Parsed =
  | { type: 'help'; command: CommandName | null }
  | { type: 'version' }
  | {
      type: 'command';
      command: CommandName;
      options: Record<string, string | undefined>;
      positionals: string[];
    };

/** Reads a command line (without node and script). Throws a UsageError that names what is wrong and what is expected. */
export function parseCommandLine(argv: readonly string[]): Parsed {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    return { type: 'help', command: isCommand(rest[0]) ? rest[0] : null };
  }
  if (name === '--version' || name === '-v') return { type: 'version' };
  if (!isCommand(name)) {
    throw new UsageError(
      `Unknown command ${JSON.stringify(name)}: expected one of ${Object.keys(commands).join(', ')}.`,
    );
  }
  const command = commands[name];
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean' as const, short: 'h' } }).map(
      ([option, spec]) => [option, { type: spec.type, ...(spec.short && { short: spec.short }) }],
    ),
  );
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See perf-baseline ${name} --help.`);
  }
  if (parsed.values.help) return { type: 'help', command: name };
  if (parsed.positionals.length !== command.positionals.length) {
    const expected = command.positionals.length === 0 ? 'no arguments' : command.positionals.join(' and ');
    throw new UsageError(
      `perf-baseline ${name} takes ${expected}, not ${parsed.positionals.length} (${parsed.positionals.join(' ') || 'none'}).`,
    );
  }
  return {
    type: 'command',
    command: name,
    options: parsed.values as Record<string, string | undefined>,
    positionals: parsed.positionals,
  };
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

/** The help of one command, or of all. */
export function helpText(name: CommandName | null): string {
  if (name === null) {
    const list = Object.entries(commands).map(
      ([command, { summary }]) => `  ${command.padEnd(10)}${summary}`,
    );
    return `Usage: perf-baseline COMMAND [options]\n\n${list.join('\n')}\n\nperf-baseline COMMAND --help tells the options of one.\n\n${EXIT_CODES}\n`;
  }
  const { summary, positionals, options } = commands[name];
  const rows = Object.entries(options).map(([option, { value, description }]) => {
    const flag = `--${option}${value ? ` ${value}` : ''}`;
    return `  ${flag.padEnd(26)}${description}`;
  });
  const usage = ['perf-baseline', name, ...positionals, '[options]'].join(' ');
  return `Usage: ${usage}\n\n${summary}\n\n${rows.join('\n')}\n\n${EXIT_CODES}\n`;
}

const EXIT_CODES =
  'Exit: 0 fine; 1 regressed or a limit exceeded; 2 usage, config or an unreadable document;\n3 the target or the measurement failed; 130 cancelled.';

/** One of the allowed words for an option, or its default. Throws a UsageError with the allowed words. */
export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly [T, ...T[]],
): T {
  if (value === undefined) return allowed[0];
  const found = allowed.find((word) => word === value);
  if (found === undefined) {
    throw new UsageError(`--${option} ${JSON.stringify(value)}: expected one of ${allowed.join(', ')}.`);
  }
  return found;
}
