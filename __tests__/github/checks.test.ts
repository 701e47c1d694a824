import { describe, expect, test } from '@jest/globals';
import { asItsJobRuled, concluded, ruleOn } from '../../src/github/check-conclusion.ts';
import { type CheckOptions, writeCheck } from '../../src/github/checks.ts';
import type { Ruling, Section } from '../../src/github/comment-sections.ts';
import { AmbiguousWrite } from '../../src/github/retry.ts';

const section = (verdict: Section['verdict'], state: Section['state'] = 'final'): Section => ({
  series: verdict,
  title: verdict,
  state,
  verdict,
  run: { workflow: 'a', id: 1, number: 1, attempt: 1 },
  sha: 'a'.repeat(12),
  form: 'bare',
  text: '',
});
const ruled = 'regression';
const withRuling = (section: Section, conclusion: Ruling['conclusion'], by: Ruling['by'] = 'regression') => ({
  ...section,
  ruling: { conclusion, by },
});

describe('a check concludes', () => {
  test.each<[Section['verdict'][], ReturnType<typeof concluded>]>([
    [['unchanged'], 'success'],
    [['improved', 'unchanged'], 'success'],
    [['accepted', 'unchanged'], 'success'],
    [['accepted', 'new'], 'neutral'],
    [['accepted', 'regressed'], 'failure'],
    [['new'], 'neutral'],
    [['improved', 'new'], 'neutral'],
    [['unchanged', 'inconclusive'], 'neutral'],
    [['unchanged', 'regressed'], 'failure'],
    [['regressed', 'failed'], 'failure'],
    [['unchanged', 'cancelled'], 'cancelled'],
    [['unchanged', 'none'], 'neutral'],
    [[], 'neutral'],
  ])('%j as %s', (verdicts, conclusion) => {
    expect(
      concluded(
        verdicts.map((verdict) => section(verdict)),
        ruled,
      ),
    ).toBe(conclusion);
  });

  test('never while one is still measured, unless it has failed already', () => {
    const measuring = section('none', 'measuring');
    expect(concluded([section('unchanged'), measuring], ruled)).toBeNull();
    expect(concluded([section('regressed'), measuring], ruled)).toBe('failure');
  });

  test('never before all jobs of the run have reported, and not green where some never will', () => {
    const one = { workflow: 'a', run: 1, legs: 2, ended: false };
    const two = [one];
    expect(concluded([section('unchanged')], ruled, two)).toBeNull();
    expect(concluded([section('inconclusive')], ruled, two)).toBeNull();
    expect(concluded([section('regressed')], ruled, two)).toBe('failure');
    const ofAnother = { ...section('new'), run: { ...section('new').run, id: 2 } };
    expect(concluded([section('unchanged'), ofAnother], ruled, two)).toBeNull();
    expect(concluded([section('unchanged'), section('improved')], ruled, two)).toBe('success');
    const silent = { ...section('cancelled'), series: 'word' };
    expect(concluded([section('unchanged'), withRuling(silent, 'cancelled', 'run')], ruled, two)).toBe(
      'cancelled',
    );
    // Said of the whole run, that nothing failed to report ends the wait too: what is not there then was not measured.
    expect(concluded([section('unchanged'), withRuling(silent, 'success', 'run')], ruled, two)).toBe(
      'cancelled',
    );
    expect(concluded([section('unchanged')], ruled, [{ ...one, ended: true }])).toBe('cancelled');
  });

  test('not for one workflow while another one has jobs that have not reported', () => {
    const ofAnother = { ...section('improved'), run: { workflow: 'b', id: 2, number: 1, attempt: 1 } };
    const both = [
      { workflow: 'a', run: 1, legs: 2, ended: false },
      { workflow: 'b', run: 2, legs: 1, ended: false },
    ];
    expect(concluded([section('unchanged'), ofAnother], ruled, both)).toBeNull();
    const more = { ...section('unchanged'), series: 'more' };
    expect(concluded([section('unchanged'), more, ofAnother], ruled, both)).toBe('success');
  });

  test('by what its own writer made of each section, whoever writes last', () => {
    const strict = withRuling(section('regressed'), 'failure');
    expect(concluded([strict, section('unchanged')], 'never')).toBe('failure');
    const unlike = withRuling(section('new'), 'failure', 'inconclusive');
    expect(concluded([unlike, section('unchanged')], ruled)).toBe('failure');
    expect(concluded([withRuling(section('unchanged'), 'failure')], ruled)).toBe('failure');
    expect(concluded([withRuling(section('regressed'), 'neutral', 'never')], ruled)).toBe('neutral');
    expect(concluded([withRuling(section('unchanged'), 'cancelled'), section('inconclusive')], ruled)).toBe(
      'cancelled',
    );
  });

  test('no better than the job itself ruled, whoever judges its result again', () => {
    const strict = withRuling(section('inconclusive'), 'failure', 'inconclusive');
    const again = withRuling(section('inconclusive'), 'neutral');
    expect(asItsJobRuled(again, [strict]).ruling).toEqual({ conclusion: 'failure', by: 'inconclusive' });
    // What failed the job besides its verdict is not known to others.
    const broken = withRuling(section('new'), 'failure');
    expect(asItsJobRuled(withRuling(section('new'), 'neutral'), [broken]).ruling?.conclusion).toBe('failure');
    const accepted = withRuling({ ...section('accepted'), series: 'regressed' }, 'success');
    const regressed = withRuling(section('regressed'), 'failure');
    expect(asItsJobRuled(accepted, [regressed]).ruling?.conclusion).toBe('success');
    const later = { ...again, run: { ...again.run, attempt: 2 } };
    expect(asItsJobRuled(later, [strict])).toBe(later);
  });

  test('by what is to fail it, where a section does not say', () => {
    const of = (verdict: Section['verdict'], failOn: 'inconclusive' | 'never') =>
      concluded([section(verdict)], failOn);
    expect(of('inconclusive', 'inconclusive')).toBe('failure');
    expect(of('regressed', 'never')).toBe('neutral');
    expect(of('failed', 'never')).toBe('failure');
  });
});

test.each([
  [ruleOn('unchanged', 'regression'), 'success'],
  [ruleOn('unchanged', 'regression', { failed: true }), 'failure'],
  [ruleOn('unchanged', 'regression', { lacking: true }), 'cancelled'],
  [ruleOn('regressed', 'never', { lacking: true }), 'cancelled'],
  [ruleOn('inconclusive', 'inconclusive'), 'failure'],
])('a writer rules %j', ({ conclusion }, expected) => {
  expect(conclusion).toBe(expected);
});

describe('a check that several write', () => {
  const run = (workflow: string, id: number) => ({ workflow, id, number: id, attempt: 1 });
  const a = { ...section('unchanged'), series: 'a', title: 'a', run: run('aa', 1) };
  const b = withRuling({ ...section('regressed'), series: 'b', title: 'b', run: run('bb', 2) }, 'failure');

  test('is written again where another write was lost between', async () => {
    const hub = fakeChecks();
    await hub.write([a]);
    expect(hub.check()).toMatchObject({ conclusion: 'success' });
    // What this job read before the other one wrote is what it puts there afterwards.
    let other: Promise<unknown> = Promise.resolve();
    hub.before('update', async () => {
      other = hub.write([b]);
      await turn();
    });
    await hub.write([{ ...a, run: { ...a.run, attempt: 2 } }]);
    await other;
    expect(hub.check()).toMatchObject({
      conclusion: 'failure',
      output: { title: '1 unchanged, 1 regressed' },
    });
  });

  test('is read again before a write is repeated whose answer was lost', async () => {
    const hub = fakeChecks();
    await hub.write([a]);
    hub.before('update', async () => {
      await hub.write([b]);
      throw new AmbiguousWrite('PATCH', '/check-runs', new Error('502'));
    });
    await hub.write([{ ...a, run: { ...a.run, attempt: 2 } }]);
    expect(hub.check()).toMatchObject({ conclusion: 'failure' });
    expect(hub.options()).toMatchObject({ request: { lookFirst: true } });
  });

  test('keeps what was said of a whole run until a later one, or the same word, speaks', async () => {
    const hub = fakeChecks();
    const word = (conclusion: Ruling['conclusion']) =>
      withRuling(
        { ...section('cancelled'), series: 'd', title: 'not reported', run: run('aa', 1) },
        conclusion,
        'run',
      );
    await hub.write([a, word('cancelled')], 2);
    expect(hub.check()).toMatchObject({ conclusion: 'cancelled' });
    await hub.write([{ ...a, verdict: 'accepted' }]);
    await hub.write([{ ...b, verdict: 'accepted', ruling: { conclusion: 'success', by: 'regression' } }]);
    expect(hub.check()).toMatchObject({ conclusion: 'cancelled' });
    await hub.write([{ ...a, series: 'c' }, word('success')], 2);
    expect(hub.check()).toMatchObject({ conclusion: 'success' });
    await hub.write([word('cancelled')]);
    await hub.write([{ ...a, run: run('aa', 3) }]);
    expect(hub.check()).toMatchObject({ conclusion: 'success' });
  });

  test('holds the worst of a push and of pull requests with one head', async () => {
    const hub = fakeChecks();
    const regressed = { ...b, run: run('bb', 2) };
    await hub.write([regressed], 1, '7');
    await hub.write(
      [{ ...regressed, verdict: 'new', run: run('bb', 3), ruling: ruleOn('new', ruled) }],
      1,
      'push',
    );
    expect(hub.check()).toMatchObject({ conclusion: 'failure' });
    await hub.write([{ ...a, series: 'b', run: run('bb', 4) }], 1, '8');
    expect(hub.check()).toMatchObject({ conclusion: 'failure' });
    await hub.write([{ ...a, series: 'b', run: run('bb', 5) }], 1, '7');
    expect(hub.check()).toMatchObject({ conclusion: 'neutral', output: { title: '2 unchanged, 1 new' } });
  });

  test('waits for no run that GitHub says has ended, whoever writes next, but for its next attempt', async () => {
    const hub = fakeChecks();
    const ask = async (ended: number) => await hub.write([], null, '1', async (id) => id === ended);
    await hub.write([a], 2);
    await ask(7);
    expect(hub.check()).toMatchObject({ conclusion: null });
    await ask(1);
    const ended = 'and the run has ended';
    expect(hub.check()).toMatchObject({
      conclusion: 'cancelled',
      output: { title: expect.stringContaining(ended) },
    });
    await hub.write([{ ...a, series: 'c', run: run('bb', 2) }]);
    expect(hub.check()).toMatchObject({ conclusion: 'cancelled' });
    await hub.write([{ ...a, run: { ...a.run, attempt: 2 } }]);
    expect(hub.check()).toMatchObject({ conclusion: null });
    await hub.write([{ ...a, series: 'd', run: { ...a.run, attempt: 2 } }]);
    expect(hub.check()).toMatchObject({ conclusion: 'success' });
  });

  test('waits for no job that has begun, and whose run has ended', async () => {
    const hub = fakeChecks();
    const measuring: Section = { ...a, series: 'c', state: 'measuring', verdict: 'none', run: run('bb', 2) };
    await hub.write([measuring]);
    await hub.write([a]);
    await hub.write([], null, '1', async () => false);
    expect(hub.check()).toMatchObject({ conclusion: null });
    await hub.write([], null, '1', async (id) => id === 2);
    expect(hub.check()).toMatchObject({ conclusion: 'cancelled' });
    await hub.write([{ ...a, run: { ...a.run, attempt: 2 } }]);
    expect(hub.check()).toMatchObject({ conclusion: 'cancelled' });
  });

  test('is one again where two were begun at once, with what both hold', async () => {
    const hub = fakeChecks();
    hub.before('update', async () => await hub.write([b]));
    await hub.write([a]);
    expect(hub.all()).toEqual([
      expect.objectContaining({ conclusion: 'neutral', output: expect.objectContaining({ title: 'moved' }) }),
      expect.objectContaining({ conclusion: 'failure' }),
    ]);
    expect(hub.check()).toMatchObject({ output: { title: '1 unchanged, 1 regressed' } });
  });

  test('is never longer than GitHub takes, whose limit is of bytes', async () => {
    const hub = fakeChecks();
    await hub.write([a], null, '1', undefined, '…±'.repeat(30_000));
    const { output } = hub.check() as { output: { summary: string } };
    expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(output.summary)).toBeGreaterThan(65_525);
    expect(output.summary).not.toContain('\ufffd');
    await hub.write([]);
    await hub.write([b], null, '1', undefined, '');
    expect(hub.check()).toMatchObject({ output: { summary: output.summary } });
  });

  test('is left alone by who has nothing to say where nothing is wrong', async () => {
    const hub = fakeChecks();
    await hub.write([a]);
    const before = hub.writes();
    await hub.write([]);
    const quiet = withRuling({ ...a, series: 'd', run: run('aa', 9) }, 'success', 'run');
    await hub.write([quiet]);
    expect(hub.writes()).toBe(before);
    await hub.write([a], 2);
    await hub.write([quiet], 1);
    expect(hub.check()).toMatchObject({ conclusion: null, external_id: expect.stringMatching(/:1:2$/) });
  });
});

/** The time in which a request is answered that was sent before. */
const turn = () => new Promise<void>((done) => void setTimeout(done, 20));

/** One check run, without a server: what stands in the way of a write is run before it. */
function fakeChecks() {
  const checks: Record<string, unknown>[] = [];
  let options: Record<string, unknown> = {};
  let between: (() => Promise<unknown>) | null = null;
  let writes = 0;
  const put = async (given: Record<string, unknown>) => {
    const first = between;
    between = null;
    await first?.();
    writes++;
    options = given;
    const known = checks.find(({ id }) => id === given.check_run_id);
    const check = known ?? { id: checks.length + 1 };
    if (known === undefined) checks.push(check);
    Object.assign(check, { conclusion: null, ...given });
  };
  const client = {
    rest: {
      checks: {
        listForRef: async () => ({ data: { check_runs: structuredClone(checks) } }),
        create: put,
        update: put,
      },
    },
  };
  return {
    check: () => checks.at(-1),
    all: () => checks,
    options: () => options,
    writes: () => writes,
    before: (_: 'update', what: () => Promise<unknown>) => {
      between = what;
    },
    write: (
      own: Section[],
      legs: number | null = null,
      scope = '1',
      hasEnded: CheckOptions['hasEnded'] = undefined,
      summary = '',
    ) =>
      writeCheck({
        ...(hasEnded && { hasEnded }),
        client: client as never,
        repo: { owner: 'o', repo: 'r' },
        sha: 'a'.repeat(40),
        scope,
        own,
        comment: [],
        legs,
        failOn: 'regression',
        summary: () => summary,
        annotations: [],
        url: '',
        sleep: () => turn(),
      }),
  };
}
