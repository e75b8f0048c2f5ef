import type { AnswerCache } from '../db/answer-cache.js';
import { coverRange, type RangeCover, type RollupProgress } from '../domain/range-cover.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import { callsSql, decodeCalls, fitOneStatement, type CallRow } from './call-rows.js';
import {
  copyFigures,
  createAdder,
  joinRanges,
  segmentsOf,
  sizeOf,
  sumRows,
  type FigureQuery,
  type RangeFigures,
} from './figures-store.js';
import { toUserState, userStateSql, type UserState } from './rollup-progress-store.js';
import { parseStats, statsSql, toStatements } from './stats-rows.js';
import { rowsOf, type Transaction } from './transaction.js';

/** Characters that a call takes in memory, about. */
const CALL_SIZE = 250;

/**
 * Figures in one statement that needs no transaction: it also reads the state, which must be the one that it was made for.
 * What of them cannot change in that state, the pre-aggregates and the calls of closed hours that a range cuts through, is
 * kept for the next time; what is left to read then is the state and the calls since the last rollup.
 *
 * @param state the state as it was a moment ago
 * @returns the figures with the state they belong to; `figures` is `null` when the state was another, or when what is to be
 *   read is too much for one statement
 */
export async function readFiguresAtOnce(
  transaction: Transaction,
  userDid: string,
  state: UserState,
  query: FigureQuery,
  cache: AnswerCache,
): Promise<{ state: UserState; figures: RangeFigures[] | null }> {
  const { appDid, ranges } = query;
  const covers = ranges.map((range) => coverRange(range, state.progress));
  const keyOf = (...parts: unknown[]): string =>
    JSON.stringify([userDid, appDid, state.text, ...parts]);
  const closedKey = keyOf(covers.map(({ rollups }, index) => [ranges[index]?.want, rollups]));
  const closed = cache.get(closedKey) as RangeFigures[] | undefined;
  const segments = closed ? [] : segmentsOf(query, covers);
  const raw = splitRaw(covers, state.progress);
  const keptHours = new Map<number, readonly CallRow[]>();
  for (const hourMs of raw.closedHours) {
    const calls = cache.get(keyOf(hourMs)) as readonly CallRow[] | undefined;
    if (calls) keptHours.set(hourMs, calls);
  }
  const missingHours = raw.closedHours.filter((hourMs) => !keptHours.has(hourMs));
  const toRead = [...missingHours.map(hourOf), ...raw.live];
  if (toStatements(segments).length > 1 || !fitOneStatement(toRead)) {
    return { state, figures: null };
  }

  const row = await selectAtOnce(transaction, [
    userStateSql(transaction, userDid, appDid),
    statsSql(transaction.dialect, state, appDid !== null, segments),
    callsSql(transaction, userDid, appDid, toRead),
  ]);
  if (row.state !== state.text) return { state: toUserState(row.state), figures: null };

  let base = closed;
  if (!base) {
    base = await sumRows(transaction, query, parseStats(row.stats));
    cache.set(closedKey, base, sizeOf(base));
  }
  const read = new Map<number, CallRow[]>(missingHours.map((hourMs) => [hourMs, []]));
  const figures = copyFigures(base);
  const add = createAdder(query, figures);
  const addIfWanted = (call: CallRow): void => {
    if (raw.includes(call.startedAtMs)) add(call);
  };
  decodeCalls(row.calls, (call) => {
    read.get(floorTo(HOUR_MS, call.startedAtMs))?.push(call);
    addIfWanted(call);
  });
  for (const calls of keptHours.values()) calls.forEach(addIfWanted);
  for (const [hourMs, calls] of read) cache.set(keyOf(hourMs), calls, calls.length * CALL_SIZE);
  return { state, figures };
}

interface AtOnce {
  state: string;
  stats: string | null;
  calls: string | null;
}

async function selectAtOnce(
  { trx }: Transaction,
  [state, stats, calls]: [ReturnType<typeof userStateSql>, SqlPart, SqlPart],
): Promise<AtOnce> {
  const [row] = rowsOf<AtOnce>(
    await trx.raw(`select ${state.sql} as state, ${stats.sql} as stats, ${calls.sql} as calls`, [
      ...state.bindings,
      ...stats.bindings,
      ...calls.bindings,
    ]),
  );
  return row ?? { state: '[]', stats: null, calls: null };
}

type SqlPart = ReturnType<typeof statsSql>;

/** The parts of ranges that are computed from calls. */
interface RawParts {
  /** Starts of hours that are built and unchanged, which a range cuts through. */
  closedHours: number[];
  /** Everything else. */
  live: TimeRange[];
  includes(instantMs: number): boolean;
}

function splitRaw(covers: readonly RangeCover[], progress: RollupProgress): RawParts {
  const parts = joinRanges(covers.flatMap(({ raw }) => raw));
  const dirty = new Set(progress.dirtyHours);
  const closedHours = new Set<number>();
  const live: TimeRange[] = [];
  for (const part of parts) {
    let fromMs = part.fromMs;
    while (fromMs < part.toMs) {
      const hourMs = floorTo(HOUR_MS, fromMs);
      const isClosed = hourMs + HOUR_MS <= progress.hoursThroughMs && !dirty.has(hourMs);
      // What is not closed goes to the part's end, or to where the built hours go on after a changed one.
      const toMs =
        isClosed || hourMs < progress.hoursThroughMs
          ? Math.min(hourMs + HOUR_MS, part.toMs)
          : part.toMs;
      if (isClosed) closedHours.add(hourMs);
      else live.push({ fromMs, toMs });
      fromMs = toMs;
    }
  }
  return {
    closedHours: [...closedHours],
    live: joinRanges(live),
    includes: (instantMs) => parts.some((p) => instantMs >= p.fromMs && instantMs < p.toMs),
  };
}

function hourOf(hourMs: number): TimeRange {
  return { fromMs: hourMs, toMs: hourMs + HOUR_MS };
}
