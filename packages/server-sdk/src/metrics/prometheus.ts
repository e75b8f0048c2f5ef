import { createRequire } from 'node:module';
import type { Counter, Gauge, Histogram, Metric, Registry } from 'prom-client';
import type { Metrics, MetricsRegistry } from './metrics.js';

type Prometheus = typeof import('prom-client');

const RUN_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/**
 * Metrics in a registry of the host's. Names that are there already are used on, so that two usages may share one.
 *
 * @throws TypeError without the package `prom-client`
 */
export function prometheusMetrics(given: MetricsRegistry): Metrics {
  const registry = given as Registry;
  const { Counter, Gauge, Histogram } = loadPrometheus();
  const registers = [registry];
  const once = <M extends Metric>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make();
  const gauge = (name: string, help: string): Gauge =>
    once(name, () => new Gauge({ name, help, registers }));
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    once(name, () => new Counter({ name, help, labelNames, registers }));

  const lag = gauge(
    'usage_kit_rollup_lag_seconds',
    'Time since the end of the last hour that is rolled up',
  );
  const dirty = gauge('usage_kit_rollup_dirty_hours', 'Hours of users that wait to be rebuilt');
  const success = gauge(
    'usage_kit_rollup_last_success_timestamp_seconds',
    'When a run last succeeded, on any instance',
  );
  const runs = counter('usage_kit_rollup_runs_total', 'Runs of the rollup', ['result']);
  const built = counter('usage_kit_rollup_hours_built_total', 'Hours that were rolled up');
  const rebuilt = counter(
    'usage_kit_rollup_hours_rebuilt_total',
    'Hours that were rebuilt because their calls changed',
  );
  const recorded = counter('usage_kit_calls_recorded_total', 'Calls that were recorded');
  const name = 'usage_kit_rollup_run_duration_seconds';
  const duration = once(
    name,
    (): Histogram =>
      new Histogram({ name, help: 'How long runs took', buckets: RUN_SECONDS, registers }),
  );
  return {
    ran: (result, seconds, { hours, rebuiltHours }) => {
      runs.inc({ result });
      built.inc(hours);
      rebuilt.inc(rebuiltHours);
      duration.observe(seconds);
    },
    stands: ({ lagSeconds, dirtyHours, lastSuccessAtMs }) => {
      lag.set(lagSeconds ?? 0);
      dirty.set(dirtyHours);
      if (lastSuccessAtMs !== null) success.set(lastSuccessAtMs / 1000);
    },
    recorded: (calls) => {
      recorded.inc(calls);
    },
  };
}

/** Loaded only for hosts that want it. */
function loadPrometheus(): Prometheus {
  try {
    return createRequire(import.meta.url)('prom-client') as Prometheus;
  } catch (error) {
    throw new TypeError('metrics needs the package prom-client', { cause: error });
  }
}
