import { readFileSync } from 'node:fs';
import knexFactory, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import type { Totals } from '../../src/index.js';
import { migrations } from '../../src/db/migrations/index.js';
import { MIGRATIONS_TABLE } from '../../src/db/migration-source.js';
import { openTestUsage } from '../helpers/create-test-usage.js';
import { availableServers } from '../helpers/test-databases.js';

interface Fixture {
  nowMs: number;
  tables: Record<string, Record<string, unknown>[]>;
  figures: { user: string; app: string | null; fromMs: number; toMs: number; totals: Totals }[];
}

/** A database of before migration 0015, whose older calls are archived, and what was said of it then. */
const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/packed-archive.json', import.meta.url), 'utf8'),
) as Fixture;

test.each(await availableServers())(
  'what was packed of archived calls is the same in plain rows on $name',
  async (server) => {
    const database = await server.create();
    const old = knexFactory({ ...database.config, useNullAsDefault: true });
    await migrateBefore(old, '0015-plain-rows');
    await fill(old);
    await old.destroy();
    const usage = openTestUsage({
      database: database.config,
      clock: { now: () => fixture.nowMs },
      // The calls of then stay as they were.
      recorder: { abandonAfterMinutes: false },
    });
    expect(await usage.migrate()).toContain('0015-plain-rows');
    // Before the first rollup what is not archived is computed from the calls, and after it from rows.
    for (let run = 0; run < 2; run += 1) {
      for (const { user, app, fromMs, toMs, totals } of fixture.figures) {
        const found = await usage.stats.getAggregatedStats(user, app, fromMs, toMs);
        expect({ user, app, fromMs, toMs, totals: found }).toEqual({
          ...{ user, app, fromMs, toMs, totals },
        });
      }
      await usage.rollup.run();
    }
    const range = { from: 0, to: fixture.nowMs };
    expect((await usage.rollup.verify(range)).differences).toEqual([]);
    await usage.stop();
    await database.drop();
  },
  60_000,
);

async function migrateBefore(knex: Knex, name: string): Promise<void> {
  const end = migrations.findIndex((migration) => migration.name === name);
  await knex.migrate.latest({
    tableName: MIGRATIONS_TABLE,
    migrationSource: {
      getMigrations: () => Promise.resolve(migrations.slice(0, end)),
      getMigrationName: (migration: (typeof migrations)[number]) => migration.name,
      getMigration: (migration: (typeof migrations)[number]) => Promise.resolve(migration),
    },
  });
}

/** Puts the rows in; what triggers write of them is replaced. */
async function fill(knex: Knex): Promise<void> {
  for (const [table, rows] of Object.entries(fixture.tables)) {
    await knex(table).delete();
    const columns = Object.keys(await knex(table).columnInfo());
    for (const row of rows) {
      const known = Object.entries(row).filter(([column]) => columns.includes(column));
      await knex(table).insert(Object.fromEntries(known));
    }
  }
}
