import type { Database } from './database.js';
import { toRows } from './executor.js';

const TABLE = 'model_call_secrets';

/** A key that all instances of one database share. */
export interface StoredSecret {
  id: string;
  /** Base64url of random bytes. */
  secret: string;
  createdAtMs: number;
}

/** The keys of a purpose, newest first. */
export async function readSecrets(database: Database, purpose: string): Promise<StoredSecret[]> {
  const result: unknown = await database.reader.raw(
    `select id, secret, created_at_ms from ${TABLE} where purpose = ?
     order by created_at_ms desc, id desc`,
    [purpose],
  );
  return toRows<{ id: string; secret: string; created_at_ms: number | string }>(result).map(
    ({ id, secret, created_at_ms }) => ({ id, secret, createdAtMs: Number(created_at_ms) }),
  );
}

/**
 * Adds a key and deletes those that have had their time.
 *
 * @param keepFromMs keys created before are deleted, epoch ms
 */
export async function addSecret(
  database: Database,
  purpose: string,
  { id, secret, createdAtMs }: StoredSecret,
  keepFromMs: number,
): Promise<void> {
  await database.transaction(async (trx) => {
    await trx(TABLE).insert({ purpose, id, secret, created_at_ms: createdAtMs });
    await trx(TABLE).where({ purpose }).where('created_at_ms', '<', keepFromMs).delete();
  });
}
