import knexFactory from 'knex';
import { expect, test } from 'vitest';
import { createRollupScheduler } from '../../src/index.js';
import { NOW_MS, openTestUsage, silentLogger } from '../helpers/create-test-usage.js';
import { runCommand, toUrl } from '../helpers/run-command.js';
import { takeServers } from '../helpers/take-servers.js';

const HISTORY = 'usage_kit_migrations';
const SENTENCE =
  /migrated by version 98\.7\.6 or a later one \(0099-regions@98\.7\.6\), .*Install that version .*or restore the backup/;

test.each(await takeServers())(
  'a database of a later version is refused unchanged on $name, by each thing that starts',
  async (server) => {
    const database = await server.create();
    const host = knexFactory({ ...database.config, useNullAsDefault: true });
    const usage = openTestUsage({ database: database.config, clock: { now: () => NOW_MS } });
    await usage.migrate();
    await usage.start();
    await host(HISTORY).insert({
      name: '0099-regions@98.7.6',
      batch: 2,
      migration_time: new Date(NOW_MS),
    });
    const history = await host(HISTORY).orderBy('id');

    await expect(usage.migrate()).rejects.toThrow(SENTENCE);
    await expect(usage.start()).rejects.toMatchObject({ name: 'LaterDatabaseError' });
    for (const command of ['migrate', 'rollup', 'status', 'doctor']) {
      const { code, out } = await runCommand(command, toUrl(database));
      expect(code).toBe(1);
      expect(out.join('\n')).toMatch(
        command === 'doctor' ? /PROBLEM tables: .*98\.7\.6/ : SENTENCE,
      );
    }
    const errors: unknown[] = [];
    const scheduler = createRollupScheduler({
      database: database.config,
      rollup: { cron: '* * * * * *', retries: 0 },
      logger: silentLogger,
      onError: (error) => errors.push(error),
    });
    scheduler.start();
    await expect.poll(() => errors).not.toEqual([]);
    await scheduler.stop();
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(SENTENCE) as string });

    expect(await host(HISTORY).orderBy('id')).toEqual(history);
    // The later version names its migration otherwise than this convention: it is refused all the same.
    await host(HISTORY).where('id', history.at(-1)?.id).update({ name: 'whatever' });
    await expect(usage.start()).rejects.toThrow('migrated by a later version (whatever)');
    await host(HISTORY).where('name', 'whatever').delete();
    await usage.start();

    await usage.stop();
    await host.destroy();
    await database.drop();
  },
);
