import type { Database } from '../db/database.js';
import { queryRow, queryRows } from '../db/executor.js';
import { sql } from '../db/sql.js';

/** What migrations need of a database user, on MySQL and MariaDB. */
const NEEDED = ['CREATE', 'ALTER', 'DROP', 'INDEX', 'TRIGGER', 'CREATE VIEW'];

/** Whether a database user may migrate. */
export interface MigrationRights {
  /** Names of rights that are missing. */
  missing: string[];
  /** SQL that an administrator can run to give them. */
  grants: string[];
}

/**
 * Reads which rights to create and alter tables this database user lacks; a SQLite file knows none. Where a role may
 * give rights that the catalogue does not show, none counts as missing.
 *
 * @throws StatementError when the database fails
 */
export async function readMigrationRights(database: Database): Promise<MigrationRights> {
  const { name } = database.dialect;
  if (name === 'postgres') return readPostgresRights(database);
  return name === 'mysql' ? readMysqlRights(database) : { missing: [], grants: [] };
}

async function readPostgresRights({ writer }: Database): Promise<MigrationRights> {
  const row = await queryRow<{
    may_create: boolean;
    schema_name: string;
    role_name: string;
    owner_name: string | null;
  }>(
    { trx: writer },
    sql`select has_schema_privilege(current_schema(), 'create') as may_create,
      quote_ident(current_schema()) as schema_name, quote_ident(current_user) as role_name,
      (select quote_ident(pg_get_userbyid(relowner)) from pg_class
        where oid = to_regclass('model_calls') and not pg_has_role(relowner, 'usage')) as owner_name`,
  );
  if (row === undefined) return { missing: [], grants: [] };
  const { may_create: mayCreate, schema_name: schema, role_name: role, owner_name: owner } = row;
  return {
    missing: [
      ...(mayCreate ? [] : [`create in the schema ${schema}`]),
      ...(owner === null ? [] : [`alter tables, which belong to ${owner}`]),
    ],
    grants: [
      ...(mayCreate ? [] : [`grant create on schema ${schema} to ${role}`]),
      ...(owner === null ? [] : [`grant ${owner} to ${role}`]),
    ],
  };
}

async function readMysqlRights({ writer }: Database): Promise<MigrationRights> {
  const executor = { trx: writer };
  const user = await queryRow<{ account: string; role: string | null; name: string }>(
    executor,
    sql`select current_user() as account, current_role() as role, database() as name`,
  );
  const role = user?.role ?? 'NONE';
  if (user === undefined || role !== 'NONE') return { missing: [], grants: [] };
  const [, name = '', host = ''] = /^(.*)@([^@]*)$/.exec(user.account) ?? [];
  const grantee = `'${name}'@'${host}'`;
  // Names of databases in grants are patterns.
  const rows = await queryRows<{ privilege: string }>(
    executor,
    sql`select privilege_type as privilege from information_schema.user_privileges
      where grantee = ${grantee}
      union select privilege_type from information_schema.schema_privileges
      where grantee = ${grantee} and database() like table_schema`,
  );
  const held = new Set(rows.map(({ privilege }) => privilege));
  const missing = NEEDED.filter((privilege) => !held.has(privilege));
  const grants =
    missing.length === 0 ? [] : [`grant ${missing.join(', ')} on \`${user.name}\`.* to ${grantee}`];
  return { missing: missing.map((privilege) => privilege.toLowerCase()), grants };
}
