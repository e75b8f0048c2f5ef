import { UNASSIGNED_APP_DID, type CallStatus, type CallType } from '../contract/common.js';
import { CALL_FIELDS } from '../db/call-source.js';
import type { RowNumber } from '../db/dialect.js';
import type { CountedCall } from '../domain/call-figures.js';
import { toExact } from '../domain/exact-integer.js';
import { ModelKeyTexts, toCallType } from '../domain/model-key.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { callsOf, chunksOf, rowsOf, type Sql, type Transaction } from './transaction.js';

/** A call as figures are made of it. */
export interface CallRow extends CountedCall {
  userDid: string;
  appDid: string;
  modelKey: string;
  type: CallType;
}

/** What of some calls need not be read again. */
export interface KnownRows {
  /** Rows numbered higher are to be read. */
  through: number;
  /** Rows that are to be read again, because their calls were under way. */
  open: readonly number[];
}

/** A call with the number of its row, where rows have one. */
export interface NumberedCall {
  call: CallRow;
  rowNumber: number | null;
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
  inputTokens: number | null,
  outputTokens: number | null,
  totalTokens: number | null,
  creditsE8: string | null,
  /** See `Dialect.rowNumber`. */
  rowNumber?: number | null,
];

/** Parts of one statement: SQLite allows 500 in a compound select, and a plan of hundreds is slow to make. */
const RANGES_PER_STATEMENT = 40;
/** A longer range is read in windows, so that an answer over calls that were never rolled up needs little memory. */
const LONG_RANGE_MS = 2 * HOUR_MS;
const FEW_CALLS = 2000;
const MANY_CALLS = 20_000;

const modelKeys = new ModelKeyTexts();
const NOTHING: Sql = { sql: '', bindings: [] };

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

/** Whether the calls of ranges are few enough for one statement, see {@link callsSql}. */
export function fitOneStatement(ranges: readonly TimeRange[]): boolean {
  return (
    ranges.length <= RANGES_PER_STATEMENT &&
    ranges.every(({ fromMs, toMs }) => toMs - fromMs <= LONG_RANGE_MS)
  );
}

/**
 * An expression that gives calls of one user as one JSON text; `null` where there are none.
 *
 * @param known what is left out, and the numbers of rows with the rest; where rows have no number, all
 */
export function callsSql(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  ranges: readonly TimeRange[],
  known: KnownRows | null = null,
): Sql {
  if (ranges.length === 0) return { sql: 'null', bindings: [] };
  const { dialect } = transaction;
  const { table, fields, time, isOwn, ofUser, ofProject } = callsOf(transaction);
  const rowNumber = known === null || !isOwn ? null : dialect.rowNumber;
  const named: { name: string; sql: string }[] = CALL_FIELDS.map((name) => ({
    name,
    sql: fields[name],
  }));
  if (rowNumber !== null) named.push({ name: 'rowNumber', sql: rowNumber.of });
  const columns = named.map(({ name, sql }) => `${sql} as ${name}`).join(', ');
  const isNew = known && rowNumber ? unknownRow(rowNumber, known) : NOTHING;
  const user = ofUser(userDid);
  const projects = appDid === null ? [NOTHING] : ofProject(appDid);
  const parts = ranges.flatMap(({ fromMs, toMs }) =>
    projects.map((project) => ({
      sql: `select ${columns} from ${table} where ${user.sql}
        and ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
        ${project.sql === '' ? '' : `and ${project.sql}`} ${isNew.sql}`,
      bindings: [
        ...user.bindings,
        time.bound(fromMs),
        time.bound(toMs),
        ...project.bindings,
        ...isNew.bindings,
      ],
    })),
  );
  return {
    sql: `(select ${dialect.jsonGroup(dialect.jsonArray(named.map(({ name }) => name)))}
      from (${parts.map(({ sql }) => sql).join(' union all ')}) as calls_in_range)`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** Bound, so that the text stays the same as calls are added. */
function unknownRow(rowNumber: RowNumber, { through, open }: KnownRows): Sql {
  if (through === 0) return NOTHING;
  const isOpen = rowNumber.isOpen(open);
  // With a sign, so that it is never what rows are found by.
  return {
    sql: `and (+${rowNumber.of} > ? or ${isOpen.sql})`,
    bindings: [through, ...isOpen.bindings],
  };
}

/** Calls of every user that started in a range, or of those named. For the rollup alone. @returns JSON of calls */
export async function selectCallsOfAll(
  transaction: Transaction,
  range: TimeRange,
  userDids: readonly string[] | null,
): Promise<string | null> {
  const { trx, dialect } = transaction;
  const { table, fields, time, everyone } = callsOf(transaction);
  const [from, users] =
    userDids === null
      ? [everyone.from, everyone.where]
      : [table, `${fields.userDid} in (${userDids.map(() => '?').join(', ')})`];
  const [row] = rowsOf<{ calls: string | null }>(
    await trx.raw(
      `${dialect.selectText} ${dialect.jsonGroup(dialect.jsonArray(CALL_FIELDS.map((field) => fields[field])))} as calls
       from ${from} where ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
         and ${users}`,
      [time.bound(range.fromMs), time.bound(range.toMs), ...(userDids ?? [])],
    ),
  );
  return row?.calls ?? null;
}

/** Hands out the calls of a JSON text. @returns how many */
export function decodeCalls(
  text: string | null,
  visit: (call: CallRow, rowNumber: number | null) => void,
): number {
  if (text === null) return 0;
  const calls = JSON.parse(text) as JsonCall[];
  for (const call of calls) visit(toCallRow(call), call[12] ?? null);
  return calls.length;
}

/** What other programs write is taken as whole numbers: SQLite keeps fractions in any column. */
function toCallRow(call: JsonCall): CallRow {
  return {
    userDid: call[0],
    appDid: call[1] ?? UNASSIGNED_APP_DID,
    modelKey: modelKeys.of(call[2] ?? '', call[3], call[4]),
    type: toCallType(call[4]),
    status: call[5],
    startedAtMs: Math.floor(call[6]),
    durationUs: whole(call[7]),
    inputTokens: whole(call[8]),
    outputTokens: whole(call[9]),
    totalTokens: whole(call[10]),
    creditsE8: call[11] === null ? null : toExact(call[11]),
  };
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
