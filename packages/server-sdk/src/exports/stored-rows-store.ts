import { queryRows } from '../db/executor.js';
import { joinSql, sql, verbatim, type Sql, type SqlValue } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';

/** A row as the database stores it. */
export type StoredRow = Readonly<Record<string, unknown>>;

const ROWS_PER_STATEMENT = 500;

/**
 * Reads all rows of a user of a table, batch by batch in the order of its key.
 *
 * @param table one of the tables with rows of users
 * @throws TypeError for a table without a primary key @throws StatementError when the database fails
 */
export async function* readStoredRows(
  transaction: Transaction,
  userDid: string,
  table: string,
): AsyncGenerator<readonly StoredRow[]> {
  const key = await readKey(transaction, table);
  const order = verbatim(key.join(', '));
  let after: Sql = sql``;
  for (;;) {
    const rows = await queryRows<StoredRow>(
      transaction,
      sql`select * from ${verbatim(table)} where user_did = ${userDid} ${after}
        order by ${order} limit ${ROWS_PER_STATEMENT}`,
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_STATEMENT) return;
    after = sql`and ${isBeyond(key, last)}`;
  }
}

/** Columns of the key after the user's, which is the same in all rows. */
async function readKey(transaction: Transaction, table: string): Promise<string[]> {
  const rows = await queryRows<{ name: string }>(
    transaction,
    verbatim(transaction.dialect.selectKey(table)),
  );
  const names = rows.map(({ name }) => name).filter((name) => name !== 'user_did');
  if (rows.length === 0) throw new TypeError(`${table} has no primary key`);
  return names.length === 0 ? ['user_did'] : names;
}

/** The condition that a row follows another in the order of the key: `a > x or (a = x and (b > y or …))`. */
function isBeyond(key: readonly string[], row: StoredRow): Sql {
  const parts = key.map((name, place) => {
    const equal = key
      .slice(0, place)
      .map((before) => sql`${verbatim(before)} = ${row[before] as SqlValue}`);
    return joinSql([...equal, sql`${verbatim(name)} > ${row[name] as SqlValue}`], ' and ');
  });
  return sql`(${joinSql(
    parts.map((part) => sql`(${part})`),
    ' or ',
  )})`;
}
