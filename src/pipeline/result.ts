import type { Environment } from '../domain/environment.ts';
import {
  type Commit,
  type Origin,
  RESULT_SCHEMA,
  RESULT_VERSION,
  type Result,
  type Warning,
} from '../domain/result.ts';
import type { Measured } from '../measure/blocks.ts';
import { TOOL_VERSION } from '../version.ts';

/** Of one side of a measurement, all that the numbers do not tell. */
export type ResultHead = {
  id: string;
  createdAt: string;
  series: string;
  commit: Commit | null;
  origin: Origin | null;
  environment: Environment;
  pairing: Result['pairing'];
  warnings: Warning[];
};

/** The document of one side of what was measured. */
export function toResult(head: ResultHead, measured: Measured, side: 'baseline' | 'candidate'): Result {
  const recording = measured.recordings.get(side);
  if (recording === undefined) throw new Error(`nothing was recorded of the ${side}`);
  return {
    schema: RESULT_SCHEMA,
    version: RESULT_VERSION,
    tool: { name: 'perf-baseline', version: TOOL_VERSION },
    ...head,
    sampling: {
      rounds: recording.blocks,
      stopped: measured.stopped,
      loadMs: recording.loadMs,
      wallMs: measured.wallMs,
    },
    scenarios: recording.results(measured.otherwise),
  };
}
