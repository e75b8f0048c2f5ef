import type { Database } from '../../db/database.js';
import { retryWrites } from '../../db/retry-writes.js';
import type { BulkColumn } from '../../db/dialects/write-dialect.js';
import { execute, toRows } from '../../db/executor.js';

const TABLE = 'model_embed_generations';
const COLUMNS: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  { name: 'generation', kind: 'integer' },
];

/** How often the user's embed tokens were revoked; 0 for never. */
export async function readTokenGeneration(database: Database, userDid: string): Promise<number> {
  const [row] = toRows<{ generation: number | string }>(
    await database.reader.raw(`select generation from ${TABLE} where user_did = ?`, [userDid]),
  );
  return Number(row?.generation ?? 0);
}

/** Counts a revocation; two at the same time count two. One statement, which locks one row: revocations only wait for each other. */
export async function raiseTokenGeneration(database: Database, userDid: string): Promise<void> {
  const { dialect } = database;
  const write = dialect.write;
  const insert = write.insertRows(
    {
      table: TABLE,
      columns: COLUMNS,
      onConflict: write.onConflictCount(TABLE, ['user_did'], 'generation'),
    },
    write.encodeRows(COLUMNS, [[userDid, 1]]),
  );
  await retryWrites(() => database.transaction((trx) => execute({ trx }, insert)));
}
