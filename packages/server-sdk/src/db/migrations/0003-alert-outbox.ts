import type { Knex } from 'knex';
import { writeOutboxStatements } from './0003/statements.js';

const TABLES = ['model_alert_webhooks', 'model_alert_deliveries', 'model_alert_events'];

/** Events of alerts and their deliveries, which are sent after the transaction that stored them. */
export async function up(knex: Knex): Promise<void> {
  for (const statement of writeOutboxStatements(await readSuffix(knex))) await knex.raw(statement);
}

/** Drops all that {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.raw(`drop table ${table}`);
}

/** The exact collation of MySQL and of MariaDB, which name it differently; nothing for other databases. */
async function readSuffix(knex: Knex): Promise<string> {
  const { driverName } = knex.client as Knex.Client;
  if (!/mysql|mariadb/.test(driverName)) return '';
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return ` collate ${/mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'}`;
}
