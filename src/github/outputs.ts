import type { OverallVerdict } from '../domain/verdict.ts';
import type { Core } from './core.ts';
import { sanitiseLine } from './log.ts';

/** The action's outputs. Absent ones are set to the empty string, so that a workflow never reads a stale one. */
export type Outputs = {
  verdict: OverallVerdict;
  regressions: number;
  improvements: number;
  resultPath?: string;
  reportPath?: string;
  commentUrl?: string;
  baselineSha?: string;
};

/** Names as in `action.yml`. */
export const OUTPUT_NAMES = {
  verdict: 'verdict',
  regressions: 'regressions',
  improvements: 'improvements',
  resultPath: 'result-path',
  reportPath: 'report-path',
  commentUrl: 'comment-url',
  baselineSha: 'baseline-sha',
} as const satisfies Record<keyof Outputs, string>;

/** Sets every output as a single line without control characters. Throws when the runner's file cannot be written. */
export function setOutputs(core: Pick<Core, 'setOutput'>, outputs: Outputs): void {
  for (const [key, name] of Object.entries(OUTPUT_NAMES)) {
    const value = outputs[key as keyof Outputs];
    core.setOutput(name, value === undefined ? '' : sanitiseLine(String(value)));
  }
}
