import { KEY_KINDS, ROLLUP_NAME, TABLES } from '../db/tables.js';
import type { RollupProgress } from '../domain/range-cover.js';
import { callsOf, numberOrNull, rowsOf, type Transaction } from './transaction.js';

/** How far each grain is built; `null` before the first rollup. Epoch ms, exclusive. */
export interface Watermarks {
  /** Calls before it mark their hour when they are written: it is built, or about to be. */
  hoursThroughMs: number | null;
  /** Hours before it are built. */
  builtThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
}

type Integer = number | string | null;

interface WatermarkRow {
  hours_through_ms: Integer;
  built_through_ms: Integer;
  days_through_ms: Integer;
  months_through_ms: Integer;
}

/** Reads how far the pre-aggregates reach. */
export async function readWatermarks({ trx }: Transaction): Promise<Watermarks> {
  const row = await trx<WatermarkRow & { name: string }>(TABLES.rollups)
    .select('hours_through_ms', 'built_through_ms', 'days_through_ms', 'months_through_ms')
    .where('name', ROLLUP_NAME)
    .first();
  return toWatermarks(row);
}

function toWatermarks(row: WatermarkRow | undefined): Watermarks {
  return {
    hoursThroughMs: numberOrNull(row?.hours_through_ms ?? null),
    builtThroughMs: numberOrNull(row?.built_through_ms ?? null),
    daysThroughMs: numberOrNull(row?.days_through_ms ?? null),
    monthsThroughMs: numberOrNull(row?.months_through_ms ?? null),
  };
}

/** What one user's answers begin with. */
export interface UserProgress {
  /** What they may take from the pre-aggregates. */
  progress: RollupProgress;
  /** The watermark to report, epoch ms. */
  rolledUpThroughMs: number | null;
  /** Number of the user in the pre-aggregates; `null` before the first rollup of a call. */
  userId: number | null;
  /** Number of the project asked for. */
  appId: number | null;
  /** Start of the first call, of the project or of all, epoch ms; `null` if there is none. */
  firstCallAtMs: number | null;
}

/** Reads all of it in one statement. @param appDid a project, or `null` for all */
export async function readUserProgress(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
): Promise<UserProgress> {
  const { trx, dialect } = transaction;
  const source = callsOf(transaction);
  const { fields, time } = source;
  const project = appDid === null ? '' : `and ${fields.appDid} = ?`;
  const keyId = `(select id from ${TABLES.keys} where kind = ? and name = ?)`;
  const [row] = rowsOf<
    WatermarkRow & { dirty: string | null; user_id: Integer; app_id: Integer; first: Integer }
  >(
    await trx.raw(
      `select hours_through_ms, built_through_ms, days_through_ms, months_through_ms,
         (select ${dialect.jsonGroup('hour_ms')} from ${TABLES.dirtyHours} where user_did = ?) as dirty,
         ${keyId} as user_id, ${appDid === null ? 'null' : keyId} as app_id,
         (select ${time.toMs(`min(${time.column})`)} from ${source.table}
          where ${fields.userDid} = ? ${project}) as first
       from ${TABLES.rollups} where name = ?`,
      [
        userDid,
        KEY_KINDS.user,
        userDid,
        ...(appDid === null ? [] : [KEY_KINDS.project, appDid]),
        userDid,
        ...(appDid === null ? [] : [appDid]),
        ROLLUP_NAME,
      ],
    ),
  );
  const marks = toWatermarks(row);
  const never = Number.NEGATIVE_INFINITY;
  return {
    progress: {
      hoursThroughMs: marks.builtThroughMs ?? never,
      daysThroughMs: marks.daysThroughMs ?? never,
      monthsThroughMs: marks.monthsThroughMs ?? never,
      dirtyHours: parseHours(row?.dirty ?? null),
    },
    rolledUpThroughMs: marks.builtThroughMs,
    userId: numberOrNull(row?.user_id ?? null),
    appId: numberOrNull(row?.app_id ?? null),
    firstCallAtMs: numberOrNull(row?.first ?? null),
  };
}

function parseHours(text: string | null): number[] {
  if (text === null) return [];
  return (JSON.parse(text) as number[]).sort((a, b) => a - b);
}
