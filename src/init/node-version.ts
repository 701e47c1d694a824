import { parse } from 'yaml';
import type { Finding, Place } from './finding.ts';

/** The version of Node that another workflow of the repository has, the newest where it tries several; null without one. */
export function versionOfWorkflows({ tree, above }: Place): Finding<string> | null {
  const root = above.at(-1) ?? tree;
  for (const path of root.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one))) {
    const text = root.read(path) ?? '';
    // One that runs this was written by it, or by somebody who would not want it guessed again.
    if (!/\bsetup-node@/.test(text) || /\/perf-baseline@/.test(text)) continue;
    const version = versionIn(text);
    if (version !== null) return { value: version, why: path };
  }
  return null;
}

function versionIn(text: string): string | null {
  const versions: string[] = [];
  try {
    const jobs = Object.values(parse(text)?.jobs ?? {}) as {
      steps?: unknown;
      strategy?: { matrix?: unknown };
    }[];
    for (const { steps, strategy } of jobs) {
      if (!Array.isArray(steps)) continue;
      for (const step of steps) {
        if (!/\bsetup-node@/.test(String(step?.uses ?? ''))) continue;
        const stated: unknown = step?.with?.['node-version'];
        const [, name = ''] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(String(stated)) ?? [];
        const matrix = strategy?.matrix as Record<string, unknown> | undefined;
        versions.push(...[name === '' ? stated : matrix?.[name]].flat().filter(isVersion).map(String));
        if (name === '' && Array.isArray(stated)) versions.length = 0;
      }
    }
  } catch {
    return null;
  }
  return versions.sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))[0] ?? null;
}

const isVersion = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') &&
  /^(?:\d+(?:\.[\dx]+){0,2}|lts\/[\w*]+)$/.test(String(value));
