import type { Database } from '../db/database.js';
import { rowsOf } from './transaction.js';

const TABLE = 'model_embed_generations';

/** How often the user's embed tokens were revoked; 0 for never. */
export async function readTokenGeneration(database: Database, userDid: string): Promise<number> {
  const [row] = rowsOf<{ generation: number | string }>(
    await database.reader.raw(`select generation from ${TABLE} where user_did = ?`, [userDid]),
  );
  return Number(row?.generation ?? 0);
}

/** Counts a revocation. Two at once count two. */
export async function raiseTokenGeneration(database: Database, userDid: string): Promise<void> {
  await database.transaction(async (trx) => {
    await trx(TABLE).insert({ user_did: userDid, generation: 0 }).onConflict('user_did').ignore();
    await trx(TABLE).where({ user_did: userDid }).increment('generation', 1);
  });
}
