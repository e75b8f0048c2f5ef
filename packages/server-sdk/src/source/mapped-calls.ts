import { DEFAULT_CURRENCY, type CallSource, type CallSourceFactory } from '../db/call-source.js';
import type { MappingDialect } from '../db/dialects/mapping-dialect.js';
import { MINUTE_MS } from '../values/time.js';
import type { CallTable } from './call-table.js';
import { MappedRows } from './mapped-rows.js';

const DEFAULT_OVERLAP_MS = 2 * MINUTE_MS;

/** Returns the table's name in SQL, with its schema. */
export function quoteTable({ schema, table }: CallTable, sql: MappingDialect): string {
  return [schema, table]
    .filter((name) => name !== undefined)
    .map((name) => sql.quote(name))
    .join('.');
}

/**
 * Makes the source of calls of a host's table.
 *
 * @param mapping as the option `calls` was resolved to
 * @param currency ISO 4217 code: it is part of the SQL
 */
export function createMappedSource(
  mapping: CallTable,
  currency = DEFAULT_CURRENCY,
): CallSourceFactory {
  return (dialect) => {
    const sql = dialect.mapping;
    const table = quoteTable(mapping, sql);
    const userDid = sql.quote(mapping.columns.userDid);
    const rows = new MappedRows(mapping, sql, currency);
    return {
      name: [mapping.schema, mapping.table].filter((name) => name !== undefined).join('.'),
      isOwn: false,
      hasQuarters: true,
      table,
      currency,
      fields: rows.mapFields((expression) => dialect.integerAsText(expression)),
      page: rows.mapPage(),
      userColumn: userDid,
      ofUser: (value) => sql.equals(userDid, value),
      ofProject: (appDid) => rows.ofProject(appDid),
      time: rows.mapTime(),
      everyone: mapEveryone(mapping, sql, table, userDid),
      changes: mapChanges(mapping, sql),
    };
  };
}

/**
 * Maps how calls of all users in a range are read. Without an index that begins with the time, that would read the entire
 * table; instead a recursive query walks from user to user, with one look-up each in the index by user and start (a loose
 * index scan).
 *
 * @see https://wiki.postgresql.org/wiki/Loose_indexscan
 */
function mapEveryone(
  { columns, indexedByTime = true, timeUnit }: CallTable,
  sql: MappingDialect,
  table: string,
  userDid: string,
): CallSource['everyone'] {
  const time = sql.quote(columns.startedAt);
  const bound = timeUnit === 'timestamp' ? '?' : sql.numberParameter;
  const exactUser = sql.bytes(userDid);
  if (indexedByTime) {
    return {
      exactUser,
      from: table,
      where: `${userDid} is not null`,
      earliest: `(select min(${time}) from ${table} where ${time} >= ${bound})`,
    };
  }
  const users = `(with recursive usage_kit_walk (usage_kit_user) as (
      select min(${userDid}) from ${table}
      union all
      select (select min(${userDid}) from ${table} where ${userDid} > usage_kit_user)
      from usage_kit_walk where usage_kit_user is not null
    ) select usage_kit_user from usage_kit_walk where usage_kit_user is not null) as usage_kit_users`;
  return {
    exactUser,
    from: `${users} cross join ${table}`,
    where: `${userDid} = usage_kit_user`,
    earliest: `(select min(usage_kit_first) from (
        select (select min(${time}) from ${table}
          where ${userDid} = usage_kit_user and ${time} >= ${bound}) as usage_kit_first
        from ${users}) as usage_kit_firsts)`,
  };
}

function mapChanges(
  { columns, updatedAtUnit = 'timestamp', overlapSeconds }: CallTable,
  sql: MappingDialect,
): CallSource['changes'] {
  if (columns.updatedAt === undefined) return null;
  const overlapMs = overlapSeconds === undefined ? DEFAULT_OVERLAP_MS : overlapSeconds * 1000;
  const column = sql.quote(columns.updatedAt);
  if (updatedAtUnit === 'timestamp') {
    return { column, parameter: '?', bound: (ms) => sql.timestampOf(ms - overlapMs) };
  }
  const scale = updatedAtUnit === 's' ? 1000 : 1;
  return {
    column,
    parameter: sql.numberParameter,
    bound: (ms) => Math.floor((ms - overlapMs) / scale),
  };
}
