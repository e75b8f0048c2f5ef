import type { AddressInfo } from 'node:net';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Authenticate, Usage } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import { breakingQuota } from '../helpers/breaking-quota.js';
import { HOSTS, type HostModule } from '../helpers/hosts.js';
import { ask, mountContract, type MountedHost } from '../helpers/mount-contract.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

/** Every host with its real packages; each is the file of `examples/hosts` that the README shows. */
describe.each(HOSTS)('$name', (kind) => {
  let module: HostModule;
  beforeAll(async () => {
    module = await kind.load();
  });

  test('is the version that it says', () => {
    expect(module.major).toBe(Number(/\d+$/.exec(kind.name)?.[0] ?? module.major));
  });

  describe.each(kind.mounts)('at $prefix, endpoints at $basePath', ({ prefix, basePath }) => {
    let database: TestDatabase;
    let own: Knex;
    let usage: Usage;
    let host: MountedHost;
    let close: () => Promise<unknown>;
    let arrived = (): void => undefined;
    let release = Promise.resolve();

    beforeAll(async () => {
      database = await sqliteServer.create();
      own = knex({ ...database.config, useNullAsDefault: true, pool: { min: 1, max: 1 } });
      const authenticate: Authenticate = async (asked, from) => {
        const identity = await module.authenticate(asked, from);
        if (asked.headers['x-slow'] !== undefined) {
          arrived();
          await release;
        }
        return identity;
      };
      const clock = { now: () => NOW_MS };
      usage = openTestUsage({
        ...{ database: own, authenticate, basePath, clock },
        quota: breakingQuota,
      });
      await usage.migrate();
      await usage.calls.record(
        ['a/b', '项目', 'app'].map((appDid) => ({
          userDid: 'alice',
          appDid,
          model: 'gpt-4o',
          status: 'success' as const,
          startedAt: NOW_MS - 3_600_000,
        })),
      );
      const listening = await module.listen(usage, prefix);
      ({ close } = listening);
      const { port } = listening.server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}`;
      // EXACT: the host's prefix ends with the base path, and strips it.
      const isExact = prefix.endsWith(basePath);
      const base = isExact ? prefix : prefix === '/' ? basePath : prefix + basePath;
      const { compresses } = kind;
      host = { url, base, compresses, ownsUnknown: true, seesMethods: true };
    });
    afterAll(async () => {
      await close();
      await usage.stop();
      await own.destroy();
      await database.drop();
    });

    mountContract(() => host);

    test.each(['csv', 'ndjson', 'xlsx'])('a file of %s arrives whole', async (format) => {
      const url = `${host.url}${host.base}/exports/calls?format=${format}`;
      const { status, headers, text } = await ask(url);
      expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="usage-calls_/);
      if (format === 'csv') expect(text).toMatch(/# complete,true,+\r\n$/);
      if (format === 'ndjson') expect(text).toMatch(/"complete":true\}\n$/);
      if (format === 'xlsx') expect(text.slice(0, 2)).toBe('PK');
    });

    test.each(['csv', 'ndjson', 'xlsx'])(
      'a file of %s that fails in the middle breaks the connection',
      async (format) => {
        const url = `${host.url}${host.base}/exports/ledger?format=${format}`;
        const response = await fetch(url, { headers: { 'x-user': 'alice' } });
        expect(response.status).toBe(200);
        await expect(response.text()).rejects.toThrow(TypeError);
        // Its slot is free again.
        await expect
          .poll(async () => (await ask(url, undefined, { method: 'HEAD' })).status)
          .toBe(200);
        await expect.poll(async () => (await ask(url.replace('ledger', 'calls'))).status).toBe(200);
      },
    );

    test('a client that disconnects cancels the work', async () => {
      let asked = 0;
      const count = (): void => {
        asked += 1;
      };
      own.on('query', count);
      const reached = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      let goOn = (): void => undefined;
      release = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const client = request(`${host.url}${host.base}/overview`, {
        headers: { 'x-user': 'alice', 'x-slow': '1' },
      });
      const gone = new Promise((resolve) => client.on('close', resolve));
      client.on('error', () => undefined).end();
      await reached;
      client.destroy();
      await gone;
      await sleep(100); // until the server has seen it too
      goOn();
      await sleep(100);
      expect(asked).toBe(0);
      // The same request by a client that stays.
      await ask(`${host.url}${host.base}/overview`, { 'x-user': 'alice', 'x-slow': '1' });
      expect(asked).toBeGreaterThan(0);
      own.off('query', count);
    });
  });
});
