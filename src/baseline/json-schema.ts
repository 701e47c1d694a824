import * as z from 'zod';
import { MAX_BUCKET_INDEX } from '../domain/histogram.ts';
import { bucketsSchema, resultSchema } from './schema.ts';

/**
 * JSON Schema (draft 2020-12) of the result document, for other tools. It says everything the reader checks
 * but what JSON Schema cannot: buckets in order, counts that add up, names that differ.
 */
export function resultJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(resultSchema, {
    unrepresentable: 'any',
    reused: 'ref',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== bucketsSchema) return;
      Object.assign(jsonSchema, {
        type: 'array',
        items: {
          type: 'array',
          prefixItems: [
            { type: 'integer', minimum: 0, maximum: MAX_BUCKET_INDEX },
            { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
          ],
          minItems: 2,
          maxItems: 2,
          items: false,
        },
      });
    },
  });
  return { $schema, title: 'perf-baseline result, version 1', ...schema };
}
