import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { openDatabase, type Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { storeCalls } from '../../test/helpers/store-calls.js';
import { checkCalls } from './record-calls.js';

const MAX_CHARACTERS = 1_000_000;

/** A database that closes the connection of a large statement before it says that it is too large. */
function withLimit(database: Database): Database {
  const limited = (trx: Knex.Transaction): Knex.Transaction =>
    new Proxy(trx, {
      get: (target, name) => {
        if (name !== 'raw') return Reflect.get(target, name) as unknown;
        return (sql: string, bindings: Knex.RawBinding[] = []) => {
          if (JSON.stringify([sql, bindings]).length > MAX_CHARACTERS) {
            throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
          }
          return target.raw(sql, bindings);
        };
      },
    });
  return {
    ...database,
    transaction: (write) => database.transaction((trx) => write(limited(trx))),
  };
}

test('calls in a statement that loses its connection again and again are stored in smaller ones', async () => {
  const database = openDatabase('sqlite::memory:');
  await migrate(database.writer);
  const { calls } = checkCalls(
    Array.from({ length: 200 }, (_, index) => ({
      id: `call-${index}`,
      ...{ userDid: 'alice', model: 'm', status: 'success' as const, startedAt: 1_790_000_000_000 },
      metadata: { text: 'x'.repeat(9000) },
    })),
    { price: (call) => call, creditDecimals: 8 },
  );
  expect(await storeCalls(withLimit(database), calls)).toEqual({ inserted: 200, updated: 0 });
  await database.close();
});
