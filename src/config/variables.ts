import type { Path } from './document.ts';
import type { ProblemList } from './problems.ts';
import { ENV, ENV_NAME, textsOf } from './templates.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Fills `${env:NAME}` in, and remembers every value it gave, so that they can be masked. */
export class Environment {
  readonly #variables: Variables | null;
  readonly #secrets = new Set<string>();

  /** `null` leaves the templates as they are: for reading a config where its secrets are not at hand. */
  constructor(variables: Variables | null) {
    this.#variables = variables;
  }

  /** Reports names that are not set, or whose value cannot stand where it would be put. */
  check(
    problems: ProblemList,
    value: unknown,
    path: Path,
    allowed: { lines: boolean; templates: boolean },
  ): void {
    for (const [text, at] of textsOf(value, path)) {
      const names = [...text.matchAll(ENV)].map(([, name = '']) => name);
      const wrong = names.filter((name) => !ENV_NAME.test(name));
      if (wrong.length > 0) {
        problems.value(at, '${env:NAME}, with the name of an environment variable');
        continue;
      }
      if (this.#variables === null) continue;
      const unset = [...new Set(names)].filter((name) => this.#lookup(name) === undefined);
      if (unset.length > 0) {
        const list = unset.join(', ');
        const are = unset.length === 1 ? 'is' : 'are';
        problems.value(at, `the environment to have ${list}`, `needs ${list}, which ${are} not set`);
      }
      for (const name of names) {
        const found = this.#lookup(name) ?? '';
        if (!allowed.lines && /[\r\n\0]/.test(found))
          problems.value(at, `${name} without line breaks`, `needs ${name}, whose value has a line break`);
        else if (!allowed.templates && found.includes('${'))
          problems.value(at, `${name} without \${`, `needs ${name}, whose value would be read as a template`);
      }
    }
  }

  fill(text: string): string {
    if (this.#variables === null) return text;
    return text.replace(ENV, (whole, name: string) => {
      const found = this.#lookup(name);
      if (found !== undefined && found !== '') this.#secrets.add(found);
      return found ?? whole;
    });
  }

  /** The value of a variable, remembered as a secret. */
  take(name: string): string | undefined {
    const found = this.#variables === null ? undefined : this.#lookup(name);
    if (found !== undefined && found !== '') this.#secrets.add(found);
    return found;
  }

  #lookup(name: string): string | undefined {
    return this.#variables !== null && Object.hasOwn(this.#variables, name)
      ? this.#variables[name]
      : undefined;
  }

  get secrets(): string[] {
    return [...this.#secrets];
  }
}
