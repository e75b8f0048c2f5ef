import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../database.js';
import { loadSqliteDriver } from './sqlite-driver.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Makes a package `sqlite3` whose only file has the given source. @returns the application that has it */
function makeApplication(name: string, source: string): string {
  const folder = join(directory, name, 'node_modules', 'sqlite3');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), source);
  return join(directory, name, 'package.json');
}

test('the driver is that of the first place that has one', () => {
  const empty = join(directory, 'empty', 'package.json');
  const first = makeApplication('first', 'exports.from = "first"');
  const second = makeApplication('second', 'exports.from = "second"');
  expect(loadSqliteDriver([empty, first, second])).toEqual({ from: 'first' });
  expect(loadSqliteDriver([second, first])).toEqual({ from: 'second' });
});

test('one that is missing is asked for in one sentence', () => {
  expect(() => loadSqliteDriver([join(directory, 'package.json')])).toThrow(
    /^SQLite needs the package sqlite3, which is not installed: npm install sqlite3$/,
  );
});

test('one without its native part says so', () => {
  const broken = makeApplication('broken', 'throw new Error("No bindings file. Tried:\\n a")');
  expect(() => loadSqliteDriver([broken])).toThrow(
    /^The package sqlite3 is installed and cannot be loaded \(No bindings file\.\): npm rebuild sqlite3$/,
  );
});

test('a config for better-sqlite3 is refused, since its pools are not opened here', () => {
  const config = { client: 'better-sqlite3', connection: { filename: join(directory, 'a.db') } };
  expect(() => openDatabase(config)).toThrow('hand over your Knex instance');
});
