import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { runForRequest } from '../../src/runtime/request-signal.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';

const servers = await takeServers();

/** Statements that would take minutes. */
const SLOW = {
  SQLite: `with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000) select count(*) as c from n`,
  PostgreSQL: 'select pg_sleep(100)',
  MariaDB: 'select sleep(100)',
};

/** The statement time-out of every database: what a request no longer waits for is cancelled where it runs. */
describe.each(servers)('a statement of a request that is over, on $name', (kind) => {
  let created: TestDatabase;
  let databases: [string, Database][];
  let own: Knex;
  beforeAll(async () => {
    created = await kind.create();
    own = knex({ ...created.config, useNullAsDefault: true, pool: { min: 0, max: 1 } });
    databases = [
      ['opened here', openDatabase({ ...created.config, pool: { min: 0, max: 1 } })],
      ['of the host', openDatabase(own)],
    ];
  });
  afterAll(async () => {
    for (const [, database] of databases) await database.close();
    await own.destroy();
    await created.drop();
  });

  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedMs = performance.now();
    await expect(work()).rejects.toThrow();
    return performance.now() - startedMs;
  };

  test('is cancelled while it runs, alone and in a transaction, and the connection serves the next', async () => {
    for (const [name, database] of databases) {
      const alone = await timed(() =>
        runForRequest(AbortSignal.timeout(150), () => database.reader.raw(SLOW[kind.name])),
      );
      const within = await timed(() =>
        runForRequest(AbortSignal.timeout(150), () =>
          database.snapshot((trx) => trx.raw(SLOW[kind.name])),
        ),
      );
      expect([name, alone < 5000, within < 5000]).toEqual([name, true, true]);
      // The pool has one connection: it is the one that was cancelled.
      for (let round = 0; round < 5; round += 1) {
        const rows = await database.snapshot((trx) => trx.select(trx.raw('1 as one')));
        expect(rows).toEqual([{ one: 1 }]);
      }
    }
  });

  test('is not begun when the request is over before', async () => {
    for (const [, database] of databases) {
      const asked: string[] = [];
      database.reader.on('query-response', (_rows, { sql }: { sql: string }) => asked.push(sql));
      await timed(() =>
        runForRequest(AbortSignal.abort(), () => database.reader.raw('select 1 as one')),
      );
      expect(asked).toEqual([]);
    }
  });

  test('others’ statements go on', async () => {
    for (const [, database] of databases) {
      const controller = new AbortController();
      const mine = runForRequest(controller.signal, () => database.reader.raw('select 1 as one'));
      controller.abort();
      await mine.then(
        () => undefined,
        () => undefined,
      );
      expect(await database.reader.select(database.reader.raw('1 as one'))).toEqual([{ one: 1 }]);
    }
  });

  test('a host’s own instance is as it was', async () => {
    const seen: string[] = [];
    const note = ({ sql }: { sql: string }): number => seen.push(sql);
    own.on('query', note);
    const [, ofHost] = databases[1] ?? [];
    await ofHost?.reader.raw('select 1 as one');
    own.off('query', note);
    expect(seen).toEqual(['select 1 as one']);
    // Not on behalf of anyone, even within a request.
    const signal = AbortSignal.abort();
    await runForRequest(signal, () => own.raw('select 1 as one'));
  });
});
