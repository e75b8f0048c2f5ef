import { describe, expect, test } from 'vitest';
import { CallFigures } from '../domain/call-figures.js';
import type { BucketRows } from '../domain/user-bucket.js';
import { TransactionPace, TransactionSize } from './transaction-size.js';

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
  const size = new TransactionSize(300_000);
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

describe('the pace', () => {
  /** Characters of the transactions that are cut one after the other, where each takes so long. */
  function cut(tookMs: (characters: number) => number, transactions = 60): number[] {
    const pace = new TransactionPace();
    return Array.from({ length: transactions }, () => {
      const size = pace.next();
      while (!size.isEnough) size.add(rowsOf(1, 450));
      pace.learn(size, tookMs(size.characters));
      return size.characters;
    });
  }

  test('is such that who waits for a slow disk waits no longer than for another', () => {
    const slowMs = (characters: number): number => 3 + characters / 5000;
    const last = cut(slowMs).at(-1) ?? 0;
    expect(slowMs(last)).toBeGreaterThan(13);
    expect(slowMs(last)).toBeLessThan(17);
  });

  test('neither grows nor shrinks without end', () => {
    expect(cut(() => 0.1).at(-1)).toBeLessThan(310_000);
    expect(cut(() => 0.1).at(-1)).toBeGreaterThan(290_000);
    expect(cut(() => 10_000).at(-1)).toBeGreaterThan(39_000);
  });

  test('does not change much by one transaction that had to wait, nor by a small one', () => {
    const [before = 0] = cut(() => 15, 1);
    const stalled = cut(() => 1000, 2).at(-1) ?? 0;
    expect(stalled).toBeGreaterThan(before / 2);
    const pace = new TransactionPace();
    const small = pace.next();
    small.add(rowsOf(1, 450));
    pace.learn(small, 1000);
    const next = pace.next();
    while (!next.isEnough) next.add(rowsOf(1, 450));
    expect(next.characters).toBe(before);
  });
});
