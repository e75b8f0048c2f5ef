import { HOUR_MS, UTC_DAY_MS, floorTo, floorToUtcMonth } from '../domain/time.js';
import type { BucketRows, UserBucket } from '../domain/user-bucket.js';
import type { CallRow } from '../stores/call-rows.js';
import { findNextCallAt, writeBucket } from '../stores/rollup-build-store.js';
import { moveWatermarks, readWatermarks } from '../stores/rollup-progress-store.js';
import { buildDueDaysAndMonths, toRows } from './build-coarse.js';
import type { OneBehind } from './one-behind.js';
import { readCalls } from './read-calls.js';
import type { RollupRun } from './rollup-run.js';
import { addCallsByUser, ensureKeysOf } from './sum-calls.js';
import type { TransactionSize } from './transaction-size.js';

/** Calls that are summed together, of some windows: their new names take a transaction, for which others wait. */
const CALLS_AT_ONCE = 2000;

/**
 * Builds all hours that are due, and the days and months they complete.
 *
 * First the hours are claimed: from then on, whoever writes a call of them marks its hour. So their calls can be read
 * and summed outside a transaction, and nobody waits but for the rows to be written.
 */
export async function buildDueHours(run: RollupRun): Promise<void> {
  const fromMs = await claim(run);
  if (fromMs === null) return;
  const hours = new HourWriter(run, fromMs);
  try {
    await buildHours(run, fromMs, hours);
  } finally {
    await hours.settle();
  }
  await buildDueDaysAndMonths(run);
}

async function buildHours(run: RollupRun, fromMs: number, hours: HourWriter): Promise<void> {
  const { options } = run;
  const sums = new Map<number, Map<number, UserBucket>>();
  const range = { fromMs, toMs: run.dueThroughMs };
  let calls: CallRow[] = [];
  for await (const window of readCalls(options.database, range)) {
    if (options.signal?.aborted) return;
    calls = calls.length === 0 ? window.calls : [...calls, ...window.calls];
    if (calls.length < CALLS_AT_ONCE) continue;
    await addCalls(run, sums, calls);
    calls = [];
    await addHours(run, hours, sums, window.toMs);
  }
  if (options.signal?.aborted) return;
  await addCalls(run, sums, calls);
  await addHours(run, hours, sums, run.dueThroughMs);
  if (!options.signal?.aborted) await hours.write(run.dueThroughMs);
}

/** Adds calls to the sums of their hours. */
async function addCalls(
  run: RollupRun,
  sums: Map<number, Map<number, UserBucket>>,
  calls: readonly CallRow[],
): Promise<void> {
  await ensureKeysOf(calls, run);
  const byHour = new Map<number, CallRow[]>();
  for (const call of calls) {
    const hourMs = floorTo(HOUR_MS, call.startedAtMs);
    const ofHour = byHour.get(hourMs);
    if (ofHour) ofHour.push(call);
    else byHour.set(hourMs, [call]);
  }
  for (const [hourMs, ofHour] of byHour) {
    const buckets = sums.get(hourMs) ?? new Map<number, UserBucket>();
    sums.set(hourMs, buckets);
    await addCallsByUser(buckets, ofHour, run);
  }
}

/** Hands over the hours that ended before an instant, until it is told to stop. */
async function addHours(
  { options, turns }: RollupRun,
  hours: HourWriter,
  sums: Map<number, Map<number, UserBucket>>,
  toMs: number,
): Promise<void> {
  const ended = [...sums.keys()].filter((hourMs) => hourMs + HOUR_MS <= toMs);
  for (const hourMs of ended.sort((a, b) => a - b)) {
    if (options.signal?.aborted) return;
    const buckets = sums.get(hourMs) ?? new Map<number, UserBucket>();
    sums.delete(hourMs);
    await hours.add(hourMs, await toRows('hour', hourMs, buckets, turns));
  }
}

/** Writes hours a few at a time, each of them when it is complete, and after each day what it completes. */
class HourWriter {
  readonly #run: RollupRun;
  readonly #writes: OneBehind;
  #waiting: { hourMs: number; rows: Map<number, BucketRows> }[] = [];
  #size: TransactionSize;
  #dayEndMs: number;

  constructor(run: RollupRun, fromMs: number) {
    this.#run = run;
    this.#writes = run.writeBehind();
    this.#size = run.pace.next();
    this.#dayEndMs = floorTo(UTC_DAY_MS, fromMs) + UTC_DAY_MS;
  }

  async add(hourMs: number, rows: Map<number, BucketRows>): Promise<void> {
    if (hourMs >= this.#dayEndMs) {
      await this.write(hourMs);
      await this.#writes.settle();
      await buildDueDaysAndMonths(this.#run);
      this.#dayEndMs = floorTo(UTC_DAY_MS, hourMs) + UTC_DAY_MS;
    }
    this.#waiting.push({ hourMs, rows });
    for (const ofUser of rows.values()) this.#size.add(ofUser);
    if (this.#size.isEnough) await this.write(hourMs + HOUR_MS);
  }

  /** Writes what waits, all that there is up to an instant. */
  async write(builtThroughMs: number): Promise<void> {
    const hours = this.#waiting;
    const size = this.#size;
    this.#waiting = [];
    this.#size = this.#run.pace.next();
    await this.#writes.start(() => commit(this.#run, size, hours, builtThroughMs));
  }

  /** Writes what still waits, and resolves when all is committed. */
  async settle(): Promise<void> {
    const last = this.#waiting.at(-1);
    if (last) await this.write(last.hourMs + HOUR_MS);
    await this.#writes.settle();
  }
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
  size: TransactionSize,
  hours: readonly { hourMs: number; rows: Map<number, BucketRows> }[],
  builtThroughMs: number,
): Promise<void> {
  const { report, options } = run;
  await run.publish(
    size,
    async (transaction) => {
      for (const { hourMs, rows } of hours) {
        await writeBucket(transaction, 'hour', hourMs, rows, false);
      }
    },
    (transaction) => moveWatermarks(transaction, { built: builtThroughMs }),
  );
  for (const { hourMs } of hours) {
    report.hours += 1;
    const { hours: built, rebuiltHours } = report;
    options.onProgress?.({ hourMs, hours: built, rebuiltHours });
  }
}
