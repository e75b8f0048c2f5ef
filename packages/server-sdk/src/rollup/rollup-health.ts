import type { Clock } from '../runtime/clock.js';
import type { Metrics, RunResult } from '../metrics/metrics.js';
import type { RollupStatus } from './rollup-control.js';
import type { RollupReport } from './rollup-run.js';

/** What a host is told when the rollup lags. */
export interface RollupLag {
  /** How long ago the last hour that is rolled up ended, seconds. */
  lagSeconds: number;
  /** That instant; `null` when nothing was ever rolled up although calls wait. */
  rolledUpThrough: string | null;
}

/** What the health of the rollup is watched with. */
export interface RollupHealthOptions {
  status: () => Promise<RollupStatus>;
  clock: Clock;
  metrics: Metrics;
  maxLagSeconds: number;
  /** Must not throw. */
  onLag: (lag: RollupLag) => void;
}

/** Watches the runs of one instance. */
export class RollupHealth {
  #lags = false;
  /** As it was last known: a database that cannot be asked does not stop the lag from growing. */
  #known: { status: RollupStatus; atMs: number } | null = null;

  constructor(readonly options: RollupHealthOptions) {}

  /** Runs the rollup, and tells how it went and how far behind it is afterwards. */
  async watch(run: () => Promise<RollupReport>): Promise<RollupReport> {
    const { metrics } = this.options;
    const startedMs = performance.now();
    const tell = (result: RunResult, done: { hours: number; rebuiltHours: number }): void => {
      metrics.recordRun(result, (performance.now() - startedMs) / 1000, done);
    };
    try {
      const report = await run();
      tell(report.skipped ? 'skipped' : 'success', report);
      return report;
    } catch (error) {
      tell('failed', { hours: 0, rebuiltHours: 0 });
      throw error;
    } finally {
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const { clock, metrics, maxLagSeconds, onLag } = this.options;
    try {
      this.#known = { status: await this.options.status(), atMs: clock.now() };
    } catch {
      // The run itself has failed, or the next one will: that is told.
    }
    if (this.#known === null) return;
    const { status, atMs } = this.#known;
    const { rolledUpThrough, dirtyHours, lastSuccessAt } = status;
    const since = Math.round((clock.now() - atMs) / 1000);
    const lagSeconds = status.lagSeconds === null ? null : status.lagSeconds + since;
    const lastSuccessAtMs = lastSuccessAt === null ? null : Date.parse(lastSuccessAt);
    metrics.reportState({ lagSeconds, dirtyHours, lastSuccessAtMs });
    const lags = lagSeconds !== null && lagSeconds > maxLagSeconds;
    if (lags && !this.#lags) onLag({ lagSeconds, rolledUpThrough });
    this.#lags = lags;
  }
}
