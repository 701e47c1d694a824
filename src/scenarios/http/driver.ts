import type { HttpScenario } from '../../domain/config.ts';
import type { Driver, StretchTally } from '../../domain/driver.ts';
import { metricCatalogue } from '../../domain/metric-catalogue.ts';
import { GeneratorProcess } from '../generator-process.ts';
import type { HttpRun } from './generator.ts';

/**
 * Drives `http` scenarios with autocannon in a generator process of its own, one per open session, which loads either
 * side in turn. `generatorEntry` is the bundled http/generator.ts.
 */
export function createHttpDriver(options: { generatorEntry: URL | string }): Driver<HttpScenario> {
  return {
    type: 'http',
    interleave: 'slice',
    metrics: () => [...metricCatalogue.http.scenario],
    open: async (scenario, signal) => {
      const generator = await GeneratorProcess.open<HttpScenario, HttpRun, StretchTally>(
        options.generatorEntry,
        scenario,
        signal,
      );
      return {
        run: (side, stretch, abort) => generator.run({ side: side.name, url: side.url, stretch }, abort),
        close: () => generator.close(),
      };
    },
  };
}
