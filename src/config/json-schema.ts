import { z } from 'zod';
import { configShape } from './schema.ts';

/** The published JSON Schema (draft 7) of the config file. It accepts whatever the reader accepts, and completes keys in editors. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(configShape(), { io: 'input', target: 'draft-7' });
  return { $schema, title: 'perf-baseline config', ...schema };
}
