import { readFileSync } from 'node:fs';
import knex from 'knex';
import { expect, test } from 'vitest';
import { DevelopmentDatabaseError } from '../../src/db/development-history.js';
import { MIGRATION_NAMES } from '../../src/db/migration-source.js';
import { usageMigrations, type ModelCallInput } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HISTORY = 'usage_kit_migrations';
const DAY_MS = 86_400_000;

/** First and last of the names that development versions wrote; the fifteen between them matter to nothing. */
const OLD_NAMES = ['0001-create-calls', '0016-create-views', '0017-find-processing'];

const CALL: ModelCallInput = {
  ...{ userDid: 'alice', appDid: 'app', id: 'a', model: 'm', status: 'success' },
  startedAt: NOW_MS - 7_200_000,
};

/** What the README tells to run. */
function readDocumentedStatements(): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, sql = ''] = /```sql\n(update usage_kit_migrations[^`]*)```/.exec(readme) ?? [];
  return sql.split(';').filter((statement) => statement.trim() !== '');
}

test.each(await takeServers())(
  'a database of a development version is refused unchanged on $name, until its history is renamed',
  async (server) => {
    const database = await server.create();
    const usage = openTestUsage({ database: database.config, clock: { now: () => NOW_MS } });
    const host = knex({ ...database.config, useNullAsDefault: true });
    // Development versions had the tables of the first one.
    await host.migrate.up(usageMigrations());
    await usage.calls.record(CALL);
    await host(HISTORY).delete();
    const rows = OLD_NAMES.map((name) => ({ name, batch: 1, migration_time: new Date(NOW_MS) }));
    await host(HISTORY).insert(rows);
    const history = await host(HISTORY).orderBy('id');

    await expect(usage.migrate()).rejects.toThrow(DevelopmentDatabaseError);
    await expect(host.migrate.latest(usageMigrations())).rejects.toThrow('corrupt');
    expect(await host(HISTORY).orderBy('id')).toEqual(history);

    const statements = readDocumentedStatements();
    expect(statements).toHaveLength(2);
    for (const statement of statements) await host.raw(statement);
    expect(await usage.migrate()).toEqual(MIGRATION_NAMES.slice(1));
    expect(await host.migrate.latest(usageMigrations())).toEqual([expect.any(Number), []]);
    await usage.rollup.run();
    const range = { from: NOW_MS - DAY_MS, to: NOW_MS };
    expect((await usage.rollup.verify(range)).differences).toEqual([]);
    expect((await usage.stats.getAggregatedStats('alice', 'app', range.from, range.to)).calls).toBe(
      1,
    );
    await usage.stop();
    await host.destroy();
    await database.drop();
  },
);
