import { UNASSIGNED_APP_DID, type CallStatus, type CallType } from '../contract/common.js';
import { toCallCredits } from '../aggregates/store/call-rows.js';
import { isInTimeRange, listProjectConditions, type CallSource } from '../db/call-source.js';
import { queryJsonRows, type JsonRow, type JsonValue } from '../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import { toExactInteger, type ExactInteger } from '../values/amounts.js';
import { toCallType } from '../values/model-key.js';
import type { TimeRange } from '../values/time.js';

/** A call as failures and repeats are found by it: counters and names, no prompt and no answer. */
export interface RecentCall {
  id: string;
  traceId: string | null;
  appDid: string;
  model: string;
  type: CallType;
  status: CallStatus;
  startedAtMs: number;
  durationUs: number | null;
  inputTokens: number | null;
  /** As `CallFigures` adds them up. */
  credits: ExactInteger | null;
  /** Units of 1e-10 of the database's currency. */
  costE10: ExactInteger | null;
  /** Why a failed call failed, as it was recorded; `null` for others. */
  errorReason: string | null;
}

/** Which calls are read. */
export interface RecentCallQuery extends TimeRange {
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  /** Maximum number of calls, the newest. */
  limit: number;
}

/** Calls, in the order of their start. */
export interface RecentCalls {
  calls: RecentCall[];
  /** All calls of the query from it on were read, epoch ms. */
  fromMs: number;
  /** Whether the range has earlier ones. */
  isTruncated: boolean;
}

/** Calls that are looked at one by one, for failures and repeats: what a response costs does not grow with the range. */
export const MAX_CALLS_READ = 10_000;
/** Characters of an error reason that are read: a longer one says in its beginning why the call failed. */
export const MAX_REASON_LENGTH = 500;

const NAMES = [
  ...['id', 'traceId', 'appDid', 'model', 'type', 'status', 'startedAtMs', 'durationUs'],
  ...['inputTokens', 'creditsE8', 'creditsRestE10', 'costE10', 'errorReason'],
] as const;
type Name = (typeof NAMES)[number];

/**
 * Reads the newest calls of a user in a range, by the index of the user and the start: as many rows as the limit, however many
 * the range has.
 *
 * @throws StatementError when the database fails
 */
export async function readRecentCalls(
  transaction: Transaction,
  userDid: string,
  { projects, limit, ...range }: RecentCallQuery,
): Promise<RecentCalls> {
  if (range.fromMs >= range.toMs || projects?.length === 0) {
    return { calls: [], fromMs: range.fromMs, isTruncated: false };
  }
  const { calls } = transaction;
  // One more than the limit shows whether there are others.
  const from = selectNewest(calls, userDid, { projects, limit: limit + 1, ...range });
  const columns = Object.fromEntries(NAMES.map((name) => [name, name])) as Record<Name, string>;
  const rows = await queryJsonRows<Name>(transaction, columns, sql`(${from}) as recent_calls`);
  const found = rows
    .map(toRecentCall)
    .sort((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
  const extra = found.length > limit ? found[0] : undefined;
  if (!extra) return { calls: found, fromMs: range.fromMs, isTruncated: false };
  // Others of the same millisecond may have been left out.
  return {
    calls: found.filter(({ startedAtMs }) => startedAtMs > extra.startedAtMs),
    fromMs: extra.startedAtMs + 1,
    isTruncated: true,
  };
}

function selectNewest(
  calls: CallSource,
  userDid: string,
  { projects, limit, ...range }: RecentCallQuery,
): Sql {
  const conditions = (projects ?? [null]).flatMap((appDid) =>
    listProjectConditions(calls, userDid, appDid),
  );
  const { fields, page, time } = calls;
  const expressions: Record<Name, string> = {
    id: page.id,
    traceId: page.trace_id,
    appDid: fields.appDid,
    model: fields.model,
    type: fields.type,
    status: fields.status,
    startedAtMs: fields.startedAtMs,
    durationUs: fields.durationUs,
    inputTokens: fields.inputTokens,
    creditsE8: fields.creditsE8,
    creditsRestE10: fields.creditsRestE10,
    costE10: fields.costE10,
    errorReason: `case when ${fields.status} = 'failed' then substr(${page.error_reason}, 1, ${MAX_REASON_LENGTH}) end`,
  };
  const columns = NAMES.map((name) => `${expressions[name]} as ${name}`).join(', ');
  const select = verbatim(`select ${columns} from ${calls.table}`);
  const end = sql`${verbatim(`order by ${time.column} desc`)} limit ${limit}`;
  const parts = conditions.map(
    (project) =>
      sql`${select} where ${calls.ofUser(userDid)} and ${isInTimeRange(calls, range)} ${project} ${end}`,
  );
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const union = parts.map(
    (part, index) => sql`select * from (${part}) as ${verbatim(`part_${index}`)}`,
  );
  const order = verbatim('order by startedAtMs desc');
  return sql`select * from (${joinSql(union, ' union all ')}) as parts ${order} limit ${limit}`;
}

function toRecentCall(row: JsonRow<Name>): RecentCall {
  return {
    id: String(row.get('id')),
    traceId: toText(row.get('traceId')),
    appDid: toText(row.get('appDid')) ?? UNASSIGNED_APP_DID,
    model: toText(row.get('model')) ?? '',
    type: toCallType(String(row.get('type'))),
    status: row.get('status') as CallStatus,
    startedAtMs: Math.floor(Number(row.get('startedAtMs'))),
    durationUs: toInteger(row.get('durationUs')),
    inputTokens: toInteger(row.get('inputTokens')),
    credits: toCallCredits(row.get('creditsE8'), row.get('creditsRestE10')),
    costE10: toExact(row.get('costE10')),
    errorReason: toText(row.get('errorReason')),
  };
}

function toText(value: JsonValue): string | null {
  return value === null ? null : String(value);
}

function toInteger(value: JsonValue): number | null {
  return value === null ? null : Math.round(Number(value));
}

function toExact(value: JsonValue): ExactInteger | null {
  return value === null ? null : toExactInteger(String(value));
}
