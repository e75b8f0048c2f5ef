/** How a run of the rollup ended; `skipped`: another instance holds the leases. */
export type RunResult = 'success' | 'failed' | 'skipped';

/** Receives the metrics of the rollup and of recording. */
export interface Metrics {
  /** Records a run of the rollup. @param seconds its duration */
  recordRun: (
    result: RunResult,
    seconds: number,
    done: { hours: number; rebuiltHours: number },
  ) => void;
  /** Reports the state of the rollup; `null` where it is unknown. */
  reportState: (state: {
    lagSeconds: number | null;
    dirtyHours: number;
    lastSuccessAtMs: number | null;
  }) => void;
  /** Counts recorded calls. */
  countRecordedCalls: (calls: number) => void;
}

/** Ignores all metrics. */
export const noMetrics: Metrics = {
  recordRun: () => undefined,
  reportState: () => undefined,
  countRecordedCalls: () => undefined,
};

/**
 * The members of a `prom-client` registry that are used. Declared here, so that hosts without that package can build.
 */
export interface MetricsRegistry {
  getSingleMetric(name: string): unknown;
  registerMetric(metric: object): void;
  metrics(): Promise<string>;
}
