import type { HttpScenario } from '../../domain/config.ts';
import type { Stretch, StretchTally } from '../../domain/driver.ts';
import { serveGenerator } from '../generator-server.ts';
import { type RunningLoad, startLoad } from './load.ts';
import { CompiledSide } from './side.ts';

export type HttpRun = { side: string; url: string; stretch: Stretch };

/*
 * The process that puts HTTP load on a target: apart from the process that samples and supervises, so that neither's
 * work shows in the other's figures.
 */
serveGenerator<HttpScenario, HttpRun, StretchTally>((scenario) => {
  // Patterns and paths are compiled once here, so that a wrong one is told before any load.
  new CompiledSide(scenario, 'http://localhost');
  const sides = new Map<string, CompiledSide>();
  const sideFor = ({ side, url, stretch }: HttpRun): CompiledSide => {
    const known = sides.get(side);
    const compiled = known?.url.href === new URL(url).href ? known : new CompiledSide(scenario, url);
    // What was captured from an earlier boot means nothing to this one.
    if (stretch.kind !== 'slice') for (const flow of compiled.flows) flow.restart();
    sides.set(side, compiled);
    return compiled;
  };
  return {
    run: (request): RunningLoad => startLoad(scenario, sideFor(request), request.stretch),
  };
});
