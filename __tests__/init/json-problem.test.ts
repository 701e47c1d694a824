import { expect, test } from '@jest/globals';
import { initOf, placeOf } from './repositories.ts';

test.each([
  ['{\n  "name": "shop",\n  "scripts": { "start": "node server.js" },\n}\n', /not valid JSON: line 4: /],
  ['{\n  "name": "shop"\n  "version": "1.0.0",\n  "private": true\n}\n', /not valid JSON: line 3: /],
  [
    '{\n  "files": [\n    "dist",\n  ],\n  "name": "a shop with a longer name"\n}\n',
    /not valid JSON: line 4: /,
  ],
  ['{\n  "name": "shop"\n', /not valid JSON: line 3: /],
  ['not json', /not valid JSON: /],
  ['[]', /holds no object/],
])('a package.json that cannot be read is said to be, with its line: %j', (text, words) => {
  const { plan, config } = initOf(placeOf({ 'package.json': text, 'requirements.txt': '' }));
  expect(plan.unknown[0]?.text).toMatch(words);
  expect(config).toContain(`# Could not be found out: ${plan.unknown[0]?.text}`);
  expect(initOf(placeOf({ 'package.json': '\uFEFF{}' })).plan.unknown[0]?.text).not.toContain('JSON');
});
