import type { PackageJson } from './package-manager.ts';

/** Programs of node_modules that build, and end. */
const BUILDER =
  /^(?:npx\s+)?((?:tsc|tspc|swc|tsup|tsdown|unbuild|esbuild|rollup|webpack|(?:nest|vite)\s+build)(?=\s)(?!\s+serve\b)[^&|;<>`$"'\\]*)&&\s*/;
const WATCHES = /\s(?:-w|--watch)\b/;

type Prepared = { text: string; prepare: string[]; builders: string[] };

/**
 * A script without what it runs first, which is done once instead of at each boot: its `pre` hook and `npm run build &&`
 * (`prepare`, names of scripts), and `tsc &&` (`builders`, commands without npx).
 */
export function withoutPreparation(json: PackageJson, script: string): Prepared {
  const prepare = json.scripts[`pre${script}`] === undefined ? [] : [`pre${script}`];
  const builders: string[] = [];
  let text = (json.scripts[script] ?? '').trim();
  for (;;) {
    const run = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)\s*&&\s*/.exec(text);
    const build = BUILDER.exec(text);
    if (run !== null && Object.hasOwn(json.scripts, run[1] ?? '')) {
      prepare.push(run[1] ?? '');
      text = text.slice(run[0].length);
    } else if (build !== null && !WATCHES.test(build[1] ?? '')) {
      builders.push((build[1] ?? '').trim());
      text = text.slice(build[0].length);
    } else return { text, prepare, builders };
  }
}

/** Those commands that none of some scripts is made of: what they build is built. */
export function notBuiltBy(
  scripts: readonly string[],
  json: PackageJson,
  builders: readonly string[],
): string[] {
  const texts = scripts.map((name) => json.scripts[name]?.trim().replace(/^npx\s+/, ''));
  return builders.filter((text) => !texts.includes(text));
}
