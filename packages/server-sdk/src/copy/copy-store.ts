import { execute, queryRow, queryRows } from '../db/executor.js';
import { joinSql, listValues, sql, verbatim, type Sql, type SqlValue } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';

/** A column of a table. */
export interface Column {
  name: string;
  isInteger: boolean;
}

/** A table as both databases have it. */
export interface TableShape {
  table: string;
  columns: readonly Column[];
  /** Columns of the primary key, in their order. */
  key: readonly Column[];
}

/** A row's values as text, by column: integers of 64 bits lose no digit on their way through a driver. */
export type TextRow = Readonly<Record<string, string | null>>;

const ROWS_PER_BATCH = 500;
/** SQLite takes 32,766 values a statement. */
const VALUES_PER_STATEMENT = 8000;

/**
 * Reads which columns a table has.
 *
 * @param table a name of `db/tables.ts`
 * @throws TypeError for a table that is not there
 */
export async function readShape(transaction: Transaction, table: string): Promise<TableShape> {
  const { dialect } = transaction;
  const rows = await queryRows<{ name: string; is_integer: number | string }>(
    transaction,
    verbatim(dialect.selectColumns(table)),
  );
  const columns = rows
    .map(({ name, is_integer }) => ({ name, isInteger: Number(is_integer) === 1 }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const keys = await queryRows<{ name: string }>(transaction, verbatim(dialect.selectKey(table)));
  const key = keys.flatMap(({ name }) => columns.find((column) => column.name === name) ?? []);
  if (key.length === 0) throw new TypeError(`${table} has no primary key`);
  return { table, columns, key };
}

/** Whether a table has a row. */
export async function hasRows(transaction: Transaction, table: string): Promise<boolean> {
  const row = await queryRow(transaction, sql`select 1 as found from ${verbatim(table)} limit 1`);
  return row !== undefined;
}

/** Reads all rows of a table, batch by batch in the order of its key, so that no batch reads those before it. */
export async function* readRows(
  transaction: Transaction,
  { table, columns, key }: TableShape,
): AsyncGenerator<readonly TextRow[]> {
  const { dialect } = transaction;
  const selected = columns.map(({ name, isInteger }) => {
    const column = `stored.${name}`;
    return verbatim(`${isInteger ? dialect.integerAsText(column) : column} as ${name}`);
  });
  // Qualified, because the name alone would be that of the text.
  const order = verbatim(key.map(({ name }) => `stored.${name}`).join(', '));
  let after: Sql = sql``;
  for (;;) {
    const rows = await queryRows<TextRow>(
      transaction,
      sql`select ${joinSql(selected)} from ${verbatim(table)} as stored ${after}
        order by ${order} limit ${ROWS_PER_BATCH}`,
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_BATCH) return;
    after = sql`where ${isBeyond(key, last)}`;
  }
}

/** The condition that a row follows another in the order of the key: `a > x or (a = x and (b > y or …))`. */
function isBeyond(key: readonly Column[], row: TextRow): Sql {
  const valueOf = ({ name, isInteger }: Column): SqlValue =>
    isInteger ? Number(row[name]) : (row[name] ?? null);
  const parts = key.map((column, place) => {
    const equal = key
      .slice(0, place)
      .map((before) => sql`${verbatim(`stored.${before.name}`)} = ${valueOf(before)}`);
    const greater = sql`${verbatim(`stored.${column.name}`)} > ${valueOf(column)}`;
    return sql`(${joinSql([...equal, greater], ' and ')})`;
  });
  return sql`(${joinSql(parts, ' or ')})`;
}

/** Deletes all rows of a table: those that the migration made, and those that triggers made of copied calls. */
export async function deleteAll(transaction: Transaction, table: string): Promise<void> {
  await execute(transaction, sql`delete from ${verbatim(table)}`);
}

/** Inserts rows as they were read. @throws StatementError for a row that the database refuses */
export async function insertRows(
  transaction: Transaction,
  { table, columns }: TableShape,
  rows: readonly TextRow[],
): Promise<void> {
  const names = verbatim(columns.map(({ name }) => name).join(', '));
  const perStatement = Math.floor(VALUES_PER_STATEMENT / columns.length);
  for (let start = 0; start < rows.length; start += perStatement) {
    const values = rows
      .slice(start, start + perStatement)
      .map((row) => sql`(${listValues(columns.map(({ name }) => row[name] ?? null))})`);
    await execute(
      transaction,
      sql`insert into ${verbatim(table)} (${names}) values ${joinSql(values)}`,
    );
  }
}
