import type { Knex } from 'knex';
import { runDetached } from '../runtime/request-signal.js';
import { HOUR_MS } from '../values/time.js';
import { getDialect } from './dialects/get-dialect.js';
import { execute, queryRow, queryRows } from './executor.js';
import { literalStatement, sql } from './sql.js';
import { SHARED_TABLES, USER_TABLES } from './tables.js';

/** How tables are spread: workers of a Citus cluster, or hash partitions of one PostgreSQL server. */
export type DistributionEngine = 'citus' | 'partitions';

const VIEWS = ['usage_calls', 'usage_hourly', 'usage_daily'];
const PARTITIONS = 8;

/**
 * The statements that spread a migrated database, empty or full, by its users. Writers must be stopped while they run.
 *
 * @throws Error when the database is not PostgreSQL, has no tables yet, or is spread already
 */
export async function planDistribution(knex: Knex, engine: DistributionEngine): Promise<string[]> {
  if (!getDialect(knex).canDistribute) throw new Error('Only PostgreSQL can be distributed');
  const catalog = await readCatalog(knex);
  return engine === 'citus' ? planCitus(catalog) : planPartitions(catalog);
}

/** Long enough to copy the largest table. */
const STATEMENT_DEADLINE_MS = 24 * HOUR_MS;

/**
 * Runs the statements of {@link planDistribution} in one transaction.
 *
 * @throws StatementError of the first that fails; nothing is changed then
 */
export async function distribute(knex: Knex, statements: readonly string[]): Promise<void> {
  await runDetached(
    () =>
      knex.transaction(async (trx) => {
        for (const statement of statements) {
          // Definitions of views may have a question mark, which Knex would number as a value of PostgreSQL's.
          await execute({ trx }, literalStatement(statement.replaceAll('?', '\\?')));
        }
      }),
    STATEMENT_DEADLINE_MS,
  );
}

/** Citus has no triggers on distributed tables: the recorder works without them, and `rebuild` counts calls of plain SQL. */
function planCitus({ triggers }: Catalog): string[] {
  return [
    ...triggers.map(({ name }) => `drop trigger ${name} on model_calls`),
    ...SHARED_TABLES.map((table) => `select create_reference_table('${table}')`),
    ...USER_TABLES.map((table, index) => {
      const colocation = index === 0 ? '' : `, colocate_with => '${USER_TABLES[0]}'`;
      return `select create_distributed_table('${table}', 'user_did'${colocation})`;
    }),
  ];
}

function planPartitions({ tables, triggers, views }: Catalog): string[] {
  return [
    ...[...views].reverse().map(({ name }) => `drop view ${name}`),
    ...tables.flatMap(({ name, key, indexes }) => [
      `alter table ${name} rename to ${name}_old`,
      `create table ${name} (like ${name}_old including defaults including storage) partition by hash (user_did)`,
      ...Array.from(
        { length: PARTITIONS },
        (_, part) =>
          `create table ${name}_p${part} partition of ${name} for values with (modulus ${PARTITIONS}, remainder ${part})`,
      ),
      `insert into ${name} select * from ${name}_old`,
      `drop table ${name}_old`,
      `alter table ${name} add constraint ${key.name} ${key.definition}`,
      ...indexes,
    ]),
    ...triggers.map(({ definition }) => definition),
    ...views.map(({ name, definition }) => `create view ${name} as ${definition}`),
  ];
}

interface Named {
  name: string;
  definition: string;
}

/** Definitions of the tables that are to be spread, of their triggers and views. */
interface Catalog {
  tables: { name: string; key: Named; indexes: string[] }[];
  triggers: Named[];
  views: Named[];
}

async function readCatalog(knex: Knex): Promise<Catalog> {
  const executor = { trx: knex };
  const tables: Catalog['tables'] = [];
  for (const name of USER_TABLES) {
    const table = await queryRow<{ kind: string }>(
      executor,
      sql`select relkind as kind from pg_class where oid = to_regclass(${name})`,
    );
    if (!table) throw new Error('The database has no tables of Usage Kit; run usage-kit migrate');
    if (table.kind === 'p') throw new Error(`${name} has partitions already`);
    const key = await queryRow<Named>(
      executor,
      sql`select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = to_regclass(${name}) and contype = 'p'`,
    );
    if (!key) throw new Error(`${name} has no primary key`);
    const indexes = await queryRows<{ definition: string }>(
      executor,
      sql`select pg_get_indexdef(indexrelid) as definition from pg_index
        where indrelid = to_regclass(${name}) and not indisprimary`,
    );
    tables.push({ name, key, indexes: indexes.map(({ definition }) => definition) });
  }
  const triggers = await queryRows<Named>(
    executor,
    sql`select tgname as name, pg_get_triggerdef(oid) as definition from pg_trigger
      where tgrelid = to_regclass(${'model_calls'}) and not tgisinternal order by tgname`,
  );
  const views: Named[] = [];
  for (const name of VIEWS) {
    const view = await queryRow<{ definition: string }>(
      executor,
      sql`select pg_get_viewdef(to_regclass(${name})) as definition`,
    );
    if (view) views.push({ name, definition: view.definition.replace(/;\s*$/, '') });
  }
  return { tables, triggers, views };
}
