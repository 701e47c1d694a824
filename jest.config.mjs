const common = {
  extensionsToTreatAsEsm: ['.ts', '.yml'],
  testEnvironment: 'node',
  transform: { '\\.ts$': './scripts/jest-esbuild.mjs', '\\.yml$': './scripts/jest-text.mjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
};
const wholeJobs = { ...common, setupFilesAfterEnv: ['<rootDir>/__tests__/e2e/timeout.ts'] };

/**
 * `unit`: modules, real sockets and processes. `e2e`: the committed bundle, started as a runner or a shell starts
 * it. `verdicts`: the same where the outcome hangs on what was measured; run few at a time, for jobs that run beside
 * each other take the cores from each other's load generators, and then no verdict is the right one.
 */
const E2E = ['/__tests__/e2e/.*\\.test\\.ts$', '/__tests__/faults/matrix-.*\\.test\\.ts$'];
const VERDICTS = ['/__tests__/verdicts/.*\\.test\\.ts$', '/__tests__/faults/sabotage\\.test\\.ts$'];

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testRegex: ['/__tests__/.*\\.test\\.ts$'],
      testPathIgnorePatterns: [...E2E, ...VERDICTS],
    },
    { ...wholeJobs, displayName: 'e2e', testRegex: E2E },
    { ...wholeJobs, displayName: 'verdicts', testRegex: VERDICTS },
  ],
  testTimeout: 60_000,
  testSequencer: './scripts/jest-sequencer.mjs',
};
