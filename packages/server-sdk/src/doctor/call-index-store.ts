import type { Database } from '../db/database.js';
import { queryRow, queryRows } from '../db/executor.js';
import { sql, verbatim, type Sql } from '../db/sql.js';
import type { CallTable } from '../source/call-table.js';
import { quoteTable } from '../source/mapped-calls.js';

/** The longest name of an index; MariaDB allows one more. */
const MAX_NAME_LENGTH = 63;

/**
 * Lists the indexes of a host's table that serve every row and look-ups by a beginning of their columns.
 *
 * @returns the columns of each, in their order, an empty text for an expression; `null` for a view
 * @throws StatementError when the database fails
 */
export async function listIndexes(
  database: Database,
  calls: CallTable,
): Promise<string[][] | null> {
  const { view, parts } = STATEMENTS[database.dialect.name](calls, database);
  const executor = { trx: database.writer };
  if ((await queryRow(executor, view)) !== undefined) return null;
  const rows = await queryRows<{ index_name: string; column_name: string | null }>(executor, parts);
  const indexes = new Map<string, string[]>();
  for (const { index_name: name, column_name: column } of rows) {
    indexes.set(name, [...(indexes.get(name) ?? []), column ?? '']);
  }
  return [...indexes.values()];
}

/** Reads all columns of one call by the mapping. @throws StatementError when the database lacks a function, or fails */
export async function readOneCall({ writer, calls }: Database): Promise<void> {
  const expressions = [...Object.values(calls.page), ...Object.values(calls.fields)];
  const columns = expressions.map((expression, place) => `${expression} as column_${place}`);
  await queryRow(
    { trx: writer },
    verbatim(`select ${columns.join(', ')} from ${calls.table} limit 1`),
  );
}

/** Writes the statement that makes an index; on PostgreSQL one during which others can write. */
export function writeCreateIndex(
  { dialect }: Database,
  calls: CallTable,
  columns: readonly string[],
): string {
  const { quote } = dialect.mapping;
  const name = quote(['usage_kit', calls.table, ...columns].join('_').slice(0, MAX_NAME_LENGTH));
  const list = columns.map(quote).join(', ');
  if (dialect.name === 'sqlite') {
    // The schema is the index's there, and its table is of the same.
    const schema = calls.schema === undefined ? '' : `${quote(calls.schema)}.`;
    return `create index ${schema}${name} on ${quote(calls.table)} (${list})`;
  }
  const concurrently = dialect.name === 'postgres' ? 'concurrently ' : '';
  return `create index ${concurrently}${name} on ${quoteTable(calls, dialect.mapping)} (${list})`;
}

/** A row if the table is a view, and a row for each column of each index. */
interface IndexStatements {
  view: Sql;
  parts: Sql;
}

const STATEMENTS: Readonly<
  Record<Database['dialect']['name'], (calls: CallTable, database: Database) => IndexStatements>
> = {
  sqlite: ({ schema = 'main', table }, { dialect }) => ({
    view: sql`select name from ${verbatim(dialect.mapping.quote(schema))}.sqlite_master
      where type = 'view' and lower(name) = lower(${table})`,
    parts: sql`select list.name as index_name, info.name as column_name
      from pragma_index_list(${table}, ${schema}) as list
      cross join pragma_index_info(list.name, ${schema}) as info
      where list.partial = 0 order by list.seq, info.seqno`,
  }),
  postgres: (calls, { dialect }) => {
    const table = sql`to_regclass(${quoteTable(calls, dialect.mapping)})`;
    return {
      view: sql`select relname from pg_class where oid = ${table} and relkind = 'v'`,
      parts: sql`select index_class.relname as index_name, attname as column_name
        from pg_index join pg_class as index_class on index_class.oid = indexrelid
        join pg_am on pg_am.oid = relam and amname = 'btree'
        cross join lateral unnest(indkey) with ordinality as part (number, place)
        left join pg_attribute on attrelid = indrelid and attnum = part.number and attnum > 0
        where indrelid = ${table} and indisvalid and indpred is null and place <= indnkeyatts
        order by index_name, place`,
    };
  },
  mysql: ({ schema = null, table }) => ({
    view: sql`select table_name from information_schema.views
      where table_schema = coalesce(${schema}, database()) and table_name = ${table}`,
    parts: sql`select index_name as index_name, column_name as column_name from information_schema.statistics
      where table_schema = coalesce(${schema}, database()) and table_name = ${table}
        and index_type = 'BTREE' and sub_part is null
      order by index_name, seq_in_index`,
  }),
};
