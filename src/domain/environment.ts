/** Raised when numbers of an older version of the tool are no longer comparable. */
export const MEASUREMENT_VERSION = 1;

/** What must be alike for numbers to be comparable (`gates`), and what is only worth knowing (`recorded`). */
export type Environment = {
  gates: {
    os: string;
    imageFamily: string;
    arch: string;
    cpuModel: string;
    cpuCount: number;
    memoryGb: number;
    runtime: string;
    measurementVersion: number;
  };
  recorded: Record<string, string>;
};

/** Names, with both values, of the gates in which two environments differ; empty when they are comparable. */
export function environmentDifferences(
  a: Environment,
  b: Environment,
): { gate: string; a: string | number; b: string | number }[] {
  const gates = Object.keys(a.gates) as (keyof Environment['gates'])[];
  return gates
    .filter((gate) => a.gates[gate] !== b.gates[gate])
    .map((gate) => ({ gate, a: a.gates[gate], b: b.gates[gate] }));
}
