import type { Knex } from 'knex';
import type { DatabaseServer } from '../helpers/test-databases.js';

/** Parts of a database, each with its definition: `table model_calls`, `column model_calls.id`, … */
export type Schema = Record<string, string>;

/**
 * Describes tables, indexes, views, triggers and functions as the database says that they are. Comments and white space are left
 * out.
 */
export async function describeSchema(knex: Knex, name: DatabaseServer['name']): Promise<Schema> {
  const parts = await READERS[name](knex);
  const schema: Schema = {};
  for (const [part, definition] of parts) schema[part] = normalize(definition);
  return schema;
}

type Part = [name: string, definition: string];

const READERS: Readonly<Record<DatabaseServer['name'], (knex: Knex) => Promise<Part[]>>> = {
  SQLite: async (knex) => {
    const rows = await knex<{ type: string; name: string; sql: string | null }>('sqlite_master')
      .select('type', 'name', 'sql')
      .orderBy(['type', 'name']);
    return rows.map(({ type, name, sql }) => [`${type} ${name}`, sql ?? '']);
  },
  PostgreSQL: async (knex) => {
    const parts: Part[] = [];
    for (const statement of POSTGRES) {
      const { rows } = await knex.raw<{ rows: { name: string; text: string }[] }>(statement);
      parts.push(...rows.map(({ name, text }): Part => [name, text]));
    }
    return parts;
  },
  MariaDB: async (knex) => {
    const [tables] = (await knex.raw('show full tables')) as [Record<string, string>[]];
    const [triggers] = (await knex.raw('show triggers')) as [{ Trigger: string }[]];
    const parts: Part[] = [];
    for (const row of tables) {
      const [table = '', type = ''] = Object.values(row);
      const kind = type === 'VIEW' ? 'view' : 'table';
      parts.push([`${kind} ${table}`, await showCreate(knex, kind, table)]);
    }
    for (const { Trigger: trigger } of triggers) {
      parts.push([`trigger ${trigger}`, await showCreate(knex, 'trigger', trigger)]);
    }
    return parts;
  },
};

/** The name of a part, and its text. */
const POSTGRES = [
  `select 'column ' || relname || '.' || attname as name,
      concat_ws(' ', attnum, format_type(atttypid, atttypmod), attnotnull, attcollation::regcollation,
        pg_get_expr(adbin, adrelid)) as text
    from pg_attribute join pg_class on pg_class.oid = attrelid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped`,
  `select 'index ' || indexname as name, indexdef as text from pg_indexes where schemaname = 'public'`,
  `select 'constraint ' || conname as name, pg_get_constraintdef(oid) as text
    from pg_constraint where connamespace = 'public'::regnamespace`,
  `select 'view ' || viewname as name, definition as text from pg_views where schemaname = 'public'`,
  `select 'trigger ' || tgname as name, pg_get_triggerdef(oid) as text from pg_trigger where not tgisinternal`,
  `select 'function ' || proname as name, pg_get_functiondef(oid) as text
    from pg_proc where pronamespace = 'public'::regnamespace`,
];

async function showCreate(knex: Knex, kind: string, name: string): Promise<string> {
  const [[row]] = (await knex.raw(`show create ${kind} ${name}`)) as [[Record<string, string>]];
  // The name, for a trigger its sql_mode, then the statement; what follows differs by session.
  return Object.values(row)[kind === 'trigger' ? 2 : 1] ?? '';
}

function normalize(definition: string): string {
  return definition
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/ auto_increment=\d+/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
