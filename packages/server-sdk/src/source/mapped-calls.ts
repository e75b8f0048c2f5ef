import { ownCalls } from '../db/own-calls.js';
import type { CallSource, CallSourceFactory } from '../db/call-source.js';
import type { MappingDialect } from '../db/dialects/mapping-dialect.js';
import { MINUTE_MS } from '../values/time.js';
import { DEFAULT_CREDIT_DECIMALS, type CreditDecimals } from '../values/amounts.js';
import type { CallTable } from './call-table.js';
import { MappedRows } from './mapped-rows.js';
import { readByProject, readByTime, readByUser, type RangeReads } from './range-walks.js';
import { verbatim } from '../db/sql.js';

const DEFAULT_OVERLAP_MS = 2 * MINUTE_MS;

/** Returns the table's name in SQL, with its schema. */
export function quoteTable({ schema, table }: CallTable, sql: MappingDialect): string {
  return [schema, table]
    .filter((name) => name !== undefined)
    .map((name) => sql.quote(name))
    .join('.');
}

/**
 * Makes the source of calls: the host's table, or our own.
 *
 * @param mapping as the option `calls` was resolved to; `null`: our own table
 * @param currency ISO 4217 code: it is part of the SQL
 */
export function createCallSource(
  mapping: CallTable | null,
  currency: string,
  creditDecimals: CreditDecimals = DEFAULT_CREDIT_DECIMALS,
): CallSourceFactory {
  if (mapping !== null) return createMappedSource(mapping, currency, creditDecimals);
  return (dialect) => ownCalls(dialect, currency, creditDecimals);
}

/**
 * Makes the source of calls of a host's table.
 *
 * @param mapping as the option `calls` was resolved to
 * @param currency ISO 4217 code: it is part of the SQL
 */
function createMappedSource(
  mapping: CallTable,
  currency: string,
  creditDecimals: CreditDecimals,
): CallSourceFactory {
  return (dialect) => {
    const sql = dialect.mapping;
    const table = quoteTable(mapping, sql);
    const userDid = sql.quote(mapping.columns.userDid);
    const rows = new MappedRows(mapping, sql, currency, creditDecimals);
    return {
      // Aggregates of a table that keeps its calls lack the quarters that another needs.
      name:
        [mapping.schema, mapping.table].filter((name) => name !== undefined).join('.') +
        (mapping.keepsCalls === true ? ' (keepsCalls)' : ''),
      isOwn: false,
      hasQuarters: mapping.keepsCalls !== true,
      table,
      currency,
      creditDecimals,
      fields: rows.mapFields((expression) => dialect.integerAsText(expression)),
      page: rows.mapPage(),
      userColumn: userDid,
      ofUser: (value) => sql.equals(userDid, value),
      ofProject: (appDid) => rows.ofProject(appDid),
      time: rows.mapTime(),
      ...mapRangeReads(mapping, sql, table, rows.mapTime().bound),
      changes: mapChanges(mapping, sql),
    };
  };
}

function mapRangeReads(
  mapping: CallTable,
  sql: MappingDialect,
  table: string,
  bound: CallSource['time']['bound'],
): RangeReads {
  const { columns, indexedByTime = true, indexedByProject = false, timeUnit } = mapping;
  const user = sql.quote(columns.userDid);
  const names = {
    table: verbatim(table),
    user: verbatim(user),
    time: verbatim(sql.quote(columns.startedAt)),
    parameter: timeUnit === 'timestamp' ? '?' : sql.numberParameter,
    bound,
    exactUser: sql.bytes(user),
    ofUser: (userDid: string) => sql.equals(user, userDid),
  };
  if (indexedByTime) return readByTime(names);
  if (!indexedByProject || columns.appDid === undefined) return readByUser(names);
  return readByProject({ ...names, app: verbatim(sql.quote(columns.appDid)) });
}

function mapChanges(
  { columns, table, schema, updatedAtUnit = 'timestamp', overlapSeconds }: CallTable,
  sql: MappingDialect,
): CallSource['changes'] {
  if (columns.updatedAt === undefined) return null;
  const overlapMs = overlapSeconds === undefined ? DEFAULT_OVERLAP_MS : overlapSeconds * 1000;
  const column = sql.quote(columns.updatedAt);
  const rowOrder = sql.rowOrder && {
    row: sql.rowOrder.row,
    findIndex: sql.rowOrder.findIndex({ table, schema, column: columns.updatedAt }),
  };
  if (updatedAtUnit === 'timestamp') {
    return { column, rowOrder, parameter: '?', bound: (ms) => sql.timestampOf(ms - overlapMs) };
  }
  const scale = updatedAtUnit === 's' ? 1000 : 1;
  return {
    column,
    rowOrder,
    parameter: sql.numberParameter,
    bound: (ms) => Math.floor((ms - overlapMs) / scale),
  };
}
