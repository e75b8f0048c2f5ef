import type { Database } from '../db/database.js';
import { execute, numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { sql, verbatim, type Sql } from '../db/sql.js';
import { ALL_TABLES } from '../db/tables.js';

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

const INDEXES_SQL: Readonly<Record<Database['dialect']['name'], Sql>> = {
  sqlite: sql`select name from sqlite_master where type = 'index'`,
  postgres: sql`select indexname as name from pg_indexes where schemaname = current_schema()`,
  mysql: sql`select distinct index_name as name from information_schema.statistics
    where table_schema = database()`,
};

/** Lists the names of all indexes. */
export async function listIndexNames({ writer, dialect }: Database): Promise<string[]> {
  const rows = await queryRows<{ name: string }>({ trx: writer }, INDEXES_SQL[dialect.name]);
  return rows.map(({ name }) => name);
}

/** A trigger of the SDK's call table that fires, or a function of one; `body`: its text, `null` where the database keeps none. */
export interface FoundTrigger {
  name: string;
  body: string | null;
}

const TRIGGERS_SQL: Readonly<Record<Database['dialect']['name'], Sql>> = {
  sqlite: sql`select name, sql as body from sqlite_master
    where type = 'trigger' and tbl_name = 'model_calls'`,
  // A partition has a copy of each, and one that is disabled, or is for replicas only, does nothing.
  postgres: sql`select tgname as name, null as body from pg_trigger
    where tgrelid = to_regclass('model_calls') and not tgisinternal and tgenabled in ('O', 'A')
    union all select proname, prosrc from pg_proc
    where pronamespace = (select oid from pg_namespace where nspname = current_schema())`,
  mysql: sql`select trigger_name as name, action_statement as body from information_schema.triggers
    where event_object_schema = database() and event_object_table = 'model_calls'`,
};

/** Lists the triggers of the SDK's call table that fire. MariaDB shows them only to users with the right to them. */
export function listTriggers({ writer, dialect }: Database): Promise<FoundTrigger[]> {
  return queryRows<FoundTrigger>({ trx: writer }, TRIGGERS_SQL[dialect.name]);
}

/** Slots that one instance has leased, or had when it ended. */
export interface FoundLease {
  owner: string;
  slots: number;
  /** When the last of its leases ends, by the database's clock, epoch ms. */
  untilMs: number;
}

/** Lists the leases of the rollup by their owners, those that end last first. */
export async function listLeases({ writer }: Database): Promise<FoundLease[]> {
  const rows = await queryRows<{ owner: string; slots: number | string; last: number | string }>(
    { trx: writer },
    sql`select owner, count(*) as slots, max(lease_until_ms) as last from model_call_slots
      where owner is not null group by owner order by last desc`,
  );
  return rows.map(({ owner, slots, last }) => ({
    ...{ owner, slots: Number(slots), untilMs: Number(last) },
  }));
}

/** Counts the users whose calls are to be rolled up by an instant. */
export async function countDueUsers({ writer }: Database, dueMs: number): Promise<number> {
  const row = await queryRow<{ users: number | string }>(
    { trx: writer },
    sql`select count(*) as users from model_call_users where due_at_ms <= ${dueMs}`,
  );
  return Number(row?.users);
}

/** The size of a table with its indexes. */
export interface TableSize {
  name: string;
  bytes: number;
}

/** Lists the sizes of the SDK's tables on a server, the largest first. MySQL and MariaDB estimate. */
export async function listTableSizes({ writer, dialect }: Database): Promise<TableSize[]> {
  const names = sql`(${verbatim(ALL_TABLES.map((name) => `'${name}'`).join(', '))})`;
  const statement =
    dialect.name === 'postgres'
      ? // Of a table with partitions: theirs.
        sql`select relname as name, (select sum(pg_total_relation_size(relid))
            from pg_partition_tree(pg_class.oid)) as bytes
          from pg_class where relname in ${names}
          and relnamespace = (select oid from pg_namespace where nspname = current_schema())`
      : sql`select table_name as name, data_length + index_length as bytes
          from information_schema.tables
          where table_schema = database() and table_name in ${names}`;
  const rows = await queryRows<{ name: string; bytes: number | string | null }>(
    { trx: writer },
    statement,
  );
  return rows
    .map(({ name, bytes }) => ({ name, bytes: numberOrNull(bytes) ?? 0 }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Reads how much of a SQLite file is in use by nothing, bytes. */
export async function readFreePageBytes({ writer }: Database): Promise<number> {
  const row = await queryRow<{ bytes: number }>(
    { trx: writer },
    sql`select freelist_count * page_size as bytes from pragma_freelist_count, pragma_page_size`,
  );
  return row?.bytes ?? 0;
}

/** A right of a database user in a table that was tried and refused. */
export interface RefusedRight {
  right: string;
  error: unknown;
}

/** Tries to select, insert, update and delete no row of a table. @returns what was refused, and why */
export async function tryRights({ writer }: Database, table: string): Promise<RefusedRight[]> {
  const none = `from ${table} where 1 = 0`;
  const statements = {
    select: `select * ${none}`,
    insert: `insert into ${table} select * ${none}`,
    update: `update ${table} set ${await readFirstColumn(writer, table)} where 1 = 0`,
    delete: `delete ${none}`,
  };
  const refused: RefusedRight[] = [];
  for (const [right, statement] of Object.entries(statements)) {
    try {
      await execute({ trx: writer }, verbatim(statement));
    } catch (error) {
      refused.push({ right, error });
    }
  }
  return refused;
}

/** An assignment of a column to itself. */
async function readFirstColumn(writer: Database['writer'], table: string): Promise<string> {
  const [column = ''] = Object.keys(await writer(table).columnInfo());
  return `${column} = ${column}`;
}
