import { expect, test } from 'vitest';
import type { CountedCall } from '../domain/call-figures.js';
import { finish } from '../domain/in-parts.js';
import { UserBucket, coarseRows, hourRows, type BucketRows } from '../domain/user-bucket.js';
import { compareRows } from './compare-rows.js';

const BUCKET_MS = 497_000 * 3_600_000;
const NONE: BucketRows = { user: null, projects: [] };

const call = (change: Partial<CountedCall> = {}): CountedCall => ({
  status: 'success',
  type: 'chatCompletion',
  startedAtMs: BUCKET_MS + 5,
  durationUs: 1000,
  inputTokens: 3,
  outputTokens: 4,
  totalTokens: 7,
  creditsE8: 1,
  ...change,
});

/** Two models of project 1, one of project 2; `change` is of the last call. */
function bucketOf(change: Partial<CountedCall> = {}): UserBucket {
  const bucket = new UserBucket();
  bucket.addCall(1, 10, call());
  bucket.addCall(1, 11, call());
  bucket.addCall(2, 10, call(change));
  return bucket;
}

const grains = [
  { grain: 'hour' as const, rowsOf: hourRows },
  { grain: 'day' as const, rowsOf: coarseRows },
];

test.each(grains)('$grain: equal rows do not differ', ({ grain, rowsOf }) => {
  const rows = finish(rowsOf(BUCKET_MS, bucketOf()));
  expect(compareRows(grain, rows, finish(rowsOf(BUCKET_MS, bucketOf())))).toEqual([]);
  expect(compareRows(grain, NONE, NONE)).toEqual([]);
});

test.each([
  { creditsE8: 2 },
  { status: 'failed' as const },
  { durationUs: 1001 },
  { outputTokens: 5 },
  { startedAtMs: BUCKET_MS + 6 },
])('one figure of one call, %j, is found in every scope that it counts in', (change) => {
  for (const { grain, rowsOf } of grains) {
    const expected = finish(rowsOf(BUCKET_MS, bucketOf(change)));
    const found = compareRows(grain, expected, finish(rowsOf(BUCKET_MS, bucketOf())));
    const scopes = found.map(({ scope, projectId }) => [scope, projectId]);
    expect(scopes).toContainEqual(['user', null]);
    expect(scopes).toContainEqual(grain === 'hour' ? ['projectModel', 2] : ['project', 2]);
    expect(scopes.filter(([, projectId]) => projectId === 1)).toEqual([]);
  }
});

test.each(grains)('$grain: rows that are missing, and rows of no call', ({ grain, rowsOf }) => {
  const rows = finish(rowsOf(BUCKET_MS, bucketOf()));
  const missing = compareRows(grain, rows, NONE);
  const left = compareRows(grain, NONE, rows);
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.map(({ actual }) => actual)).toEqual(missing.map(() => null));
  expect(left.map(({ expected }) => expected)).toEqual(missing.map(() => null));
  expect(left.map(({ actual }) => actual)).toEqual(missing.map(({ expected }) => expected));
});

test('what is stored twice is compared twice', () => {
  const rows = finish(coarseRows(BUCKET_MS, bucketOf()));
  const other = finish(coarseRows(BUCKET_MS, bucketOf({ creditsE8: 2 })));
  if (!rows.user || !other.user) throw new Error('A bucket with calls has a row');
  const { user, projects } = rows;
  const scopesOf = (actual: BucketRows): unknown[] =>
    compareRows('day', rows, actual).map(({ scope, projectId, modelId }) => [
      scope,
      projectId,
      modelId,
    ]);

  expect(scopesOf({ user: { ...user, figures: other.user.figures }, projects })).toEqual([
    ['user', null, null],
  ]);
  expect(scopesOf({ user: { ...user, models: other.user.models }, projects })).toEqual([
    ['userModel', null, 10],
  ]);
  expect(scopesOf({ user: { ...user, projects: other.user.projects }, projects })).toEqual([
    ['project', 2, null],
  ]);
  expect(scopesOf({ user, projects: other.projects })).toEqual([['projectModel', 2, 10]]);
});

test('a project that only the ids name differs', () => {
  const rows = finish(hourRows(BUCKET_MS, bucketOf()));
  const more = bucketOf();
  more.addCall(3, 10, call());
  const appIds = finish(hourRows(BUCKET_MS, more)).user?.appIds ?? '';
  if (!rows.user) throw new Error('A bucket with calls has a row');
  const actual = { user: { ...rows.user, appIds }, projects: [] };
  expect(compareRows('hour', rows, actual)).toMatchObject([
    { scope: 'project', projectId: 3, expected: null },
  ]);
});
