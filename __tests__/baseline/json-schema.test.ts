import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { encodeResult } from '../../src/baseline/codec.ts';
import { resultJsonSchema } from '../../src/baseline/json-schema.ts';
import { resultOf, scenarioOf } from './samples.ts';

const published = JSON.parse(
  readFileSync(new URL('../../schema/result.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strictTuples: false });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
const validate = ajv.compile(published);

test('the published schema is the one the reader has (node scripts/generate-document-schemas.mjs --write)', () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
});

test('accepts what is written', () => {
  validate(JSON.parse(encodeResult(resultOf(1, { scenarios: [scenarioOf()], verdict: 'new' }))));
  expect(validate.errors).toBeNull();
});

test.each([
  ['an unknown key', '"warnings":[]}', '"warnings":[],"x":1}'],
  ['a negative count', '"requests":20', '"requests":-1'],
  ['an empty bucket', /\[(\d+),1\]/, '[$1,0]'],
])('refuses %s', (_, from, to) => {
  const text = encodeResult(resultOf(1)).replace(from, to);
  expect(text).not.toBe(encodeResult(resultOf(1)));
  expect(validate(JSON.parse(text))).toBe(false);
});
