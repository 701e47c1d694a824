import { z } from 'zod';
import type { Scenario } from '../../domain/config.ts';
import type { Metric } from '../../domain/metric.ts';
import type { ScenarioType } from '../../domain/metric-catalogue.ts';
import type { Path, SourceDocument } from '../document.ts';
import { percentage } from '../forms.ts';
import type { ProblemList } from '../problems.ts';
import type { Environment } from '../variables.ts';

export type ScenarioContext = {
  /** Where the scenario stands in the file. */
  path: Path;
  problems: ProblemList;
  source: SourceDocument;
  environment: Environment;
  /** Places within the scenario that were wrong and are left out: then only its further problems are of interest. */
  leftOut: readonly Path[];
  /** Whether none of these keys of the scenario is written, not wrongly either. */
  lacks(...keys: string[]): boolean;
};

/** The fields that every type has, and that no type reads itself. */
type Common = 'name' | 'load' | 'criteria' | 'limits' | 'maxErrors';

type Own<S> = S extends Scenario ? Omit<S, Common> : never;

export type ReadScenario = {
  fields: Own<Scenario>;
  /** Names that criteria and limits may use for parts; null: known only when it runs. */
  parts: string[] | null;
  /** Where `parts` is null: the names that they can only have, if that is known. A lone one is a part all the same. */
  possibleParts?: readonly string[];
  /** Metrics of the type that this scenario can have; absent: all of them. */
  metrics?: readonly Metric[];
  /** What makes the load, with secrets still as `${env:NAME}`; it is hashed. */
  load: unknown;
};

/** How one type of scenario is read. A new type is one file that exports one of these, and a line in the registry. */
export type ScenarioReader = {
  type: ScenarioType;
  /** The keys of this type, beside `type`, `criteria`, `limits` and, where errors are counted, `max-errors`. */
  keys: z.ZodRawShape;
  /** Scenarios of this type need no service: they bring processes of their own. */
  standsAlone?: true;
  /**
   * `raw` has the shape of `keys`, but for what was left out: an item of a list may be null or lack what it must have.
   * Problems that a shape cannot say go to the context.
   */
  read(raw: unknown, context: ScenarioContext): ReadScenario;
};

export const maxErrors = percentage(0, 100)
  .optional()
  .describe('Share of errors above which latencies are invalid. Default: 10%.');

export const typeKey = (type: ScenarioType, description: string) =>
  z.literal(type, { error: `the type ${type}` }).describe(description);
