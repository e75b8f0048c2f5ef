import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallFigures, figuresOf, sumFigures, toTotals, type CountedCall } from './call-figures.js';
import { finish } from './in-parts.js';
import { mergeCells, mergeDays } from './merge-cells.js';
import { readIds, readModels, readProjects } from './packed-figures.js';
import { UserBucket, coarseRows, hourRows, type BucketRows } from './user-bucket.js';

const HOUR_MS = 3_600_000;
const BUCKET_MS = 497_000 * HOUR_MS;

const call: fc.Arbitrary<CountedCall> = fc.record({
  status: fc.constantFrom<CountedCall['status'][]>('success', 'success', 'failed', 'processing'),
  type: fc.constantFrom('chatCompletion' as const, 'imageGeneration' as const),
  startedAtMs: fc.nat(HOUR_MS - 1).map((ms) => BUCKET_MS + ms),
  durationUs: fc.option(fc.nat(900_000_000), { nil: null, freq: 6 }),
  inputTokens: fc.option(fc.nat(100_000), { nil: null }),
  outputTokens: fc.option(fc.nat(100_000), { nil: null }),
  totalTokens: fc.option(fc.nat(100_000), { nil: null }),
  creditsE8: fc.option(fc.nat(1_000_000_000), { nil: null }),
});
type Placed = readonly [projectId: number, modelId: number, call: CountedCall];
const placed = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 9 }), call);
const few = fc.array(placed, { minLength: 1, maxLength: 40 });

function bucketOf(calls: readonly Placed[]): UserBucket {
  const bucket = new UserBucket();
  for (const [project, model, item] of calls) bucket.addCall(project, model, item);
  return bucket;
}

/** All figures of calls, with the newest start. */
function plain(calls: readonly Placed[]): unknown {
  const figures = new CallFigures();
  for (const [, , item] of calls) figures.addCall(item);
  return [toTotals(figures), figures.lastStartedAtMs];
}

const said = (figures: CallFigures): unknown => [toTotals(figures), figures.lastStartedAtMs];
const withoutStart = (figures: CallFigures): unknown => toTotals(figures);
const userOf = ({ user }: BucketRows): NonNullable<BucketRows['user']> => {
  if (!user) throw new Error('A bucket with calls has a row');
  return user;
};

test('an hour comes back from its cell, project by project and model by model', () => {
  fc.assert(
    fc.property(few, (calls) => {
      const row = userOf(finish(hourRows(BUCKET_MS, bucketOf(calls))));
      const read = new UserBucket();
      read.addCell(row.projects);
      expect(finish(hourRows(BUCKET_MS, read)).user?.projects).toBe(row.projects);
      const projects = [...read].map(([id, parts]) => [id, sumFigures(parts.values())] as const);
      const models = finish(read.sumByModel());
      expect(said(finish(read.sum()))).toEqual(plain(calls));
      expect(said(row.figures)).toEqual(plain(calls));
      for (const [id, figures] of projects) {
        expect(said(figures)).toEqual(plain(calls.filter(([project]) => project === id)));
      }
      for (const [id, figures] of models) {
        const [totals] = plain(calls.filter(([, model]) => model === id)) as [unknown];
        expect(withoutStart(figures)).toEqual(totals);
      }
    }),
  );
});

test('models are read from either cell, and a long one has a cell of its own', () => {
  const calls = (projects: number): Placed[] =>
    Array.from({ length: projects }, (_, index) => [
      index + 1,
      1 + (index % 2),
      { ...zeroCall, durationUs: index, creditsE8: 5 },
    ]);
  for (const [projects, alone] of [
    [5, true],
    [400, false],
  ] as const) {
    const row = userOf(finish(hourRows(BUCKET_MS, bucketOf(calls(projects)))));
    expect(row.models === null).toBe(alone);
    const models = new Map<number, CallFigures>();
    readModels(row.models ?? row.projects, (id) => figuresOf(models, id));
    const counted = [...models.values()].reduce((sum, figures) => sum + figures.calls, 0);
    expect([models.size, counted]).toEqual([2, projects]);
  }
});

const zeroCall: CountedCall = {
  status: 'success',
  type: 'chatCompletion',
  startedAtMs: BUCKET_MS,
  durationUs: null,
  inputTokens: 1,
  outputTokens: 2,
  totalTokens: 3,
  creditsE8: null,
};

test('a day is the sum of its hours, in any order, and its rows add up to it', () => {
  fc.assert(
    fc.property(fc.array(few, { minLength: 1, maxLength: 4 }), (hours) => {
      const buckets = hours.map(bucketOf);
      const sumOf = (parts: readonly UserBucket[]): BucketRows => {
        const day = new UserBucket();
        for (const part of parts) day.add(part);
        return finish(coarseRows(BUCKET_MS, day));
      };
      const rows = sumOf(buckets);
      const whole = finish(coarseRows(BUCKET_MS, bucketOf(hours.flat())));
      expect(JSON.stringify(textOf(rows))).toBe(JSON.stringify(textOf(whole)));
      expect(textOf(sumOf([...buckets].reverse()))).toEqual(textOf(rows));
      requireParts(rows, hours.flat());
    }),
  );
});

function textOf({ user, projects }: BucketRows): unknown {
  const { figures, ...cells } = userOf({ user, projects });
  const byId = [...projects].sort((a, b) => a.projectId - b.projectId);
  return [said(figures), figures.durations.toText(), cells, byId];
}

/** Every project has a row, a part and an id, and all say the same. */
function requireParts(rows: BucketRows, calls: readonly Placed[]): void {
  const user = userOf(rows);
  const ids = new Set<number>();
  readIds(user.appIds, ids);
  expect([...ids].sort()).toEqual(rows.projects.map(({ projectId }) => projectId).sort());
  const parts = new Map<number, CallFigures>();
  readProjects(user.projects, (id, lastMs) => {
    figuresOf(parts, id).lastStartedAtMs = lastMs;
    return () => figuresOf(parts, id);
  });
  for (const { projectId, lastStartedAtMs, models } of rows.projects) {
    const ofProject = calls.filter(([project]) => project === projectId);
    expect(said(parts.get(projectId) ?? new CallFigures())).toEqual(plain(ofProject));
    const sum = new CallFigures();
    readModels(models, () => sum);
    expect([toTotals(sum), lastStartedAtMs]).toEqual(plain(ofProject));
  }
}

test('a day is made of the cells of its hours, and a month of the days of its projects, one project at a time', () => {
  fc.assert(
    fc.property(fc.array(few, { minLength: 1, maxLength: 4 }), (hours) => {
      const whole = textOf(finish(coarseRows(BUCKET_MS, bucketOf(hours.flat()))));
      const cells = hours.map(
        (calls) => userOf(finish(hourRows(BUCKET_MS, bucketOf(calls)))).projects,
      );
      const ids = [...mergeCells(cells)].map(([projectId]) => projectId);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(textOf(finish(coarseRows(BUCKET_MS, mergeCells(cells))))).toEqual(whole);
      const days = hours.flatMap((calls) =>
        finish(coarseRows(BUCKET_MS, bucketOf(calls))).projects.map(
          ({ projectId, lastStartedAtMs, models }) => [projectId, lastStartedAtMs, models] as const,
        ),
      );
      expect(textOf(finish(coarseRows(BUCKET_MS, mergeDays(days))))).toEqual(whole);
      expect(textOf(finish(coarseRows(BUCKET_MS, mergeDays(days.reverse()))))).toEqual(whole);
    }),
  );
  expect([[...mergeCells([])], [...mergeDays([])]]).toEqual([[], []]);
});

test('a bucket without calls is not written down as one', () => {
  const none = new UserBucket();
  expect(finish(none.sum()).calls).toBe(0);
  expect(finish(none.sumByModel()).size).toBe(0);
  expect(finish(coarseRows(BUCKET_MS, none)).projects).toEqual([]);
});
