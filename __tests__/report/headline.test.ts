import { describe, expect, test } from '@jest/globals';
import { BENCHMARK_WORDS } from '../../src/domain/benchmark-word.ts';
import type { Report } from '../../src/domain/report.ts';
import type { FailureReason } from '../../src/domain/result.ts';
import type { Comparison, OverallVerdict } from '../../src/domain/verdict.ts';
import { wordAction, wordText } from '../../src/report/benchmark-words.ts';
import { headline } from '../../src/report/headline.ts';
import { formatMarkdown } from '../../src/report/markdown.ts';
import { changeSentence, limitSentence, markdownVoice, plainVoice } from '../../src/report/phrase.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { criteria, limit, metric, points, relative, row } from './rows.ts';
import { states } from './states.ts';

const state = (name: string): Report => {
  const report = states[name];
  if (report === undefined) throw new Error(`no state ${name}`);
  return report;
};
const of = (report: Report) => headline(report, markdownVoice);

test('a first measurement with too many errors says what to mend, not to do nothing', () => {
  const report = { ...state('invalid-only'), baseline: state('first-run').baseline };
  expect(of(report).text).toMatch(/First measurement.*, and too many errors to measure `mixed`/);
  expect(of(report).action).toMatch(/^Look at the errors by kind below.*Mend what is sent/);
  const saved: Report = {
    ...report,
    occasion: { type: 'saved', later: 'perf-baseline run --baseline kept' },
  };
  expect(headline(saved, plainVoice).action).toMatch(/^Look at the errors by kind below/);
});

test('what is short of connections is not settled by longer rounds, nor by another baseline', () => {
  const reason =
    'a change can be neither shown nor ruled out; each connection gives one sample when it is opened';
  const row_ = row('chat', 'error-rate', 'inconclusive', 0, null, { reason });
  const unsure: Report = { ...state('inconclusive'), comparisons: [row_] };
  expect(of(unsure).action).toMatch(/To settle it, set more `connections` or rounds/);
  expect(of(unsure).action).not.toContain('measure.duration');
  const mixed: Report = { ...unsure, comparisons: [row_, row('chat', 'rps', 'inconclusive', 1, null)] };
  expect(of(mixed).action).not.toContain('set more `connections`');
  const few = { gating: false, reason: 'each connection gives one a round, and longer rounds add none: set' };
  const unjudged: Report = { ...unsure, comparisons: [row('chat', 'p95', 'inconclusive', 1, null, few)] };
  expect(of(unjudged).action).toMatch(/^Measure more/);
});

describe('a pair that was asked for and came to nothing', () => {
  const detail = 'the base commit could not be measured: answered with status 401 <b>\nat x.js';
  const unpaired = { cause: 'base', detail } as const;
  const alone: Report = { ...state('not-compared'), baseline: { status: 'not-compared', unpaired } };

  test('is what the first line says, not that nothing was to be compared', () => {
    const { icon, tone, text, action } = of(alone);
    expect([icon, tone]).toEqual(['⚠️', 'warn']);
    expect(text).toMatch(
      /^Not compared: the base commit could not be measured: answered with status 401 &lt;b/,
    );
    expect(text).not.toContain('x.js');
    expect(action).toMatch(/`target.setup` .*name another by `--base REF`/);
    expect(of({ ...alone, runUrl: 'https://github.com/a/b/actions/runs/1' }).action).toMatch(/mend the base/);
  });

  test('also where there is no stored baseline, and where the run was kept', () => {
    expect(of({ ...state('first-run'), baseline: { status: 'absent', unpaired } }).text).toMatch(
      /^Not compared: the base/,
    );
    expect(
      of({ ...alone, occasion: { type: 'saved', later: 'perf-baseline run --baseline kept' } }).text,
    ).toMatch(/^Not compared: the base/);
  });

  test('what to do follows the cause', () => {
    const action = (cause: 'budget' | 'target') =>
      of({ ...alone, baseline: { status: 'not-compared', unpaired: { cause, detail } } }).action;
    expect(action('budget')).toMatch(/^Raise `measure.budget`/);
    expect(action('target')).toMatch(/^Set `target.start`/);
  });
});

describe('the first line', () => {
  test.each([
    ['first-run', '🆕 First measurement: there is no baseline yet to compare with — its one limit is kept'],
    ['unchanged', '✅ All 8 metrics unchanged, within what is allowed'],
    ['regressed', '❌ 2 of 8 metrics regressed — `mixed` › `validate` p95 is 34% slower (29% to 40%)'],
    ['improved', '✅ 1 of 8 metrics improved, none regressed — `mixed` p95 is 31% faster (26% to 36%)'],
    ['inconclusive', '❔ Cannot tell: 1 of 8 metrics inconclusive; 1 improved'],
    ['limit-exceeded', '❌ 1 of 3 limits exceeded — `mixed` p95 is 213 ±6 ms, at most 200 ms allowed'],
    [
      'failed-target',
      '🛑 `mixed` could not be measured: the target died while it was measured (exit code 137)',
    ],
    ['nothing-started', '🛑 Nothing could be measured: the target failed to start (exit code 1)'],
    [
      'environment-differs',
      '⚠️ Not compared: the environments differ (CPU model and memory (GB)), so the numbers are not comparable',
    ],
    ['corrupt-baseline', '⚠️ Not compared: the baseline is corrupt'],
    ['newer-baseline', '⚠️ Not compared: the baseline cannot be read by this version'],
    ['unreadable-store', '⚠️ Not compared: the baseline could not be read'],
    ['not-compared', '⚪ Measured, not compared with anything'],
    [
      'paired-warning',
      '⚠️ 1 of 8 metrics regressed past its warning level — `mixed` p95 is 14.0% slower (11.8% to 16.3%)',
    ],
    ['missing-scenario', '⚠️ No regression in what was measured, but `mixed` is in the baseline and not here'],
    ['new-scenario', '✅ All 8 metrics unchanged, within what is allowed'],
    ['invalid-only', '🚫 Too many errors to measure `mixed` — 1 of 8 metrics say nothing'],
    [
      'generator-limited',
      '⚠️ The load generator, not the target, was the bottleneck in `mixed`: a slower target might not show',
    ],
    ['cancelled', '⏹️ Cancelled before it was finished — this is not a verdict'],
  ])('%s', (name, line) => {
    const { icon, text } = of(state(name));
    expect(`${icon} ${text}`).toBe(line);
  });

  test('every state that is not fine says what to do', () => {
    for (const report of Object.values(states)) {
      const { tone, action } = of(report);
      expect(tone === 'good' || action !== '').toBe(true);
    }
  });
});

test('a benchmark without figures is named by its part, and is not said to be an error of the target', () => {
  const fine = state('unchanged');
  const [first] = fine.scenarios;
  if (first === undefined) throw new Error('no scenario');
  const [whole] = first.parts;
  const metrics = (whole?.metrics ?? []).filter(({ from }) => from.type !== 'proportion');
  const parts = [{ name: 'parse', metrics, values: {}, counters: {}, errors: {} }];
  const broken = row('bench', 'p95', 'invalid', 1, null, { part: 'parse', reason: 'throws: Error: no' });
  const report: Report = {
    ...fine,
    scenarios: [...fine.scenarios, { ...first, name: 'bench', parts }],
    comparisons: [...fine.comparisons, broken],
  };
  expect(of(report).text).toMatch(
    /^Could not measure `bench` › `parse` \(throws\) — 1 of \d+ metrics say nothing$/,
  );
  const alone = of({ ...report, baseline: { status: 'not-compared' }, comparisons: [broken] });
  expect(alone).toMatchObject({
    tone: 'warn',
    text: expect.stringContaining('no figures for `bench` › `parse`'),
    action: wordAction('throws'),
  });
});

test('the end of the output is pointed at only where it is shown, as that of what printed it', () => {
  const died = state('failed-target');
  const failing = (reason: FailureReason, log?: string): Report => ({
    ...died,
    scenarios: died.scenarios.map((scenario) =>
      scenario.failure === undefined
        ? scenario
        : { ...scenario, failure: { reason, detail: 'it did', ...(log !== undefined && { log }) } },
    ),
  });
  for (const reason of ['target-died', 'not-ready', 'benchmark-failed'] as const) {
    expect(of(failing(reason, 'last words')).action).toMatch(/^Look at the end of its output/);
    expect(of(failing(reason, '\n')).action).not.toContain('output');
    expect(of(failing(reason)).action).not.toContain('output');
  }
  expect(formatMarkdown(failing('target-died', 'x'))).toContain("The last lines of the target's output");
  expect(formatMarkdown(failing('benchmark-failed', 'x'))).toContain(
    "The last lines of the benchmark's output",
  );
});

/** A report whose only failures are of benchmarks, with these reasons. */
function benchmarksFailed(...details: string[]): Report {
  const died = state('failed-target');
  const [failed] = died.scenarios.filter(({ failure }) => failure !== undefined);
  if (failed === undefined) throw new Error('no scenario failed');
  const scenarios = details.map((detail, i) => ({
    ...failed,
    name: `s${i}`,
    type: 'micro',
    failure: { reason: 'benchmark-failed' as const, detail },
  }));
  return { ...died, scenarios, comparisons: [] };
}

test.each(BENCHMARK_WORDS.map((word) => [word] as const))(
  'a benchmark that ends in "%s" has a headline and an advice of its own',
  (word) => {
    const { text, action } = of(benchmarksFailed(`parse: ${word}: hangs: or so it says (and 2 more)`));
    expect(text).toBe(`\`s0\` could not be measured: ${wordText(word)}`);
    expect(action).toBe(wordAction(word));
    expect(action).not.toMatch(/^Run the module or the command/);
    const others = BENCHMARK_WORDS.filter((other) => other !== word);
    expect(others.map(wordText)).not.toContain(wordText(word));
    expect(others.map((other) => wordAction(other))).not.toContain(wordAction(word));
  },
);

test('benchmarks that failed for one word each are told by it; of several the first is', () => {
  expect(of(benchmarksFailed('leaks: it grows', 'b: leaks: it grows')).text).toBe(
    'Nothing could be measured: the benchmark leaks memory',
  );
  const mixed = of(benchmarksFailed('b: leaks: it grows', 'throws: Error: no'));
  expect(mixed.text).toBe('2 of 2 scenarios could not be measured — `s0`: the benchmark leaks memory');
  const printed = benchmarksFailed('fails: the command exited with code 4');
  for (const { failure } of printed.scenarios) if (failure !== undefined) failure.log = 'why';
  expect(of(printed).action).toMatch(/^Look at the end of its output\. Run the command/);
  expect(of(benchmarksFailed('something else')).text).toContain('the benchmark could not be run');
});

test('a part that the candidate broke is a failure: named, with its word, and what regressed beside it', () => {
  const regressed = state('regressed');
  const reason = "on the candidate's side: throws: Error: no";
  const broken = (metric: string) =>
    row('bench', metric, 'invalid', 1, null, { part: 'parse', reason, broken: true });
  const report: Report = {
    ...regressed,
    verdict: 'failed',
    comparisons: [...regressed.comparisons, broken('p95'), broken('p50')],
  };
  expect(of(report)).toMatchObject({
    icon: '🛑',
    text: '`bench` › `parse` could not be measured any more (throws): the baseline measured it; besides, 2 of 10 metrics regressed',
    action: expect.stringContaining('mend what throws'),
  });
  const other = row('bench', 'p95', 'invalid', 1, null, {
    part: 'print',
    reason: "on the candidate's side in 2 of 3 rounds: leaks: it grows",
    broken: true,
  });
  const mixed = of({ ...report, comparisons: [...report.comparisons, other] });
  expect(mixed.text).toMatch(/could not be measured any more: the baseline measured them/);
  expect(mixed.action).toMatch(/^The word below says why/);
  const text = formatMarkdown(report);
  expect(text.split("- 🛑 `bench` › `parse` — on the candidate's side: throws: Error: no")).toHaveLength(2);
  expect(text).not.toContain('**Cannot tell**');
});

test('a part with a limit that could not be measured is a failure: named, with its word, once', () => {
  const fine = state('unchanged');
  const silent = (part: string, bound: number) =>
    limit('bench', 'p95', 'inconclusive', bound, 1, {
      part,
      candidate: null,
      broken: true,
      reason: 'throws: Error: no',
    });
  const report: Report = { ...fine, verdict: 'failed', limits: [silent('parse', 1), silent('parse', 1000)] };
  expect(of(report)).toMatchObject({
    icon: '🛑',
    text: '`bench` › `parse` could not be measured (throws): its limit cannot be said to be kept',
    action: expect.stringContaining('mend what throws'),
  });
  const both: Report = {
    ...report,
    limits: [silent('parse', 1), silent('print', 1)],
    comparisons: [
      row('bench', 'p95', 'invalid', 1, null, { part: 'parse', reason: 'throws: Error: no', broken: true }),
    ],
  };
  expect(of(both).text).toBe(
    '`bench` › `parse` could not be measured any more (throws): the baseline measured it; `bench` › `print` could not be measured (throws): its limit cannot be said to be kept',
  );
  const text = formatMarkdown(report);
  expect(text.split('- 🛑 `bench` › `parse` — throws: Error: no')).toHaveLength(2);
  expect(text).not.toContain('**Cannot tell**');
  expect(formatTerminal(report)).toMatch(/bench +parse +p95 .*not measured/);
  expect(formatTerminal(report)).toContain('bench › parse p95: throws: Error: no');
});

test('where all but a removed part is unchanged, the removed one is what is said', () => {
  const fine = state('unchanged');
  const gone = row('bench', 'p95', 'missing', 1, null, { part: 'parse' });
  const report: Report = { ...fine, verdict: 'inconclusive', comparisons: [...fine.comparisons, gone] };
  expect(of(report)).toMatchObject({
    icon: '⚠️',
    text: 'No regression in what was measured, but `bench` › `parse` is in the baseline and not here',
  });
  const unsure: Report = { ...report, comparisons: [...state('inconclusive').comparisons, gone] };
  expect(of(unsure).text).toMatch(/^Cannot tell/);
  expect(formatMarkdown(unsure)).toContain('- ⚠️ In the baseline, not here: `bench` › `parse`');
});

describe('nothing but a verdict looks green', () => {
  const fine = state('unchanged');
  const green = (report: Report) => of(report).tone === 'good' || of(report).icon === '✅';

  test('an unchanged and an improved verdict do', () => {
    expect(green(fine)).toBe(true);
    expect(green(state('improved'))).toBe(true);
  });

  test.each<[string, Report]>([
    ['failed', { ...fine, verdict: 'failed' }],
    ['regressed', { ...fine, verdict: 'regressed' }],
    ['inconclusive', { ...fine, verdict: 'inconclusive' }],
    ['new', { ...fine, verdict: 'new', comparisons: [] }],
    ['no comparisons', { ...fine, comparisons: [] }],
    [
      'only metrics without a criterion',
      { ...fine, comparisons: fine.comparisons.map((c) => ({ ...c, gating: false })) },
    ],
    [
      'one inconclusive row',
      { ...fine, comparisons: [...fine.comparisons, row('x', 'p95', 'inconclusive', 1, null)] },
    ],
    ['one invalid row', { ...fine, comparisons: [...fine.comparisons, row('x', 'p95', 'invalid', 1, null)] }],
    [
      'one regressed row',
      { ...fine, comparisons: [...fine.comparisons, row('x', 'p95', 'regressed', 1, null)] },
    ],
    [
      'one regressed row at warning level',
      {
        ...fine,
        comparisons: [...fine.comparisons, row('x', 'p95', 'regressed', 1, null, { level: 'warn' })],
      },
    ],
    [
      'one missing row',
      { ...fine, comparisons: [...fine.comparisons, row('x', 'p95', 'missing', 1, null, { gating: false })] },
    ],
    ['a limit exceeded', { ...fine, limits: [limit('x', 'p95', 'exceeded', 1, 2)] }],
    [
      'a limit exceeded at warning level',
      { ...fine, limits: [limit('x', 'p95', 'exceeded', 1, 2, { level: 'warn' })] },
    ],
    ['a limit that cannot be told', { ...fine, limits: [limit('x', 'p95', 'inconclusive', 1, 1)] }],
    ['no baseline', { ...fine, baseline: { status: 'absent' } }],
    ['not compared', { ...fine, baseline: { status: 'not-compared' } }],
    ['an unusable baseline', { ...fine, baseline: { status: 'unusable', reason: 'corrupt', detail: '' } }],
    ['cancelled', { ...fine, sampling: { ...fine.sampling, stopped: 'cancelled' } }],
    ['a failed scenario', { ...fine, scenarios: state('failed-target').scenarios }],
    ['a generator at its limit', { ...fine, scenarios: state('generator-limited').scenarios }],
    ['a missing scenario', { ...fine, scenarios: state('missing-scenario').scenarios }],
  ])('%s does not', (_, report) => {
    expect(green(report)).toBe(false);
  });

  test.each<OverallVerdict>(['failed', 'regressed', 'inconclusive', 'new'])(
    'nor does an empty report of verdict %s',
    (verdict) => {
      expect(green({ ...fine, verdict, comparisons: [], limits: [] })).toBe(false);
    },
  );
});

describe('a criterion that could not be applied', () => {
  const short = row('mixed', 'p99', 'inconclusive', 20, null, {
    gating: false,
    criterion: criteria.p95 ?? null,
    reason: 'p99 needs 2,000 requests a side.',
  });

  test('is said beside a verdict that rests on the others, and listed with its reason', () => {
    const report = { ...state('unchanged'), comparisons: [...state('unchanged').comparisons, short] };
    expect(of(report).text).toBe(
      'All 8 metrics unchanged, within what is allowed; 1 more could not be judged',
    );
    expect(formatMarkdown(report)).toContain('p99 needs 2,000 requests a side.');
  });

  test('alone is no verdict', () => {
    const report: Report = { ...state('unchanged'), comparisons: [short], verdict: 'inconclusive' };
    expect(of(report)).toMatchObject({
      icon: '❔',
      text: 'Cannot tell: too few samples to judge the metric with a criterion',
    });
  });
});

describe('what leads', () => {
  test('a failure, and then the regressions beside it', () => {
    const report: Report = { ...state('failed-target'), comparisons: state('regressed').comparisons };
    expect(of(report).text).toBe(
      '`mixed` could not be measured: the target died while it was measured (exit code 137); besides, 2 of 8 metrics regressed',
    );
  });

  test('the change that is furthest past what is allowed, not the largest', () => {
    const memory = row('a', 'memory', 'regressed', 1e8, relative(0.5, 0.4, 0.6));
    const p95 = row('b', 'p95', 'regressed', 10, relative(0.45, 0.4, 0.5));
    expect(of({ ...state('regressed'), comparisons: [memory, p95] }).text).toContain('`b` p95 is 45% slower');
  });

  test('a limit that is exceeded although there is no baseline', () => {
    const report: Report = {
      ...state('first-run'),
      limits: [limit('mixed', 'p95', 'exceeded', 10, 15)],
      verdict: 'regressed',
    };
    expect(of(report).text).toMatch(/^1 of 1 limit exceeded — /);
  });

  test('on a first measurement, too many errors', () => {
    const report: Report = {
      ...state('first-run'),
      comparisons: [row('mixed', 'p95', 'invalid', 1, null)],
      verdict: 'inconclusive',
    };
    expect(of(report)).toMatchObject({
      icon: '⚠️',
      text: 'First measurement: there is no baseline yet to compare with, and too many errors to measure `mixed`',
    });
  });
});

describe('the words of a change', () => {
  test.each<[Comparison, string]>([
    [row('a', 'p95', 'regressed', 1, relative(0.34, 0.29, 0.4)), 'a p95 is 34% slower (29% to 40%)'],
    [row('a', 'p95', 'improved', 1, relative(-0.34, -0.4, -0.29)), 'a p95 is 34% faster (29% to 40%)'],
    [
      row('a', 'rps', 'regressed', 1, relative(-0.18, -0.21, -0.15)),
      'a handles 18% fewer requests per second (15% to 21%)',
    ],
    [
      row('a', 'rps', 'improved', 1, relative(0.18, 0.15, 0.21)),
      'a handles 18% more requests per second (15% to 21%)',
    ],
    [row('a', 'memory', 'regressed', 1, relative(0.5, 0.4, 0.6)), 'a takes 50% more memory (40% to 60%)'],
    [row('a', 'memory', 'improved', 1, relative(-0.5, -0.6, -0.4)), 'a takes 50% less memory (40% to 60%)'],
    [row('a', 'cpu', 'regressed', 1, relative(0.5, 0.4, 0.6)), 'a takes 50% more CPU (40% to 60%)'],
    [
      row('a', 'error-rate', 'regressed', 0, points(0.05, 0.02, 0.08)),
      'a has 5.0 pp more errors (2.0 pp to 8.0 pp)',
    ],
    [
      row('a', 'error-rate', 'improved', 0.1, points(-0.05, -0.08, -0.02)),
      'a has 5.0 pp fewer errors (2.0 pp to 8.0 pp)',
    ],
    [
      row('a', 'p95', 'regressed', 1, points(2.1, 1.2, 3.1), { part: 'x' }),
      'a › x p95 is 2.1 ms slower (1.2 ms to 3.1 ms)',
    ],
    [row('a', 'p95', 'regressed', 1, null), 'a p95 changed'],
    [
      row('a', 'p95', 'regressed', 1, null, {
        metric: { ...metric('rps'), name: 'queries' },
        change: relative(-0.2, -0.3, -0.1),
      }),
      'a queries is 20% lower (10% to 30%)',
    ],
  ])('%#', (comparison, words) => {
    expect(changeSentence(comparison, plainVoice)).toBe(words);
  });

  test('a limit is a maximum or a minimum by the direction of its metric', () => {
    expect(limitSentence(limit('a', 'rps', 'exceeded', 100, 71), plainVoice)).toBe(
      'a rps is 71.0 ±2.1/s, at least 100/s allowed',
    );
  });
});

describe('what to do about a regression', () => {
  const total = row('mixed', 'rps', 'regressed', 1290, relative(-0.3, -0.35, -0.25));
  const beside = (part: string, name: string, change: number, more: Partial<Comparison> = {}) =>
    row('mixed', name, 'regressed', 10, relative(change, change - 0.1, change + 0.1), {
      part,
      gating: false,
      criterion: null,
      level: null,
      ...more,
    });
  const action = (...comparisons: Comparison[]) => of({ ...state('regressed'), comparisons }).action;

  test('names the parts that regressed beside the total, the worst first, each with a figure', () => {
    expect(
      action(
        total,
        beside('generate', 'mean', 0.25),
        beside('validate', 'p50', 0.62),
        beside('validate', 'p95', 0.4),
        beside('status', 'rps', -0.3),
        beside('quick', 'p50', 0.3, { verdict: 'inconclusive' }),
        beside('elsewhere', 'p50', 0.9, { scenario: 'other' }),
      ),
    ).toMatch(
      /^Look at what this change does to `mixed` › `validate` \(p50 62% slower\) and `mixed` › `generate` \(mean 25% slower\), and repeat it locally.*\. Parts of one scenario slow each other down/,
    );
  });

  test('names the part that gates', () => {
    expect(of(state('regressed')).action).not.toContain('each other');
    expect(of(state('regressed')).action).toMatch(
      /^Look at what this change does to `mixed` › `validate`, and/,
    );
  });

  test('speaks of no part where there is none, and of no command where there is none', () => {
    expect(action(total)).toMatch(/^Find what in this change causes it, and repeat it locally/);
    const { action: bare } = of({ ...state('regressed'), comparisons: [total], reproduce: null });
    expect(bare).toBe(
      'Find what in this change causes it. If the cost is meant, widen the criterion in the config file, by review.',
    );
    expect(of(state('limit-exceeded')).action).not.toContain('path');
  });

  test('a name that a stranger chose is made inert once', () => {
    const name = '@octocat ![x](y)';
    const text = action({ ...total, scenario: name }, beside(name, 'p50', 0.5, { scenario: name }));
    expect(text).toContain('`\u200B@\u200Boctocat ![x](y)` › `\u200B@\u200Boctocat ![x](y)` (p50');
  });
});

describe('advice fits where it is read', () => {
  const terminal = (report: Report) => headline(report, plainVoice).action;

  test.each(['inconclusive', 'first-run', 'environment-differs', 'corrupt-baseline', 'not-compared'])(
    '%s: inputs of the action beside a run, options in a terminal',
    (name) => {
      const report = { ...state(name), runUrl: 'https://github.com/octo/service/actions/runs/1' };
      expect(of(report).action).toMatch(/`compare(: paired)?`|default branch/);
      expect(of(report).action).not.toContain('--');
      expect(terminal(report)).toMatch(/--(base|save|baseline) /);
      expect(terminal(report)).not.toMatch(/`compare|default branch/);
      // Markdown that somebody typed a command for has no run to link to.
      expect(of({ ...report, runUrl: null }).action).toMatch(/--(base|save|baseline) /);
    },
  );

  test('of a pair, what ended it is what to raise', () => {
    const paired = { ...state('paired-warning'), comparisons: state('inconclusive').comparisons };
    const stopped = (reason: 'budget' | 'rounds') =>
      of({ ...paired, sampling: { ...paired.sampling, stopped: reason } }).action;
    expect(stopped('budget')).toContain('To settle it, raise `measure.budget`, or');
    expect(stopped('rounds')).toContain('To settle it, raise `measure.max-rounds`, and');
  });

  test('a run that was just kept is told how to use it, not to name a baseline', () => {
    for (const name of ['not-compared', 'first-run']) {
      const later = 'perf-baseline run --baseline .perf-baseline';
      const report: Report = { ...state(name), occasion: { type: 'saved', later } };
      expect(headline(report, plainVoice)).toMatchObject({
        icon: '⚪',
        text: expect.stringMatching(/^Measured and saved as a baseline/),
        action: 'Compare a later run with it: perf-baseline run --baseline .perf-baseline',
      });
    }
  });

  test('a document that is only shown asks for nothing', () => {
    const report: Report = { ...state('not-compared'), occasion: { type: 'shown' } };
    expect(headline(report, plainVoice)).toMatchObject({ icon: '⚪', action: '' });
  });
});
