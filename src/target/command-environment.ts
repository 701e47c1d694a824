/** What a runner hands to an action alone: its inputs, its tokens, and the files that steer the job. */
const WITHHELD =
  /^(INPUT_.*|ACTIONS_.*|GITHUB_TOKEN|GITHUB_OUTPUT|GITHUB_ENV|GITHUB_PATH|GITHUB_STATE|GITHUB_STEP_SUMMARY)$/i;

/**
 * The environment of a user's command: the caller's, less what belongs to the action alone, then `own`
 * (`target.env`), which wins. RUNNER_TRACKING_ID stays: the runner's own clean-up goes by it.
 */
export function commandEnvironment(
  caller: NodeJS.ProcessEnv,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(caller)) {
    if (value !== undefined && !WITHHELD.test(name)) environment[name] = value;
  }
  return { ...environment, ...own };
}

const PORT = '${PORT}';

/** `${PORT}` filled in, wherever it stands. */
export function fillPort(text: string, port: number | null): string {
  return port === null ? text : text.replaceAll(PORT, String(port));
}
