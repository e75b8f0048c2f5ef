import { afterAll, beforeAll, describe } from 'vitest';
import { openTestUsage } from '../helpers/create-test-usage.js';
import { mountContract, type MountedHost } from '../helpers/mount-contract.js';
import { startNext, type NextHost } from '../helpers/next-host.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

/** A real Next.js server with the route handler that the README shows. */
describe('Next.js', () => {
  let database: TestDatabase;
  let next: NextHost;
  let host: MountedHost;

  beforeAll(async () => {
    database = await sqliteServer.create();
    const { filename } = database.config.connection as { filename: string };
    const usage = openTestUsage({ database: `sqlite:${filename}` });
    await usage.migrate();
    await usage.calls.record(
      ['a/b', '项目', 'app'].map((appDid) => ({
        userDid: 'alice',
        appDid,
        model: 'gpt-4o',
        status: 'success' as const,
        startedAt: Date.now() - 3_600_000,
      })),
    );
    await usage.stop();
    next = await startNext(`sqlite:${filename}`);
    // The handler is for all paths below the base; of methods Next.js lets through those that the file exports.
    const { url } = next;
    host = { url, base: '/api/usage', compresses: true, ownsUnknown: false, seesMethods: false };
  }, 150_000);
  afterAll(async () => {
    await next.close();
    await database.drop();
  });

  mountContract(() => host);
});
