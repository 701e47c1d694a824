import { describe, expect, test } from '@jest/globals';
import { type OwnSection, toSection, upsertComment } from '../../src/github/comment.ts';
import { COMMENT_LENGTH, parseSections, type RenderFrame } from '../../src/github/comment-body.ts';
import { CommentTooLongError, fitBody } from '../../src/github/comment-fit.ts';
import { FakeApi } from './fake-api.ts';

/* Sections of older commits give way to those of the newest, where not even the markers of all fit into a comment. */

const renderFrame: RenderFrame = (heads) => ({
  top: heads.map(({ title, stale }) => `| ${title} |${stale ? ' older' : ''}`).join('\n'),
  bottom: '',
});

/** As many series as a run may publish, with titles as long as they may be. */
const pushed = (number: number, count = 64): OwnSection[] =>
  Array.from({ length: count }, (_, i) => ({
    series: `${number}-${i}`,
    title: `${number}-${i} ${'𝕏'.repeat(80)}`,
    state: 'final',
    verdict: 'unchanged',
    run: { workflow: 'perf.yml', id: number * 10, number, attempt: 1 },
    sha: String(number).repeat(40),
    body: 'report',
    short: () => 'short',
  }));

const fitted = (own: readonly OwnSection[], others: readonly OwnSection[], limit = COMMENT_LENGTH) => {
  const sections = [...others, ...own].map(toSection);
  const shorts = new Map(own.map((one) => [toSection(one).series, one.short]));
  return fitBody('00112233aabbccdd', sections, shorts, renderFrame, limit, own[0]?.sha);
};
const numbers = (body: string): string[] => parseSections(body).map(({ title }) => title.split(' ')[0] ?? '');

describe('more sections than a comment holds', () => {
  test('all of the newest commit stay, and how many of older ones are left out is said', () => {
    const { body, sections } = fitted(pushed(2), pushed(1));
    expect(body.length).toBeLessThanOrEqual(COMMENT_LENGTH);
    const shown = numbers(body);
    expect(shown.filter((title) => title.startsWith('2-'))).toHaveLength(64);
    expect(sections.map(({ series }) => series)).toEqual(parseSections(body).map(({ series }) => series));
    const left = 128 - shown.length;
    expect(left).toBeGreaterThan(0);
    expect(body).toContain(`_${left} series were measured at older commits alone and left out here`);
  });

  test('the oldest are left out first, and no more than it takes', () => {
    const others = [...pushed(2, 30), ...pushed(1, 30)];
    const { body } = fitted(pushed(3, 50), others);
    const shown = numbers(body);
    expect(shown.filter((title) => title.startsWith('3-'))).toHaveLength(50);
    expect(shown.filter((title) => title.startsWith('2-'))).toHaveLength(30);
    expect(shown.length).toBeGreaterThan(80);
    expect(shown.length).toBeLessThan(110);
    expect(body.length).toBeGreaterThan(0.95 * COMMENT_LENGTH);
    const whole = fitted(pushed(3, 1), pushed(2, 1)).body;
    expect(fitted(pushed(3, 1), [...pushed(2, 1), ...pushed(1, 1)], whole.length + 200).body).toContain(
      '_1 series was measured',
    );
  });

  test('where those of the newest commit do not fit, nothing is written', () => {
    expect(() => fitted(pushed(2), pushed(1), 30_000)).toThrow(CommentTooLongError);
  });

  test('what was left out is not waited for', async () => {
    const api = new FakeApi();
    const publish = (sections: OwnSection[]) =>
      upsertComment({
        client: api.client(),
        repo: { owner: 'o', repo: 'r' },
        issue: 7,
        key: 'perf',
        sections,
        renderFrame,
        create: true,
        log: { debug: () => {} },
        sleep: async () => {},
      });
    await publish(pushed(1));
    api.requests.length = 0;
    const outcome = await publish(pushed(2));
    expect(outcome).toMatchObject({ status: 'updated' });
    expect(api.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    const body = api.comments[0]?.body ?? '';
    expect('sections' in outcome && outcome.sections.length).toBe(parseSections(body).length);
    expect(body).toContain('left out here');
  });
});
