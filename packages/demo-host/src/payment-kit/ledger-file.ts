import knexFactory, { type Knex } from 'knex';

/** A customer's grant; amounts are base units as text, which no SQLite number would hold. */
export interface GrantRow {
  id: string;
  customer_id: string;
  name: string;
  category: string;
  amount: string;
  remaining_amount: string;
  effective_at_ms: number;
  expires_at_ms: number | null;
}

/** What one event took from one grant. */
export interface TransactionRow {
  id: string;
  customer_id: string;
  credit_grant_id: string;
  event_id: string;
  credit_amount: string;
  remaining_balance: string;
  created_at_ms: number;
}

/** Use that was reported. */
export interface EventRow {
  id: string;
  customer_id: string;
  identifier: string;
  value: string;
  credit_consumed: string;
  credit_pending: string;
  created_at_ms: number;
}

/** Who the credits belong to. */
export interface CustomerRow {
  id: string;
  did: string;
}

/** Auto top-up of a customer, human amounts. */
export interface RechargeRow {
  id: string;
  customer_id: string;
  enabled: number;
  threshold: string;
  quantity: number;
}

/** Opens the file and makes the tables that are missing. */
export async function openLedgerFile(filename: string): Promise<Knex> {
  const knex = knexFactory({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    // One connection: each change sees the one before.
    pool: { min: 1, max: 1 },
  });
  const tables: Record<string, (table: Knex.CreateTableBuilder) => void> = {
    customers: (table) => {
      table.string('id').primary();
      table.string('did').notNullable().unique();
    },
    grants: (table) => {
      table.string('id').primary();
      table.string('customer_id').notNullable().index();
      table.string('name');
      table.string('category');
      table.text('amount').notNullable();
      table.text('remaining_amount').notNullable();
      table.bigInteger('effective_at_ms').notNullable();
      table.bigInteger('expires_at_ms');
    },
    events: (table) => {
      table.string('id').primary();
      table.string('customer_id').notNullable().index();
      table.string('identifier').notNullable().unique();
      table.text('value').notNullable();
      table.text('credit_consumed').notNullable();
      table.text('credit_pending').notNullable();
      table.bigInteger('created_at_ms').notNullable();
    },
    transactions: (table) => {
      table.string('id').primary();
      table.string('customer_id').notNullable();
      table.string('credit_grant_id').notNullable();
      table.string('event_id').notNullable();
      table.text('credit_amount').notNullable();
      table.text('remaining_balance').notNullable();
      table.bigInteger('created_at_ms').notNullable();
      table.index(['customer_id', 'created_at_ms', 'id']);
    },
    recharges: (table) => {
      table.string('id').primary();
      table.string('customer_id').notNullable().unique();
      table.boolean('enabled').notNullable();
      table.text('threshold').notNullable();
      table.integer('quantity').notNullable();
    },
  };
  for (const [name, create] of Object.entries(tables)) {
    if (!(await knex.schema.hasTable(name))) await knex.schema.createTable(name, create);
  }
  return knex;
}
