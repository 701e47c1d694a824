import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { configText } from '../../src/init/config-file.ts';
import { detect } from '../../src/init/detect.ts';
import { type SummaryInput, summary } from '../../src/init/summary.ts';
import { placeOf, REPOSITORIES } from './repositories.ts';

const files = ['.github/perf-baseline.yml', '.github/workflows/perf-baseline.yml'];
const written = (file: string) => ({ file, status: 'written' as const, shown: file });
const summaryOf = (input: Partial<SummaryInput> = {}) =>
  summary({
    program: 'npx perf-baseline',
    plan: detect(placeOf(REPOSITORIES.express), {}),
    branch: { value: 'trunk', why: 'the only branch' },
    outcomes: files.map(written),
    ignored: { folders: ['.perf-baseline'], shown: '.gitignore' },
    configFile: '.github/perf-baseline.yml',
    within: '.',
    fromHere: '.',
    chosen: null,
    hasForks: false,
    ...input,
  });

describe('what init says is next', () => {
  test('keeps a result, compares with it or with the branch, and commits what was written', () => {
    const text = summaryOf();
    expect(text).toContain('npx perf-baseline run --save .perf-baseline ');
    expect(text).toMatch(/npx perf-baseline run --baseline \.perf-baseline .*--base trunk/);
    expect(text).toContain(`Commit ${files.join(', ')} and .gitignore, and bring them to trunk`);
  });

  test('says where baselines are, that a regression fails the job, and that what was written before goes along', () => {
    const text = summaryOf({
      outcomes: [
        ...files.map((file) => ({ file, status: 'exists' as const, why: 'x', serves: true, shown: file })),
        written('forks.yml'),
      ],
    });
    expect(text).toContain(
      `Commit forks.yml and .gitignore, and bring them, with ${files.join(' and ')} if not yet there, to trunk`,
    );
    expect(text).toMatch(/each push there stores a baseline, in the branch perf-baseline/);
    expect(text).toMatch(/A regression fails the job.*fail-on: never/);
  });

  test('names the working directory in each command', () => {
    const commands = summaryOf({ fromHere: 'apps/api' }).match(/npx perf-baseline .*?(?= {3}|\n)/g) ?? [];
    expect(commands).toHaveLength(4);
    for (const command of commands) expect(command).toContain(' --working-directory apps/api');
  });

  test('offers the workflow for forks, or says when it works', () => {
    expect(summaryOf()).toContain('npx perf-baseline init --forks');
    expect(summaryOf({ hasForks: true })).not.toContain('init --forks');
    const text = summaryOf({ outcomes: [...files, '.github/workflows/forks.yml'].map(written) });
    expect(text).not.toContain('init --forks');
    expect(text).toContain('GitHub runs it only as it stands on trunk');
  });

  test('leads to a heading of the documentation that is there', () => {
    const [, file, anchor] = /blob\/v1\/(\S+)#(\S+)/.exec(summaryOf()) ?? [];
    const headings = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').match(/^#+ .*$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).toContain(anchor);
  });
});

test('what was left out, and what was added, is said', () => {
  expect(summaryOf()).toMatch(/Added \.perf-baseline\/ to \.gitignore/);
  expect(summaryOf()).toMatch(/not measured yet, .*: GET \/products\/:id, POST \/orders;/);
  expect(summaryOf({ ignored: null })).not.toContain('.gitignore');
});

test('an example is promised only where there is one', () => {
  const server = "app.get('/', home);\napp.delete('/users/:id', remove);\napp.listen(process.env.PORT);\n";
  const place = placeOf({ ...REPOSITORIES.express, 'server.js': server });
  const plan = detect(place, {});
  expect(plan.left).toEqual(['DELETE /users/:id']);
  expect(summaryOf({ plan })).toMatch(/not measured yet, .*: DELETE \/users\/:id$/m);
  expect(configText(plan)).not.toContain('An example');
  expect(configText(detect(placeOf(REPOSITORIES.express), {}))).toMatch(/# An example.*\n.*# mixed:/);
});
