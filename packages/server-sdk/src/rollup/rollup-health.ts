import type { Clock } from '../runtime/clock.js';
import type { Metrics, RunResult } from '../metrics/metrics.js';
import type { RollupStatus } from './rollup-control.js';
import type { RollupReport } from './rollup-run.js';

/** What `onLag` of a host receives. */
export interface RollupLag {
  /** Seconds since the end of the last hour that is rolled up. */
  lagSeconds: number;
  /** End of that hour; `null` when no hour was ever rolled up although there are calls. */
  rolledUpThrough: string | null;
}

/** Dependencies of {@link RollupHealth}. */
export interface RollupHealthOptions {
  status: () => Promise<RollupStatus>;
  clock: Clock;
  metrics: Metrics;
  maxLagSeconds: number;
  /** Must not throw. */
  onLag: (lag: RollupLag) => void;
  /** Receives the state after each run, for alerts of the operator. Must not reject. @default ignores it */
  onState?: (state: WatchedState) => Promise<void>;
}

/** The state of the rollup after a run of this instance. */
export interface WatchedState extends Pick<
  RollupStatus,
  'lagSeconds' | 'rolledUpThrough' | 'lastSuccessAt'
> {
  /** `null`: another instance was at work. */
  hasFailed: boolean | null;
}

/** Measures the runs of one instance, and reports lag. */
export class RollupHealth {
  #lags = false;
  /** The last status that could be read: the lag also grows while the database is unavailable. */
  #lastStatus: { status: RollupStatus; atMs: number } | null = null;

  constructor(readonly options: RollupHealthOptions) {}

  /** Runs the rollup, and reports its outcome and the lag after it. @throws what the run failed with */
  async watch(run: () => Promise<RollupReport>): Promise<RollupReport> {
    const { metrics } = this.options;
    const startedMs = performance.now();
    let hasFailed: boolean | null = true;
    const report = (result: RunResult, done: { hours: number; rebuiltHours: number }): void => {
      metrics.recordRun(result, (performance.now() - startedMs) / 1000, done);
    };
    try {
      const result = await run();
      hasFailed = result.skipped ? null : false;
      report(result.skipped ? 'skipped' : 'success', result);
      return result;
    } catch (error) {
      report('failed', { hours: 0, rebuiltHours: 0 });
      throw error;
    } finally {
      await this.#checkLag(hasFailed);
    }
  }

  async #checkLag(hasFailed: boolean | null): Promise<void> {
    const { clock, metrics, maxLagSeconds, onLag } = this.options;
    try {
      this.#lastStatus = { status: await this.options.status(), atMs: clock.now() };
    } catch {
      // The run has failed too, or the next one will, and reports it.
    }
    if (this.#lastStatus === null) return;
    const { status, atMs } = this.#lastStatus;
    const { rolledUpThrough, dirtyHours, lastSuccessAt } = status;
    const since = Math.round((clock.now() - atMs) / 1000);
    const lagSeconds = status.lagSeconds === null ? null : status.lagSeconds + since;
    const lastSuccessAtMs = lastSuccessAt === null ? null : Date.parse(lastSuccessAt);
    metrics.reportState({ lagSeconds, dirtyHours, lastSuccessAtMs });
    const lags = lagSeconds !== null && lagSeconds > maxLagSeconds;
    if (lags && !this.#lags) onLag({ lagSeconds, rolledUpThrough });
    this.#lags = lags;
    await this.options.onState?.({ lagSeconds, rolledUpThrough, lastSuccessAt, hasFailed });
  }
}
