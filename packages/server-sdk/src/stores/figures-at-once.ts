import type { AnswerCache } from '../db/answer-cache.js';
import { TABLES } from '../db/tables.js';
import { coverRange } from '../domain/range-cover.js';
import { rawHoursOf, type RawHours } from '../domain/raw-hours.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import {
  callsSql,
  decodeCalls,
  fitOneStatement,
  type CallRow,
  type NumberedCall,
} from './call-rows.js';
import { answerableRanges, segmentsOf, sumRows } from './figures-store.js';
import { KeptCalls, type CallsAtHand } from './kept-calls.js';
import {
  FiguresAdder,
  copyFigures,
  indexOfRange,
  settleFigures,
  type FigureQuery,
  type RangeFigures,
} from './range-figures.js';
import { toUserState, userStateSql, type UserState } from './rollup-progress-store.js';
import { parseStats, statsSql, toStatements } from './stats-rows.js';
import { callsOf, numberOrNull, rowsOf, type Sql, type Transaction } from './transaction.js';

const NOTHING: Sql = { sql: 'null', bindings: [] };

/** Figures, unless they cannot be had so, and the state that there was. */
export interface FiguresAtOnce {
  state: UserState;
  figures: RangeFigures[] | null;
  beside: string | null;
}

/**
 * Figures in one statement that needs no transaction: it also reads the state, which must be the one that it was made for.
 * What of them cannot change in that state, the pre-aggregates and the calls of closed hours that a range cuts through, is
 * kept for the next time; what is left to read then is the state and the calls that came or ended since.
 *
 * @param state the state as it was a moment ago
 * @param beside something else to read in the same state, as text
 * @returns the figures with the state they belong to; `figures` is `null` when the state was another, or when what is to be
 *   read is too much for one statement
 */
export async function readFiguresAtOnce(
  transaction: Transaction,
  userDid: string,
  state: UserState,
  query: FigureQuery,
  cache: AnswerCache,
  beside: Sql = NOTHING,
): Promise<FiguresAtOnce> {
  const { appDid } = query;
  const ranges = answerableRanges(query.ranges, state.progress);
  const answered = { appDid, ranges };
  const covers = ranges.map((range) => coverRange(range, state.progress));
  const keyOf = (...parts: unknown[]): string =>
    JSON.stringify([userDid, appDid, state.text, ...parts]);
  const closedKey = keyOf(covers.map(({ rollups }, index) => [ranges[index]?.want, rollups]));
  const closed = cache.get(closedKey) as RangeFigures[] | undefined;
  const segments = closed ? [] : segmentsOf(answered, covers);
  const hours = rawHoursOf(covers, state.progress);
  const kept = new KeptCalls(cache, keyOf, hours);
  const missing = kept.missingHours.map(hourOf);
  if (toStatements(segments).length > 1 || !fitOneStatement([...missing, ...hours.live])) {
    return { state, figures: null, beside: null };
  }

  const liveToRead = kept.liveToRead(transaction.dialect.rowNumber !== null);
  const row = await selectAtOnce(transaction, userDid, {
    state: userStateSql(transaction, userDid, appDid),
    stats: statsSql(transaction.dialect, state, appDid !== null, segments),
    closed: callsSql(transaction, userDid, appDid, missing),
    live: unlessVersion(
      userDid,
      kept.liveVersion,
      callsSql(transaction, userDid, appDid, liveToRead, kept.liveKnown),
    ),
    beside,
  });
  if (row.state !== state.text) {
    return { state: toUserState(row.state), figures: null, beside: null };
  }
  if (kept.isOutdated(row.mark)) {
    kept.dropLive();
    return readFiguresAtOnce(transaction, userDid, state, query, cache, beside);
  }

  let base = closed;
  if (!base) {
    base = await sumRows(transaction, answered, parseStats(row.stats));
    cache.set(closedKey, base, settleFigures(base));
  }
  const figures = copyFigures(base);
  const read: NumberedCall[] = [];
  for (const text of [row.closed, row.live]) {
    decodeCalls(text, (call, rowNumber) => read.push({ call, rowNumber }));
  }
  const adder = new FiguresAdder(ranges, figures);
  const { mark, through, version } = row;
  addCalls(adder, hours, kept.add(read, { mark, through: numberOrNull(through), version }));
  kept.keep();
  return { state, figures, beside: row.beside };
}

/** Adds those calls that are asked for; of an hour that is in one range as a whole, their sums. */
function addCalls(adder: FiguresAdder, asked: RawHours, { calls, hours }: CallsAtHand): void {
  const addEach = (some: readonly CallRow[]): void => {
    for (const call of some) if (asked.includes(call.startedAtMs)) adder.addCall(call);
  };
  addEach(calls);
  for (const hour of hours) {
    const index = indexOfRange(adder.ranges, hour.firstMs);
    const want = adder.ranges[index]?.want;
    const isWhole =
      asked.includes(hour.firstMs, hour.lastMs) &&
      indexOfRange(adder.ranges, hour.lastMs) === index;
    if (want && isWhole) adder.addSums(index, hour.sums(want));
    else addEach(hour.calls);
  }
}

interface AtOnce {
  state: string;
  /** See `Dialect.callsMark`; `null` where calls may change without a trace. */
  mark: string | null;
  /** The version of the user's data, see `readDataVersions`; `null` as `mark`. */
  version: string | null;
  stats: string | null;
  closed: string | null;
  live: string | null;
  /** See `RowNumber.through`. */
  through: number | string | null;
  beside: string | null;
}

async function selectAtOnce(
  transaction: Transaction,
  userDid: string,
  read: Record<'state' | 'stats' | 'closed' | 'live' | 'beside', Sql>,
): Promise<AtOnce> {
  const { dialect } = transaction;
  const ofOwn = (sql: string): Sql =>
    callsOf(transaction).isOwn ? { sql, bindings: [userDid] } : NOTHING;
  const parts = {
    ...read,
    mark: ofOwn(dialect.callsMark),
    version: ofOwn(dialect.integerAsText(VERSION)),
    through: { sql: dialect.rowNumber?.through ?? 'null', bindings: [] },
  };
  const columns = Object.entries(parts).map(([name, { sql }]) => `${sql} as ${name}`);
  const [row] = rowsOf<AtOnce>(
    await transaction.trx.raw(
      `${transaction.dialect.selectText} ${columns.join(', ')}`,
      Object.values(parts).flatMap(({ bindings }) => bindings),
    ),
  );
  if (!row) throw new TypeError('A statement without a table has one row');
  return row;
}

/** Of calls that were there before their table was watched, 0. */
const VERSION = `coalesce((select version from ${TABLES.users} where user_did = ?), 0)`;

/** Nothing, without a look at the calls, while the version of the user's data is still the one given. */
function unlessVersion(userDid: string, version: string | null, { sql, bindings }: Sql): Sql {
  if (version === null) return { sql, bindings };
  return {
    sql: `case when ${VERSION} = ? then null else ${sql} end`,
    bindings: [userDid, Number(version), ...bindings],
  };
}

function hourOf(hourMs: number): TimeRange {
  return { fromMs: hourMs, toMs: hourMs + HOUR_MS };
}
