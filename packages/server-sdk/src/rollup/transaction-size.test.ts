import { expect, test } from 'vitest';
import { CallFigures } from '../domain/call-figures.js';
import type { BucketRows } from '../domain/user-bucket.js';
import { TransactionSize } from './transaction-size.js';

const rowsOf = (projects: number, charactersOfEach: number): BucketRows => ({
  user: { figures: new CallFigures(), models: null, appIds: '', projects: '' },
  projects: Array.from({ length: projects }, (_, projectId) => ({
    projectId,
    lastStartedAtMs: 0,
    models: 'x'.repeat(charactersOfEach),
  })),
});

/** How many users with such rows are written in one transaction. */
function usersOf(rows: BucketRows): number {
  const size = new TransactionSize();
  let users = 0;
  for (; !size.isEnough; users += 1) size.add(rows);
  return users;
}

test('few users of many projects are as much as many of few, and long cells are more than short ones', () => {
  const quiet = usersOf(rowsOf(1, 20));
  expect(usersOf(rowsOf(10, 20))).toBeLessThan(quiet / 5);
  expect(usersOf(rowsOf(1, 500))).toBeLessThan(quiet / 2);
  expect(usersOf(rowsOf(1000, 1000))).toBe(1);
});

test('users without rows are written at some time too', () => {
  expect(usersOf({ user: null, projects: [] })).toBeLessThan(100_000);
});
