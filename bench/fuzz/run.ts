import { fuzz } from './check.ts';
import { parsers } from './parsers.ts';

/** Feeds every parser its share of `--runs` inputs (default 1,000,000). Rejects when any of them breaks a promise. */
export async function main(args: readonly string[]): Promise<string> {
  const option = (name: string, fallback: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : Number(args[at + 1]);
  };
  const [runs, seed] = [option('runs', 1_000_000), option('seed', Date.now() % 2 ** 31)];
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const chosen = parsers.filter(({ name }) => only === undefined || name.includes(only));
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  const lines = [`seed ${seed}`];
  let failed = 0;
  for (const parser of chosen) {
    const { name, inputs, refused, slowestMs, failure } = await fuzz(
      parser,
      Math.ceil((runs * parser.share) / shares),
      seed,
    );
    const line = `${name}: ${inputs} inputs, ${refused} refused, the slowest ${Math.round(slowestMs)} ms`;
    console.error(line);
    lines.push(failure === undefined ? line : `${line}\nFAILED: ${failure}`);
    if (failure !== undefined) failed += 1;
  }
  if (failed > 0) throw new Error(lines.join('\n'));
  return lines.join('\n');
}
