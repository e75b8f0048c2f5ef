import {
  countByUser,
  hasAllIds,
  noteArchivedUsers,
  readSomeIds,
  readUnarchivedUsers,
} from '../source/archived-rows-store.js';
import { readScanState, saveScanState, type ScanState } from '../source/scan-state.js';
import { findNextStart, readScanProgress } from '../source/scan-store.js';
import { splitIntoChunks } from '../db/transaction.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import type { RollupRun } from './rollup-run.js';

/** How many users one transaction writes: their rollups and records wait for it. */
const USERS_PER_TRANSACTION = 500;

/**
 * Notices that the host has moved the first calls of its table away, and notes for each user before which instant: from then on
 * aggregates of earlier hours are neither rebuilt nor verified. Costs one look-up of some ids unless rows are gone.
 *
 * Only when hours at the beginning of the table have no call left were calls archived; other rows that are gone were
 * deleted, which `verify` finds.
 *
 * @see docs/adr/0070-rows-that-the-host-moves.md
 * @throws StatementError when the database fails
 */
export async function noteArchived(run: RollupRun): Promise<void> {
  if (!run.options.database.calls.hasQuarters) return;
  const { first = null } = await readScanState(run.reader);
  if (first !== null && (await hasAllIds(run.reader, first.ids))) return;
  const startedAtMs = await findNextStart(run.reader, Number.MIN_SAFE_INTEGER);
  if (first !== null) {
    const { scannedThroughMs } = await readScanProgress(run.reader);
    const leftFromMs = floorTo(HOUR_MS, startedAtMs ?? scannedThroughMs ?? first.startedAtMs);
    if (leftFromMs > floorTo(HOUR_MS, first.startedAtMs)) await noteBefore(run, leftFromMs);
  }
  await rememberFirst(run, startedAtMs);
}

async function rememberFirst(run: RollupRun, startedAtMs: number | null): Promise<void> {
  let first: ScanState['first'] = null;
  if (startedAtMs !== null) {
    const toMs = floorTo(HOUR_MS, startedAtMs) + HOUR_MS;
    const ids = await readSomeIds(run.reader, { fromMs: startedAtMs, toMs });
    if (ids.length > 0) first = { startedAtMs, ids };
  }
  const state = await readScanState(run.reader);
  await run.statement((transaction) => saveScanState(transaction, { ...state, first }));
}

/** Notes that no call before an instant is left; of the hour that begins then, some users' calls may be gone, too. */
async function noteBefore(run: RollupRun, beforeMs: number): Promise<void> {
  const left = await countByUser(run.reader, { fromMs: beforeMs, toMs: beforeMs + HOUR_MS });
  const byInstant = new Map<number, string[]>();
  for (const user of await readUnarchivedUsers(run.reader, beforeMs)) {
    const isCut = user.storedCalls > (left.get(user.userDid) ?? 0);
    const userBeforeMs = Math.min(isCut ? beforeMs + HOUR_MS : beforeMs, user.builtThroughMs);
    byInstant.set(userBeforeMs, [...(byInstant.get(userBeforeMs) ?? []), user.userDid]);
  }
  for (const [userBeforeMs, userDids] of byInstant) {
    for (const chunk of splitIntoChunks(USERS_PER_TRANSACTION, userDids.sort())) {
      await run.transaction((transaction) => noteArchivedUsers(transaction, chunk, userBeforeMs));
    }
  }
}
