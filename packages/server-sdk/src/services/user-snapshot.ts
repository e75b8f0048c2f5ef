import type { Freshness } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { sumFigures, zeroFigures, addFigures, type CallFigures } from '../domain/call-figures.js';
import {
  coverRange,
  type RangeCover,
  type RollupProgress,
  type RollupSegment,
} from '../domain/range-cover.js';
import { toInstant, type TimeRange } from '../domain/time.js';
import { readFirstCallAt } from '../stores/call-page-store.js';
import {
  readActiveNames,
  readFigures,
  type FigureQuery,
  type GroupedFigures,
} from '../stores/figures-store.js';
import { readProgress } from '../stores/rollup-progress-store.js';
import type { Transaction } from '../stores/transaction.js';

/** One user's calls as they stand at one moment; every read of it sees the same state. */
export interface UserSnapshot {
  readonly transaction: Transaction;
  readonly freshness: Freshness;
  /** Figures of a range, grouped. */
  figures(range: TimeRange, query: FigureQuery): Promise<GroupedFigures>;
  /** Figures of a range. */
  total(range: TimeRange, appDid: string | null): Promise<CallFigures>;
  /** Names of the projects or models with a call in a range. */
  activeNames(range: TimeRange, by: 'project' | 'model'): Promise<Set<string>>;
  /** Figures of adjoining ranges that meet on quarter hours, in their order. */
  series(ranges: readonly TimeRange[], appDid: string | null): Promise<CallFigures[]>;
  /** Start of the first call, of a project or of all, epoch ms; `null` if there is none. */
  firstCallAtMs(appDid: string | null): Promise<number | null>;
}

/** Runs reads of one user's calls on one state of the database. */
export function readSnapshot<T>(
  database: Database,
  userDid: string,
  nowMs: number,
  read: (snapshot: UserSnapshot) => Promise<T>,
): Promise<T> {
  return database.snapshot(async (trx) => {
    const transaction = { trx, dialect: database.dialect };
    const { progress, rolledUpThroughMs } = await readProgress(transaction, userDid);
    const freshness = {
      asOf: toInstant(nowMs),
      rolledUpThrough: rolledUpThroughMs === null ? null : toInstant(rolledUpThroughMs),
    };
    return read(toSnapshot(transaction, userDid, progress, freshness));
  });
}

function toSnapshot(
  transaction: Transaction,
  userDid: string,
  progress: RollupProgress,
  freshness: Freshness,
): UserSnapshot {
  const figures: UserSnapshot['figures'] = (range, query) =>
    readFigures(transaction, userDid, query, coverRange(range, progress));
  return {
    transaction,
    freshness,
    figures,
    total: async (range, appDid) =>
      sumFigures((await figures(range, { appDid, by: 'all' })).values()),
    activeNames: (range, by) =>
      readActiveNames(transaction, userDid, by, coverRange(range, progress)),
    series: async (ranges, appDid) => {
      const cover = coverSeries(ranges, progress);
      const groups = await readFigures(transaction, userDid, { appDid, by: 'time' }, cover);
      return assignToRanges(groups, ranges);
    },
    firstCallAtMs: (appDid) => readFirstCallAt(transaction, userDid, appDid),
  };
}

/** The covers of adjoining ranges as one, with neighbours of a grain joined. */
function coverSeries(ranges: readonly TimeRange[], progress: RollupProgress): RangeCover {
  const rollups: RollupSegment[] = [];
  const raw: TimeRange[] = [];
  for (const range of ranges) {
    const cover = coverRange(range, progress);
    for (const segment of cover.rollups) {
      const last = rollups.at(-1);
      if (last?.grain === segment.grain && last.toMs === segment.fromMs) last.toMs = segment.toMs;
      else rollups.push({ ...segment });
    }
    for (const part of cover.raw) {
      const last = raw.at(-1);
      if (last && last.toMs === part.fromMs) last.toMs = part.toMs;
      else raw.push({ ...part });
    }
  }
  return { rollups, raw };
}

/** Puts each group, keyed by a time, into the range that the time is in. */
function assignToRanges(groups: GroupedFigures, ranges: readonly TimeRange[]): CallFigures[] {
  const results = ranges.map(zeroFigures);
  const firstMs = ranges[0]?.fromMs ?? 0;
  for (const [key, figures] of groups) {
    // The quarter hour that a range begins within starts before it.
    const index = indexOfRange(ranges, Math.max(Number(key), firstMs));
    const result = results[index];
    if (result) addFigures(result, figures);
  }
  return results;
}

function indexOfRange(ranges: readonly TimeRange[], instantMs: number): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ranges[middle]?.fromMs ?? Infinity) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
