import { UNASSIGNED_APP_DID, type CallStatus, type CallType } from '../../contract/common.js';
import { CALL_FIELDS } from '../../db/call-source.js';
import type { CountedCall } from '../model/call-figures.js';
import { toExact } from '../../values/exact-integer.js';
import { ModelKeyTexts, toCallType } from '../../values/model-key.js';
import { HOUR_MS, type TimeRange } from '../../values/time.js';
import { callsOf, chunksOf, rowsOf, type Sql, type Transaction } from '../../db/transaction.js';

/** A call as figures are made of it. */
export interface CallRow extends CountedCall {
  userDid: string;
  appDid: string;
  modelKey: string;
  type: CallType;
}

type JsonCall = [
  userDid: string,
  appDid: string | null,
  provider: string | null,
  model: string,
  type: CallType,
  status: CallStatus,
  startedAtMs: number,
  durationUs: number | null,
  ttfbUs: number | null,
  inputTokens: number | null,
  outputTokens: number | null,
  totalTokens: number | null,
  creditsE8: string | null,
];

/** Parts of one statement: SQLite allows 500 in a compound select, and a plan of hundreds is slow to make. */
const RANGES_PER_STATEMENT = 40;
/** A longer range is read in windows, so that an answer over calls that were never rolled up needs little memory. */
const LONG_RANGE_MS = 2 * HOUR_MS;
const FEW_CALLS = 2000;
const MANY_CALLS = 20_000;

const modelKeys = new ModelKeyTexts();

/** Calls of one user that started in any of some ranges, in no order. @param appDid one project, or `null` for all */
export async function visitCalls(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  ranges: readonly TimeRange[],
  visit: (call: CallRow) => void,
): Promise<void> {
  const isLong = ({ fromMs, toMs }: TimeRange): boolean => toMs - fromMs > LONG_RANGE_MS;
  const short = ranges.filter((range) => !isLong(range));
  for (const batch of chunksOf(RANGES_PER_STATEMENT, short)) {
    decodeCalls(await selectCalls(transaction, userDid, appDid, batch), visit);
  }
  for (const range of ranges.filter(isLong)) {
    await visitLongRange(transaction, userDid, appDid, range, visit);
  }
}

/** Calls of one user that started in a range that is known to hold few, in no order. */
export async function readCallRows(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): Promise<CallRow[]> {
  const calls: CallRow[] = [];
  decodeCalls(await selectCalls(transaction, userDid, null, [range]), (call) => {
    calls.push(call);
  });
  return calls;
}

/** Reads a long range in windows, each as long as the calls of the one before let it be. */
async function visitLongRange(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  range: TimeRange,
  visit: (call: CallRow) => void,
): Promise<void> {
  let fromMs = range.fromMs;
  let windowMs = LONG_RANGE_MS;
  while (fromMs < range.toMs) {
    const toMs = Math.min(fromMs + windowMs, range.toMs);
    const text = await selectCalls(transaction, userDid, appDid, [{ fromMs, toMs }]);
    const count = decodeCalls(text, visit);
    if (count < FEW_CALLS) windowMs *= 4;
    else if (count > MANY_CALLS) windowMs = Math.max(60_000, windowMs / 2);
    fromMs = toMs;
  }
}

async function selectCalls(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  ranges: readonly TimeRange[],
): Promise<string | null> {
  const { sql, bindings } = callsSql(transaction, userDid, appDid, ranges);
  const [row] = rowsOf<{ calls: string | null }>(
    await transaction.trx.raw(`${transaction.dialect.selectText} ${sql} as calls`, bindings),
  );
  return row?.calls ?? null;
}

/** An expression that gives calls of one user as one JSON text; `null` where there are none. */
function callsSql(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  ranges: readonly TimeRange[],
): Sql {
  const { dialect } = transaction;
  const { table, fields, time, ofUser, ofProject } = callsOf(transaction);
  const columns = CALL_FIELDS.map((name) => `${fields[name]} as ${name}`).join(', ');
  const user = ofUser(userDid);
  const projects = appDid === null ? [{ sql: '', bindings: [] }] : ofProject(appDid);
  const parts = ranges.flatMap(({ fromMs, toMs }) =>
    projects.map((project) => ({
      sql: `select ${columns} from ${table} where ${user.sql}
        and ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
        ${project.sql === '' ? '' : `and ${project.sql}`}`,
      bindings: [...user.bindings, time.bound(fromMs), time.bound(toMs), ...project.bindings],
    })),
  );
  return {
    sql: `(select ${dialect.jsonGroup(dialect.jsonArray(CALL_FIELDS))}
      from (${parts.map(({ sql }) => sql).join(' union all ')}) as calls_in_range)`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** Hands out the calls of a JSON text. @returns how many */
function decodeCalls(text: string | null, visit: (call: CallRow) => void): number {
  if (text === null) return 0;
  const calls = JSON.parse(text) as JsonCall[];
  for (const call of calls) visit(toCallRow(call));
  return calls.length;
}

/** What other programs write is taken as integers: SQLite stores fractions in any column. */
function toCallRow(call: JsonCall): CallRow {
  // Another program may have written a type that is none.
  const type = toCallType(call[4]);
  return {
    userDid: call[0],
    appDid: call[1] ?? UNASSIGNED_APP_DID,
    modelKey: modelKeys.of(call[2] ?? '', call[3], type),
    type,
    status: call[5],
    startedAtMs: Math.floor(call[6]),
    durationUs: toInteger(call[7]),
    ttfbUs: toInteger(call[8]),
    inputTokens: toInteger(call[9]),
    outputTokens: toInteger(call[10]),
    totalTokens: toInteger(call[11]),
    creditsE8: call[12] === null ? null : toExact(call[12]),
  };
}

function toInteger(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
