/** The few types of autocannon 9.0.0 that are used; @types/autocannon describes another version. */
declare module 'autocannon' {
  type Histogram = { __custom: true; recordValue(): void; reset(): void; destroy(): void };
  type Options = {
    url: string;
    connections: number;
    duration: number;
    sampleInt: number;
    timeout: number;
    skipAggregateResult: boolean;
    histograms: { latencies: Histogram; requests: Histogram; throughput: Histogram };
    setupClient(client: import('./client.ts').Client): void;
  };
  function autocannon(
    options: Options,
    done: (error: Error | null, result: unknown) => void,
  ): import('node:events').EventEmitter;
  export default autocannon;
}
