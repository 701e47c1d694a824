/** A workflow command as the runner understood it. */
export type Command = { command: string; properties: Record<string, string>; data: string; version: 1 | 2 };

export type Annotation = {
  level: 'error' | 'warning' | 'notice';
  message: string;
  title?: string;
  file?: string;
  line?: number;
  endLine?: number;
  col?: number;
  endColumn?: number;
};

const KNOWN = new Set(
  `add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output
   stop-commands warning internal-set-repo-path`.split(/\s+/),
);
/** Annotations of one level that GitHub keeps of a step; the rest is dropped without a word. */
const MAX_ANNOTATIONS = 10;

function unescapeV2(text: string, property: boolean): string {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (property ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%');
}

function pairs(text: string, separator: string, decode: (value: string) => string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=');
    if (equals > 0) found[part.slice(0, equals).trim()] = decode(part.slice(equals + 1));
  }
  return found;
}

/** `::name key=value,…::data` after blanks, else the older `##[name key=value;…]data` anywhere in the line. */
export function parseCommand(line: string, registered: ReadonlySet<string> = KNOWN): Command | undefined {
  const trimmed = line.trimStart();
  if (trimmed.startsWith('::')) {
    const end = trimmed.indexOf('::', 2);
    if (end >= 0) {
      const info = trimmed.slice(2, end);
      const space = info.indexOf(' ');
      const command = (space < 0 ? info : info.slice(0, space)).toLowerCase();
      if (registered.has(command))
        return {
          command,
          properties: space < 0 ? {} : pairs(info.slice(space + 1).trim(), ',', (v) => unescapeV2(v, true)),
          data: unescapeV2(trimmed.slice(end + 2), false),
          version: 2,
        };
    }
  }
  const start = line.indexOf('##[');
  const close = start < 0 ? -1 : line.indexOf(']', start);
  if (close < 0) return undefined;
  const info = line.slice(start + 3, close);
  const space = info.indexOf(' ');
  const command = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!registered.has(command)) return undefined;
  const decode = (value: string) =>
    value.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']');
  return {
    command,
    properties: space < 0 ? {} : pairs(info.slice(space + 1).trim(), ';', decode),
    data: decode(line.slice(close + 1)),
    version: 1,
  };
}

/** One stream's lines, ended by \n, \r\n or a bare \r, as the runner's reader ends them. */
export class LineSplitter {
  #rest = '';
  readonly #line: (line: string) => void;

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  push(text: string): void {
    this.#rest += text;
    // A \r at the very end may be the first half of \r\n: it waits for what comes.
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#rest);
      if (!end) return;
      this.#line(this.#rest.slice(0, end.index));
      this.#rest = this.#rest.slice(end.index + end[0].length);
    }
  }

  end(): void {
    const rest = this.#rest.replace(/\r$/, '');
    if (this.#rest !== '') this.#line(rest);
    this.#rest = '';
  }
}

/** What the runner makes of a step's output, line by line. */
export class StepOutput {
  readonly commands: Command[] = [];
  readonly annotations: Annotation[] = [];
  readonly dropped: Annotation[] = [];
  readonly masks: string[];
  /** Outputs and states set by the deprecated commands. */
  readonly outputs: Record<string, string> = {};
  /** Errors of the runner's own: a step that has one has failed. */
  readonly errors: string[] = [];
  readonly #shown: string[] = [];
  readonly #registered = new Set(KNOWN);
  #stopToken: string | undefined;

  /** `secrets` are masked from the start, as the job's token is. */
  constructor(secrets: readonly string[]) {
    this.masks = [...secrets];
  }

  /** The log as GitHub shows it. */
  get log(): string {
    return this.#shown.join('\n');
  }

  line(line: string): void {
    const command = parseCommand(line, this.#registered);
    if (command && this.#stopToken !== undefined) {
      if (command.command === this.#stopToken) {
        this.#registered.delete(this.#stopToken);
        this.#stopToken = undefined;
      }
      this.#show(line);
      return;
    }
    if (command) this.#run(command);
    if (!command || !['add-mask', 'debug'].includes(command.command)) this.#show(line);
  }

  #show(line: string): void {
    let text = line;
    for (const mask of this.masks) text = text.replaceAll(mask, '***');
    this.#shown.push(text);
  }

  #run(command: Command): void {
    this.commands.push(command);
    const { data, properties } = command;
    switch (command.command) {
      case 'add-mask':
        if (data.trim() === '')
          this.errors.push("Can't add secret mask for empty string in ##[add-mask] command.");
        // Each line of a secret is masked as well.
        else this.masks.push(data, ...data.split(/\r\n|\r|\n/).filter((part) => part.trim() !== ''));
        break;
      case 'stop-commands':
        if (data === '' || KNOWN.has(data.toLowerCase()))
          this.errors.push(`Invalid token for stop-commands: ${JSON.stringify(data)}`);
        else {
          this.#stopToken = data.toLowerCase();
          this.#registered.add(this.#stopToken);
        }
        break;
      case 'set-env':
      case 'add-path':
        this.errors.push(`The \`${command.command}\` command is disabled.`);
        break;
      case 'set-output':
        this.outputs[properties.name ?? ''] = data;
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.#annotate(command.command, data, properties);
        break;
      default:
    }
  }

  #annotate(level: Annotation['level'], message: string, properties: Record<string, string>): void {
    const annotation: Annotation = { level, message };
    if (properties.title !== undefined) annotation.title = properties.title;
    if (properties.file !== undefined) annotation.file = properties.file;
    for (const key of ['line', 'endLine', 'col', 'endColumn'] as const) {
      const value = properties[key];
      if (value !== undefined) annotation[key] = Number(value);
    }
    const same = this.annotations.filter((other) => other.level === level).length;
    (same < MAX_ANNOTATIONS ? this.annotations : this.dropped).push(annotation);
  }
}
