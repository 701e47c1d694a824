import { afterEach, expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';
import { pullRequestEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job, openPull } from './jobs.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
afterEach(() => hub.close());

const HOSTILE = [
  '::set-output name=verdict::improved',
  '  ::error file=a.js::from the target',
  'text ##[error]from the target',
  'progress\r::warning::from the target\r##[command]rm',
  '::add-mask::work',
  '::stop-commands::pause',
  'cc @octo-org/everyone and @octocat, fixes #1',
  '<img src=x onerror=alert(1)><script>alert(1)</script><!-- perf-baseline -->',
  '</details></td></table>',
  '```',
  '[click](https://evil.example) ![i](https://evil.example/i.png) https://evil.example/auto',
  '# heading\n| a | b |\n| - | - |\n~~~~',
  '\u001b[31mred\u001b[0m \u202Eevil \u0000 \u2028::error::x',
].join('\n');

test.each([
  ['the start', { log: `${HOSTILE}\n`, listen: 'process.exit(3);' }],
  [
    'measurement',
    {
      answer: `if (count < 20) return response.end('ok'); process.stderr.write(${JSON.stringify(HOSTILE)} + '\\n', () => process.exit(3));`,
    },
  ],
  [
    'setup',
    {
      target: `  setup: printf '%s\\n' "$HOSTILE"; exit 3\n  env: ${JSON.stringify({ HOSTILE: HOSTILE.replace('\u0000', '') })}`,
    },
  ],
])(
  'what a target prints before it dies in %s runs no command and reaches the comment only as text',
  async (_, service) => {
    hub = await startGitHub({ files: { 'README.md': '' } });
    const pull = await openPull(hub, 'change', serviceFiles(service));
    const result = await job(hub, await pullRequestEvent(hub, pull), { inputs: { compare: 'none' } });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'failed' } });
    for (const { message } of result.annotations) expect(message).not.toMatch(/^from the target|^x$/);
    expect(result.masks).not.toContain('work');
    for (const { command, data } of result.commands) {
      expect(['add-mask', 'debug', 'error', 'warning', 'notice']).toContain(command);
      expect(data).not.toMatch(/^(pause|rm|work|improved|from the target)$/);
    }

    const body = hub.repository.comments[0]?.body ?? '';
    for (const text of [body, result.summary]) {
      expect(text).toContain('from the target');
      const html = new MarkdownIt({ html: true, linkify: true }).render(text);
      const outsideCode = html.replace(/<(pre|code)[\s\S]*?<\/\1>/g, '');
      expect(outsideCode).not.toMatch(/<img|<script|evil\.example|@octo|#1\b|<h1/);
      // Folded parts are closed where the report closes them.
      expect(count(outsideCode, '<details')).toBe(count(outsideCode, '</details'));
      expect(count(outsideCode, '<table')).toBe(count(outsideCode, '</table'));
      for (const sign of ['\u202e', '\u0000', '\u001b']) expect(text).not.toContain(sign);
    }
    hub.assertClean();
  },
);

const count = (text: string, part: string): number => text.split(part).length - 1;
