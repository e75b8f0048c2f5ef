import { basename } from 'node:path';
import { expect } from 'vitest';
import { availableServers, sqliteServer, type DatabaseServer } from './test-databases.js';

/**
 * The servers that the calling test file runs on: SQLite and, of the others, one by the name of the file, since a database
 * is made for each test and `npm test` has eight minutes. `TEST_DATABASES` is `others` for what that leaves out, which CI
 * runs, too, or `all`.
 */
export async function takeServers(): Promise<DatabaseServer[]> {
  const choice = process.env['TEST_DATABASES'];
  const file = expect.getState().testPath ?? '';
  const servers = await availableServers();
  // `npm test` runs nothing of these.
  if (choice === 'all' || file.endsWith('.long.test.ts')) return servers;
  const others = servers.slice(1);
  const inTurn = others[sumCharacters(basename(file)) % others.length];
  return choice === 'others'
    ? others.filter((server) => server !== inTurn)
    : [sqliteServer, inTurn].filter((server) => server !== undefined);
}

/** The same for files that take half a minute a server: SQLite in `npm test`, and the others in CI. */
export async function takeSqliteFirst(): Promise<DatabaseServer[]> {
  const servers = await availableServers();
  const choice = process.env['TEST_DATABASES'];
  if (choice === 'all') return servers;
  return servers.filter(({ name }) => (name === 'SQLite') !== (choice === 'others'));
}

function sumCharacters(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
