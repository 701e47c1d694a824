/** Version of this tool, as released; a test holds it to package.json. */
export const TOOL_VERSION = '1.0.0';
