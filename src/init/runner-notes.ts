import type { Place, Service } from './finding.ts';

/** What a setup or a start needs that a runner does not have, each with what to do about it. */
export function runnerNotes({ tree, above }: Place, { kind, start, setup, steps }: Service): string[] {
  if (start === undefined) return [];
  const notes: string[] = [];
  if (kind === 'Node') {
    const npmrc = [tree, ...above].map((one) => one.read('.npmrc')).find((text) => text !== null) ?? '';
    const names = [...new Set([...npmrc.matchAll(/\$\{(\w+)\??\}/g)].map(([, name]) => name))];
    if (names.length > 0)
      notes.push(
        `.npmrc reads ${names.join(', ')} from the environment: hand it to the step that uses the action, by env: { ${names.map((name) => `${name}: "\${{ secrets.${name} }}"`).join(', ')} }`,
      );
    for (const path of tree.paths.filter((one) => /(?:^|\/)schema\.prisma$/.test(one)).slice(0, 1)) {
      const name = /^\s*url\s*=\s*env\(\s*"(\w+)"\s*\)/m.exec(tree.read(path) ?? '')?.[1];
      if (name !== undefined)
        notes.push(
          `${path} reads ${name} from the environment: put that of a database for tests in target.env, and what prepares it, such as npx prisma migrate deploy, at the end of target.setup`,
        );
    }
  }
  if (tree.paths.includes('Gemfile') && kind !== 'Node' && !/docker/.test(start.value) && setup === undefined)
    notes.push(
      'Gemfile has gems to install: write setup: bundle install, and before perf-baseline in the workflow a step with ruby/setup-ruby, which takes the version of .ruby-version',
    );
  const version = tree.read('.python-version')?.trim().split(/\s/)[0];
  if (kind === 'Python' && version && steps.length === 0)
    notes.push(
      `.python-version says ${version}, and the setup takes the python3 of the runner: a step before perf-baseline in the workflow with actions/setup-python and python-version-file brings that version`,
    );
  return notes;
}
