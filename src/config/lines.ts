import { type Path, parseSource } from './document.ts';

/** Where things stand in a config file, for annotations: lines from 1. */
export type ConfigLines = (
  scenario: string,
  metric?: string,
  kind?: 'criteria' | 'limits',
) => number | undefined;

/**
 * The line of a scenario in the text of a config, or of what it, else the whole file, says of a metric. Undefined for
 * what the text does not have, and for everything in a text that is no config.
 */
export function configLines(text: string): ConfigLines {
  const { document } = parseSource(text);
  if (document === null) return () => undefined;
  const lineOf = (path: Path): number | undefined =>
    exists(document.value, path) ? document.placeOf(path, 'key').line : undefined;
  return (scenario, metric, kind = 'criteria') => {
    const named =
      metric === undefined
        ? undefined
        : (lineOf(['scenarios', scenario, kind, metric]) ?? lineOf([kind, metric]));
    return named ?? lineOf(['scenarios', scenario]);
  };
}

function exists(value: unknown, path: Path): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string | number, unknown>)[key];
  }
  return true;
}
