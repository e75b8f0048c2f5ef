import knexFactory, { type Knex } from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from './migrations/index.js';
import { usageMigrations } from './migration-source.js';
import { withoutMappers } from './plain-knex.js';

const toSnake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const toCamel = (name: string): string =>
  name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

let host: Knex;
beforeEach(() => {
  host = knexFactory({
    client: 'sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
    // What Objection's knexSnakeCaseMappers() does, and a prefix that a host may add.
    wrapIdentifier: (name, wrap) => wrap(name === '*' ? name : `${toSnake(name)}`),
    postProcessResponse: (rows: unknown) =>
      Array.isArray(rows)
        ? rows.map((row: object) =>
            Object.fromEntries(
              Object.entries(row).map(([key, value]) => [toCamel(key), value as unknown]),
            ),
          )
        : rows,
  });
});
afterEach(() => host.destroy());

test('names go as they are and rows come as they are, in and out of transactions', async () => {
  const plain = withoutMappers(host);
  await plain.schema.createTable('Some_Table', (table) => {
    table.string('a_b');
    table.string('aB_c');
  });
  await plain('Some_Table').insert({ a_b: '1', aB_c: '2' });
  const row = { a_b: '1', aB_c: '2' };
  expect(await plain('Some_Table').select()).toEqual([row]);
  expect(await plain.raw('select a_b, aB_c from Some_Table')).toEqual([row]);
  await plain.transaction(async (trx) => {
    expect(await trx('Some_Table').select('a_b')).toEqual([{ a_b: '1' }]);
    expect(await trx.raw('select aB_c from Some_Table')).toEqual([{ aB_c: '2' }]);
  });
  expect(await withoutMappers(plain)('Some_Table').first()).toEqual(row);
});

test('the host’s own instance keeps its mappers, and its connections', async () => {
  const plain = withoutMappers(host);
  await plain.schema.createTable('names', (table) => {
    table.string('first_name');
  });
  await host('names').insert({ firstName: 'Ada' });
  expect(await host('names').select('firstName')).toEqual([{ firstName: 'Ada' }]);
  expect(await plain('names').select('first_name')).toEqual([{ first_name: 'Ada' }]);
});

test('migrations run, and are known to have run', async () => {
  const plain = withoutMappers(host);
  const [, names] = (await plain.migrate.latest(usageMigrations())) as [number, string[]];
  expect(names).toEqual(migrations.map(({ name }) => name));
  const [, again] = (await plain.migrate.latest(usageMigrations())) as [number, string[]];
  expect(again).toEqual([]);
});

test('migrations are undone only when that is asked for', async () => {
  const plain = withoutMappers(host);
  await plain.migrate.latest(usageMigrations());
  await plain('model_calls').insert({
    ...{
      user_did: 'alice',
      id: 'a',
      model: 'm',
      status: 'success',
      started_at_ms: 1_795_168_800_000,
    },
  });
  await expect(plain.migrate.rollback(usageMigrations(), true)).rejects.toThrow('allowRollback');
  await expect(plain.migrate.down(usageMigrations())).rejects.toThrow('allowRollback');
  expect(await plain('model_calls').select('id')).toEqual([{ id: 'a' }]);
  await plain.migrate.rollback(usageMigrations({ allowRollback: true }), true);
  expect(await plain.schema.hasTable('model_calls')).toBe(false);
});

test('an instance without mappers is used as it is', async () => {
  const bare = knexFactory({ client: 'sqlite3', connection: ':memory:', useNullAsDefault: true });
  expect(withoutMappers(bare)).toBe(bare);
  await bare.destroy();
});
