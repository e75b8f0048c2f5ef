import type { Freshness } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { CallFigures } from '../domain/call-figures.js';
import { toInstant, type TimeRange } from '../domain/time.js';
import { readFiguresAtOnce, type FiguresAtOnce } from '../stores/figures-at-once.js';
import { readFigures } from '../stores/figures-store.js';
import type { FigureQuery, RangeFigures, WantedRange } from '../stores/range-figures.js';
import { readUserState, type UserState } from '../stores/rollup-progress-store.js';
import { rowsOf, withoutTransaction, type Sql, type Transaction } from '../stores/transaction.js';

/** One user's calls as they stand at one moment; every read of it sees the same state. */
export interface UserSnapshot {
  readonly transaction: Transaction;
  readonly freshness: Freshness;
  /** Calls before it are in the pre-aggregates alone, epoch ms. */
  readonly archivedBeforeMs: number;
  /** Figures of ranges, ascending and none overlapping another, of one project or of all. */
  figures(ranges: readonly WantedRange[], appDid: string | null): Promise<RangeFigures[]>;
  /** Figures of a range. */
  total(range: TimeRange, appDid: string | null): Promise<CallFigures>;
  /** Figures of a range by model key's text. */
  models(range: TimeRange, appDid: string | null): Promise<Map<string, CallFigures>>;
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
  const { dialect, calls, keyNames } = database;
  return database.snapshot(async (trx) => {
    const transaction = { trx, dialect, calls, keyNames };
    const state = await readUserState(transaction, userDid, appDid);
    return read(toSnapshot(transaction, userDid, nowMs, appDid, state));
  });
}

/** Figures of ranges, in their order, with what they go with. */
export interface Answer {
  figures: RangeFigures[];
  freshness: Freshness;
  /** Start of the first call, of the project asked for or of all, epoch ms; `null` if there is none. */
  firstCallAtMs: number | null;
  /** What was read beside. */
  beside: string | null;
}

/** Something to read beside figures, in the same state, as text. */
export type ReadBeside = (transaction: Transaction) => Sql;

/**
 * Figures of ranges at one state of the database, in a single statement: there is no transaction to begin and end. It is
 * made for the state that the user was in the last time, reads the present one with it, and is made anew when it moved.
 */
export async function readAnswer(
  database: Database,
  userDid: string,
  nowMs: number,
  query: FigureQuery,
  readBeside?: ReadBeside,
): Promise<Answer> {
  const { answers } = database;
  const transaction = withoutTransaction(database);
  const beside = readBeside?.(transaction);
  const stateKey = JSON.stringify([userDid, query.appDid]);
  let state = (answers.states.get(stateKey) as UserState | undefined) ?? null;
  state ??= await readUserState(transaction, userDid, query.appDid);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await readFiguresAtOnce(transaction, userDid, state, query, answers, beside);
    answers.states.set(stateKey, answer.state);
    if (answer.figures) return toAnswer({ ...answer, figures: answer.figures }, nowMs);
    if (answer.state === state) break;
    state = answer.state;
  }
  return readSnapshot(
    database,
    userDid,
    nowMs,
    async (snapshot) => ({
      figures: await snapshot.figures(query.ranges, query.appDid),
      freshness: snapshot.freshness,
      firstCallAtMs: await snapshot.firstCallAtMs(query.appDid),
      beside: readBeside ? await readText(snapshot.transaction, readBeside) : null,
    }),
    query.appDid,
  );
}

async function readText(transaction: Transaction, read: ReadBeside): Promise<string | null> {
  const { sql, bindings } = read(transaction);
  const result: unknown = await transaction.trx.raw(
    `${transaction.dialect.selectText} ${sql} as beside`,
    bindings,
  );
  return rowsOf<{ beside: string | null }>(result)[0]?.beside ?? null;
}

/** A state moves with a rollup or a late call; a transaction holds it still. */
const ATTEMPTS = 2;

function toAnswer(
  { state, figures, beside }: FiguresAtOnce & { figures: RangeFigures[] },
  nowMs: number,
): Answer {
  const { firstCallAtMs } = state;
  return { figures, freshness: freshnessOf(state, nowMs), firstCallAtMs, beside };
}

function freshnessOf({ rolledUpThroughMs, progress }: UserState, nowMs: number): Freshness {
  const { archivedBeforeMs } = progress;
  return {
    asOf: toInstant(nowMs),
    rolledUpThrough: rolledUpThroughMs === null ? null : toInstant(rolledUpThroughMs),
    ...(archivedBeforeMs > 0 && { archivedBefore: toInstant(archivedBeforeMs) }),
  };
}

function toSnapshot(
  transaction: Transaction,
  userDid: string,
  nowMs: number,
  firstAppDid: string | null,
  first: UserState,
): UserSnapshot {
  const states = new Map([[firstAppDid, Promise.resolve(first)]]);
  const stateOf = (appDid: string | null): Promise<UserState> => {
    const state = states.get(appDid) ?? readUserState(transaction, userDid, appDid);
    states.set(appDid, state);
    return state;
  };
  const figures: UserSnapshot['figures'] = async (ranges, appDid) =>
    readFigures(transaction, userDid, await stateOf(appDid), { appDid, ranges });
  const whole = async (
    range: TimeRange,
    want: WantedRange['want'],
    appDid: string | null,
  ): Promise<RangeFigures | undefined> => (await figures([{ ...range, want }], appDid))[0];
  return {
    transaction,
    freshness: freshnessOf(first, nowMs),
    archivedBeforeMs: first.progress.archivedBeforeMs,
    figures,
    total: async (range, appDid) =>
      (await whole(range, { total: true }, appDid))?.total ?? new CallFigures(),
    models: async (range, appDid) =>
      (await whole(range, { models: true }, appDid))?.models ?? new Map(),
    series: async (ranges, appDid) => {
      const all = await figures(totalsOf(ranges), appDid);
      return all.map(({ total }) => total);
    },
    firstCallAtMs: async (appDid) => (await stateOf(appDid)).firstCallAtMs,
  };
}

/** Ranges of which the totals are wanted. */
export function totalsOf(ranges: readonly TimeRange[]): WantedRange[] {
  const want = { total: true };
  return ranges.map((range) => ({ ...range, want }));
}
