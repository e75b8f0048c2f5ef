/** How a run of the rollup ended; `skipped`: another instance was at work. */
export type RunResult = 'success' | 'failed' | 'skipped';

/** What a monitor is told. */
export interface Metrics {
  /** A run ended. @param seconds how long it took */
  ran: (result: RunResult, seconds: number, done: { hours: number; rebuiltHours: number }) => void;
  /** How the rollup stands; `null` where it is not known. */
  stands: (state: {
    lagSeconds: number | null;
    dirtyHours: number;
    lastSuccessAtMs: number | null;
  }) => void;
  /** Calls were recorded. */
  recorded: (calls: number) => void;
}

/** Tells nobody. */
export const noMetrics: Metrics = {
  ran: () => undefined,
  stands: () => undefined,
  recorded: () => undefined,
};

/**
 * What is used of a `prom-client` registry, by its shape: hosts without that package need not have its types to build.
 */
export interface MetricsRegistry {
  getSingleMetric(name: string): unknown;
  registerMetric(metric: object): void;
  metrics(): Promise<string>;
}
