import { firstOf, sources, type Tree } from './tree.ts';

/** Variables that Node, npm, a runner or perf-baseline itself gives, or that a service can do without. */
const GIVEN =
  /PORT$|HOST(?:NAME)?$|^(?:NODE_\w+|npm_\w+|CI|GITHUB_\w+|DEBUG|LOG_?LEVEL|VERBOSE|HOME|PATH|PWD|USER|SHELL|TZ|LANG|TMPDIR|TERM|NO_COLOR|FORCE_COLOR|VITEST|JEST_\w+)$/;
/** A variable whose value is used as it is: not one with a default, and not one that is only asked for. */
const READ =
  /(?<!!\s*|\b(?:if|while|Boolean)\s*\(\s*)\bprocess\.env(?:\.(\w+)|\[["'](\w+)["']\])(?!\w)(?!\s*(?:\?\?|\|\||\?[^.]|[!=]==?|&&|=[^=]))/g;
const SHOWN = 6;

/** What the service may need from its environment, and a runner does not have. `entries` are searched, and what is beside them. */
export function environmentNotes(tree: Tree, start: string, entries: readonly string[]): string[] {
  const file = /--env-file[= ]([^\s]+)/.exec(start)?.[1];
  const ignored = (name: string) => new RegExp(`^/?\\.env(?:\\*|$)|^/?${name.replace(/\W/g, '\\$&')}$`, 'm');
  if (file !== undefined && ignored(file).test(tree.read('.gitignore') ?? ''))
    return [
      `${file} is not in the repository, so a runner does not have it: put its variables in target.env, secrets as \${env:NAME}`,
    ];
  const example = firstOf(tree, ['.env.example', '.env.sample', '.env.template', 'example.env']);
  if (example !== undefined)
    return [
      `if it needs the variables of ${example}: put them in target.env, all but PORT, which it is given, secrets as \${env:NAME}`,
    ];
  const names = file === undefined ? variablesRead(tree, entries, start) : [];
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.length === 0
    ? []
    : [
        `the sources read ${names.slice(0, SHOWN).join(', ')}${more} from the environment, without a default: put what it cannot do without in target.env, such as env: { ${names[0]}: "a value for tests" }; a secret as "\${env:${names[0]}}", which the workflow hands to the step as env`,
      ];
}

function variablesRead(tree: Tree, entries: readonly string[], start: string): string[] {
  const found = new Set<string>();
  for (const { path, text } of sources(tree, entries)) {
    if (!/\.[cm]?[jt]s$/.test(path)) continue;
    for (const [, plain, quoted] of text.matchAll(READ)) {
      const name = plain ?? quoted ?? '';
      if (!GIVEN.test(name) && !start.includes(`${name}=`)) found.add(name);
    }
  }
  return [...found];
}
