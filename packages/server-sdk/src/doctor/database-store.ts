import type { Database } from '../db/database.js';
import { execute, queryRow, queryRows } from '../db/executor.js';
import { sql, verbatim, type Sql } from '../db/sql.js';

/** Reads what the database says it is, e.g. `3.52.0` or `10.11.6-MariaDB`. @throws StatementError when the database fails */
export async function readServerVersion({ writer, dialect }: Database): Promise<string> {
  const expression = dialect.isFile ? 'sqlite_version()' : 'version()';
  const row = await queryRow<{ version: string }>(
    { trx: writer },
    verbatim(`select ${expression} as version`),
  );
  return row?.version ?? '';
}

/** Reads the database's clock, epoch milliseconds. */
export async function readDatabaseMs({ writer, dialect }: Database): Promise<number> {
  const row = await queryRow<{ now_ms: number | string }>(
    { trx: writer },
    verbatim(`select ${dialect.nowMs} as now_ms`),
  );
  return Number(row?.now_ms);
}

const TRIGGERS_SQL: Readonly<Record<Database['dialect']['name'], Sql>> = {
  sqlite: sql`select name from sqlite_master where type = 'trigger' and tbl_name = 'model_calls'`,
  // A partition has a copy of each, and one that is disabled does nothing.
  postgres: sql`select tgname as name from pg_trigger
    where tgrelid = to_regclass('model_calls') and not tgisinternal and tgenabled <> 'D'`,
  mysql: sql`select trigger_name as name from information_schema.triggers
    where event_object_schema = database() and event_object_table = 'model_calls'`,
};

/** Lists the triggers of the SDK's call table that fire. MariaDB shows them only to users with the right to them. */
export async function listTriggers({ writer, dialect }: Database): Promise<string[]> {
  const rows = await queryRows<{ name: string }>({ trx: writer }, TRIGGERS_SQL[dialect.name]);
  return rows.map(({ name }) => name);
}

/** Reads until when slots are leased at most, epoch milliseconds; `null` where none is. */
export async function readLastLeaseMs({ writer }: Database): Promise<number | null> {
  const row = await queryRow<{ last: number | string | null }>(
    { trx: writer },
    sql`select max(lease_until_ms) as last from model_call_slots where owner is not null`,
  );
  return row?.last == null ? null : Number(row.last);
}

/** Tries to select, insert, update and delete no row of a table. @returns the first that failed, and why; `null` for none */
export async function tryRights(
  { writer }: Database,
  table: string,
): Promise<{ right: string; error: unknown } | null> {
  const none = `from ${table} where 1 = 0`;
  const statements = {
    select: `select * ${none}`,
    insert: `insert into ${table} select * ${none}`,
    update: `update ${table} set ${await readFirstColumn(writer, table)} where 1 = 0`,
    delete: `delete ${none}`,
  };
  for (const [right, statement] of Object.entries(statements)) {
    try {
      await execute({ trx: writer }, verbatim(statement));
    } catch (error) {
      return { right, error };
    }
  }
  return null;
}

/** An assignment of a column to itself. */
async function readFirstColumn(writer: Database['writer'], table: string): Promise<string> {
  const [column = ''] = Object.keys(await writer(table).columnInfo());
  return `${column} = ${column}`;
}
