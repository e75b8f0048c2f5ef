/** How a run of the rollup ended; `skipped`: another instance holds the leases. */
export type RunResult = 'success' | 'failed' | 'skipped';

/** How an attempt to deliver an alert ended; `dead`: it failed and is not repeated. */
export type DeliveryResult = 'delivered' | 'failed' | 'dead';

/** Receives the metrics of the rollup, of recording and of alerts. */
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
  /** Counts an attempt to deliver an alert; `dead`: the last one. */
  countDelivery: (result: DeliveryResult) => void;
}

/** Ignores all metrics. */
export const noMetrics: Metrics = {
  recordRun: () => undefined,
  reportState: () => undefined,
  countRecordedCalls: () => undefined,
  countDelivery: () => undefined,
};

/**
 * The members of a `prom-client` registry that are used. Declared here, so that hosts without that package can build.
 */
export interface MetricsRegistry {
  getSingleMetric(name: string): unknown;
  registerMetric(metric: object): void;
  metrics(): Promise<string>;
}
