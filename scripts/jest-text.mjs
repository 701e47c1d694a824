/** Jest transformer: a file as its text, as the bundle has it. */
export default {
  process: (source) => ({ code: `export default ${JSON.stringify(source)};` }),
};
