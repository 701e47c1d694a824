import { transformSync } from 'esbuild';

/** Jest transformer: strips types with esbuild, keeping ESM. */
export default {
  process: (source, path) =>
    transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'es2023',
      sourcemap: 'inline',
      sourcefile: path,
    }),
};
