import { KEY_KINDS, ROLLUP_NAME, TABLES } from '../db/tables.js';
import type { RollupProgress } from '../domain/range-cover.js';
import { callsOf, numberOrNull, rowsOf, type Sql, type Transaction } from './transaction.js';

/** How far each grain is built; `null` before the first rollup. Epoch ms, exclusive. */
export interface Watermarks {
  /** Calls before it mark their hour when they are written: it is built, or about to be. */
  hoursThroughMs: number | null;
  /** Hours before it are built. */
  builtThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
  /** Calls before it are in the pre-aggregates alone; the start of an hour. */
  archivedBeforeMs: number | null;
}

type Integer = number | string | null;

interface WatermarkRow {
  hours_through_ms: Integer;
  built_through_ms: Integer;
  days_through_ms: Integer;
  months_through_ms: Integer;
  archived_before_ms: Integer;
}

/** Reads how far the pre-aggregates reach. */
export async function readWatermarks({ trx }: Transaction): Promise<Watermarks> {
  const row = await trx<WatermarkRow & { name: string }>(TABLES.rollups)
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
    archivedBeforeMs: numberOrNull(row?.archived_before_ms ?? null),
  };
}

/** What one user's answers begin with. */
export interface UserState {
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
  /** All of the above as the database gave it: equal texts are equal states. */
  text: string;
}

type JsonState = [
  hoursThroughMs: number | null,
  daysThroughMs: number | null,
  monthsThroughMs: number | null,
  dirty: number[] | null,
  userId: number | null,
  appId: number | null,
  firstCallAtMs: number | null,
  /** Tells states apart between which a changed hour was rebuilt. */
  rebuilds: number | null,
  archivedBeforeMs: number | null,
];

/** Reads all of it in one statement. @param appDid a project, or `null` for all */
export async function readUserState(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
): Promise<UserState> {
  const { sql, bindings } = userStateSql(transaction, userDid, appDid);
  const [row] = rowsOf<{ state: string }>(
    await transaction.trx.raw(`${transaction.dialect.selectText} ${sql} as state`, bindings),
  );
  return toUserState(row?.state ?? '[]');
}

/** An expression that gives the state as text. */
export function userStateSql(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
): Sql {
  const { dialect } = transaction;
  const first = firstCallSql(transaction, userDid, appDid);
  const keyId = `(select id from ${TABLES.keys} where kind = ? and name = ?)`;
  const state = dialect.jsonArray([
    ...['built_through_ms', 'days_through_ms', 'months_through_ms'],
    dialect.jsonOf(
      `(select ${dialect.jsonGroup('hour_ms')} from ${TABLES.dirtyHours} where user_did = ?)`,
    ),
    keyId,
    appDid === null ? 'null' : keyId,
    first.sql,
    `(select rebuilds from ${TABLES.users} where user_did = ?)`,
    'archived_before_ms',
  ]);
  return {
    sql: `(select ${dialect.asText(state)} from ${TABLES.rollups} where name = ?)`,
    bindings: [
      ...[userDid, KEY_KINDS.user, userDid],
      ...(appDid === null ? [] : [KEY_KINDS.project, appDid]),
      ...first.bindings,
      userDid,
      ROLLUP_NAME,
    ],
  };
}

/** Start of the user's first call, in one project or in all, epoch ms; `null` if there is none. */
function firstCallSql(transaction: Transaction, userDid: string, appDid: string | null): Sql {
  const { table, time, isOwn, ofUser, ofProject } = callsOf(transaction);
  const user = ofUser(userDid);
  const projects = appDid === null ? [{ sql: '', bindings: [] }] : ofProject(appDid);
  const parts = projects.map(({ sql, bindings }) => ({
    sql: `select ${time.toMs(`min(${time.column})`)} as first_ms from ${table}
      where ${user.sql} ${sql === '' ? '' : `and ${sql}`}`,
    bindings: [...user.bindings, ...bindings],
  }));
  if (isOwn) {
    parts.push({
      sql: `select min(first_started_at_ms) as first_ms from ${TABLES.archivedFirsts}
        where user_did = ? ${appDid === null ? '' : 'and app_did = ?'}`,
      bindings: [userDid, ...(appDid === null ? [] : [appDid])],
    });
  }
  const sql = parts.map((part) => part.sql).join(' union all ');
  return {
    sql: parts.length === 1 ? `(${sql})` : `(select min(first_ms) from (${sql}) as firsts)`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** The state of a text of {@link userStateSql}. */
export function toUserState(text: string): UserState {
  const state = JSON.parse(text) as Partial<JsonState>;
  const [built, days, months, dirty, userId, appId, first, , archived] = state;
  const never = Number.NEGATIVE_INFINITY;
  return {
    progress: {
      hoursThroughMs: built ?? never,
      daysThroughMs: days ?? never,
      monthsThroughMs: months ?? never,
      // What comes to an archived hour is added when it is rebuilt: its calls alone are not what is in it.
      dirtyHours: [...(dirty ?? [])]
        .filter((ms) => ms >= (archived ?? never))
        .sort((a, b) => a - b),
      archivedBeforeMs: archived ?? never,
    },
    rolledUpThroughMs: built ?? null,
    userId: userId ?? null,
    appId: appId ?? null,
    firstCallAtMs: first ?? null,
    text,
  };
}

/** Moves watermarks; what is left out stays. */
export async function moveWatermarks(
  { trx }: Transaction,
  marks: { hours?: number; built?: number; days?: number; months?: number; archived?: number },
): Promise<void> {
  await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update({
      ...(marks.hours === undefined ? {} : { hours_through_ms: marks.hours }),
      ...(marks.built === undefined ? {} : { built_through_ms: marks.built }),
      ...(marks.days === undefined ? {} : { days_through_ms: marks.days }),
      ...(marks.months === undefined ? {} : { months_through_ms: marks.months }),
      ...(marks.archived === undefined ? {} : { archived_before_ms: marks.archived }),
    });
}
