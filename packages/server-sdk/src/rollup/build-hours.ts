import { HOUR_MS, UTC_DAY_MS, floorTo, floorToUtcMonth } from '../domain/time.js';
import type { BucketRows } from '../domain/user-bucket.js';
import { findNextCallAt, moveWatermarks, writeBucket } from '../stores/rollup-build-store.js';
import { readWatermarks } from '../stores/rollup-progress-store.js';
import { buildDueDaysAndMonths, toRows } from './build-coarse.js';
import { readHours } from './read-hours.js';
import type { RollupRun } from './rollup-run.js';
import { sumCallsByUser } from './sum-calls.js';

/** Rows of a transaction: 10 to 20 ms of a writer's waiting. A commit waits for the disk, so not too few either. */
const ROWS_PER_TRANSACTION = 500;

interface BuiltHour {
  hourMs: number;
  rows: Map<number, BucketRows>;
}

/**
 * Builds all hours that are due, and the days and months they complete.
 *
 * First the hours are claimed: from then on, whoever writes a call of them marks its hour. So their calls can be read
 * and summed outside a transaction, and nobody waits but for the rows to be written.
 */
export async function buildDueHours(run: RollupRun): Promise<void> {
  const fromMs = await claim(run);
  if (fromMs === null) return;
  let waiting: BuiltHour[] = [];
  let waitingRows = 0;
  let dayEndMs = floorTo(UTC_DAY_MS, fromMs) + UTC_DAY_MS;
  const flush = async (builtThroughMs: number): Promise<void> => {
    await commit(run, waiting, builtThroughMs);
    waiting = [];
    waitingRows = 0;
  };
  for await (const { hourMs, calls } of readHours(run.options.database, {
    fromMs,
    toMs: run.dueThroughMs,
  })) {
    if (run.options.signal?.aborted) break;
    if (hourMs >= dayEndMs) {
      await flush(hourMs);
      await buildDueDaysAndMonths(run);
      dayEndMs = floorTo(UTC_DAY_MS, hourMs) + UTC_DAY_MS;
    }
    const rows = toRows('hour', hourMs, await sumCallsByUser(calls, run.keys, run.ensure));
    waiting.push({ hourMs, rows });
    waitingRows += rows.size;
    if (waitingRows >= ROWS_PER_TRANSACTION) await flush(hourMs + HOUR_MS);
  }
  const last = waiting.at(-1);
  if (!run.options.signal?.aborted) await flush(run.dueThroughMs);
  else if (last) await flush(last.hourMs + HOUR_MS);
  await buildDueDaysAndMonths(run);
}

/** @returns where the hours that are due begin; `null` when none is */
async function claim(run: RollupRun): Promise<number | null> {
  return run.write(async (transaction) => {
    const marks = await readWatermarks(transaction);
    if (marks.builtThroughMs !== null) {
      if (marks.builtThroughMs >= run.dueThroughMs) return null;
      await moveWatermarks(transaction, { hours: run.dueThroughMs });
      return marks.builtThroughMs;
    }
    // Before the first call ever there is no watermark to move.
    const firstCallMs = await findNextCallAt(transaction, Number.MIN_SAFE_INTEGER);
    if (firstCallMs === null || firstCallMs >= run.dueThroughMs) return null;
    const hourMs = floorTo(HOUR_MS, firstCallMs);
    await moveWatermarks(transaction, {
      hours: run.dueThroughMs,
      built: hourMs,
      days: floorTo(UTC_DAY_MS, hourMs),
      months: floorToUtcMonth(hourMs),
    });
    return hourMs;
  });
}

async function commit(
  run: RollupRun,
  hours: readonly BuiltHour[],
  builtThroughMs: number,
): Promise<void> {
  const { report, options } = run;
  await run.write(async (transaction) => {
    for (const { hourMs, rows } of hours) {
      await writeBucket(transaction, 'hour', hourMs, rows, false);
    }
    await moveWatermarks(transaction, { built: builtThroughMs });
  });
  for (const { hourMs } of hours) {
    report.hours += 1;
    const { hours: built, rebuiltHours } = report;
    options.onProgress?.({ hourMs, hours: built, rebuiltHours });
  }
}
