import { ALL, GRAINS, KEY_KINDS, ROLLUP_NAME, SCOPES, TABLES, type Scope } from '../db/tables.js';
import type { CallFigures } from '../domain/call-figures.js';
import { modelKeyToText, type ModelKey } from '../domain/model-key.js';
import type { Grain } from '../domain/range-cover.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import {
  figuresOfCalls,
  figuresOfStats,
  numberOrNull,
  sumOfCalls,
  sumOfStats,
  type FigureRow,
} from './figure-columns.js';
import { ensureKeys } from './key-store.js';
import { rowsOf, upsertRows, type Transaction } from './transaction.js';

/** Figures of one user's calls of one model in one project. */
export interface ProjectModelFigures {
  userDid: string;
  appDid: string;
  modelKey: string;
  figures: CallFigures;
}

/** Figures of one scope of one user, by the names of the pre-aggregate's key; `null` is "all". */
export interface ScopeFigures {
  userDid: string;
  scope: Scope;
  appDid: string | null;
  modelKey: string | null;
  figures: CallFigures;
}

type SourceRow = FigureRow & {
  user_did: string;
  app_did: string;
  provider: string;
  model: string;
  type: ModelKey['type'];
};

/** Sums the calls of a range by user, project and model. For the rollup alone: it reads every user, or those named. */
export async function sumCallsOfRange(
  { trx, dialect }: Transaction,
  range: TimeRange,
  userDids: readonly string[] | null,
): Promise<ProjectModelFigures[]> {
  const keys = 'user_did, app_did, provider, model, type';
  const users = userDids === null ? '' : `and user_did in (${userDids.map(() => '?').join(', ')})`;
  const rows: SourceRow[] = rowsOf(
    await trx.raw(
      `select ${keys}, ${sumOfCalls(dialect)} from ${TABLES.calls}
       where started_at_ms >= ? and started_at_ms < ? ${users} group by ${keys}`,
      [range.fromMs, range.toMs, ...(userDids ?? [])],
    ),
  );
  return rows.map((row) => ({
    userDid: row.user_did,
    appDid: row.app_did,
    modelKey: modelKeyToText(row),
    figures: figuresOfCalls(row),
  }));
}

/** Start of the earliest call at or after an instant, of any user; `null` if there is none. */
export async function findNextCallAt({ trx }: Transaction, fromMs: number): Promise<number | null> {
  const [row] = await trx(TABLES.calls)
    .where('started_at_ms', '>=', fromMs)
    .min<{ first: number | string | null }[]>({ first: 'started_at_ms' });
  return numberOrNull(row?.first ?? null);
}

/** Start of the next hour, from one on, with a call or a row of any grain; `null` if there is none. */
export async function findNextActiveHour(
  { trx }: Transaction,
  fromMs: number,
  userDid: string | null,
): Promise<number | null> {
  const calls = trx(TABLES.calls).where('started_at_ms', '>=', fromMs);
  const stats = trx(TABLES.stats).where('bucket', '>=', fromMs / HOUR_MS);
  if (userDid !== null) {
    void calls.where('user_did', userDid);
    const userId = trx(TABLES.keys).select('id').where({ kind: KEY_KINDS.user, name: userDid });
    void stats.where('user_id', userId);
  }
  const [call] = await calls.min<{ first: number | string | null }[]>({ first: 'started_at_ms' });
  const hours: number[] = [];
  for (const grain of Object.values(GRAINS)) {
    const [row] = await stats
      .clone()
      .where({ grain })
      .min<{ first: number | string | null }[]>({ first: 'bucket' });
    const bucket = numberOrNull(row?.first ?? null);
    if (bucket !== null) hours.push(bucket * HOUR_MS);
  }
  const callMs = numberOrNull(call?.first ?? null);
  if (callMs !== null) hours.push(floorTo(HOUR_MS, callMs));
  return hours.length === 0 ? null : Math.min(...hours);
}

/** Replaces all rows of one bucket, of every user or of those named. */
export async function replaceBucket(
  transaction: Transaction,
  grain: Grain,
  bucketMs: number,
  rows: readonly ScopeFigures[],
  userDids: readonly string[] | null,
): Promise<void> {
  const bucket = bucketMs / HOUR_MS;
  const stale = transaction.trx(TABLES.stats).where({ grain: GRAINS[grain], bucket });
  if (userDids !== null) {
    const userIds = await ensureKeys(transaction, 'user', new Set(userDids));
    void stale.whereIn(
      'user_id',
      userDids.map((userDid) => userIds.get(userDid) ?? ALL),
    );
  }
  await stale.delete();

  const users = await ensureKeys(transaction, 'user', namesOf(rows, 'userDid'));
  const projects = await ensureKeys(transaction, 'project', namesOf(rows, 'appDid'));
  const models = await ensureKeys(transaction, 'model', namesOf(rows, 'modelKey'));
  const idOf = (ids: ReadonlyMap<string, number>, name: string | null): number =>
    name === null ? ALL : (ids.get(name) ?? ALL);
  const records = rows.map((row) => ({
    user_id: idOf(users, row.userDid),
    scope: SCOPES[row.scope],
    grain: GRAINS[grain],
    bucket,
    app_id: idOf(projects, row.appDid),
    model_id: idOf(models, row.modelKey),
    ...toColumns(row.figures),
  }));
  records.sort(byKey);
  await upsertRows(transaction, TABLES.stats, KEY, records);
}

const KEY = ['user_id', 'scope', 'grain', 'bucket', 'app_id', 'model_id'] as const;
type KeyColumns = Record<(typeof KEY)[number], number>;

/** In the order of the primary key, pages of the table fill up instead of splitting. */
function byKey(a: KeyColumns, b: KeyColumns): number {
  for (const column of KEY) {
    if (a[column] !== b[column]) return a[column] - b[column];
  }
  return 0;
}

function namesOf(
  rows: readonly ScopeFigures[],
  field: 'userDid' | 'appDid' | 'modelKey',
): Set<string> {
  return new Set(rows.flatMap((row) => row[field] ?? []));
}

function toColumns(figures: CallFigures): Record<string, unknown> {
  return {
    calls: figures.calls,
    successful_calls: figures.successfulCalls,
    failed_calls: figures.failedCalls,
    input_tokens: figures.inputTokens,
    output_tokens: figures.outputTokens,
    total_tokens: figures.totalTokens,
    // As text: a JSON number above 2^53 would lose digits on its way; the column turns it back into an integer.
    credits_e8: figures.creditsE8.toString(),
    duration_us: figures.durationUs,
    duration_samples: figures.durationSamples,
    min_duration_us: figures.minDurationUs,
    max_duration_us: figures.maxDurationUs,
    last_started_at_ms: figures.lastStartedAtMs,
    durations: figures.durations.toText(),
  };
}

type StatsRow = FigureRow & {
  user_did: string;
  scope: number;
  app_did: string | null;
  model_key: string | null;
};

/** Sums the rows of one grain whose buckets start in a range, by scope: what a coarser bucket holds. */
export async function sumStatsOfRange(
  { trx, dialect }: Transaction,
  grain: Grain,
  range: TimeRange,
  userDids: readonly string[] | null,
): Promise<ScopeFigures[]> {
  const users =
    userDids === null
      ? ''
      : `and user_id in (select id from ${TABLES.keys} where kind = ${KEY_KINDS.user}
         and name in (${userDids.map(() => '?').join(', ')}))`;
  const rows: StatsRow[] = rowsOf(
    await trx.raw(
      `select users.name as user_did, sums.scope, projects.name as app_did, models.name as model_key, sums.*
       from (select user_id, scope, app_id, model_id, ${sumOfStats(dialect)} from ${TABLES.stats}
             where grain = ? and bucket >= ? and bucket < ? ${users}
             group by user_id, scope, app_id, model_id) as sums
       join ${TABLES.keys} as users on users.id = sums.user_id
       left join ${TABLES.keys} as projects on projects.id = sums.app_id
       left join ${TABLES.keys} as models on models.id = sums.model_id`,
      [GRAINS[grain], range.fromMs / HOUR_MS, range.toMs / HOUR_MS, ...(userDids ?? [])],
    ),
  );
  return rows.map((row) => ({
    userDid: row.user_did,
    scope: scopeOfCode(Number(row.scope)),
    appDid: row.app_did,
    modelKey: row.model_key,
    figures: figuresOfStats(row),
  }));
}

function scopeOfCode(code: number): Scope {
  const found = (Object.keys(SCOPES) as Scope[]).find((scope) => SCOPES[scope] === code);
  if (found === undefined) throw new TypeError(`Unknown scope ${code} in ${TABLES.stats}`);
  return found;
}

/** Moves a watermark. */
export async function moveWatermark(
  { trx }: Transaction,
  grain: Grain,
  throughMs: number,
): Promise<void> {
  const columns = { hour: 'hours_through_ms', day: 'days_through_ms', month: 'months_through_ms' };
  await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update({ [columns[grain]]: throughMs });
}
