import { expect } from 'vitest';
import type { Usage } from '../../src/index.js';
import { HISTORY_USERS } from './history.js';
import { readFigures } from './read-figures.js';
import type { Release } from './released-version.js';

/** How many users are asked for; all in `npm run test:long`, since each takes seconds. */
const ALL_USERS = process.env['UPGRADE_USERS'] === 'all';

/**
 * Compares all that a released version responded to users of the history; a later version may add members.
 *
 * @param count of users, of whom the first has archived calls and the second many
 */
export async function expectFigures(usage: Usage, release: Release, count: number): Promise<void> {
  const users = ALL_USERS ? HISTORY_USERS : HISTORY_USERS.slice(0, count);
  const actual = await readFigures(usage, users);
  const before = Object.entries(release.readFigures()).filter(([name]) =>
    users.some((user) => name.startsWith(`${user} `)),
  );
  expect(before.length).toBeGreaterThan(30 * users.length);
  expect(Object.keys(actual).sort()).toEqual(before.map(([name]) => name).sort());
  for (const [name, body] of before) expect(pickKnown(actual[name], body), name).toEqual(body);
}

/** The members of a value that another has, too. */
function pickKnown(actual: unknown, known: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(known)) {
    return actual.map((item, place) => pickKnown(item, known[place]));
  }
  if (!isRecord(actual) || !isRecord(known)) return actual;
  return Object.fromEntries(
    Object.keys(known).map((name) => [name, pickKnown(actual[name], known[name])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
