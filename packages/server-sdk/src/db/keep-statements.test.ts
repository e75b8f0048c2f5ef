import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from './database.js';

/** As many as the driver prepared, by text. */
const prepared = new Map<string, number>();
const original = Reflect.get(sqlite3.Database.prototype, 'prepare') as (
  this: sqlite3.Database,
  sql: string,
) => sqlite3.Statement;

let directory: string;
let database: Database;
beforeEach(async () => {
  prepared.clear();
  sqlite3.Database.prototype.prepare = function (this: sqlite3.Database, sql: string) {
    prepared.set(sql, (prepared.get(sql) ?? 0) + 1);
    return original.call(this, sql);
  };
  directory = await mkdtemp(join(tmpdir(), 'keep-statements-'));
  database = openDatabase({
    client: 'sqlite3',
    connection: { filename: join(directory, 'test.db') },
    pool: { min: 0, max: 1 },
  });
  await database.writer.raw('create table things (id integer primary key, name text)');
  await database.writer.raw(`insert into things values (1, 'one'), (2, 'two')`);
});
afterEach(async () => {
  sqlite3.Database.prototype.prepare = original;
  // Does not end while SQLite holds a statement.
  await database.close();
  await rm(directory, { recursive: true });
});

const nameOf = (id: number): Promise<unknown> =>
  database.reader.raw('select name from things where id = ?', [id]);

describe('a reader', () => {
  test('prepares a text once, alone and in transactions, and answers what is there by now', async () => {
    expect(await nameOf(1)).toEqual([{ name: 'one' }]);
    expect(await nameOf(2)).toEqual([{ name: 'two' }]);
    await database.writer.raw(`update things set name = 'uno' where id = 1`);
    expect(await nameOf(1)).toEqual([{ name: 'uno' }]);
    const within = await database.snapshot((trx) =>
      trx.raw<unknown>('select name from things where id = ?', [1]),
    );
    expect(within).toEqual([{ name: 'uno' }]);
    expect(prepared.get('select name from things where id = ?')).toBe(1);
  });

  test('answers by a changed schema', async () => {
    const all = (): Promise<unknown> => database.reader.raw('select * from things where id = 1');
    expect(await all()).toEqual([{ id: 1, name: 'one' }]);
    await database.writer.raw('alter table things add column size integer default 7');
    expect(await all()).toEqual([{ id: 1, name: 'one', size: 7 }]);
    await database.writer.raw('drop table things');
    await expect(all()).rejects.toThrow(/no such table/);
    await database.writer.raw('create table things (id integer)');
    await database.writer.raw('insert into things values (1)');
    expect(await all()).toEqual([{ id: 1 }]);
  });

  test('answers two who ask the same at once', async () => {
    const wrong = (trx: Pick<Database['reader'], 'raw'>): Promise<unknown> =>
      trx.raw('select nothing from nowhere').then(
        () => 'answered',
        () => 'refused',
      );
    const answers = await database.snapshot((trx) =>
      Promise.all([
        trx.raw<unknown>('select 1 as one'),
        trx.raw<unknown>('select 1 as one'),
        wrong(trx),
        wrong(trx),
      ]),
    );
    expect(answers).toEqual([[{ one: 1 }], [{ one: 1 }], 'refused', 'refused']);
    expect(await database.reader.raw('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('refuses a damaged statement each time, and serves the next', async () => {
    const parsed = (text: string): Promise<unknown> =>
      database.reader.raw('select json(?) as parsed', [text]);
    for (let round = 0; round < 3; round += 1) {
      await expect(database.reader.raw('select from')).rejects.toThrow(/syntax error/);
      await expect(parsed('{')).rejects.toThrow(/malformed JSON/);
      expect(await parsed('[1]')).toEqual([{ parsed: '[1]' }]);
      expect(await nameOf(1)).toEqual([{ name: 'one' }]);
    }
  });

  test('keeps few of many texts', async () => {
    const ask = (index: number): Promise<unknown> => database.reader.raw(`select ${index} as n`);
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 200; index += 1) expect(await ask(index)).toEqual([{ n: index }]);
    }
    // Those that were asked last are there, the others prepared anew.
    expect(prepared.get('select 0 as n')).toBe(2);
    await ask(199);
    expect(prepared.get('select 199 as n')).toBe(2);
  });
});

test('a writer keeps none', async () => {
  await database.writer.raw('select 1 as one');
  expect(prepared.size).toBe(0);
});
