import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPrometheusMetrics } from '../../src/metrics/prometheus.js';
import { noMetrics } from '../../src/metrics/metrics.js';
import type { RollupStatus } from '../../src/rollup/rollup-control.js';
import { RollupHealth, type RollupLag } from '../../src/rollup/rollup-health.js';
import { createScheduler } from '../../src/rollup/scheduler.js';
import { NOW_MS, createTestUsage } from '../helpers/create-test-usage.js';

const MINUTE_MS = 60_000;
const DONE = { skipped: false, hours: 2, rebuiltHours: 1, setAsideBuckets: 0, abandonedCalls: 0 };

describe('the scheduler', () => {
  /** What waits, and how long it was asked to. */
  let waits: { ms: number; end: () => void }[] = [];
  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      waits.push({ ms, end: resolve });
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  beforeEach(() => {
    waits = [];
    vi.useFakeTimers({ now: NOW_MS });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  test('tries a failed run again after growing waits, and not for ever', async () => {
    const errors: unknown[] = [];
    const run = vi.fn(() => Promise.reject(new Error('gone')));
    const onError = (error: unknown): unknown => errors.push(error);
    const scheduler = createScheduler({ cron: '0 0 1 1 *', run, onError, retries: 6, wait });
    scheduler.start();
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await settle();
      expect(run).toHaveBeenCalledTimes(attempt);
      waits.at(-1)?.end();
    }
    await settle();
    expect(run).toHaveBeenCalledTimes(7);
    expect(errors).toHaveLength(7);
    expect(waits).toHaveLength(6);
    for (const { ms } of waits) expect(ms).toBeLessThanOrEqual(60_000);
    await scheduler.stop();
  });

  test('does not wake a second run while one works or waits to be tried again', async () => {
    let failing = true;
    let active = 0;
    let most = 0;
    const run = vi.fn(async () => {
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setTimeout(resolve, 3 * MINUTE_MS));
      active -= 1;
      if (failing) throw new Error('gone');
    });
    const options = { run, onError: () => undefined, retries: 1, wait };
    const scheduler = createScheduler({ cron: '* * * * *', ...options });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(2.5 * MINUTE_MS);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(run).toHaveBeenCalledTimes(1);
    failing = false;
    waits[0]?.end();
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(run.mock.calls.length).toBeGreaterThan(2);
    expect(most).toBe(1);
    const stopped = scheduler.stop();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    await stopped;
  });

  test.each([
    ['back an hour', -60],
    ['back two days', -2880],
    ['forward an hour', 60],
  ])('wakes each minute after the clock was set %s', async (_name, minutes) => {
    const run = vi.fn(() => Promise.resolve());
    const options = { run, onError: () => undefined, retries: 0, wait };
    const scheduler = createScheduler({ cron: '* * * * *', ...options });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(run).toHaveBeenCalledTimes(6);
    vi.setSystemTime(Date.now() + minutes * MINUTE_MS);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(run.mock.calls.length).toBeGreaterThanOrEqual(15);
    expect(run.mock.calls.length).toBeLessThanOrEqual(18);
    await scheduler.stop();
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(run.mock.calls.length).toBeLessThanOrEqual(18);
  });

  test('late timers and small corrections of the clock are no change of it', async () => {
    const run = vi.fn(() => Promise.resolve());
    const options = { run, onError: () => undefined, retries: 0, wait };
    const scheduler = createScheduler({ cron: '0 0 1 1 *', ...options });
    scheduler.start();
    for (let minute = 0; minute < 10; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      vi.setSystemTime(Date.now() + (minute % 2 === 0 ? 3000 : -3000));
    }
    expect(run).toHaveBeenCalledTimes(1);
    await scheduler.stop();
  });

  test('stops immediately while a run waits for its next attempt', async () => {
    const run = vi.fn(() => Promise.reject(new Error('gone')));
    const options = { run, onError: () => undefined, retries: 5, wait };
    const scheduler = createScheduler({ cron: '0 0 1 1 *', ...options });
    scheduler.start();
    await settle();
    expect(waits).toHaveLength(1);
    await scheduler.stop();
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('health', () => {
  const status = (lagSeconds: number | null): RollupStatus => ({
    rolledUpThrough: lagSeconds === null ? null : '2026-11-22T08:00:00.000Z',
    lagSeconds,
    archivedBefore: null,
    dirtyHours: 3,
    owner: null,
    lastSuccessAt: '2026-11-22T10:00:00.000Z',
    lastFailureAt: null,
    lastFailure: null,
  });

  test('tells once that the rollup lags, and again only after it had caught up', async () => {
    const lags: RollupLag[] = [];
    let lagSeconds: number | null = null;
    const health = new RollupHealth({
      status: () => Promise.resolve(status(lagSeconds)),
      clock: { now: () => NOW_MS },
      metrics: noMetrics,
      maxLagSeconds: 7800,
      onLag: (lag) => lags.push(lag),
    });
    const told = async (seconds: number | null): Promise<number> => {
      lagSeconds = seconds;
      await health.watch(() => Promise.resolve(DONE));
      return lags.length;
    };
    expect(await told(null)).toBe(0);
    expect(await told(7800)).toBe(0);
    expect(await told(7801)).toBe(1);
    expect(await told(7860)).toBe(1);
    expect(await told(600)).toBe(1);
    expect(await told(9000)).toBe(2);
    expect(lags[1]).toEqual({ lagSeconds: 9000, rolledUpThrough: '2026-11-22T08:00:00.000Z' });
  });

  test('knows the lag to grow while the database cannot be asked', async () => {
    const lags: RollupLag[] = [];
    const clock = { nowMs: NOW_MS, now: () => clock.nowMs };
    let reachable = true;
    const health = new RollupHealth({
      status: () => (reachable ? Promise.resolve(status(4000)) : Promise.reject(new Error('gone'))),
      clock,
      metrics: noMetrics,
      maxLagSeconds: 7800,
      onLag: (lag) => lags.push(lag),
    });
    await health.watch(() => Promise.resolve(DONE));
    reachable = false;
    clock.nowMs += 4000_000;
    const failing = health.watch(() => Promise.reject(new Error('no connection')));
    await expect(failing).rejects.toThrow('no connection');
    expect(lags).toEqual([expect.objectContaining({ lagSeconds: 8000 })]);
  });

  test('is counted in the host’s registry, which two usages may share', async () => {
    const registry = new Registry();
    const metrics = createPrometheusMetrics(registry);
    const results = [Promise.resolve(DONE), Promise.resolve({ ...DONE, skipped: true, hours: 0 })];
    const health = new RollupHealth({
      status: () => Promise.resolve(status(4000)),
      clock: { now: () => NOW_MS },
      metrics,
      maxLagSeconds: 7800,
      onLag: () => undefined,
    });
    for (const result of results) await health.watch(() => result);
    await health.watch(() => Promise.reject(new Error('gone'))).catch(() => undefined);
    createPrometheusMetrics(registry).countRecordedCalls(5);
    const text = await registry.metrics();
    for (const line of [
      'usage_kit_rollup_lag_seconds 4000',
      'usage_kit_rollup_dirty_hours 3',
      `usage_kit_rollup_last_success_timestamp_seconds ${Date.UTC(2026, 10, 22, 10) / 1000}`,
      'usage_kit_rollup_runs_total{result="success"} 1',
      'usage_kit_rollup_runs_total{result="skipped"} 1',
      'usage_kit_rollup_runs_total{result="failed"} 1',
      'usage_kit_rollup_hours_built_total 2',
      'usage_kit_rollup_hours_rebuilt_total 2',
      'usage_kit_calls_recorded_total 5',
      'usage_kit_rollup_run_duration_seconds_count 3',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('reaches the registry and the hook through the options', async () => {
    const registry = new Registry();
    const lags: RollupLag[] = [];
    const rollup = { cron: '0 0 1 1 *', onLag: (lag: RollupLag) => lags.push(lag), retries: 0 };
    const host = await createTestUsage({ metrics: registry, rollup });
    const hour = { userDid: 'a', model: 'm', status: 'success' as const };
    await host.usage.calls.record({ ...hour, startedAt: NOW_MS - 5 * 60 * MINUTE_MS });
    expect((await host.usage.rollup.status()).lagSeconds).toBeGreaterThan(5 * 3600);
    const { default: knex } = await import('knex');
    const other = knex({ ...host.config, useNullAsDefault: true });
    // Another instance is at work and does not get on.
    await other('model_call_slots').update({ owner: 'other', lease_until_ms: 8.64e15 });
    await host.usage.start();
    await vi.waitFor(
      () => {
        expect(lags).toHaveLength(1);
      },
      { timeout: 30_000 },
    );
    expect(lags[0]?.rolledUpThrough).toBeNull();
    expect(await registry.metrics()).toContain('usage_kit_calls_recorded_total 1');
    await other.destroy();
    await host.close();
  });
});
