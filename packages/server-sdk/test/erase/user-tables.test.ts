import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { toRows } from '../../src/db/executor.js';
import { migrate } from '../../src/db/migrate.js';
import { SHARED_TABLES, USER_TABLES } from '../../src/db/tables.js';
import { openHub } from '../helpers/hub-database.js';
import { takeServers } from '../helpers/take-servers.js';

/** Columns of all tables, as each database lists them; views are no tables. */
const COLUMNS = {
  SQLite: `select tables.name as table_name, columns.name as column_name
    from sqlite_master as tables join pragma_table_info(tables.name) as columns where tables.type = 'table'`,
  PostgreSQL: `select table_name, column_name from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  MariaDB: `select columns.table_name as table_name, column_name as column_name
    from information_schema.columns as columns join information_schema.tables as tables
      on tables.table_schema = columns.table_schema and tables.table_name = columns.table_name
    where columns.table_schema = database() and table_type = 'BASE TABLE'`,
};

test.each(await takeServers())(
  'each table is in one of the two lists, on $name: with a column of the user in that of users',
  async ({ name, create }) => {
    const { config, drop } = await create();
    const database = openDatabase(config);
    await migrate(database.writer);
    await database.close();
    const own = openHub(config);
    const columns = toRows<{ table_name: string; column_name: string }>(
      await own.raw(COLUMNS[name]),
    ).filter(({ table_name }) => table_name.startsWith('model_'));
    await own.destroy();
    await drop();
    const ofUsers = columns.filter(({ column_name }) => column_name === 'user_did');
    const sortNames = (names: Iterable<string>): string[] => [...new Set(names)].sort();
    expect(sortNames(ofUsers.map((row) => row.table_name))).toEqual(sortNames(USER_TABLES));
    expect(sortNames(columns.map((row) => row.table_name))).toEqual(
      sortNames([...USER_TABLES, ...SHARED_TABLES]),
    );
  },
);
