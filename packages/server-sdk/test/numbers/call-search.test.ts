import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { searchCalls } from '../../src/queries/calls/call-search.js';
import { readSnapshot } from '../../src/queries/user-snapshot.js';
import { isAllowed, type CallFilter } from '../../src/queries/calls/call-filter.js';
import type { CallPageQuery, CallPosition } from '../../src/queries/calls/call-page-rows.js';
import { createTestUsageOn, NOW_MS, type TestUsage } from '../helpers/create-test-usage.js';
import { ROLLED_UP, fillRows, writeProgress } from '../helpers/fill-rows.js';
import { insertCalls } from '../helpers/insert-calls.js';
import { takeServers } from '../helpers/take-servers.js';

const USER = 'user-1';
const APP = 'app-1';
const DAY_MS = 86_400_000;
const CALLS = 900;
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const servers = await takeServers();

interface Known {
  id: string;
  traceId: string | null;
  model: string;
  status: 'success' | 'failed' | 'processing';
  startedAtMs: number;
  durationUs: number | null;
}

/** Nine days, most calls on one of them; the rare model and the failures are each in few hours. */
const CALLS_KNOWN: Known[] = Array.from({ length: CALLS }, (_, index) => {
  const daysAgo = index % 3 === 0 ? index % 9 : 4;
  const startedAtMs = NOW_MS - daysAgo * DAY_MS - ((index * 7919) % 7_200_000) - 1;
  const status = index % 97 === 0 ? 'failed' : index % 131 === 0 ? 'processing' : 'success';
  return {
    id: `${(index * 7) % 10}-call-${String(index).padStart(4, '0')}`,
    traceId: index % 5 === 0 ? `trace-${index % 50}` : null,
    model: index % 211 === 0 ? 'rare' : `m-${index % 3}`,
    status,
    startedAtMs,
    // Many share one.
    durationUs: status === 'processing' || index % 17 === 0 ? null : 1000 * (index % 40) + 1,
  };
});

const filters = fc.record({
  range: fc.constantFrom(
    { fromMs: NOW_MS - 30 * DAY_MS, toMs: NOW_MS },
    { fromMs: NOW_MS - 5 * DAY_MS - 1234, toMs: NOW_MS - DAY_MS + 99_000 },
  ),
  models: fc.constantFrom(null, ['rare'], ['m-1'], ['never'], ['rare', 'm-1']),
  statuses: fc.constantFrom(
    null,
    ['failed' as const],
    ['processing' as const],
    ['processing' as const, 'failed' as const],
  ),
  minDurationUs: fc.constantFrom(null, 20_001, 39_001, 10 ** 9),
  search: fc.constantFrom(
    null,
    '7',
    '7-call-00',
    'trace-1',
    'trace-15',
    'no such',
    '3-call-0009',
    '%',
  ),
  sortBy: fc.constantFrom('time' as const, 'duration' as const),
  sortOrder: fc.constantFrom('asc' as const, 'desc' as const),
  limit: fc.constantFrom(1, 7, 40),
});

type Asked = (typeof filters)['generate'] extends (...args: never[]) => { value: infer T }
  ? T
  : never;

/** Limits so low that every way of searching is taken. */
const LIMITS = [
  { maxUnskipped: 0, max: 100, perStatement: 20, maxGap: 2 },
  { maxUnskipped: 0, max: 1_000_000, perStatement: 50, maxGap: 0 },
  { maxUnskipped: 100_000, max: 100, perStatement: 20, maxGap: 2 },
];

describe.each(servers)('the search of calls, on $name', (server) => {
  let host: TestUsage;
  let database: Database;
  beforeAll(async () => {
    host = await createTestUsageOn(server);
    database = openDatabase(host.config);
    await insertCalls(
      database.writer,
      CALLS_KNOWN.map(({ durationUs, traceId, startedAtMs, ...call }) => ({
        ...call,
        userDid: USER,
        appDid: APP,
        startedAt: startedAtMs,
        ...(traceId !== null && { traceId }),
        ...(durationUs !== null && { durationMs: durationUs / 1000 }),
      })),
    );
    await fillRows(database.writer, USER, ROLLED_UP(NOW_MS));
    await writeProgress(database.writer, USER, ROLLED_UP(NOW_MS));
  });
  afterAll(async () => {
    await database.close();
    await host.close();
  });

  test('every page together is what matches, in order, whatever is skipped', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(...LIMITS), async (asked, limits) => {
        const { sortBy, sortOrder, limit, ...rest } = asked;
        const filter: CallFilter = { appDid: APP, types: null, ...rest };
        const page: CallPageQuery = { sortBy, sortOrder, limit: limit + 1, after: null };
        const ids: string[] = [];
        const totals = new Set<number | null>();
        for (;;) {
          const found = await readSnapshot(database, USER, NOW_MS, (snapshot) =>
            searchCalls(snapshot, USER, filter, { ...page, limits }),
          );
          const shown = found.calls.slice(0, limit);
          ids.push(...shown.map(({ id }) => id));
          totals.add(found.total);
          const last = shown.at(-1);
          const next: CallPosition | null =
            found.calls.length > limit && last
              ? { value: sortBy === 'time' ? last.startedAtMs : last.durationUs, id: last.id }
              : found.stoppedAt;
          if (!next) break;
          page.after = next;
        }
        const expected = expectedOf(asked);
        expect(ids).toEqual(expected);
        expect([[expected.length], [null]]).toContainEqual([...totals]);
      }),
      { numRuns: RUNS },
    );
  });
});

function expectedOf({
  range,
  models,
  statuses,
  minDurationUs,
  search,
  sortBy,
  sortOrder,
}: Asked): string[] {
  const sign = sortOrder === 'asc' ? 1 : -1;
  const byId = (a: Known, b: Known): number => (a.id < b.id ? -sign : sign);
  const begins = ({ id, traceId }: Known): boolean =>
    search === null || id.startsWith(search) || (traceId ?? '').startsWith(search);
  return CALLS_KNOWN.filter(
    (call) => call.startedAtMs >= range.fromMs && call.startedAtMs < range.toMs,
  )
    .filter(
      (call) => isAllowed(models, call.model) && isAllowed(statuses, call.status) && begins(call),
    )
    .filter(({ durationUs }) => minDurationUs === null || (durationUs ?? -1) >= minDurationUs)
    .sort((a, b) => {
      if (sortBy === 'time') return sign * (a.startedAtMs - b.startedAtMs) || byId(a, b);
      if (a.durationUs === null || b.durationUs === null) {
        return Number(a.durationUs === null) - Number(b.durationUs === null) || byId(a, b);
      }
      return sign * (a.durationUs - b.durationUs) || byId(a, b);
    })
    .map(({ id }) => id);
}
