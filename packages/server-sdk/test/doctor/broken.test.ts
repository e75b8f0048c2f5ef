import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { EXPECTED_COLUMNS, EXPECTED_INDEXES } from '../../src/doctor/expected-schema.js';
import { OLDEST_DRIVERS, rateDriver, rateServer } from '../../src/doctor/checks/versions.js';
import { openHub } from '../helpers/hub-database.js';
import { listStatements, runCommand, toUrl, type Ended } from '../helpers/run-command.js';
import {
  availableServers,
  sqliteServer,
  urlOf,
  type TestDatabase,
} from '../helpers/test-databases.js';

const servers = await availableServers();
const HOUR_MS = 3_600_000;

describe.each(servers)('doctor on a $name that is broken', (server) => {
  let database: TestDatabase;
  let url: string;
  let own: Knex;
  beforeEach(async () => {
    database = await server.create();
    url = toUrl(database);
    own = openHub(database.config);
    await runCommand('migrate', url);
  });
  afterEach(async () => {
    await own.destroy();
    await database.drop();
  });
  const doctor = (...options: string[]): Promise<Ended> => runCommand('doctor', url, options);

  test('names columns, views and indexes that are gone, and columns of others', async () => {
    expect((await doctor()).out).toContain(
      `ok      schema: ${Object.keys(EXPECTED_COLUMNS).length} tables and views and ${EXPECTED_INDEXES.length} indexes are as migrated`,
    );
    const on = server.name === 'MariaDB' ? ' on model_call_users' : '';
    await own.raw('alter table model_alert_rules drop column updated_at_ms');
    await own.raw('alter table model_call_slots add column mine integer');
    await own.raw('drop view usage_calls');
    await own.raw(`drop index model_call_users_due${on}`);
    const { code, problems, out } = await doctor();
    expect(code).toBe(1);
    expect(problems).toEqual([
      expect.stringMatching(/^PROBLEM schema: model_alert_rules lacks updated_at_ms: restore it/),
      expect.stringMatching(/^PROBLEM schema: usage_calls is missing: restore it/),
      expect.stringMatching(/^PROBLEM schema: the indexes model_call_users_due are missing/),
    ]);
    expect(out.join('\n')).toContain('warning schema: model_call_slots has mine, which');
  });

  test('names triggers that were altered, and its statements mend them', async () => {
    const name = server.name === 'PostgreSQL' ? 'model_calls_watch' : 'model_calls_deleted';
    await own.raw(
      {
        SQLite: 'drop trigger model_calls_deleted',
        PostgreSQL: `create or replace function model_calls_watch() returns trigger
          language plpgsql as $$ begin return null; end $$`,
        MariaDB: 'drop trigger model_calls_deleted',
      }[server.name],
    );
    if (server.name === 'PostgreSQL') {
      // It would fire on a replica only.
      await own.raw('alter table model_calls enable replica trigger model_calls_inserted');
    } else {
      const body = `begin update model_call_users set version = version + 1; end`;
      await own.raw(
        `create trigger model_calls_deleted after delete on model_calls for each row ${body}`,
      );
    }
    const { code, problems, out } = await doctor();
    expect(code).toBe(1);
    expect(problems.join('\n')).toContain(`triggers: ${name} of model_calls were altered`);
    if (server.name === 'PostgreSQL') expect(problems[0]).toContain('model_calls_inserted');
    for (const statement of listStatements(out)) await own.raw(statement);
    expect(await doctor()).toMatchObject({ code: 0, problems: [] });
  });

  test('says who holds leases, and who left them', async () => {
    const lease = async (owner: string, slot: number, fromNowMs: number): Promise<void> => {
      const values = { owner, lease_until_ms: Date.now() + fromNowMs };
      await own('model_call_slots').where({ slot }).update(values);
    };
    await lease('running', 1, 10_000);
    await lease('running', 2, 10_000);
    await lease('killed', 3, -60_000);
    await lease('forgotten', 4, -2 * HOUR_MS);
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(out.filter((line) => line.includes(' leases: '))).toEqual([
      expect.stringMatching(/^ok      leases: 2 slots are held by the instance running, .*Z$/),
      expect.stringMatching(/^ok      leases: 1 slots were left by the instance killed, .* takes/),
      expect.stringMatching(
        /^warning leases: 1 slots were left by the instance forgotten, .*start/,
      ),
    ]);
  });

  test('says how far the rollup lags, and how many users are due', async () => {
    const startedAt = Date.now() - 5 * HOUR_MS;
    for (const user of ['alice', 'bob']) {
      await own('model_calls').insert({
        ...{ user_did: user, id: 'a', model: 'm', status: 'success', started_at_ms: startedAt },
      });
    }
    const late = await doctor();
    expect(late.code).toBe(1);
    expect(late.problems).toEqual([
      expect.stringMatching(
        /^PROBLEM rollup: it lags \d{5} s, at most 7800 s are fine; 2 users are due and 0 hours .*usage\.start/,
      ),
    ]);
    await runCommand('rollup', url);
    const mended = await doctor();
    expect(mended.code).toBe(0);
    expect(mended.out.join('\n')).toMatch(/ok {6}rollup: it lags \d+ s, .*; 0 users are due/);
  });

  test('writes one JSON document with the same findings', async () => {
    await own.raw('drop view usage_daily');
    const { code, out } = await doctor('--json');
    expect(code).toBe(1);
    const { level, checks } = JSON.parse(out.join('\n')) as {
      level: string;
      checks: { name: string; level: string; text: string }[];
    };
    expect(level).toBe('problem');
    expect(checks.filter((found) => found.level === 'problem')).toEqual([
      {
        name: 'schema',
        level: 'problem',
        text: expect.stringMatching(/^usage_daily is/) as string,
      },
    ]);
    const names = new Set(checks.map(({ name }) => name));
    for (const name of ['versions', 'disk', 'tables', 'triggers', 'privileges', 'leases']) {
      expect(names).toContain(name);
    }
    const none = await runCommand('doctor', url.replace(/:\d+\/|usage\.db/, ':1/'), ['--json']);
    expect(none.code).toBe(2);
    expect(JSON.parse(none.out.join('\n'))).toMatchObject({ level: 'unreachable', checks: [] });
  });

  test.skipIf(server.name === 'SQLite')('says how large the tables are', async () => {
    const { out } = await doctor();
    expect(out.join('\n')).toMatch(/ok {6}disk: 20 tables have \d+ MiB with their indexes: model_/);
  });
});

describe('doctor on a SQLite file', () => {
  const MIB = 2 ** 20;
  let database: TestDatabase;
  let own: Knex;
  beforeEach(async () => {
    database = await sqliteServer.create();
    own = openHub(database.config);
    await runCommand('migrate', toUrl(database));
  });
  afterEach(async () => {
    await own.destroy();
    await database.drop();
  });

  test('sees a log that is not written back, and free pages', async () => {
    const reader = openHub(database.config);
    const reading = await reader.transaction();
    await reading.raw('select count(*) from model_calls');
    await own.raw('create table large (bytes blob)');
    await own.raw(`insert into large values (zeroblob(${140 * MIB}))`);
    const held = await runCommand('doctor', toUrl(database));
    expect(held.code).toBe(0);
    expect(held.out.join('\n')).toMatch(/warning disk: the log \(-wal\) has 1[45]\d MiB: .*end it/);
    await reading.rollback();
    await reader.destroy();
    await own.raw('drop table large');
    await own.raw('pragma wal_checkpoint(truncate)');
    const freed = (await runCommand('doctor', toUrl(database))).out;
    expect(freed.join('\n')).toMatch(/warning disk: 14\d MiB of the file are free pages/);
    for (const statement of listStatements(freed)) await own.raw(statement);
    const after = (await runCommand('doctor', toUrl(database))).out.join('\n');
    expect(after).toContain('ok      disk: 0 MiB of the file are free pages');
    expect(after).not.toContain('warning');
  });

  test('that its account may not write says so', async () => {
    const { filename } = database.config.connection as { filename: string };
    await own.destroy();
    chmodSync(filename, 0o444);
    chmodSync(dirname(filename), 0o555);
    const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
    const loader = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
    // The administrator may write everything: the command runs as another account.
    const isAdministrator = process.getuid?.() === 0;
    const run = promisify(execFile)(
      process.execPath,
      [...loader, cli, 'doctor', '--database', toUrl(database)],
      isAdministrator ? { uid: 65_534, gid: 65_534 } : {},
    );
    const failed = await run.catch((error: { code: number; stderr: string }) => error);
    chmodSync(dirname(filename), 0o755);
    expect(failed).toMatchObject({ code: 2 });
    expect(failed.stderr).toMatch(/cannot connect: .*may not write to .*usage\.db and .*: give it/);
  });
});

describe.each(servers.filter(({ name }) => name === 'MariaDB'))('rights on $name', (server) => {
  test('that are missing are named', async () => {
    const database = await server.create();
    const own = openHub(database.config);
    const user = `usage_kit_${Date.now()}`;
    const url = urlOf(database.config);
    try {
      await runCommand('migrate', url.toString());
      await own.raw(`create user ${user}@'%' identified by 'secret'`);
      await own.raw(`grant select, trigger on ${url.pathname.slice(1)}.* to ${user}@'%'`);
      url.username = user;
      url.password = 'secret';
      const { code, problems, out } = await runCommand('doctor', url.toString());
      expect(code).toBe(1);
      expect(problems[0]).toMatch(/may not insert, update, delete in model_calls \(.*\): grant it/);
      expect(out.join('\n')).toContain(
        'warning privileges: this database user may not create, alter, drop, index, create view: migrate as another one',
      );
      for (const statement of listStatements(out)) await own.raw(statement);
      const mended = await runCommand('doctor', url.toString());
      expect(mended.out.join('\n')).not.toContain('create view');
    } finally {
      await own.raw(`drop user if exists ${user}@'%'`);
      await own.destroy();
      await database.drop();
    }
  });
});

describe('versions', () => {
  test.each([
    ['postgres', '15.14 (Debian 15.14-0)', 'ok'],
    ['postgres', '14.2', 'warning'],
    ['postgres', '11.22', 'problem'],
    ['mariadb', '10.11.6-MariaDB', 'ok'],
    ['mariadb', '10.6.1-MariaDB', 'warning'],
    ['mariadb', '10.1.48-MariaDB', 'problem'],
    ['mysql', '8.4.0', 'warning'],
    ['mysql', '8.0.16', 'problem'],
    ['sqlite', '3.52.0', 'ok'],
    ['sqlite', '3.34.1', 'problem'],
  ] as const)('of a server: %s %s is %s', (product, text, level) => {
    expect(rateServer(product, text).level).toBe(level);
  });

  test('of a driver: what the manifest takes', () => {
    const peers: Record<string, string> = manifest.peerDependencies;
    for (const [name, oldest] of Object.entries(OLDEST_DRIVERS)) {
      expect(peers[name]).toMatch(new RegExp(`^\\^${oldest.replaceAll('.', String.raw`\.`)}\\b`));
      expect(rateDriver(name, oldest).level).toBe('ok');
      expect(rateDriver(name, '1.0.0').text).toContain(`npm install ${name}@^${oldest}`);
    }
    expect(rateDriver('pg', null).level).toBe('ok');
  });
});
