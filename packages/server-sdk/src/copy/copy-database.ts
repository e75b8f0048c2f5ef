import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import { ALL_TABLES, USER_TABLES } from '../db/tables.js';
import { readInSnapshot, writeInTransaction, type Transaction } from '../db/transaction.js';
import { runInBackground } from '../runtime/request-signal.js';
import {
  deleteAll,
  hasRows,
  insertRows,
  readRows,
  readShape,
  type TableShape,
  type TextRow,
} from './copy-store.js';
import { RowTally } from './row-tally.js';

/** Receives how far a copy is: rows of a table that are copied, or compared afterwards. */
export type CopyProgress = (step: 'copied' | 'compared', table: string, rows: number) => void;

/** A database that cannot be copied to, or a copy that is not like its source. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/**
 * Copies every table of Usage Kit to another database, of the same kind or another, and compares both afterwards.
 *
 * All is read in one snapshot, so that it is of one state; what is written to the source meanwhile is not in the copy. Each
 * batch is a transaction of the target. Rows that triggers make there of the copied calls are replaced by those of the source.
 * Nothing else may write to the target meanwhile. A copy that was broken off is begun again with an empty target.
 *
 * @returns the number of rows by table
 * @throws CopyError when the target has rows of users, other tables, or rows that differ from those that were read
 * @throws StatementError when a database fails
 */
export function copyDatabase(
  source: Database,
  target: Database,
  onProgress: CopyProgress = () => undefined,
): Promise<Record<string, number>> {
  return runInBackground(async () => {
    await requireEmpty(target);
    const tallies = await readInSnapshot(source, async (snapshot) => {
      const copied = new Map<string, RowTally>();
      // Calls come first and users last, as in `USER_TABLES`: triggers write to tables that follow.
      for (const table of ALL_TABLES) {
        copied.set(table, await copyTable(snapshot, target, table, onProgress));
      }
      return copied;
    });
    for (const [table, tally] of tallies) await compareTable(target, table, tally, onProgress);
    return Object.fromEntries([...tallies].map(([table, { rows }]) => [table, rows]));
  });
}

/** @throws CopyError when a table of users has rows */
async function requireEmpty(target: Database): Promise<void> {
  await readInSnapshot(target, async (transaction) => {
    for (const table of USER_TABLES) {
      if (!(await hasRows(transaction, table))) continue;
      throw new CopyError(
        `The database to copy to has rows in ${table}; name one that is migrated and empty`,
      );
    }
  });
}

async function copyTable(
  snapshot: Transaction,
  target: Database,
  table: string,
  onProgress: CopyProgress,
): Promise<RowTally> {
  const shape = await readShape(snapshot, table);
  await requireSameShape(target, shape);
  const tally = new RowTally(shape.columns);
  await write(target, (transaction) => deleteAll(transaction, table));
  for await (const rows of readRows(snapshot, shape)) {
    await write(target, (transaction) => insertRows(transaction, shape, rows));
    tally.add(rows);
    onProgress('copied', table, tally.rows);
  }
  return tally;
}

/** @throws CopyError when a column is in one of the databases alone: they are of two versions */
async function requireSameShape(target: Database, { table, columns }: TableShape): Promise<void> {
  const other = await readInSnapshot(target, (transaction) => readShape(transaction, table));
  const list = (shape: Pick<TableShape, 'columns'>): string =>
    shape.columns.map(({ name }) => name).join(', ');
  if (list({ columns }) === list(other)) return;
  throw new CopyError(`${table} has other columns in the database to copy to; migrate both`);
}

function write(target: Database, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  return retryWrites(() => writeInTransaction(target, work));
}

/** Reads a copied table again. @throws CopyError when it differs from what was read */
async function compareTable(
  target: Database,
  table: string,
  expected: RowTally,
  onProgress: CopyProgress,
): Promise<void> {
  const found = new RowTally(expected.columns);
  await readInSnapshot(target, async (snapshot) => {
    const shape = await readShape(snapshot, table);
    for await (const rows of readRows(snapshot, shape) as AsyncIterable<readonly TextRow[]>) {
      found.add(rows);
      onProgress('compared', table, found.rows);
    }
  });
  const difference = expected.findDifference(found);
  if (difference !== null) throw new CopyError(`${table} was not copied exactly: ${difference}`);
}
