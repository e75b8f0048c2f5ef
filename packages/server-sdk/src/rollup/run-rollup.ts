import { isOutage } from '../db/database-failures.js';
import { startInterval } from '../runtime/wait.js';
import { hasCallsBefore } from './archive-store.js';
import { claimCalls } from '../source/calls-table-store.js';
import {
  readDueSlots,
  readDueUsers,
  readSlotsBehind,
  readUsersToArchive,
} from './rollup-user-store.js';
import { writeRunOutcome } from './run-store.js';
import { ALL_SLOTS, acquireSlots, moveSweep, releaseSlots, renewSlots } from './slot-store.js';
import { abandonCalls } from './abandon-calls.js';
import { findChanges } from './find-changes.js';
import { archiveUser, getArchiveLimit, rollUpUser } from './roll-up-user.js';
import { RollupRun, type RollupReport, type RollupRunOptions } from './rollup-run.js';

/** Of the slots that are due, an instance takes a quarter at a time: others share the rest. */
const SHARE_OF_SLOTS = 4;

/**
 * Rolls up all that is due, slot by slot and user by user; any number of instances share the slots. It can be killed at any
 * point and is carried on by the next run, here or on another machine.
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
    await run.statement((t) => writeRunOutcome(t, { atMs: nowMs, failure: null }));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await run
      .statement((t) => writeRunOutcome(t, { atMs: nowMs, failure }))
      // The database is gone: what broke the run says more.
      .catch(() => undefined);
    throw error;
  }
  return run.report;
}

/** Rolls up users that are due, until no slot has any that is not done or held by another instance. */
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

/** Does work on some of the slots that are free. @returns those that it was done on */
async function withSlots(
  run: RollupRun,
  candidates: readonly number[],
  work: (slot: number) => Promise<void>,
): Promise<number[]> {
  const { owner, leaseTtlMs } = run.options;
  const limit = Math.ceil(candidates.length / SHARE_OF_SLOTS);
  const slots = await run.transaction((t) => acquireSlots(t, owner, candidates, limit, leaseTtlMs));
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

/** Notes to where users without anything due are rolled up: nothing else tells of those who have not called for long. */
async function sweep(run: RollupRun): Promise<void> {
  if (run.isStopped) return;
  const { hasUsers, slots } = await readSlotsBehind(run.reader, run.dueThroughMs);
  if (!hasUsers) return;
  const behind = new Set(slots);
  const swept = ALL_SLOTS.filter((slot) => !behind.has(slot));
  await run.statement((t) => moveSweep(t, swept, run.dueThroughMs));
}

/** Errors of single users, which do not keep others from being rolled up. */
class Failures {
  #first: { error: unknown } | null = null;

  /** @throws what the work fails with, where no other work would do better */
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
