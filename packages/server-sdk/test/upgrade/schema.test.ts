import knexFactory, { type Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { MIGRATION_NAMES } from '../../src/db/migration-source.js';
import { usageMigrations } from '../../src/index.js';
import { availableServers, type DatabaseServer } from '../helpers/test-databases.js';
import { describeSchema, type Schema } from './describe-schema.js';
import { listReleases, writeSchema, type Release } from './released-version.js';

const servers = await availableServers();
const releases = listReleases();

const EDITED =
  'A released migration was edited: databases that have it keep the old tables. Add a new migration instead. (Before that release: npm run freeze-release -w packages/server-sdk)';

describe.each(releases)('the tables of $version', (release) => {
  test.each(servers)('are what its migrations still make on $name', async (server) => {
    const made = await describeNew(server, (knex) => migrateTo(knex, release));
    const released = await describeNew(server, (knex) => writeSchema(knex, release, server.name));
    expect(made, EDITED).toEqual(released);
    expect(Object.keys(released)).toContain('view usage_daily');
  });

  test.each(servers)('become those of a new database on $name', async (server) => {
    const upgraded = await describeNew(server, async (knex) => {
      await writeSchema(knex, release, server.name);
      await knex.migrate.latest(usageMigrations());
    });
    const created = await describeNew(server, (knex) => knex.migrate.latest(usageMigrations()));
    expect(upgraded).toEqual(created);
  });

  test('are of migrations that this version has, in their order', () => {
    expect(MIGRATION_NAMES.slice(0, release.migrations.length), EDITED).toEqual(release.migrations);
  });
});

test('migrations after the first release name the version that has them', () => {
  const first = releases[0]?.migrations.length ?? 0;
  expect(first).toBeGreaterThan(0);
  for (const name of MIGRATION_NAMES.slice(first)) expect(name).toMatch(/@\d+\.\d+\.\d+$/);
});

async function describeNew(
  server: DatabaseServer,
  write: (knex: Knex) => Promise<unknown>,
): Promise<Schema> {
  const database = await server.create();
  const knex = knexFactory({ ...database.config, useNullAsDefault: true });
  await write(knex);
  const schema = await describeSchema(knex, server.name);
  await knex.destroy();
  await database.drop();
  return schema;
}

async function migrateTo(knex: Knex, { migrations }: Release): Promise<void> {
  for (const name of migrations) await knex.migrate.up({ ...usageMigrations(), name });
}
