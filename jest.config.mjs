const common = {
  extensionsToTreatAsEsm: ['.ts', '.yml'],
  testEnvironment: 'node',
  transform: { '\\.ts$': './scripts/jest-esbuild.mjs', '\\.yml$': './scripts/jest-text.mjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
};

/** Tests that run whole jobs on the bundle, beside what they are about. */
const WHOLE_JOBS = ['/__tests__/faults/(matrix|sabotage)\\.test\\.ts$'];

/** `unit`: modules, real sockets and processes. `e2e`: the committed bundle, started as a runner or a shell starts it. */
export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['/__tests__/e2e/', ...WHOLE_JOBS],
    },
    {
      ...common,
      displayName: 'e2e',
      testRegex: ['/__tests__/e2e/.*\\.test\\.ts$', ...WHOLE_JOBS],
      setupFilesAfterEnv: ['<rootDir>/__tests__/e2e/timeout.ts'],
    },
  ],
  testTimeout: 60_000,
};
