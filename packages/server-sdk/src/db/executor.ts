import type { Sql } from './sql.js';
import type { Transaction } from './transaction.js';

/** Runs a statement that selects. @returns its rows @throws StatementError with the driver's code, as all functions here */
export async function queryRows<Row>({ trx }: Transaction, statement: Sql): Promise<Row[]> {
  return toRows<Row>(await trx.raw(statement.sql, [...statement.bindings]));
}

/** Runs a statement that selects at most one row. @returns it, or `undefined` where there is none */
export async function queryRow<Row>(
  transaction: Transaction,
  statement: Sql,
): Promise<Row | undefined> {
  const [row] = await queryRows<Row>(transaction, statement);
  return row;
}

/** Runs a statement that gives no rows. */
export async function execute({ trx }: Transaction, statement: Sql): Promise<void> {
  await trx.raw(statement.sql, [...statement.bindings]);
}

/** Rows of a raw query: SQLite gives an array, PostgreSQL `{ rows }`, MySQL `[rows, fields]`. */
export function toRows<T>(result: unknown): T[] {
  if (!Array.isArray(result)) return (result as { rows: T[] }).rows;
  return (Array.isArray(result[0]) ? result[0] : result) as T[];
}

/** PostgreSQL and MySQL hand bigints over as text. */
export function numberOrNull(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
