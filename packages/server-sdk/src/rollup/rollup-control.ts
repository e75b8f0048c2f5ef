import { randomUUID } from 'node:crypto';
import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import type { AbandonAfter } from './abandon-after.js';
import { HOUR_MS, ceilTo, floorTo, toInstant, type TimeRange } from '../values/time.js';
import { requireKnownKeys } from '../values/require-known-keys.js';
import { traceWork, type Tracer } from '../runtime/tracing.js';
import { parseInstant } from '../values/parse-instant.js';
import type { Clock } from '../runtime/clock.js';
import { runInBackground } from '../runtime/request-signal.js';
import { requireSameCalls } from '../source/calls-table-store.js';
import { findFirstCall, markRangeDirty, readAllUsers } from './every-user-store.js';
import { readRunState } from './run-store.js';
import { readSlotState } from './slot-store.js';
import { readInSnapshot, writeInTransaction } from '../db/transaction.js';
import {
  LEASE_TTL_MS,
  RollupRun,
  type RollupHooks,
  type RollupProgressReport,
  type RollupReport,
  type RollupRunOptions,
} from './rollup-run.js';
import { readArchivedBefore } from '../source/archived-rows-store.js';
import { UsageError } from '../errors.js';
import { noteArchived } from './note-archived.js';
import { runRollup } from './run-rollup.js';
import { verifyRollups } from './verify.js';
import type { VerifyOptions, VerifyReport } from './verify-report.js';

/** A range of instants, half-open, as an integrator writes it; `userDid` narrows it to one user. */
export interface RollupRange {
  from: Date | number | string;
  to: Date | number | string;
  userDid?: string;
}

/** The progress of the rollup, and the outcome of the last runs. */
export interface RollupStatus {
  /** End of the last hour that is rolled up; `null` before the first run. */
  rolledUpThrough: string | null;
  /**
   * Seconds since then; before the first run, since the start of the hour of the first call. Up to 3600 plus the grace is usual.
   * `null` when there is nothing to roll up.
   */
  lagSeconds: number | null;
  /** Dirty hours of all users. */
  dirtyHours: number;
  /** Calls before it are archived: deleted, while their aggregates stay. `null`: none are. */
  archivedBefore: string | null;
  /** The instance that is rolling up. */
  owner: string | null;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastFailure: string | null;
}

/** Runs the rollup and checks the aggregates. */
export interface RollupControl {
  /**
   * Rolls up all due users. Joins a run in progress of this instance; skips what another instance has leased.
   *
   * @throws the first error, after all other users were rolled up
   */
  run(options?: {
    signal?: AbortSignal;
    onProgress?: (progress: RollupProgressReport) => void;
  }): Promise<RollupReport>;
  /**
   * Computes the aggregates of a range again from its calls, whether or not they changed, and rolls up all due users.
   *
   * @throws TypeError for a range that is none
   * @throws UsageError `CALLS_ARCHIVED` when the host has moved calls of the range out of its table
   */
  rebuild(
    range: RollupRange,
    options?: { signal?: AbortSignal; onProgress?: (progress: RollupProgressReport) => void },
  ): Promise<RollupReport>;
  /** Compares the aggregates of a range with the calls, a day at a time. @throws TypeError for a range that is none */
  verify(range: RollupRange, options?: VerifyOptions): Promise<VerifyReport>;
  status(): Promise<RollupStatus>;
}

/** What a run does in addition to building aggregates. */
export interface RollupControlOptions {
  /** Calls older than so many days are archived; `null`: none. @default null */
  retentionDays?: number | null;
  /** When calls that have not ended are abandoned; `null`: never. @default null */
  abandonAfter?: AbandonAfter | null;
  /** Work of others on users that are rolled up. @default none */
  hooks?: RollupHooks;
  /** Gets a span of each run. @default none */
  tracer?: Tracer | null;
}

/** Creates the control of one database's rollup. */
export function createRollupControl(
  database: Database,
  clock: Clock,
  graceMinutes: number,
  { retentionDays = null, abandonAfter = null, hooks, tracer = null }: RollupControlOptions = {},
): RollupControl {
  const owner = randomUUID();
  let running: Promise<RollupReport> | null = null;
  const createOptions = (): RollupRunOptions => ({
    database,
    nowMs: clock.now(),
    graceMinutes,
    owner,
    leaseTtlMs: LEASE_TTL_MS,
    retentionDays,
    abandonAfter,
    hooks,
  });
  const run: RollupControl['run'] = ({ signal, onProgress } = {}) => {
    running ??= traceWork(
      tracer,
      'usage-kit.rollup',
      () => runInBackground(() => runRollup({ ...createOptions(), signal, onProgress })),
      toAttributes,
    ).finally(() => {
      running = null;
    });
    return running;
  };
  return {
    run,
    rebuild: async (range, options) => {
      await running;
      await runInBackground(() => markForRebuild(new RollupRun(createOptions()), range));
      return run(options);
    },
    verify: (range, options) =>
      runInBackground(async () => {
        await readInSnapshot(database, requireSameCalls);
        await noteArchived(new RollupRun(createOptions()));
        return verifyRollups(database, toFullHours(range), range.userDid ?? null, options);
      }),
    status: () => readStatus(database, clock),
  };
}

/** What a span of a run says. */
function toAttributes(report: RollupReport): Record<string, number | boolean> {
  const { skipped, hours, rebuiltHours, abandonedCalls } = report;
  return {
    'usage_kit.rollup.skipped': skipped,
    'usage_kit.rollup.hours': hours,
    'usage_kit.rollup.rebuilt_hours': rebuiltHours,
    'usage_kit.rollup.abandoned_calls': abandonedCalls,
  };
}

async function markForRebuild(run: RollupRun, range: RollupRange): Promise<void> {
  const { database } = run.options;
  await readInSnapshot(database, requireSameCalls);
  const { calls } = database;
  const { fromMs, toMs } = toFullHours(range);
  await noteArchived(run);
  if (!calls.isOwn) await requireCallsFrom(run, fromMs, range.userDid ?? null);
  const users =
    range.userDid === undefined ? await readInSnapshot(database, readAllUsers) : [range.userDid];
  for (const userDid of users) {
    await retryWrites(() =>
      writeInTransaction(database, (transaction) =>
        markRangeDirty(transaction, userDid, { fromMs, toMs }),
      ),
    );
  }
}

/** Refuses what would replace figures of calls that are no longer in the host's table by sums of those that are left. */
async function requireCallsFrom(
  run: RollupRun,
  fromMs: number,
  userDid: string | null,
): Promise<void> {
  const archivedBeforeMs = await readArchivedBefore(run.reader, userDid);
  if (archivedBeforeMs === null || fromMs >= archivedBeforeMs) return;
  const instant = toInstant(archivedBeforeMs);
  throw new UsageError(
    'CALLS_ARCHIVED',
    `Calls before ${instant} are no longer in the table, so their figures can’t be computed again. Rebuild from ${instant} on.`,
  );
}

async function readStatus(database: Database, clock: Clock): Promise<RollupStatus> {
  const { slots, runs, firstCallMs } = await readInSnapshot(database, async (transaction) => ({
    slots: await readSlotState(transaction),
    runs: await readRunState(transaction),
    firstCallMs: await findFirstCall(transaction),
  }));
  const through = slots.sweptThroughMs;
  const waiting = firstCallMs === null ? null : floorTo(HOUR_MS, firstCallMs);
  const lagsFrom = through ?? waiting;
  const instant = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));
  return {
    rolledUpThrough: instant(through),
    lagSeconds: lagsFrom === null ? null : Math.round((clock.now() - lagsFrom) / 1000),
    dirtyHours: runs.dirtyHours,
    archivedBefore: instant(runs.archivedBeforeMs),
    owner: slots.owner,
    lastSuccessAt: instant(runs.lastSuccessAtMs),
    lastFailureAt: instant(runs.lastFailureAtMs),
    lastFailure: runs.lastFailure,
  };
}

/**
 * Validates a range and widens it to full hours.
 *
 * @throws TypeError for a range that is none, and for an unknown member: a misspelt `userDid` would mean all users
 */
function toFullHours(range: RollupRange): TimeRange {
  if (typeof (range as unknown) !== 'object' || (range as unknown) === null) {
    throw new TypeError('the range must be an object with from and to');
  }
  requireKnownKeys(range, ['from', 'to', 'userDid']);
  const { from, to, userDid } = range;
  const isUser = typeof userDid === 'string' && userDid !== '';
  if (userDid !== undefined && !isUser) {
    throw new TypeError('userDid must name a user; leave it out for all of them');
  }
  const fromMs = parseInstant(from);
  const toMs = parseInstant(to);
  if (fromMs === null || toMs === null || fromMs >= toMs) {
    throw new TypeError(
      'from and to must be instants (Date, epoch ms or RFC 3339), from before to',
    );
  }
  return { fromMs: floorTo(HOUR_MS, fromMs), toMs: ceilTo(HOUR_MS, toMs) };
}
