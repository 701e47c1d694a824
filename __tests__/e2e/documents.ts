import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schemas = { report: load('report'), error: load('error'), result: load('result') };

function load(name: string) {
  const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
  return new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(file, 'utf8')),
  );
}

/** The one document that a text is; it keeps to its published schema. */
export function documentOf<T = unknown>(kind: keyof typeof schemas, text: string): T {
  const document = JSON.parse(text);
  const valid = schemas[kind];
  valid(document);
  expect(valid.errors ?? []).toEqual([]);
  return document;
}

export type ReportDocument = {
  verdict: string;
  comparisons: { scenario: string; metric: string; verdict: string; gating: boolean; reason?: string }[];
  limits: { metric: string; outcome: string }[];
  scenarios: {
    name: string;
    status: string;
    rounds: number;
    failure?: FailureDocument;
    parts: PartDocument[];
  }[];
  baseline: { status: string; reason?: string; detail?: string };
  reproduce: string | null;
};

/** Fails with the reasons when a report came to another verdict. */
export function expectVerdictOf({ verdict, comparisons }: ReportDocument, ...verdicts: string[]): void {
  if (verdicts.includes(verdict)) return;
  const rows = comparisons.map((row) => `${row.scenario} ${row.metric}: ${row.verdict}, ${row.reason}`);
  throw new Error(`the verdict is ${verdict}, not ${verdicts.join(' or ')}:\n${rows.join('\n')}`);
}

type PartDocument = {
  name: string | null;
  values: Record<string, number>;
  counters: Record<string, number>;
  errors: Record<string, number>;
};

type FailureDocument = { reason: string; detail: string; exitCode?: number; log?: string };

export type ErrorDocument = {
  error: { type: string; message: string; problems?: { line: number; path: string; message: string }[] };
};
