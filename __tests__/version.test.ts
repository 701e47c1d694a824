import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { TOOL_VERSION } from '../src/version.ts';

test('the tool names the version that is released', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(TOOL_VERSION).toBe(version);
});
