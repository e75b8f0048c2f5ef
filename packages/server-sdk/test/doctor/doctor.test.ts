import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { ALL_TABLES } from '../../src/db/tables.js';
import { checkClock } from '../../src/doctor/checks/clock.js';
import { openHub } from '../helpers/hub-database.js';
import { listStatements, runCommand, toUrl, type Ended } from '../helpers/run-command.js';
import { availableServers, urlOf, type TestDatabase } from '../helpers/test-databases.js';

const servers = await availableServers();

describe.each(servers)('doctor on $name', (server) => {
  let database: TestDatabase;
  let url: string;
  let own: Knex;
  beforeEach(async () => {
    database = await server.create();
    url = toUrl(database);
    own = openHub(database.config);
  });
  afterEach(async () => {
    await own.destroy();
    await database.drop();
  });

  test('an empty database says to migrate, and a migrated one is fine', async () => {
    // SQLite's file is there with its first connection.
    await own.raw('select 1');
    const before = await run('doctor', url);
    expect(before.code).toBe(1);
    expect(before.problems).toEqual(['PROBLEM tables: there are none yet: usage-kit migrate']);
    await run('migrate', url);
    const after = await run('doctor', url);
    expect(after.problems).toEqual([]);
    expect(after.code).toBe(0);
    const version = { SQLite: 'SQLite 3.', PostgreSQL: 'PostgreSQL 15.', MariaDB: 'MariaDB 10.11' };
    expect(after.out[0]).toContain(`ok      versions: ${version[server.name]}`);
    expect(after.out[1]).toMatch(/^ok {6}versions: driver (sqlite3|pg|mysql2) \d+\.\d+/);
  });

  test('every table is among those whose rights are tried', async () => {
    await run('migrate', url);
    const found = [];
    for (const table of ALL_TABLES) if (await own.schema.hasTable(table)) found.push(table);
    expect(found).toEqual(ALL_TABLES);
    const { out } = await run('doctor', url);
    expect(out).toContain(
      `ok      privileges: this database user may read and write all ${ALL_TABLES.length} tables`,
    );
  });

  test('AIGNE Hub’s table after its migrations: the missing indexes, by statements that make them', async () => {
    await createHubTable(own);
    await run('migrate', url);
    const { code, out, problems } = await run('doctor', url, 'aigne-hub');
    expect(code).toBe(1);
    expect(problems).toEqual([
      'PROBLEM indexes: no index begins with (userDid, callTime), for the figures of a user',
      'PROBLEM indexes: no index begins with (updatedAt), for the scan for changed rows, which each run does',
    ]);
    expect(out).toContain('ok      mapping: "ModelCalls" is read as it is');
    expect(out).toContain(
      'ok      indexes: (userDid, appDid, callTime), for the calls of a project',
    );
    const statements = out.filter((line) => line.startsWith('       create index '));
    expect(statements).toHaveLength(2);
    for (const statement of statements) await own.raw(statement.trim().replace(/;$/, ''));
    expect(await run('doctor', url, 'aigne-hub')).toMatchObject({ code: 0, problems: [] });
  });

  test('an index of some rows, or of the beginnings of texts, is none', async () => {
    await createHubTable(own);
    await own.raw(
      server.name === 'MariaDB'
        ? 'create index part on ModelCalls (userDid(10), callTime)'
        : 'create index part on "ModelCalls" ("userDid", "callTime") where "appDid" is not null',
    );
    const { problems } = await run('doctor', url, 'aigne-hub');
    expect(problems.join()).toContain('(userDid, callTime)');
  });

  test('a view has none, and its tables are left to their owner', async () => {
    await createHubTable(own);
    await own.schema.renameTable('ModelCalls', 'calls_behind');
    await own.schema.createView('ModelCalls', (view) => {
      view.as(own('calls_behind').select('*'));
    });
    const { out } = await run('doctor', url, 'aigne-hub');
    expect(out).toContain('warning indexes: "ModelCalls" is a view: look at the tables behind it');
  });

  test('a mapping that does not fit says why, and the other checks go on', async () => {
    await run('migrate', url);
    const { code, problems, out } = await run('doctor', url, 'aigne-hub');
    expect(code).toBe(1);
    expect(problems[0]).toContain('PROBLEM mapping: calls.table: there is no table "ModelCalls"');
    expect(problems.join()).not.toContain('indexes');
    expect(out).toContain('ok      leases: none is held');
  });

  test('a trigger that is gone, a run that failed and a lease without an end', async () => {
    await run('migrate', url);
    const on = server.name === 'PostgreSQL' ? ' on model_calls' : '';
    await own.raw(`drop trigger model_calls_updated${on}`);
    await own('model_call_rollups').update({ last_failure: 'disk full', last_failure_at_ms: 1 });
    await own('model_call_slots')
      .where('slot', 3)
      .update({ owner: 'a', lease_until_ms: Date.now() + 3_600_000 });
    const { code, problems, out } = await run('doctor', url);
    expect(code).toBe(1);
    expect(problems).toEqual([
      expect.stringMatching(/^PROBLEM triggers: model_calls_updated of model_calls are missing/),
      expect.stringMatching(/^PROBLEM rollup: the last run failed at 1970-01-01/),
      expect.stringMatching(
        /^PROBLEM leases: 1 slots are held by the instance a for (3599|3600) s more/,
      ),
    ]);
    for (const statement of listStatements(out)) await own.raw(statement);
    await own('model_call_rollups').update({ last_failure: null, last_failure_at_ms: null });
    expect(await run('doctor', url)).toMatchObject({ code: 0, problems: [] });
  });

  test('a clock that is another, where the database is on a server', async () => {
    const opened = openDatabase(database.config);
    const at = async (offsetMs: number): Promise<unknown> => {
      const clock = { now: () => Date.now() + offsetMs };
      const found = await checkClock.run({
        ...{ database: opened, calls: null, maxLagSeconds: 1, clock },
      });
      return found[0]?.level;
    };
    const levels = [await at(0), await at(60_000), await at(-60_000)];
    await opened.close();
    expect(levels).toEqual(
      server.name === 'SQLite' ? [undefined, undefined, undefined] : ['ok', 'problem', 'problem'],
    );
  });

  test('a database that cannot be reached is 2', async () => {
    const { code, out } = await run('doctor', unreachable(url));
    expect(code).toBe(2);
    expect(out.join()).toMatch(/cannot connect: (There is no database at|.*ECONNREFUSED)/);
  });
});

/** A user of the database who may only read. */
describe.each(servers.filter(({ name }) => name === 'PostgreSQL'))('rights on $name', (server) => {
  test('that are missing are named', async () => {
    const database = await server.create();
    const own = openHub(database.config);
    const role = `usage_kit_reader_${Date.now()}`;
    try {
      await run('migrate', toUrl(database));
      await own.raw(`create role ${role} login`);
      await own.raw(`grant select, insert on all tables in schema public to ${role}`);
      const url = urlOf(database.config);
      url.username = role;
      const { code, problems, out } = await run('doctor', url.toString());
      expect(code).toBe(1);
      expect(problems).toContain(
        'PROBLEM privileges: this database user may not update, delete in model_calls (42501): grant it as its owner',
      );
      expect(problems).toHaveLength(ALL_TABLES.length);
      expect(out).toContain(
        'warning privileges: this database user may not create in the schema public, alter tables, which belong to postgres: migrate as another one, or grant it',
      );
      for (const statement of listStatements(out)) await own.raw(statement);
      expect((await run('doctor', url.toString())).out.join()).not.toContain('may not create');
    } finally {
      await own.raw(`drop owned by ${role}`);
      await own.raw(`drop role ${role}`);
      await own.destroy();
      await database.drop();
    }
  });
});

/** AIGNE Hub's call table with the indexes that its migrations leave on SQLite. */
function createHubTable(own: Knex): Promise<void> {
  return own.schema.createTable('ModelCalls', (table) => {
    table.string('id').primary();
    for (const name of ['providerId', 'model', 'type', 'status', 'appDid', 'userDid', 'traceId']) {
      table.string(name);
    }
    for (const name of ['usageMetrics', 'metadata', 'errorReason']) table.text(name);
    for (const name of ['totalUsage', 'callTime']) table.integer(name);
    for (const name of ['credits', 'duration', 'ttfb']) table.decimal(name, 20, 8);
    table.datetime('updatedAt');
    table.index(['appDid', 'callTime']);
    table.index(['userDid', 'appDid', 'callTime']);
  });
}

function unreachable(url: string): string {
  return url.startsWith('sqlite:') ? `${url}-none` : url.replace(/:\d+\//, ':1/');
}

function run(command: string, url: string, calls?: string): Promise<Ended> {
  return runCommand(command, url, calls === undefined ? [] : ['--calls', calls]);
}
