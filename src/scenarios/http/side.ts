import type { HttpScenario } from '../../domain/config.ts';
import type { Sendable } from './client.ts';
import { createFlow, type Flow, nextValues, type SideValues, sideValues } from './flow.ts';
import { compileJudge, type Judge } from './judgement.ts';
import { compileRequest, type RequestBytes } from './request-bytes.ts';

export type CompiledRequest = {
  judge: Judge;
  timeoutMs: number;
  /** Its answers have a head only, whatever their length says. */
  bodiless: boolean;
  bytes: RequestBytes;
  /** Bytes of a request without values, rendered once. */
  constant: Sendable | undefined;
};

/**
 * A scenario compiled for one side: its requests, and the flow of each connection, which goes on from slice to slice.
 * Throws a UsageError for a URL, pattern or JSON path that cannot be read.
 */
export class CompiledSide {
  readonly url: URL;
  readonly requests: readonly CompiledRequest[];
  readonly flows: readonly Flow[];
  readonly #values: SideValues = sideValues();

  constructor(scenario: HttpScenario, url: string) {
    this.url = new URL(url);
    const captures = new Set(scenario.requests.flatMap((request) => Object.keys(request.capture)));
    this.requests = scenario.requests.map((request, part) => {
      const bytes = compileRequest(request, this.url, captures);
      const constant = bytes.constant
        ? { part, requestBuffer: bytes.render({ random: Math.random, counter: 0, captured: new Map() }) }
        : undefined;
      return {
        judge: compileJudge(request),
        timeoutMs: request.timeoutMs,
        bodiless: request.method === 'HEAD',
        bytes,
        constant,
      };
    });
    this.flows = Array.from({ length: scenario.connections }, (_, i) => createFlow(scenario, i));
  }

  request(part: number): CompiledRequest {
    const request = this.requests[part];
    if (!request) throw new RangeError(`no request ${part}`);
    return request;
  }

  /** The next request of a flow, with fresh values. */
  render(flow: Flow): Sendable {
    const { constant, bytes } = this.request(flow.part);
    return constant ?? { part: flow.part, requestBuffer: bytes.render(nextValues(this.#values, flow)) };
  }
}
