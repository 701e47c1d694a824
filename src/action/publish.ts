import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import * as core from '@actions/core';
import { uploadResult } from '../baseline/artifact.ts';
import { configLines } from '../config/lines.ts';
import type { BaselineStore } from '../domain/baseline.ts';
import { annotate, reportAnnotations } from '../github/annotations.ts';
import { ruleOn } from '../github/check-conclusion.ts';
import { setOutputs } from '../github/outputs.ts';
import { writeSummary } from '../github/summary.ts';
import { brokenBaseline, exitCode, isUnlike, nothingMeasured } from '../pipeline/outcome.ts';
import type { Request } from '../pipeline/request.ts';
import { saveResult } from '../pipeline/result.ts';
import { shownVerdict } from '../report/accepted.ts';
import { formatMarkdown, formatShortSection, formatSummary } from '../report/markdown.ts';
import { changeSentence, limitSentence, plainVoice } from '../report/phrase.ts';
import type { RunOutcome } from '../run.ts';
import { withAcceptanceLines } from './acceptance.ts';
import { check } from './check.ts';
import { type Accepted, comment } from './comment.ts';
import type { ActionContext } from './context.ts';
import { artifactPorts } from './stores.ts';

/**
 * Publishes what was found: the baseline first where this run is one, then files, summary, annotations, comment,
 * artifact and outputs. What cannot be published is told and costs nothing else; then the step fails if it must.
 */
export async function publish(
  context: ActionContext,
  request: Request,
  outcome: RunOutcome,
  accepted: Accepted,
  keep: BaselineStore | null,
): Promise<void> {
  const { log, inputs } = context;
  const { report, judged } = outcome;
  const { used } = accepted;
  const failures: string[] = [];
  if (keep !== null) {
    const lost = await storeBaseline(context, outcome, keep);
    if (lost !== null) failures.push(lost);
  }
  const paths = await writeFiles(context, outcome);
  const summary = await writeSummary(core.summary, withAcceptanceLines(formatSummary(report), used), () =>
    formatShortSection(report),
  );
  if (summary.status === 'failed') log.warning(summary.reason);
  const annotations = await annotationsOf(request, outcome);
  annotate(core, annotations);
  failures.push(...whyItFails(context, outcome));
  // The artifact first: whoever reads the comment and answers it needs what it rests on.
  if (inputs.uploadResult) await upload(context, outcome);
  const ruling = ruleOn(shownVerdict(report), inputs.failOn, { failed: failures.length > 0 });
  const { url: commentUrl, sections } = await comment(context, request, report, accepted, ruling);
  await check(context, request, { report, accepted: used, annotations, sections, ruling });
  try {
    setOutputs(core, {
      verdict: judged.verdict,
      regressions: judged.comparisons.filter((row) => row.gating && row.verdict === 'regressed').length,
      improvements: judged.comparisons.filter((row) => row.gating && row.verdict === 'improved').length,
      ...paths,
      ...(commentUrl !== null && { commentUrl }),
      ...baselineSha(outcome),
    });
  } catch (error) {
    // What is published stays; later steps would read outputs that are not there.
    failures.push(`The outputs of this step could not be written: ${(error as Error).message}.`);
  }
  log.info(`verdict: ${judged.verdict}`);
  if (failures.length > 0) core.setFailed(failures.join('\n'));
}

/** Stores the baseline with its verdict. Gives why it was lost, or null. */
async function storeBaseline(
  { log }: ActionContext,
  { result, judged }: RunOutcome,
  store: BaselineStore,
): Promise<string | null> {
  if (nothingMeasured(result)) {
    log.warning('Nothing could be measured, so no baseline was stored.');
    return null;
  }
  try {
    const { location } = await store.append({ ...result, verdict: judged.verdict });
    log.info(`baseline stored: ${location}`);
    return null;
  } catch (error) {
    return `The baseline was not stored: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Result and report where later steps find them: beside each other, in the runner's temporary folder. */
async function writeFiles(
  { env, log }: ActionContext,
  { report, result }: RunOutcome,
): Promise<{ resultPath?: string; reportPath?: string }> {
  const folder = env.RUNNER_TEMP || '.';
  const name = `perf-baseline-${report.createdAt.replace(/\D/g, '')}`;
  const resultPath = join(folder, `${name}.json`);
  const reportPath = join(folder, `${name}.md`);
  try {
    await saveResult(result, resultPath);
    await writeFile(reportPath, `${formatMarkdown(report)}\n`);
    return { resultPath, reportPath };
  } catch (error) {
    log.warning(`The report could not be written to ${folder}: ${(error as Error).message}`);
    return {};
  }
}

async function annotationsOf({ config }: Request, { report }: RunOutcome) {
  const file = config.file === null ? null : relative(process.cwd(), resolve(config.file));
  const text = file === null ? '' : await readFile(file, 'utf8').catch(() => '');
  return reportAnnotations(report, {
    file,
    lineOf: configLines(text),
    describe: (row) => changeSentence(row, plainVoice),
    describeLimit: (row) => limitSentence(row, plainVoice),
  });
}

/** The result as an artifact of this run. A service that is not there (GHES, a local run) is only noted. */
async function upload(context: ActionContext, { result, judged }: RunOutcome): Promise<void> {
  if (context.client === null || !context.env.ACTIONS_RUNTIME_TOKEN) {
    context.log.debug('no artifact service here: the result was not uploaded');
    return;
  }
  try {
    const base = judged.source.type === 'paired' ? judged.source.result : null;
    const measured = { ...result, verdict: judged.verdict };
    const { name } = await uploadResult(artifactPorts(context), measured, base);
    context.log.info(`result uploaded: artifact ${name}`);
  } catch (error) {
    context.log.warning(
      `The result was not uploaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function baselineSha({ report }: RunOutcome): { baselineSha?: string } {
  const sha = report.baseline.status === 'found' ? report.baseline.commit?.sha : undefined;
  return sha === undefined ? {} : { baselineSha: sha };
}

/**
 * Why the step fails, if it does. A push to the default branch only warns of a regression, unless `fail-on` was
 * written in the workflow: a red main must not freeze the baseline.
 */
function whyItFails({ event, inputs, log }: ActionContext, { judged }: RunOutcome): string[] {
  const { verdict } = judged;
  if (verdict === 'failed')
    return ['A scenario, or a part of one, could not be measured; the report says which, and why.'];
  const broken = brokenBaseline(judged);
  if (broken !== null) return [broken];
  if (exitCode(judged, inputs.failOn) === 0) return [];
  const found =
    verdict === 'regressed'
      ? 'A metric regressed, or a limit is exceeded'
      : isUnlike(judged)
        ? 'Nothing was compared, as the environments differ'
        : 'The verdict is inconclusive';
  if (event.type === 'push' && event.onDefaultBranch && !inputs.failOnExplicit) {
    log.warning(`${found}. The baseline was stored all the same; set fail-on to fail on it.`);
    return [];
  }
  return [`${found} (fail-on: ${inputs.failOn}).`];
}
