import { shellWord } from '../domain/shell-word.ts';
import { serviceOf } from './detect.ts';
import type { Finding } from './finding.ts';
import { DELEGATES, startScript } from './node.ts';
import { parsePackageJson } from './package-manager.ts';
import { subtree, type Tree } from './tree.ts';
import { packagesOf } from './workspaces.ts';

/** Which folder is measured of a repository whose root has no service: one, or one of several to choose from. */
export type Choice = { folder: Finding<string> } | { among: Finding<string>[] };

/** Folders of a repository that show something, and run nothing of it. */
const SHOWS =
  /(?:^|\/)(?:examples?|samples?|demos?|docs?|website|templates?|playgrounds?|tools|scripts|bench(?:marks?)?)(?:\/|$)/;
/** Programs that serve a page to its developer: what they answer is not the product's to measure. */
const SHOWN_IN_A_BROWSER =
  /^(?:npx\s+)?(?:cross-env\s+)?(?:\w+=\S+\s+)*(?:vite|react-scripts|parcel|webpack|ng|vue-cli-service|gatsby|expo|serve|http-server|live-server|astro\s+(?:dev|preview)|electron\S*)(?:\s|$)/;
const MOST_LOOKED_AT = 50;

/** Null where no folder holds a service that can be started. */
export function choiceOf(tree: Tree): Choice | null {
  const found = packagesOf(tree)
    .filter((folder) => !SHOWS.test(folder))
    .slice(0, MOST_LOOKED_AT)
    .flatMap((folder): Finding<string>[] => {
      const inner = subtree(tree, folder);
      const { start } = serviceOf({ tree: inner, above: [], within: folder });
      return start === undefined || isPage(inner) ? [] : [{ value: folder, why: start.why }];
    });
  const named = delegate(tree);
  const said = found.find(({ value }) => value === named?.value);
  if (named !== null && said !== undefined) return { folder: named };
  const [only, ...more] = found;
  if (only === undefined) return null;
  if (more.length > 0) return { among: found };
  return {
    folder: { value: only.value, why: `the only folder with a service that can be started (${only.why})` },
  };
}

/** The words for several: nothing is written until one is chosen. */
export function choiceWords(among: readonly Finding<string>[], command: (folder: string) => string): string {
  return [
    'Nothing was written: this folder has no service of its own, and several in it have one. Run this for each that is to be measured:',
    ...among.map(({ value, why }) => `  ${command(shellWord(value))}   # ${why}`),
  ].join('\n');
}

function isPage(tree: Tree): boolean {
  const json = parsePackageJson(tree.read('package.json'));
  return json !== null && SHOWN_IN_A_BROWSER.test(startScript(json)?.text ?? '');
}

/** The package that the root's script starts, such as `yarn workspace users start`. */
function delegate(tree: Tree): Finding<string> | null {
  const { scripts = {} } = parsePackageJson(tree.read('package.json')) ?? {};
  for (const name of ['start:prod', 'start:production', 'start', 'serve']) {
    const text = scripts[name] ?? '';
    if (!DELEGATES.test(text)) continue;
    const [, stated = ''] =
      /\b(?:yarn\s+workspace|nx\s+(?:run|serve))\s+["']?([^\s"':]+)|\s(?:--filter|-F|--workspace|-w)[\s=]["']?([^\s"']+)/
        .exec(text)
        ?.filter((part) => part !== undefined) ?? [];
    const wanted = stated.replace(/^\.\/|\.\.\.$|^\{\.?\/?|\}$/g, '');
    const folder = packagesOf(tree).find(
      (one) => one === wanted || parsePackageJson(tree.read(`${one}/package.json`))?.name === wanted,
    );
    if (folder !== undefined)
      return { value: folder, why: `the script ${JSON.stringify(name)} of package.json starts it` };
  }
  return null;
}
