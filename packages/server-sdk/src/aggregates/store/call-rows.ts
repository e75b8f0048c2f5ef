import { UNASSIGNED_APP_DID, type CallStatus, type CallType } from '../../contract/common.js';
import { CALL_FIELDS } from '../../db/call-source.js';
import type { CountedCall } from '../model/call-figures.js';
import { toExactInteger } from '../../values/exact-integer.js';
import { ModelKeyTexts, toCallType } from '../../values/model-key.js';
import { HOUR_MS, type TimeRange } from '../../values/time.js';
import { getCallSource, splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';
import type { Sql } from '../../db/sql.js';

/** A call as figures are made of it. */
export interface CallRow extends CountedCall {
  /** Empty where {@link CallSelection.hasNames} is false, like the model. */
  appDid: string;
  modelKey: string;
}

/** Which calls of a user are read, and what of them. */
export interface CallSelection {
  /** One project, or `null` for all. */
  appDid: string | null;
  ranges: readonly TimeRange[];
  /** Whether projects and models are read: totals need neither, and they are half of the bytes. */
  hasNames: boolean;
}

type JsonCall = [
  appDid: string | null,
  provider: string | null,
  model: string | null,
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

/** Fields that say which project and model a call is of. */
const NAME_FIELDS: readonly string[] = ['appDid', 'provider', 'model'];

const modelKeys = new ModelKeyTexts();

/** Hands out the calls of one user that started in any of some ranges, in no order. */
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
    decodeCalls(await selectCalls(transaction, userDid, { ...selection, ranges: batch }), visit);
  }
  for (const range of ranges.filter(isLong)) {
    await visitLongRange(transaction, userDid, { ...selection, ranges: [range] }, visit);
  }
}

/** Calls of one user that started in a range that is known to hold few, in no order. */
export async function readCallRows(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): Promise<CallRow[]> {
  const calls: CallRow[] = [];
  const selection = { appDid: null, ranges: [range], hasNames: true };
  decodeCalls(await selectCalls(transaction, userDid, selection), (call) => {
    calls.push(call);
  });
  return calls;
}

/** Reads a long range in windows, each as long as the calls of the one before let it be. */
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
    const text = await selectCalls(transaction, userDid, window);
    const count = decodeCalls(text, visit);
    if (count < FEW_CALLS) windowMs *= 4;
    else if (count > MANY_CALLS) windowMs = Math.max(60_000, windowMs / 2);
    fromMs = toMs;
  }
}

async function selectCalls(
  transaction: Transaction,
  userDid: string,
  selection: CallSelection,
): Promise<string | null> {
  const { sql, bindings } = buildCallsSql(transaction, userDid, selection);
  const [row] = toRows<{ calls: string | null }>(
    await transaction.trx.raw(`${transaction.dialect.selectText} ${sql} as calls`, bindings),
  );
  return row?.calls ?? null;
}

/** An expression that gives calls of one user as one JSON text; `null` where there are none. */
function buildCallsSql(
  transaction: Transaction,
  userDid: string,
  { appDid, ranges, hasNames }: CallSelection,
): Sql {
  const { dialect } = transaction;
  const { table, fields, time, ofUser, ofProject } = getCallSource(transaction);
  const columns = CALL_FIELDS.map((name) => {
    const isRead = hasNames || !NAME_FIELDS.includes(name);
    return `${isRead ? fields[name] : 'null'} as ${name}`;
  }).join(', ');
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
  const type = toCallType(call[3]);
  return {
    appDid: call[0] ?? UNASSIGNED_APP_DID,
    modelKey: call[2] === null ? '' : modelKeys.getText(call[1] ?? '', call[2], type),
    type,
    status: call[4],
    startedAtMs: Math.floor(call[5]),
    durationUs: toInteger(call[6]),
    ttfbUs: toInteger(call[7]),
    inputTokens: toInteger(call[8]),
    outputTokens: toInteger(call[9]),
    totalTokens: toInteger(call[10]),
    creditsE8: call[11] === null ? null : toExactInteger(call[11]),
  };
}

function toInteger(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
