import knexFactory from 'knex';
import { describe, expect, test } from 'vitest';
import { MIGRATION_NAMES } from '../../src/db/migration-source.js';
import type { Overview } from '../../src/index.js';
import { ReferenceModel, referenceTotals, requireEqualTotals } from '../helpers/reference-model.js';
import { takeServers } from '../helpers/take-servers.js';
import { expectFigures } from './expect-figures.js';
import { generateHistory, HISTORY_END_MS, HISTORY_USERS } from './history.js';
import { openHistoryUsage } from './open-history-usage.js';
import { listReleases, writeReleasedDatabase } from './released-version.js';

const servers = await takeServers();
const TIMEOUT_MS = 240_000;
const DAY_MS = 86_400_000;
/** What the tables of calls have at least; those of archived hours come on top. */
const CALLS = 100_000;

describe.each(listReleases())('a database of $version', (release) => {
  test.each(servers)(
    'with 100,000 calls keeps every figure when it is migrated on $name',
    async (server) => {
      const database = await server.create();
      const host = knexFactory({ ...database.config, useNullAsDefault: true });
      expect(await writeReleasedDatabase(host, release, server.name)).toBeGreaterThan(CALLS);

      const usage = openHistoryUsage(database.config, { now: () => HISTORY_END_MS });
      const later = MIGRATION_NAMES.filter((name) => !release.migrations.includes(name));
      expect(await usage.migrate()).toEqual(later);

      await expectFigures(usage, release, 2);

      // Late calls are added and the last hours are rolled up: figures are what they were.
      await usage.rollup.run();
      await expectFigures(usage, release, 2);
      const range = { from: HISTORY_END_MS - 30 * DAY_MS, to: HISTORY_END_MS };
      expect((await usage.rollup.verify(range)).differences).toEqual([]);

      await usage.stop();
      await host.destroy();
      await database.drop();
    },
    TIMEOUT_MS,
  );

  test('has the figures of its calls', () => {
    const reference = new ReferenceModel();
    for (const call of generateHistory()) reference.record(call);
    const figures = release.readFigures();
    let compared = 0;
    for (const [name, body] of Object.entries(figures)) {
      const match = /^(.+) \/(?:overview|projects\/([^/]+)\/stats)\?from=(\d+)&to=(\d+)$/.exec(
        name,
      );
      if (match === null) continue;
      const [, user = '', project, from, to] = match;
      const appDid = project === undefined ? undefined : decodeURIComponent(project);
      const calls = reference.select(user, Number(from), Number(to), appDid);
      requireEqualTotals((body as Overview).totals, referenceTotals(calls), name);
      compared += calls.length;
    }
    // Two users' calls are in two ranges at least, of the account and of its projects.
    expect(compared).toBeGreaterThan(3 * CALLS);
    for (const user of HISTORY_USERS) {
      expect(Object.keys(figures).some((name) => name.startsWith(`${user} /overview`))).toBe(true);
    }
  });
});
