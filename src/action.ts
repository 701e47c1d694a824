import * as core from '@actions/core';
import { answerComment } from './action/chat.ts';
import { type ActionContext, readContext } from './action/context.ts';
import { measureAndPublish } from './action/measure.ts';
import { publishRun } from './action/publish-run.ts';
import { ConfigError, UsageError } from './domain/errors.ts';
import { annotate, configAnnotations, inputAnnotations } from './github/annotations.ts';
import { InputError } from './github/inputs.ts';
import { sanitiseLog } from './github/log.ts';
import { cancelledBySignals } from './pipeline/cancellation.ts';

/** What an event asks for. */
async function answer(context: ActionContext): Promise<void> {
  switch (context.event.type) {
    case 'workflow_run':
      await publishRun(context, context.event);
      return;
    case 'issue_comment':
      await answerComment(context, context.event);
      return;
    case 'push':
      if (context.event.deleted)
        context.log.info(`${context.event.ref} was deleted: there is nothing to measure.`);
      else await measureAndPublish(context);
      return;
    default:
      await measureAndPublish(context);
  }
}

/** Every error fails the step, with words for a person; only a bug of ours shows a stack. */
function report(error: unknown): void {
  if (error instanceof ConfigError) {
    annotate(core, configAnnotations(error.problems));
    core.setFailed(
      'The config has problems; nothing was started. They are listed above, each with its place.',
    );
  } else if (error instanceof InputError) {
    annotate(core, inputAnnotations(error.problems));
    core.setFailed('The inputs have problems; nothing was started. They are listed above.');
  } else if (error instanceof UsageError || (error instanceof Error && error.name === 'CancelledError')) {
    core.setFailed(sanitiseLog(error.message));
  } else {
    core.setFailed(sanitiseLog(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

const signal = cancelledBySignals();
try {
  await answer(await readContext(process.env, signal));
} catch (error) {
  report(error);
}
// All is said. What cannot be cancelled, an upload that hangs, would keep the run waiting for as long as its connection
// lives, and a cancelled one until it is killed. A timer that nothing waits for fires only where something else is left.
if (signal.aborted) process.exit();
setTimeout(() => process.exit(), 1000).unref();
