import { UNASSIGNED_APP_DID, type CallStatus } from '../../contract/common.js';
import {
  CALL_FIELDS,
  isInTimeRange,
  listProjectConditions,
  type CallField,
} from '../../db/call-source.js';
import type { CountedCall } from '../model/call-figures.js';
import { joinCredits, toExactInteger, type ExactInteger } from '../../values/amounts.js';
import { ModelKeyTexts, toCallType } from '../../values/model-key.js';
import { HOUR_MS, type TimeRange } from '../../values/time.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { queryJsonRows, type JsonRow, type JsonValue } from '../../db/executor.js';
import { joinSql, sql, verbatim } from '../../db/sql.js';

/** A call with the fields that figures are computed from. */
export interface CallRow extends CountedCall {
  /** Empty where {@link CallSelection.hasNames} is false, like the model. */
  appDid: string;
  modelKey: string;
}

/** Which calls of a user are read, and which of their fields. */
export interface CallSelection {
  /** One project, or `null` for all. */
  appDid: string | null;
  ranges: readonly TimeRange[];
  /** Whether projects and models are read: totals need neither, and they are half of the bytes. */
  hasNames: boolean;
}

/** SQLite allows 500 selects in a compound one, and a plan of hundreds is slow to make. */
const RANGES_PER_STATEMENT = 40;
/** A longer range is read in windows, so that figures of calls that were never rolled up need little memory. */
const LONG_RANGE_MS = 2 * HOUR_MS;
const FEW_CALLS = 2000;
const MANY_CALLS = 20_000;

/** Fields of the project and the model of a call. */
const NAME_FIELDS: readonly string[] = ['appDid', 'provider', 'model'];

const modelKeys = new ModelKeyTexts();

/**
 * Reads the calls of one user that started in any of some ranges, and passes each to a function, in no order.
 *
 * @throws StatementError when the database fails
 */
export async function visitCalls(
  transaction: Transaction,
  userDid: string,
  selection: CallSelection,
  visit: (call: CallRow) => void,
): Promise<void> {
  const { ranges } = selection;
  const isLong = ({ fromMs, toMs }: TimeRange): boolean => toMs - fromMs > LONG_RANGE_MS;
  const short = ranges.filter((range) => !isLong(range));
  for (const batch of splitIntoChunks(RANGES_PER_STATEMENT, short)) {
    const rows = await selectCalls(transaction, userDid, { ...selection, ranges: batch });
    for (const row of rows) visit(toCallRow(row));
  }
  for (const range of ranges.filter(isLong)) {
    await visitLongRange(transaction, userDid, { ...selection, ranges: [range] }, visit);
  }
}

/** Reads the calls of one user that started in a range that is known to have few, in no order. */
export async function readCallRows(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): Promise<CallRow[]> {
  const selection = { appDid: null, ranges: [range], hasNames: true };
  return (await selectCalls(transaction, userDid, selection)).map(toCallRow);
}

/** Reads a long range in windows, each sized by the number of calls in the one before. */
async function visitLongRange(
  transaction: Transaction,
  userDid: string,
  { ranges, ...selection }: CallSelection,
  visit: (call: CallRow) => void,
): Promise<void> {
  const [range] = ranges;
  if (!range) return;
  let fromMs = range.fromMs;
  let windowMs = LONG_RANGE_MS;
  while (fromMs < range.toMs) {
    const toMs = Math.min(fromMs + windowMs, range.toMs);
    const window = { ...selection, ranges: [{ fromMs, toMs }] };
    const rows = await selectCalls(transaction, userDid, window);
    for (const row of rows) visit(toCallRow(row));
    if (rows.length < FEW_CALLS) windowMs *= 4;
    else if (rows.length > MANY_CALLS) windowMs = Math.max(60_000, windowMs / 2);
    fromMs = toMs;
  }
}

/** Reads calls as rows of {@link CALL_FIELDS}. */
function selectCalls(
  transaction: Transaction,
  userDid: string,
  { appDid, ranges, hasNames }: CallSelection,
): Promise<JsonRow<CallField>[]> {
  const { calls } = transaction;
  const columns = CALL_FIELDS.map((name) => {
    const isRead = hasNames || !NAME_FIELDS.includes(name);
    return `${isRead ? calls.fields[name] : 'null'} as ${name}`;
  });
  const select = verbatim(`select ${columns.join(', ')} from ${calls.table}`);
  const projects = listProjectConditions(calls, userDid, appDid);
  const parts = ranges.flatMap((range) =>
    projects.map(
      (project) =>
        sql`${select} where ${calls.ofUser(userDid)} and ${isInTimeRange(calls, range)} ${project}`,
    ),
  );
  const fields = Object.fromEntries(CALL_FIELDS.map((name) => [name, name]));
  const from = sql`(${joinSql(parts, ' union all ')}) as calls_in_range`;
  return queryJsonRows(transaction, fields as Record<CallField, string>, from);
}

/** Integers where other programs wrote fractions, which SQLite stores in any column. */
function toCallRow(row: JsonRow<CallField>): CallRow {
  // Another program may have written a type that is not known.
  const type = toCallType(String(row.get('type')));
  const model = row.get('model');
  return {
    appDid: toText(row.get('appDid')) ?? UNASSIGNED_APP_DID,
    modelKey:
      model === null
        ? ''
        : modelKeys.getText(toText(row.get('provider')) ?? '', String(model), type),
    type,
    status: row.get('status') as CallStatus,
    startedAtMs: Math.floor(Number(row.get('startedAtMs'))),
    durationUs: toInteger(row.get('durationUs')),
    ttfbUs: toInteger(row.get('ttfbUs')),
    inputTokens: toInteger(row.get('inputTokens')),
    outputTokens: toInteger(row.get('outputTokens')),
    totalTokens: toInteger(row.get('totalTokens')),
    creditsE10: toCallCredits(row.get('creditsE8'), row.get('creditsRestE10')),
    cachedInputTokens: toInteger(row.get('cachedInputTokens')),
    cacheWriteTokens: toInteger(row.get('cacheWriteTokens')),
    reasoningTokens: toInteger(row.get('reasoningTokens')),
    costE10: toExact(row.get('costE10')),
  };
}

/** Credits of the fields `creditsE8` and `creditsRestE10`, units of 1e-10; a call of another program may have the latter only. */
export function toCallCredits(units: JsonValue, rest: JsonValue): ExactInteger | null {
  const [unitsE8, restE10] = [toExact(units), toExact(rest)];
  return unitsE8 === null ? restE10 : joinCredits(unitsE8, restE10);
}

function toText(value: JsonValue): string | null {
  return value === null ? null : String(value);
}

function toExact(value: JsonValue): ExactInteger | null {
  return value === null ? null : toExactInteger(String(value));
}

function toInteger(value: JsonValue): number | null {
  return value === null ? null : Math.round(Number(value));
}
