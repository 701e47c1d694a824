import { expect } from '@jest/globals';
import { parseAnswer } from '../../src/github/chat-answers.ts';
import { issueCommentEvent, workflowRunEvent } from '../harness/events.ts';
import type { Comment, Pull, Run } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { ACTIONS_BOT } from '../harness/github/world.ts';
import type { RunResult } from '../harness/runner.ts';
import {
  CHATTING,
  measuredRun,
  publishWithCheck,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';

const WORKFLOW = { name: 'Performance chat', path: '.github/workflows/chat.yml' };

type Said = { comment?: Comment; inputs?: Record<string, string> };

/** A pull request on which a regression of `work` p95 was reported, and what people say there. */
export class Chat {
  readonly hub: GitHubStandIn;
  readonly pull: Pull;
  run: Run;

  private constructor(hub: GitHubStandIn, pull: Pull) {
    this.hub = hub;
    this.pull = pull;
    this.run = measuredRun(hub, pull);
  }

  static async begin(): Promise<Chat> {
    const files = { 'README.md': '# service\n', ...serviceFiles({ more: 'criteria: { rps: off }' }) };
    const hub = await startGitHub({ files });
    hub.world.setPermission(hub.repository, 'keeper', 'write');
    hub.world.setPermission(hub.repository, 'reader', 'read');
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
    const pull = await hub.world.openPull(hub.repository, { head: 'topic', author: 'author' });
    await storeBaselines(hub, 10);
    const chat = new Chat(hub, pull);
    upload(hub, chat.run, resultOfPull(chat.run, 20));
    await withoutCheckout(hub, await workflowRunEvent(hub, chat.run));
    expect(chat.report()).toMatch(/❌/);
    return chat;
  }

  close(): Promise<void> {
    return this.hub.close();
  }

  /** A comment as it stands, of which no job has heard yet. */
  comment(login: string, body: string): Comment {
    return this.hub.world.comment(this.hub.repository, this.pull.number, login, body);
  }

  /** A comment by somebody, as new, and the job that it starts. */
  say(login: string, body: string, { comment = this.comment(login, body), inputs }: Said = {}) {
    return this.hear(comment, inputs);
  }

  async hear(comment: Comment, inputs: Record<string, string> = {}, event = {}): Promise<RunResult> {
    return withoutCheckout(this.hub, await issueCommentEvent(this.hub, this.pull, comment, event), {
      workflow: WORKFLOW,
      job: 'chat',
      permissions: CHATTING,
      inputs: { check: 'true', ...inputs },
    });
  }

  /** A second leg of the same run, as slow as the first, published; gives its artifact. */
  async secondLeg() {
    const series = seriesOf({ node: 24 });
    await storeBaselines(this.hub, 10, { series });
    const artifact = upload(this.hub, this.run, resultOfPull(this.run, 20, { series }));
    await publishWithCheck(this.hub, await workflowRunEvent(this.hub, this.run));
    return artifact;
  }

  /** The comment with the report. */
  report(): string {
    return this.#ours().find(({ body }) => body.includes('perf-baseline:comment'))?.body ?? '';
  }

  answers(): Comment[] {
    return this.#ours().filter(({ body }) => parseAnswer(body) !== undefined);
  }

  /** The words of the answer that was given last. */
  answer(): string {
    return this.answers().at(-1)?.body ?? '';
  }

  /** How the check run that was written last ended. */
  conclusion(): string | null | undefined {
    return this.hub.repository.checkRuns.at(-1)?.conclusion;
  }

  /** What was made of each comment of somebody. */
  reactions(login: string): string[][] {
    return this.hub.repository.comments
      .filter(({ user }) => user.login === login)
      .map(({ reactions }) => reactions.map(({ content }) => content));
  }

  #ours(): Comment[] {
    return this.hub.repository.comments.filter(({ user }) => user === ACTIONS_BOT);
  }
}
