import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Median of one function in ns, by tinybench alone in a process of its own, as its documentation shows it. Times in ms. */
export async function directMedian(
  module: string,
  name: string,
  time: number,
  warmupTime: number,
): Promise<number> {
  const script = `
    import { Bench } from 'tinybench';
    import { ${name} } from ${JSON.stringify(pathToFileURL(module).href)};
    const bench = new Bench({ time: ${time}, warmupTime: ${warmupTime} });
    bench.add('${name}', ${name});
    await bench.run();
    console.log(bench.tasks[0].result.latency.p50 * 1e6);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  return Number(stdout);
}
