import type { Database } from './database.js';
import { queryRows } from './executor.js';
import { sql } from './sql.js';
import { withoutTransaction } from './transaction.js';

/** A key that all instances of one database share. */
export interface StoredSecret {
  id: string;
  /** Base64url of random bytes. */
  secret: string;
  createdAtMs: number;
}

/** Reads the keys of a purpose, newest first. */
export async function readSecrets(database: Database, purpose: string): Promise<StoredSecret[]> {
  const rows = await queryRows<{ id: string; secret: string; created_at_ms: number | string }>(
    withoutTransaction(database),
    sql`select id, secret, created_at_ms from model_call_secrets where purpose = ${purpose}
      order by created_at_ms desc, id desc`,
  );
  return rows.map(({ id, secret, created_at_ms }) => ({
    id,
    secret,
    createdAtMs: Number(created_at_ms),
  }));
}

/**
 * Adds a key and deletes those of the purpose that were created before an instant.
 *
 * @param validFromMs keys created before are deleted, epoch ms
 * @throws StatementError when the database cannot be written
 */
export async function addSecret(
  database: Database,
  purpose: string,
  { id, secret, createdAtMs }: StoredSecret,
  validFromMs: number,
): Promise<void> {
  await database.transaction(async (trx) => {
    await trx('model_call_secrets').insert({ purpose, id, secret, created_at_ms: createdAtMs });
    await trx('model_call_secrets')
      .where({ purpose })
      .where('created_at_ms', '<', validFromMs)
      .delete();
  });
}
