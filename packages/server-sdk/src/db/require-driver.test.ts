import { expect, test } from 'vitest';
import { requireDriver } from './require-driver.js';

const missing = (): never => {
  throw new Error("Cannot find module 'pg'\nRequire stack:\n- knex");
};

test.each([
  ['postgres', 'pg'],
  ['pg', 'pg'],
  ['mysql2', 'mysql2'],
])('the driver of %s is asked for in one sentence', (client, name) => {
  expect(() => {
    requireDriver(client, missing);
  }).toThrow(new RegExp(`needs the package ${name}, which is not installed: npm install ${name}$`));
});

test('one that is there, and clients without one, are not', () => {
  expect(() => {
    for (const client of ['postgres', 'mysql2']) requireDriver(client);
    requireDriver('sqlite3', missing);
  }).not.toThrow();
});
