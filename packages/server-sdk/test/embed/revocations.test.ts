import { expect, test } from 'vitest';
import { createTestUsageOn, openTestUsage } from '../helpers/create-test-usage.js';
import { EMBED } from '../helpers/embed-fixture.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

test.each(await takeServers())(
  'revocations at the same time are all done, on $name',
  async (server) => {
    const host = await createTestUsageOn(server, { embed: EMBED });
    const other = openTestUsage({ database: host.config, embed: EMBED });
    const users = ['alice', 'bob', 'carol'];
    const revoked = Array.from({ length: 30 }, (_, at) =>
      (at % 2 === 0 ? host.usage : other).revokeEmbedTokens(users[at % users.length] ?? ''),
    );
    await expect(Promise.all(revoked)).resolves.toHaveLength(30);
    await other.stop();
    await host.close();
  },
);

test('a token cannot name what no project can be called', async () => {
  const host = await createTestUsageOn(sqliteServer, { embed: EMBED });
  for (const project of ['a\0b', 'a\nb', 'a\ud800', '\udc00', 'x'.repeat(256)]) {
    const made = host.usage.createEmbedToken({
      ...{ userDid: 'alice', projects: ['ok', project], scopes: ['overview:read'] },
    });
    await expect(made).rejects.toThrow(/projects must name/);
  }
  await host.close();
});
