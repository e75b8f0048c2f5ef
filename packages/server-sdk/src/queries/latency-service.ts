import type { ProjectLatency } from '../contract/project-latency.js';
import { CallFigures } from '../aggregates/model/call-figures.js';
import { averageDurationMs, durationQuantileMs } from '../aggregates/model/totals.js';
import type { Database } from '../db/database.js';
import { toLatencyBars } from './latency-bars.js';
import { requireCalls, type ProjectQuery } from './project-service.js';
import { toRange } from './query-range.js';
import { readScopedFigures } from './scoped-figures.js';
import { withTotals } from './user-snapshot.js';

/**
 * Reads how the durations of one project's successful calls are distributed.
 *
 * @throws UsageError `PROJECT_NOT_FOUND`
 * @throws StatementError when the database fails
 */
export async function getProjectLatency(
  database: Database,
  userDid: string,
  { project, range, nowMs }: ProjectQuery,
): Promise<ProjectLatency> {
  const { appDid } = project;
  const scope = { projects: [appDid], ranges: withTotals([range]), nowMs };
  const result = await readScopedFigures(database, userDid, scope);
  requireCalls(result.firstCallAtMs, appDid);
  const total = result.figures[0]?.total ?? new CallFigures();
  return {
    project,
    bars: toLatencyBars(total.durations.listBuckets()),
    p50DurationMs: durationQuantileMs(total, 0.5),
    p95DurationMs: durationQuantileMs(total, 0.95),
    p99DurationMs: durationQuantileMs(total, 0.99),
    averageDurationMs: averageDurationMs(total),
    durationSamples: total.durationSamples,
    range: toRange(range),
    freshness: result.freshness,
  };
}
