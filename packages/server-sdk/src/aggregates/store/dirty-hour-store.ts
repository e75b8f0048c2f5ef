import { TABLES } from '../../db/tables.js';
import { getWriteDialect, type BulkColumn } from '../../db/dialects/write-dialect.js';
import { runBulk } from '../../db/run-bulk.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';

/** An hour of a user that is to be rebuilt. */
export interface DirtyMark {
  userDid: string;
  /** Start of the hour, epoch ms. */
  hourMs: number;
}

const COLUMNS: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  { name: 'hour_ms', kind: 'integer' },
  { name: 'revision', kind: 'integer' },
];
const ROWS_PER_STATEMENT = 1000;

/**
 * Marks hours dirty: they are to be rebuilt. One that is marked already has its revision raised by one, so that a rollup
 * which is rebuilding it leaves the mark.
 *
 * @param marks each once, of users that the transaction touched
 */
export async function markHoursDirty(
  { trx, dialect }: Transaction,
  marks: readonly DirtyMark[],
): Promise<void> {
  const write = getWriteDialect(dialect);
  const onConflict = write.onConflictCount(TABLES.dirtyHours, ['user_did', 'hour_ms'], 'revision');
  for (const chunk of splitIntoChunks(ROWS_PER_STATEMENT, marks)) {
    const rows = write.encodeRows(
      COLUMNS,
      chunk.map(({ userDid, hourMs }) => [userDid, hourMs, 1]),
    );
    const insert = { table: TABLES.dirtyHours, columns: COLUMNS, onConflict };
    await runBulk(trx, write.insertRows(insert, rows));
  }
}
