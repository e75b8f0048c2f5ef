import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { toRows } from '../../src/db/executor.js';
import { readOnce } from '../../src/db/read-once.js';
import { readInSnapshot, type Transaction } from '../../src/db/transaction.js';
import { runForRequest } from '../../src/runtime/request-signal.js';
import { availableServers, sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

const readSize = async ({ trx }: Transaction): Promise<number | undefined> =>
  toRows<{ cache_size: number }>(await trx.raw('pragma cache_size'))[0]?.cache_size;

describe('the cache of a connection of SQLite', () => {
  let made: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    made = await sqliteServer.create();
    database = openDatabase(made.config);
  });
  afterEach(async () => {
    await database.close();
    await made.drop();
  });

  test('is small while each row is read once, and as before after that', async () => {
    await readInSnapshot(database, async (transaction) => {
      const before = await readSize(transaction);
      const within = await readOnce(transaction, () => readSize(transaction));
      expect(within).toBe(-2000);
      expect(await readSize(transaction)).toBe(before);
      expect(before).toBe(-32_000);
    });
  });

  test('is as before when the reads fail, and when their request is over', async () => {
    await readInSnapshot(database, async (transaction) => {
      const over = new AbortController();
      const failing = runForRequest(over.signal, () =>
        readOnce(transaction, async () => {
          over.abort(new Error('left'));
          await transaction.trx.raw('select 1');
        }),
      );
      await expect(failing).rejects.toThrow('The request is over');
      expect(await readSize(transaction)).toBe(-32_000);
    });
  });
});

test.each((await availableServers()).filter(({ name }) => name !== 'SQLite'))(
  'of $name is left alone',
  async ({ create }) => {
    const made = await create();
    const database = openDatabase(made.config);
    const read = await readInSnapshot(database, (transaction) =>
      readOnce(transaction, () => Promise.resolve('read')),
    );
    expect(read).toBe('read');
    await database.close();
    await made.drop();
  },
);
