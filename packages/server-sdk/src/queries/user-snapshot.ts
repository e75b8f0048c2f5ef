import type { Freshness } from '../contract/common.js';
import type { Database } from '../db/database.js';
import type { RollupProgress } from '../aggregates/model/range-plan.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { readFigures } from '../aggregates/store/figures-store.js';
import { readFirstCall, readProject, type UserProject } from './first-call-store.js';
import type { FigureRange, RangeFigures } from '../aggregates/store/range-figures.js';
import type { CallSource } from '../db/call-source.js';
import { readInSnapshot, type Transaction } from '../db/transaction.js';
import { readUserProgress, type UserProgress } from '../aggregates/store/user-progress.js';

/** Reads of one user's calls that all see one state of the database. */
export interface UserSnapshot {
  readonly transaction: Transaction;
  readonly freshness: Freshness;
  /** ISO 4217 code of the money in figures. */
  readonly currency: string;
  /** Which aggregates are up to date. */
  readonly progress: RollupProgress;
  /** Reads figures of ascending ranges, none of which overlaps another, of one project or of all. */
  figures(ranges: readonly FigureRange[], appDid: string | null): Promise<RangeFigures[]>;
  /** Reads the start of the first call, of a project or of all, epoch ms; `null` if there is none. */
  firstCallAtMs(appDid: string | null): Promise<number | null>;
}

/**
 * Runs reads of one user's calls in one transaction, which begins with the user's progress.
 *
 * @throws what `read` throws, and StatementError when the database fails
 */
export function readSnapshot<T>(
  database: Database,
  userDid: string,
  nowMs: number,
  read: (snapshot: UserSnapshot) => Promise<T>,
): Promise<T> {
  return readInSnapshot(database, async (transaction) => {
    const progress = await readUserProgress(transaction, userDid);
    const usable = toRollupProgress(progress, transaction.calls);
    const hasArchived = Number.isFinite(usable.archivedBeforeMs);
    const projects = new Map<string, Promise<UserProject>>();
    const findProject = (appDid: string): Promise<UserProject> => {
      const project =
        projects.get(appDid) ?? readProject(transaction, userDid, appDid, hasArchived);
      projects.set(appDid, project);
      return project;
    };
    return read({
      transaction,
      freshness: toFreshness(progress, Math.min(nowMs, database.asOfMs ?? nowMs)),
      currency: database.calls.currency,
      progress: usable,
      figures: async (ranges, appDid) => {
        const appId = appDid === null ? null : (await findProject(appDid)).appId;
        return readFigures(transaction, userDid, usable, { appDid, appId, ranges });
      },
      firstCallAtMs: async (appDid) =>
        appDid === null
          ? readFirstCall(transaction, userDid, hasArchived)
          : (await findProject(appDid)).firstCallAtMs,
    });
  });
}

/** A user without a row, e.g. one that no scan of a host's table has found yet, has no aggregates. */
function toRollupProgress(progress: UserProgress | null, calls: CallSource): RollupProgress {
  const never = Number.NEGATIVE_INFINITY;
  const hoursThroughMs = progress?.builtThroughMs ?? never;
  const archivedBeforeMs = progress?.archivedBeforeMs ?? never;
  // Rows that a host left in an archived hour, or wrote there since, are not late calls: they may be counted.
  const isUsable = (hourMs: number): boolean => calls.isOwn || hourMs >= archivedBeforeMs;
  return {
    hoursThroughMs,
    daysThroughMs: progress?.daysThroughMs ?? never,
    monthsThroughMs: progress?.monthsThroughMs ?? never,
    dirtyHours: progress?.dirtyHours.filter(isUsable) ?? [],
    archivedBeforeMs,
    quartersThroughMs: calls.hasQuarters ? hoursThroughMs : archivedBeforeMs,
  };
}

function toFreshness(progress: UserProgress | null, asOfMs: number): Freshness {
  const throughMs = progress && getRolledUpThrough(progress);
  const archivedBeforeMs = progress?.archivedBeforeMs ?? null;
  return {
    asOf: toInstant(asOfMs),
    rolledUpThrough: throughMs === null ? null : toInstant(throughMs),
    ...(archivedBeforeMs !== null && { archivedBefore: toInstant(archivedBeforeMs) }),
  };
}

/** Through which instant the user's calls are rolled up, epoch ms: that of the slot's sweep, unless the user was due then. */
function getRolledUpThrough(progress: UserProgress): number | null {
  const { dueAtMs, builtThroughMs, sweptThroughMs } = progress;
  if (sweptThroughMs === null) return builtThroughMs;
  if (dueAtMs !== null && dueAtMs <= sweptThroughMs) return builtThroughMs;
  return Math.max(sweptThroughMs, builtThroughMs ?? sweptThroughMs);
}

/** Ranges with the total as their selected part. */
export function withTotals(ranges: readonly TimeRange[]): FigureRange[] {
  const parts = { total: true };
  return ranges.map(({ fromMs, toMs }) => ({ fromMs, toMs, parts }));
}
