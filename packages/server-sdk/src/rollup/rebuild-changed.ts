import { UTC_DAY_MS, floorTo, floorToUtcMonth } from '../domain/time.js';
import { decodeCalls, selectCallsOfAll, type CallRow } from '../stores/call-rows.js';
import { clearDirty, readDirtyHours } from '../stores/dirty-hour-store.js';
import { ensureKeys, type KeyTransaction } from '../stores/key-store.js';
import { archiveCalls } from '../stores/archive-store.js';
import { readHourCells, writeBucket } from '../stores/rollup-build-store.js';
import { readWatermarks, type Watermarks } from '../stores/rollup-progress-store.js';
import { setAsideKey, type Transaction } from '../stores/transaction.js';
import { countRebuild } from '../stores/user-version-store.js';
import { UserBucket, type BucketRows } from '../domain/user-bucket.js';
import { HOUR_MS } from '../domain/time.js';
import { NO_ROWS, bucketEnd, rebuildCoarse, toRows } from './build-coarse.js';
import type { RollupRun } from './rollup-run.js';
import { sumCallsByUser } from './sum-calls.js';
import type { Turns } from '../ports/turns.js';

const MARKS_PER_ROUND = 500;
const TRANSACTION_BUDGET_MS = 30;

/**
 * Rebuilds the marked hours, newest first, and the days and months that they are part of. An hour, its day, its month and
 * its mark change in one transaction, so no reader sees one without the others.
 */
export async function rebuildChanged(run: RollupRun): Promise<void> {
  for (;;) {
    const rebuilt = await run.write((transaction) => rebuildSome(transaction, run));
    run.report.rebuiltHours += rebuilt.hours;
    const { hours, rebuiltHours } = run.report;
    if (rebuilt.hours > 0)
      run.options.onProgress?.({ hourMs: rebuilt.lastMs, hours, rebuiltHours });
    if (rebuilt.hours === 0 || run.options.signal?.aborted) return;
    await run.turns.share();
  }
}

interface Rebuilt {
  hours: number;
  /** Start of the last of them. */
  lastMs: number;
}

const NOTHING: Rebuilt = { hours: 0, lastMs: 0 };

/** Rebuilds marked hours of one month until a short time is over. */
async function rebuildSome(transaction: KeyTransaction, run: RollupRun): Promise<Rebuilt> {
  const marks = await readWatermarks(transaction);
  if (marks.builtThroughMs === null) return NOTHING;
  const dirty = await readMarks(transaction, marks.builtThroughMs);
  const [newestMs] = dirty.keys();
  if (newestMs === undefined) return NOTHING;

  const endMs = performance.now() + TRANSACTION_BUDGET_MS;
  const monthMs = floorToUtcMonth(newestMs);
  const days = new Map<number, Set<number>>();
  const rebuilt: Rebuilt = { hours: 0, lastMs: newestMs };
  for (const [hourMs, userDids] of dirty) {
    if (hourMs < monthMs || (rebuilt.hours > 0 && performance.now() > endMs)) break;
    const isArchived = hourMs < (marks.archivedBeforeMs ?? hourMs);
    // First, because a bucket that cannot be stored is marked again.
    await clearDirty(transaction, hourMs, userDids);
    const userIds = await rebuildHour(transaction, run, hourMs, userDids, isArchived);
    const dayMs = floorTo(UTC_DAY_MS, hourMs);
    days.set(dayMs, new Set([...(days.get(dayMs) ?? []), ...userIds]));
    rebuilt.hours += 1;
    rebuilt.lastMs = hourMs;
  }
  await rebuildDaysAndMonth(transaction, run.turnsInTransaction, marks, monthMs, days);
  return rebuilt;
}

/** Marked hours with their users, without those that this run has set aside. */
async function readMarks(
  transaction: KeyTransaction,
  beforeMs: number,
): Promise<Map<number, string[]>> {
  const { setAside = new Set<string>() } = transaction;
  const marked = await readDirtyHours(transaction, beforeMs, MARKS_PER_ROUND + setAside.size);
  const hours = new Map<number, string[]>();
  for (const [hourMs, userDids] of marked) {
    const open = userDids.filter((userDid) => !setAside.has(setAsideKey(userDid, hourMs)));
    if (open.length > 0) hours.set(hourMs, open);
  }
  return hours;
}

async function rebuildHour(
  transaction: KeyTransaction,
  run: RollupRun,
  hourMs: number,
  userDids: readonly string[],
  isArchived: boolean,
): Promise<number[]> {
  // Figures that were wrong become right without a write of a call.
  await countRebuild(transaction, userDids);
  const range = { fromMs: hourMs, toMs: hourMs + HOUR_MS };
  const calls: CallRow[] = [];
  decodeCalls(await selectCallsOfAll(transaction, range, userDids), (call) => {
    calls.push(call);
  });
  const { keys } = transaction;
  await ensureKeys(transaction, new Map([['user', new Set(userDids)]]));
  const ids = keys.of('user');
  const userIds = userDids.flatMap((userDid) => ids.get(userDid) ?? []);
  const sums = await sumCallsByUser(calls, {
    keys,
    ensure: (names) => ensureKeys(transaction, names),
    turns: run.turnsInTransaction,
  });
  if (isArchived) {
    // What there is came since, and is not in what is stored. It is archived at once, so that it is never added again.
    for (const [userId, cells] of await readHourCells(transaction, userIds, range)) {
      const sum = sums.get(userId) ?? new UserBucket();
      sums.set(userId, sum);
      for (const cell of cells) sum.addCell(cell);
    }
    await archiveCalls(transaction, range, userDids);
  }
  const rows = new Map(userIds.map((userId): [number, BucketRows] => [userId, NO_ROWS]));
  for (const [userId, found] of await toRows('hour', hourMs, sums, run.turnsInTransaction))
    rows.set(userId, found);
  await writeBucket(transaction, 'hour', hourMs, rows, true);
  return userIds;
}

async function rebuildDaysAndMonth(
  transaction: Transaction,
  turns: Turns,
  marks: Watermarks,
  monthMs: number,
  days: ReadonlyMap<number, ReadonlySet<number>>,
): Promise<void> {
  const users = new Set<number>();
  for (const [dayMs, userIds] of days) {
    for (const userId of userIds) users.add(userId);
    if (bucketEnd('day', dayMs) > (marks.daysThroughMs ?? 0)) continue;
    await rebuildCoarse(transaction, 'day', dayMs, [...userIds], turns);
  }
  if (bucketEnd('month', monthMs) > (marks.monthsThroughMs ?? 0)) return;
  await rebuildCoarse(transaction, 'month', monthMs, [...users], turns);
}
