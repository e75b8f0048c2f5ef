import { isOutage } from '../db/statement-error.js';
import { startInterval } from '../runtime/wait.js';
import { hasCallsBefore } from './archive-store.js';
import { claimCalls } from '../source/calls-table-store.js';
import {
  readDueSlots,
  readDueUsers,
  readUnsweptSlots,
  readUsersToArchive,
} from './rollup-user-store.js';
import { writeRunOutcome } from './run-store.js';
import { ALL_SLOTS, acquireSlots, storeSweep, releaseSlots, renewSlots } from './slot-store.js';
import { abandonCalls } from './abandon-calls.js';
import { findChanges } from './find-changes.js';
import { archiveUser, getArchiveLimit, rollUpUser } from './roll-up-user.js';
import { RollupRun, type RollupReport, type RollupRunOptions } from './rollup-run.js';

/** An instance leases a quarter of the slots with due users at a time, so that others share the work. */
const LEASED_FRACTION = 4;

/**
 * Rolls up all due users, slot by slot; any number of instances share the slots. A run can be killed at any point, and the next
 * one continues it, here or on another machine.
 *
 * @throws the first error, after all other users were rolled up
 */
export async function runRollup(options: RollupRunOptions): Promise<RollupReport> {
  const run = new RollupRun(options);
  const { nowMs } = options;
  try {
    await run.transaction(claimCalls);
    await findChanges(run);
    await abandonCalls(run);
    await rollUpSlots(run);
    if (!run.isStopped) await archiveSlots(run);
    await sweep(run);
    if (!run.isStopped) await options.hooks?.onRolledUp(options.signal);
    await run.statement((t) => writeRunOutcome(t, { atMs: nowMs, failure: null }));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await run
      .statement((t) => writeRunOutcome(t, { atMs: nowMs, failure }))
      // The database is unavailable; the first error is the cause.
      .catch(() => undefined);
    throw error;
  }
  return run.report;
}

/** Rolls up due users, until each slot that has some is done or leased by another instance. */
async function rollUpSlots(run: RollupRun): Promise<void> {
  const done = new Set<number>();
  const failures = new Failures();
  while (!run.isStopped) {
    const due = (await readDueSlots(run.reader, run.dueThroughMs)).filter(
      (slot) => !done.has(slot),
    );
    if (due.length === 0) break;
    const slots = await withSlots(run, due, async (slot) => {
      done.add(slot);
      for (const userDid of await readDueUsers(run.reader, slot, run.dueThroughMs)) {
        if (run.isStopped) return;
        await failures.contain(() => rollUpUser(run, userDid));
        await run.options.hooks?.onUserRolledUp(userDid);
      }
    });
    if (slots.length > 0) continue;
    run.report.skipped = true;
    break;
  }
  failures.throwFirst();
}

async function archiveSlots(run: RollupRun): Promise<void> {
  const beforeMs = getArchiveLimit(run);
  if (beforeMs === null || !(await hasCallsBefore(run.reader, beforeMs))) return;
  const failures = new Failures();
  const waiting = new Set(ALL_SLOTS);
  while (!run.isStopped && waiting.size > 0) {
    const slots = await withSlots(run, [...waiting], async (slot) => {
      waiting.delete(slot);
      for (const userDid of await readUsersToArchive(run.reader, slot, beforeMs)) {
        if (run.isStopped) return;
        await failures.contain(() => archiveUser(run, userDid, beforeMs));
      }
    });
    if (slots.length === 0) break;
  }
  failures.throwFirst();
}

/** Leases some of the candidates and does work on each. @returns the leased slots */
async function withSlots(
  run: RollupRun,
  candidates: readonly number[],
  work: (slot: number) => Promise<void>,
): Promise<number[]> {
  const { owner, leaseTtlMs } = run.options;
  const limit = Math.ceil(candidates.length / LEASED_FRACTION);
  const slots = await run.transaction((t) =>
    acquireSlots(t, { owner, candidates, limit }, leaseTtlMs),
  );
  if (slots.length === 0) return slots;
  const lease = { owner, slots };
  const stopRenewing = startInterval(leaseTtlMs / 3, () => {
    run.statement((t) => renewSlots(t, lease, leaseTtlMs)).catch(() => undefined);
  });
  try {
    for (const slot of slots) {
      if (run.isStopped) break;
      await work(slot);
    }
  } finally {
    stopRenewing();
    await run.statement((t) => releaseSlots(t, lease)).catch(() => undefined);
  }
  return slots;
}

/** Stores through which instant users that are not due are rolled up: no other row says it of users without recent calls. */
async function sweep(run: RollupRun): Promise<void> {
  if (run.isStopped) return;
  const { hasUsers, slots } = await readUnsweptSlots(run.reader, run.dueThroughMs);
  if (!hasUsers) return;
  const unswept = new Set(slots);
  const swept = ALL_SLOTS.filter((slot) => !unswept.has(slot));
  await run.statement((t) => storeSweep(t, swept, run.dueThroughMs));
}

/** Errors of single users, after which the others are still rolled up. */
class Failures {
  #first: { error: unknown } | null = null;

  /** Runs work and collects its error. @throws the error when the database failed, because all other work would fail too */
  async contain(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#first ??= { error };
      if (isOutage(error)) throw error;
    }
  }

  throwFirst(): void {
    if (this.#first) throw this.#first.error;
  }
}
