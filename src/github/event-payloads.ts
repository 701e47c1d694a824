import { z } from 'zod';

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const id = z.number().int().nonnegative();
const account = z.looseObject({ login: z.string(), id, type: z.string().optional() });
const repository = z.looseObject({ id, full_name: z.string(), default_branch: z.string().optional() });
const forkable = z.looseObject({ id, owner: z.looseObject({ login: z.string() }).optional() }).nullish();

/** What is read of each event's payload; anything else in it is left alone. */
export const payloads = {
  any: z.looseObject({ repository: repository.optional() }),
  pull_request: z.looseObject({
    action: z.string().default(''),
    pull_request: z.looseObject({
      number: id,
      base: z.looseObject({ sha, ref: z.string(), repo: forkable }),
      head: z.looseObject({ sha, ref: z.string(), repo: forkable }),
      user: account.nullish(),
    }),
  }),
  push: z.looseObject({
    ref: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
    deleted: z.boolean().default(false),
  }),
  merge_group: z.looseObject({
    merge_group: z.looseObject({ base_sha: sha, base_ref: z.string(), head_sha: sha, head_ref: z.string() }),
  }),
  workflow_run: z.looseObject({
    action: z.string().default(''),
    workflow_run: z.looseObject({
      id,
      run_number: id,
      run_attempt: id.default(1),
      workflow_id: id,
      name: z.string().nullish(),
      html_url: z.string().default(''),
      path: z.string(),
      event: z.string(),
      conclusion: z.string().nullish(),
      head_sha: sha,
      head_branch: z.string().nullish(),
      head_repository: forkable,
      actor: z.looseObject({ login: z.string() }).nullish(),
      triggering_actor: z.looseObject({ login: z.string() }).nullish(),
    }),
    repository,
  }),
  issue_comment: z.looseObject({
    action: z.string(),
    issue: z.looseObject({ number: id, pull_request: z.unknown().optional() }),
    comment: z.looseObject({
      id,
      body: z.string().nullish(),
      created_at: z.string().default(''),
      user: account.nullable(),
    }),
  }),
};
