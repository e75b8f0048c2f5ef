import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import type { RollupProgress } from '../domain/range-cover.js';
import { numberOrNull } from './figure-columns.js';
import type { Transaction } from './transaction.js';

/** How far each grain is built; `null` before the first rollup. Epoch ms, exclusive. */
export interface Watermarks {
  hoursThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
}

interface WatermarkRow {
  name: string;
  hours_through_ms: number | string | null;
  days_through_ms: number | string | null;
  months_through_ms: number | string | null;
}

/** Reads how far the pre-aggregates reach. */
export async function readWatermarks({ trx }: Transaction): Promise<Watermarks> {
  const row = await trx<WatermarkRow>(TABLES.rollups)
    .select('hours_through_ms', 'days_through_ms', 'months_through_ms')
    .where('name', ROLLUP_NAME)
    .first();
  return {
    hoursThroughMs: numberOrNull(row?.hours_through_ms ?? null),
    daysThroughMs: numberOrNull(row?.days_through_ms ?? null),
    monthsThroughMs: numberOrNull(row?.months_through_ms ?? null),
  };
}

/** What one user's answers may take from the pre-aggregates, and the watermark to report. */
export async function readProgress(
  transaction: Transaction,
  userDid: string,
): Promise<{ progress: RollupProgress; rolledUpThroughMs: number | null }> {
  const marks = await readWatermarks(transaction);
  const rows = await transaction
    .trx<{ user_did: string; hour_ms: number | string }>(TABLES.dirtyHours)
    .select('hour_ms')
    .where('user_did', userDid)
    .orderBy('hour_ms');
  const never = Number.NEGATIVE_INFINITY;
  return {
    progress: {
      hoursThroughMs: marks.hoursThroughMs ?? never,
      daysThroughMs: marks.daysThroughMs ?? never,
      monthsThroughMs: marks.monthsThroughMs ?? never,
      dirtyHours: rows.map((row) => Number(row.hour_ms)),
    },
    rolledUpThroughMs: marks.hoursThroughMs,
  };
}
