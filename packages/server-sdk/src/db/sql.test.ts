import Knex from 'knex';
import { afterAll, expect, test } from 'vitest';
import { joinSql, listValues, sql, verbatim } from './sql.js';

const knex = Knex({ client: 'sqlite3', connection: ':memory:', useNullAsDefault: true });
afterAll(() => knex.destroy());

test('values are apart from the text, in the order of their places', () => {
  const user = sql`user_did = ${'did:x'}`;
  const calls = sql`select * from calls where ${user} and started_at_ms >= ${5} and ended is ${null}`;
  expect(calls).toEqual({
    sql: 'select * from calls where user_did = ? and started_at_ms >= ? and ended is ?',
    bindings: ['did:x', 5, null],
  });
});

test('parts are joined with their values', () => {
  const where = joinSql(
    [sql`a = ${1}`, verbatim('b is null'), sql`c in (${listValues([2, 3])})`],
    ' and ',
  );
  expect(where).toEqual({ sql: 'a = ? and b is null and c in (?, ?)', bindings: [1, 2, 3] });
});

test('text that looks like SQL or like a placeholder stays a value', async () => {
  const hostile = `'; drop table calls; -- ? ?? :name`;
  const statement = sql`select ${hostile} as value`;
  expect(await knex.raw(statement.sql, [...statement.bindings])).toEqual([{ value: hostile }]);
});

test('text with a question mark is refused', () => {
  expect(() => sql`select '?'`).toThrow(TypeError);
  expect(() => verbatim(`'?'`)).toThrow('no question mark');
});
