import { createRequire } from 'node:module';
import type { Counter, Gauge, Histogram, Metric, Registry } from 'prom-client';
import type { Metrics, MetricsRegistry } from './metrics.js';

type Prometheus = typeof import('prom-client');

const RUN_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/**
 * Makes metrics in a registry of the host. Metrics that exist already are reused, so that two usages can share a registry.
 *
 * @throws TypeError without the package `prom-client`
 */
export function createPrometheusMetrics(given: MetricsRegistry): Metrics {
  const registry = given as Registry;
  const { Counter, Gauge, Histogram } = loadPrometheus();
  const registers = [registry];
  const getOrMake = <M extends Metric>(name: string, create: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? create();
  const gauge = (name: string, help: string): Gauge =>
    getOrMake(name, () => new Gauge({ name, help, registers }));
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    getOrMake(name, () => new Counter({ name, help, labelNames, registers }));

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
  const deliveries = counter(
    'usage_kit_alert_deliveries_total',
    'Attempts to deliver alerts; dead: the last one, which failed',
    ['result'],
  );
  const name = 'usage_kit_rollup_run_duration_seconds';
  const duration = getOrMake(
    name,
    (): Histogram =>
      new Histogram({ name, help: 'How long runs took', buckets: RUN_SECONDS, registers }),
  );
  return {
    recordRun: (result, seconds, { hours, rebuiltHours }) => {
      runs.inc({ result });
      built.inc(hours);
      rebuilt.inc(rebuiltHours);
      duration.observe(seconds);
    },
    reportState: ({ lagSeconds, dirtyHours, lastSuccessAtMs }) => {
      lag.set(lagSeconds ?? 0);
      dirty.set(dirtyHours);
      if (lastSuccessAtMs !== null) success.set(lastSuccessAtMs / 1000);
    },
    countRecordedCalls: (calls) => {
      recorded.inc(calls);
    },
    countDelivery: (result) => {
      deliveries.inc({ result });
    },
  };
}

/** Loads the package only for hosts with the option `metrics`. */
function loadPrometheus(): Prometheus {
  try {
    return createRequire(import.meta.url)('prom-client') as Prometheus;
  } catch (error) {
    throw new TypeError('metrics needs the package prom-client', { cause: error });
  }
}
