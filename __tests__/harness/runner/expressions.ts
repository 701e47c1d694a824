/*
 * The expressions that defaults of inputs and workflows here use:
 *
 *   or      := and ('||' and)*
 *   and     := equal ('&&' equal)*
 *   equal   := primary (('==' | '!=') primary)?
 *   primary := 'text' | number | true | false | null | '!' primary | '(' or ')'
 *            | name '(' or (',' or)* ')' | name ('.' name | '[' or ']')*
 */
type Contexts = Readonly<Record<string, unknown>>;

const TOKEN = /\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*|\|\||&&|==|!=|[!()[\],.])/y;

function tokens(source: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw new Error(`cannot read the expression ${source} at ${at}`);
    found.push(match[1] ?? '');
  }
  return found;
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? 'Object' : String(value);
}

function call(name: string, args: readonly unknown[]): unknown {
  if (/^tojson$/i.test(name)) return JSON.stringify(args[0] ?? null, null, 2);
  if (/^fromjson$/i.test(name)) return JSON.parse(asText(args[0]));
  if (/^format$/i.test(name))
    return asText(args[0]).replace(/\{(\d+)\}/g, (_, n: string) => asText(args[Number(n) + 1]));
  throw new Error(`the stand-in for the runner has no function ${name}`);
}

class Parser {
  readonly #tokens: string[];
  readonly #contexts: Contexts;
  #at = 0;

  constructor(source: string, contexts: Contexts) {
    this.#tokens = tokens(source);
    this.#contexts = contexts;
  }

  whole(): unknown {
    const value = this.#or();
    if (this.#at < this.#tokens.length) throw new Error(`unexpected ${this.#tokens[this.#at]}`);
    return value;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #must(token: string): void {
    if (!this.#take(token))
      throw new Error(`expected ${token} instead of ${this.#tokens[this.#at] ?? 'the end'}`);
  }

  #or(): unknown {
    let value = this.#and();
    while (this.#take('||')) {
      const other = this.#and();
      value ||= other;
    }
    return value;
  }

  #and(): unknown {
    let value = this.#equal();
    while (this.#take('&&')) {
      const other = this.#equal();
      value &&= other;
    }
    return value;
  }

  #equal(): unknown {
    const value = this.#primary();
    const same = (other: unknown) => asText(value).toLowerCase() === asText(other).toLowerCase();
    if (this.#take('==')) return same(this.#primary());
    if (this.#take('!=')) return !same(this.#primary());
    return value;
  }

  #primary(): unknown {
    if (this.#take('!')) return !this.#primary();
    if (this.#take('(')) {
      const value = this.#or();
      this.#must(')');
      return value;
    }
    const token = this.#tokens[this.#at++] ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`unexpected ${token || 'end'}`);
    if (this.#take('(')) {
      const args = [this.#or()];
      while (this.#take(',')) args.push(this.#or());
      this.#must(')');
      return call(token, args);
    }
    // A context that is not available where the expression stands is an error; a property that is absent is not.
    if (!(token in this.#contexts)) throw new Error(`the context ${token} is not available here`);
    return this.#properties(this.#contexts[token]);
  }

  #properties(from: unknown): unknown {
    let value = from;
    for (;;) {
      let name: string;
      if (this.#take('.')) name = this.#tokens[this.#at++] ?? '';
      else if (this.#take('[')) {
        name = asText(this.#or());
        this.#must(']');
      } else return value;
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : null;
    }
  }
}

/** Text with every `${{ }}` in it replaced by its value, as the runner does. Throws on what it cannot evaluate. */
export function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, source: string) =>
    asText(new Parser(source, contexts).whole()),
  );
}
