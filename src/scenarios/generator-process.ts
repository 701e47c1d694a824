import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GeneratorError } from '../domain/driver.ts';
import { CancelledError, UsageError } from '../domain/errors.ts';
import { cutStart } from '../processes/cut-text.ts';

export type ToGenerator<Scenario, Run> =
  | { id: number; type: 'open'; scenario: Scenario }
  | { id: number; type: 'run'; request: Run }
  | { id: number; type: 'cancel' };

export type FromGenerator<Answer> =
  | { id: number; type: 'opened' }
  | { id: number; type: 'answer'; answer: Answer }
  | { id: number; type: 'failed'; name: string; message: string };

const STDERR_TAIL = 2000;
const EXIT_MS = 2000;

/** Variables that a process needs to work at all. Everything else stays out: it could hold secrets. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SystemRoot',
  'RUNNER_TRACKING_ID',
];

type Waiting<Answer> = { resolve: (answer: Answer | undefined) => void; reject: (error: Error) => void };

/**
 * A load generator in a process of its own, forked over IPC: the scenario, which may hold secrets, is never on its
 * command line nor in its environment. It ends when this process does.
 */
export class GeneratorProcess<Scenario, Run, Answer> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  readonly #exited: Promise<void>;
  #stderr = '';
  #ended: GeneratorError | undefined;
  #closing = false;
  #lastId = 0;

  private constructor(entry: URL | string) {
    const path = entry instanceof URL ? fileURLToPath(entry) : entry;
    this.#child = fork(path, [], {
      execArgv: [],
      env: Object.fromEntries(
        PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
      ),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = cutStart(this.#stderr + text, STDERR_TAIL);
    });
    this.#child.on('message', (message: FromGenerator<Answer>) => this.#receive(message));
    this.#exited = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#end(`the load generator could not be started: ${error.message}`);
        resolve();
      });
      // Not 'close': it never comes once this side has disconnected. The last of stderr may come after 'exit'.
      this.#child.on('exit', (code, signal) => {
        const how = signal ? `by ${signal}` : `with code ${code}`;
        const ended = (): void => {
          clearTimeout(patience);
          this.#end(`the load generator ended ${how}${this.#stderr ? `:\n${this.#stderr.trim()}` : ''}`);
          resolve();
        };
        const patience = setTimeout(ended, 200);
        if (!this.#child.stderr || this.#child.stderr.closed) ended();
        else this.#child.stderr.on('close', ended);
      });
    });
  }

  /**
   * Starts `entry` (a bundled module that calls `serveGenerator`) and gives it the scenario. Rejects with a UsageError
   * when the scenario cannot be compiled, a GeneratorError when the process fails, a CancelledError on abort.
   */
  static async open<Scenario, Run, Answer>(
    entry: URL | string,
    scenario: Scenario,
    signal: AbortSignal,
  ): Promise<GeneratorProcess<Scenario, Run, Answer>> {
    if (signal.aborted) throw new CancelledError('cancelled before the load generator was started');
    const generator = new GeneratorProcess<Scenario, Run, Answer>(entry);
    try {
      await generator.#call((id) => ({ id, type: 'open', scenario }), signal);
    } catch (error) {
      await generator.close();
      throw error;
    }
    return generator;
  }

  /** One stretch. An abort rejects with a CancelledError at once; what the process still answers is ignored. */
  async run(request: Run, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#call((id) => ({ id, type: 'run', request }), signal);
    if (answer === undefined) throw new GeneratorError('the load generator gave no answer');
    return answer;
  }

  /** Ends the process and waits until it is gone. Idempotent. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.connected) this.#child.disconnect();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), EXIT_MS);
    await this.#exited;
    clearTimeout(kill);
  }

  #call(
    message: (id: number) => ToGenerator<Scenario, Run>,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    if (signal.aborted) return Promise.reject(new CancelledError('cancelled before the load began'));
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#closing) return Promise.reject(new GeneratorError('the load generator was closed'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Answer | undefined>((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(id);
        this.#send({ id, type: 'cancel' });
        reject(new CancelledError('cancelled while load was put on the target'));
      };
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T): void => {
          signal.removeEventListener('abort', abort);
          this.#waiting.delete(id);
          how(value);
        };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.#send(message(id));
    });
  }

  #send(message: ToGenerator<Scenario, Run>): void {
    if (!this.#child.connected) return;
    // A failure to send means that the process is gone; 'close' tells it with the reason.
    this.#child.send(message as object, () => {});
  }

  #receive(message: FromGenerator<Answer>): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (message.type === 'opened') waiting.resolve(undefined);
    else if (message.type === 'answer') waiting.resolve(message.answer);
    else {
      const usage = message.name === 'UsageError';
      waiting.reject(usage ? new UsageError(message.message) : new GeneratorError(message.message));
    }
  }

  #end(reason: string): void {
    this.#ended ??= new GeneratorError(reason);
    for (const { reject } of [...this.#waiting.values()]) reject(this.#ended);
  }
}
