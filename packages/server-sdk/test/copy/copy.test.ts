import { createServer } from 'node:http';
import knex from 'knex';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { CopyError, copyDatabase } from '../../src/copy/copy-database.js';
import { RowTally } from '../../src/copy/row-tally.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import {
  NOW_MS,
  createTestUsageOn,
  listen,
  openTestUsage,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import {
  availableServers,
  sqliteServer,
  urlOf,
  type DatabaseServer,
  type TestDatabase,
} from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;
const RANGE = `from=${NOW_MS - 60 * DAY_MS}&to=${NOW_MS}&timeZone=Asia/Kolkata`;
const ENDPOINTS = [
  `overview?${RANGE}`,
  `projects?${RANGE}&sparkline=credits`,
  `trends?${RANGE}&groupBy=model`,
  `models?${RANGE}`,
  `activity?${RANGE}`,
  `projects/chat/stats?${RANGE}`,
  `projects/chat/trends?${RANGE}`,
  `projects/chat/models?${RANGE}`,
  `projects/chat/latency?${RANGE}`,
  `projects/chat/failures?${RANGE}`,
  `projects/chat/calls?${RANGE}&limit=100`,
  'alerts',
  'budgets',
];
const USERS = ['did:abt:alice', 'did:abt:ben'];

const servers = await availableServers();
const others = servers.filter(({ name }) => name !== 'SQLite');
const PAIRS: [DatabaseServer, DatabaseServer][] = [
  [sqliteServer, sqliteServer],
  ...others.map((server): [DatabaseServer, DatabaseServer] => [sqliteServer, server]),
  ...others.map((server): [DatabaseServer, DatabaseServer] => [server, sqliteServer]),
];

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Calls of two users over 45 days, with a corrected and a late one, texts of every kind and an archived month. */
async function createSource(server: DatabaseServer): Promise<TestUsage> {
  const host = await createTestUsageOn(server, { retention: { callsDays: 40 } });
  cleanUps.push(() => host.close());
  const { usage } = host;
  const calls = Array.from({ length: 1300 }, (_, index) => ({
    id: `call-${index}`,
    userDid: USERS[index % 2] ?? '',
    appDid: ['chat', 'Søk', '搜索'][index % 3] ?? '',
    model: ['gpt-4o', 'claude'][index % 2] ?? '',
    status: index % 41 === 0 ? ('failed' as const) : ('success' as const),
    startedAt: NOW_MS - (index % 45) * DAY_MS - index * 977,
    durationMs: 200 + ((index * 37) % 5000) + 0.25,
    usage: { inputTokens: index, outputTokens: index % 7 },
    // Beyond what a binary fraction of 53 bits holds, once in smallest units.
    credits: index === 5 ? '90071992.54740991' : `${index % 11}.00000001`,
    cost: '0.0000000125',
    metadata: { note: 'O’Brien said "ok?" \\ 😀', index },
    ...(index % 41 === 0 && { errorReason: '429: slow down; it’s late?' }),
  }));
  await usage.calls.record(calls);
  await usage.rollup.run();
  // Late: its hour is dirty in the copy, too.
  await usage.calls.record({ ...calls[7], id: 'late', userDid: USERS[0] ?? '' } as never);
  return host;
}

async function createTarget(server: DatabaseServer): Promise<TestDatabase> {
  const target = await server.create();
  cleanUps.push(() => target.drop());
  const database = openDatabase(target.config);
  await migrate(database.writer);
  await database.close();
  return target;
}

const open = (config: TestDatabase['config']): Database => {
  const database = openDatabase(config);
  cleanUps.push(() => database.close());
  return database;
};

/** The figures of every endpoint, without what depends on the moment or on the keys of a process. */
async function readEndpoints(usage: TestUsage['usage']): Promise<unknown[]> {
  const http = await listen(createServer(usage.callback()), '/api/usage');
  const bodies = [];
  for (const user of USERS) {
    for (const path of ENDPOINTS) {
      const { status, body } = await http.get(`/${path}`, { user });
      expect(status, path).toBe(200);
      bodies.push({ path, body });
    }
  }
  await http.close();
  return bodies;
}

test.each(PAIRS.map(([from, to]) => ({ name: `${from.name} to ${to.name}`, from, to })))(
  'every endpoint has the same figures after a copy, $name',
  async ({ from, to }) => {
    const host = await createSource(from);
    const before = await readEndpoints(host.usage);
    const target = await createTarget(to);
    const rows = await copyDatabase(open(host.config), open(target.config));
    expect(rows['model_calls']).toBeGreaterThan(500);
    expect(rows['model_call_dirty_hours']).toBe(1);

    const copy = openTestUsage({
      database: target.config,
      clock: host.clock,
      retention: { callsDays: 40 },
    });
    cleanUps.push(() => copy.stop());
    expect(await readEndpoints(copy)).toEqual(before);

    // The copy goes on: what is dirty is rebuilt, new calls count, and aggregates are those of the calls.
    await copy.calls.record({
      userDid: USERS[0] ?? '',
      model: 'gpt-4o',
      status: 'success',
      startedAt: NOW_MS - 1000,
      durationMs: 5,
    });
    await copy.rollup.run();
    const since = { from: NOW_MS - 39 * DAY_MS, to: NOW_MS };
    expect((await copy.rollup.verify(since)).differenceCount).toBe(0);
  },
);

test('a target with rows of users is refused, and nothing is changed in it', async () => {
  const host = await createSource(sqliteServer);
  const target = await createTarget(sqliteServer);
  const [source, filled] = [open(host.config), open(target.config)];
  const first = await copyDatabase(source, filled);
  await expect(copyDatabase(source, filled)).rejects.toThrow(
    new CopyError(
      'The database to copy to has rows in model_calls; name one that is migrated and empty',
    ),
  );
  const [{ count } = { count: 0 }] = await filled.reader('model_calls').count({ count: '*' });
  expect(Number(count)).toBe(first['model_calls']);
});

test('a row that arrives otherwise is an error, not a success', async () => {
  const host = await createSource(sqliteServer);
  const target = await createTarget(sqliteServer);
  const own = knex({ ...target.config, useNullAsDefault: true });
  cleanUps.push(() => own.destroy());
  await own.raw(`create trigger spoil after insert on model_call_stats
    begin update model_call_stats set calls = calls + 1 where user_did = new.user_did
      and granularity = new.granularity and bucket = new.bucket and scope = new.scope
      and app_id = new.app_id and model_id = new.model_id; end`);
  await expect(copyDatabase(open(host.config), open(target.config))).rejects.toThrow(
    'model_call_stats was not copied exactly: the values of calls have another sum',
  );
});

test('a tally notices a lost row, another value and texts whose letters changed places', () => {
  const columns = [
    { name: 'id', isInteger: true },
    { name: 'text', isInteger: false },
  ];
  const tallyOf = (...rows: { id: string; text: string | null }[]): RowTally => {
    const tally = new RowTally(columns);
    tally.add(rows);
    return tally;
  };
  const whole = tallyOf({ id: '9007199254740993', text: 'ab' }, { id: '2', text: null });
  const find = (...rows: { id: string; text: string | null }[]): string | null =>
    whole.findDifference(tallyOf(...rows));
  expect(find({ id: '2', text: null }, { id: '9007199254740993', text: 'ab' })).toBeNull();
  expect(find({ id: '2', text: null })).toBe('2 rows were read and 1 are there');
  expect(find({ id: '9007199254740992', text: 'ab' }, { id: '2', text: null })).toBe(
    'the values of id have another sum',
  );
  expect(find({ id: '9007199254740993', text: 'ba' }, { id: '2', text: null })).toBe(
    'the values of text have another sum',
  );
  expect(find({ id: '9007199254740993', text: 'ab' }, { id: '2', text: '' })).toBe(
    'another number of rows has a value in text',
  );
});

test('the command copies, and says what it needs', async () => {
  const host = await createSource(sqliteServer);
  const target = await createTarget(others[0] ?? sqliteServer);
  const out: string[] = [];
  const terminal = {
    out: (text: string) => out.push(text),
    err: (text: string) => out.push(text),
    progress: () => undefined,
    environment: {},
  };
  const urlFor = (config: TestDatabase['config']): string =>
    typeof config.connection === 'string'
      ? urlOf(config).href
      : `sqlite:${(config.connection as { filename: string }).filename}`;
  const from = ['--database', urlFor(host.config)];
  expect(await runCli(['copy', ...from], terminal)).toBe(2);
  expect(out.join('\n')).toContain('copy takes --to');
  const to = urlFor(target.config).replace('mysql2:', 'mysql:');
  expect(await runCli(['copy', ...from, '--to', to], terminal)).toBe(0);
  expect(out.at(-1)).toBe('Copied, and compared: every table has the same rows');
  expect(await runCli(['copy', ...from, '--to', to], terminal)).toBe(1);
  expect(out.at(-1)).toContain('name one that is migrated and empty');
});
