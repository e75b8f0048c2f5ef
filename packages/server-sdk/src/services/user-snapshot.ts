import type { Freshness } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { CallFigures } from '../domain/call-figures.js';
import { toInstant, type TimeRange } from '../domain/time.js';
import { readFigures, type RangeFigures, type WantedRange } from '../stores/figures-store.js';
import { readUserProgress, type UserProgress } from '../stores/rollup-progress-store.js';
import type { Transaction } from '../stores/transaction.js';

/** One user's calls as they stand at one moment; every read of it sees the same state. */
export interface UserSnapshot {
  readonly transaction: Transaction;
  readonly freshness: Freshness;
  /** Figures of ranges, ascending and none overlapping another, of one project or of all. */
  figures(ranges: readonly WantedRange[], appDid: string | null): Promise<RangeFigures[]>;
  /** Figures of a range. */
  total(range: TimeRange, appDid: string | null): Promise<CallFigures>;
  /** Figures of a range by model key's text. */
  models(range: TimeRange, appDid: string | null): Promise<Map<string, CallFigures>>;
  /** Figures of a range by project. */
  projects(range: TimeRange): Promise<Map<string, CallFigures>>;
  /** Figures of ranges, ascending and none overlapping another, in their order. */
  series(ranges: readonly TimeRange[], appDid: string | null): Promise<CallFigures[]>;
  /** Start of the first call, of a project or of all, epoch ms; `null` if there is none. */
  firstCallAtMs(appDid: string | null): Promise<number | null>;
}

/**
 * Runs reads of one user's calls on one state of the database.
 *
 * @param appDid the project that is asked for most, or `null`: saves a statement
 */
export function readSnapshot<T>(
  database: Database,
  userDid: string,
  nowMs: number,
  read: (snapshot: UserSnapshot) => Promise<T>,
  appDid: string | null = null,
): Promise<T> {
  const { dialect, keyNames } = database;
  return database.snapshot(async (trx) => {
    const transaction = { trx, dialect, keyNames };
    const state = await readUserProgress(transaction, userDid, appDid);
    return read(toSnapshot(transaction, userDid, nowMs, appDid, state));
  });
}

function toSnapshot(
  transaction: Transaction,
  userDid: string,
  nowMs: number,
  firstAppDid: string | null,
  first: UserProgress,
): UserSnapshot {
  const states = new Map([[firstAppDid, Promise.resolve(first)]]);
  const stateOf = (appDid: string | null): Promise<UserProgress> => {
    const state = states.get(appDid) ?? readUserProgress(transaction, userDid, appDid);
    states.set(appDid, state);
    return state;
  };
  const figures: UserSnapshot['figures'] = async (ranges, appDid) =>
    readFigures(transaction, userDid, await stateOf(appDid), appDid, ranges);
  const whole = async (
    range: TimeRange,
    want: WantedRange['want'],
    appDid: string | null,
  ): Promise<RangeFigures | undefined> => (await figures([{ ...range, want }], appDid))[0];
  return {
    transaction,
    freshness: {
      asOf: toInstant(nowMs),
      rolledUpThrough: first.rolledUpThroughMs === null ? null : toInstant(first.rolledUpThroughMs),
    },
    figures,
    total: async (range, appDid) =>
      (await whole(range, { total: true }, appDid))?.total ?? new CallFigures(),
    models: async (range, appDid) =>
      (await whole(range, { models: true }, appDid))?.models ?? new Map(),
    projects: async (range) =>
      (await whole(range, { projects: true }, null))?.projects ?? new Map(),
    series: async (ranges, appDid) => {
      const want = { total: true };
      const all = await figures(
        ranges.map((range) => ({ ...range, want })),
        appDid,
      );
      return all.map(({ total }) => total);
    },
    firstCallAtMs: async (appDid) => (await stateOf(appDid)).firstCallAtMs,
  };
}
