import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTestUsage,
  NOW_MS,
  silentLogger,
  type TestUsage,
} from '../../test/helpers/create-test-usage.js';
import { LEDGER_KINDS, type LedgerEntry, type QuotaDetails } from '../contract/quota.js';
import { openDatabase, type Database } from '../db/database.js';
import { formatDecimal, parseDecimal } from '../values/decimal.js';
import type { QuotaProvider } from './quota-provider.js';
import type { LedgerDaysQuery } from './quota-details.js';
import { createQuotaService, type QuotaService } from './quota-service.js';
import { readCount } from '../../test/helpers/test-size.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DECIMALS = 18;
/** Their clocks change within the ten days after one of the starts, or have odd offsets. */
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const STARTS = ['2026-03-05', '2026-03-26', '2026-04-02', '2026-10-01', '2026-10-22'];

let host: TestUsage;
let database: Database;
beforeEach(async () => {
  host = await createTestUsage();
  database = openDatabase(host.config);
});
afterEach(async () => {
  await database.close();
  await host.close();
});

const toUnits = (amount: string): bigint => parseDecimal(amount, DECIMALS) ?? 0n;
const sumOf = (items: readonly LedgerEntry[]): string =>
  formatDecimal(
    items.reduce((sum, { amount }) => sum + toUnits(amount), 0n),
    DECIMALS,
  );

interface Draft {
  kind: LedgerEntry['kind'];
  offsetMs: number;
  units: bigint;
}

/** Entries newest first, each with the balance after it. */
function toEntries(drafts: readonly Draft[], startMs: number): LedgerEntry[] {
  let balance = 0n;
  return drafts
    .toSorted((a, b) => a.offsetMs - b.offsetMs)
    .map(({ kind, offsetMs, units }, index) => {
      balance += units;
      return {
        id: `e${index}`,
        kind,
        amount: formatDecimal(units, DECIMALS),
        balanceAfter: formatDecimal(balance, DECIMALS),
        description: null,
        occurredAt: new Date(startMs + offsetMs).toISOString(),
        expiresAt: null,
        remaining: null,
        category: null,
        url: null,
      };
    })
    .reverse();
}

/** A provider of these entries; `reads` counts the rows that it was asked for. */
function providerOf(
  entries: readonly LedgerEntry[],
  maxLedgerRows?: number,
): QuotaProvider & { reads: number } {
  return {
    ...(maxLedgerRows === undefined ? {} : { maxLedgerRows }),
    reads: 0,
    getQuota: () => Promise.reject(new Error('not asked')),
    listLedger({ kind, fromMs, toMs, page, pageSize }) {
      const matching = entries.filter(({ kind: own, occurredAt }) => {
        const atMs = Date.parse(occurredAt);
        return (
          (kind === null || own === kind) &&
          atMs >= (fromMs ?? -Infinity) &&
          atMs < (toMs ?? Infinity)
        );
      });
      const items = matching.slice((page - 1) * pageSize, page * pageSize);
      this.reads += items.length;
      return Promise.resolve({ items, total: matching.length, currency: null });
    },
  };
}

function serve(provider: QuotaProvider): QuotaService {
  return createQuotaService({ database, provider, logger: silentLogger, deadlineMs: 5000 });
}

const QUERY: LedgerDaysQuery = {
  ...{ kind: null, fromMs: null, toMs: null, page: 1, pageSize: 100 },
  ...{ timeZone: 'UTC', hasCalls: true },
};

async function readAll(service: QuotaService, query: LedgerDaysQuery): Promise<LedgerEntry[]> {
  const items: LedgerEntry[] = [];
  for (let page = 1; ; page += 1) {
    const found = await service.getQuotaDays('alice', { ...query, page }, NOW_MS);
    expect(found.status).toBe('ok');
    items.push(...found.items);
    if (page * query.pageSize >= found.total) {
      expect(items).toHaveLength(found.total);
      return items;
    }
    expect(found.items).toHaveLength(query.pageSize);
  }
}

const drafts = fc.array(
  fc.record({
    kind: fc.constantFrom(...LEDGER_KINDS, 'consumption', 'consumption', 'consumption'),
    offsetMs: fc.integer({ min: 0, max: 10 * DAY_MS }),
    units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 20n }),
  }),
  { maxLength: 60 },
);

test('days and other rows add up to the ledger, and the rows of a day to the day, in every zone', async () => {
  await fc.assert(
    fc.asyncProperty(
      drafts,
      fc.constantFrom(...STARTS),
      fc.constantFrom(...ZONES),
      fc.record({
        pageSize: fc.integer({ min: 1, max: 20 }),
        maxRows: fc.integer({ min: 1, max: 80 }),
      }),
      fc.constantFrom(null, 'consumption' as const),
      fc.option(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 120 }))),
      async (all, start, timeZone, { pageSize, maxRows }, kind, hours) => {
        const startMs = Date.parse(start);
        const entries = toEntries(all, startMs);
        const fromMs = hours && startMs + hours[0] * HOUR_MS;
        const toMs = hours && startMs + (hours[0] + hours[1]) * HOUR_MS;
        const service = serve(providerOf(entries, maxRows));
        const items = await readAll(service, { ...QUERY, kind, fromMs, toMs, pageSize, timeZone });
        const listed = entries.filter(
          ({ kind: own, occurredAt }) =>
            (kind === null || own === kind) &&
            Date.parse(occurredAt) >= (fromMs ?? -Infinity) &&
            Date.parse(occurredAt) < (toMs ?? Infinity),
        );
        expect(sumOf(items)).toBe(sumOf(listed));
        expect(items.reduce((rows, { day }) => rows + (day?.entries ?? 1), 0)).toBe(listed.length);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        const times = items.map(({ occurredAt }) => occurredAt);
        expect(times).toEqual(times.toSorted().reverse());
        const format = new Intl.DateTimeFormat('en-CA', { timeZone });
        for (const item of items) {
          if (!item.day) {
            // What is no day is a row of the ledger as it is, and consumption only where the ledger goes on beyond what is grouped.
            expect(listed).toContainEqual(item);
            if (item.kind === 'consumption') expect(listed.length).toBeGreaterThan(maxRows);
            continue;
          }
          const [dayFromMs, dayToMs] = [Date.parse(item.day.start), Date.parse(item.day.end)];
          const opened = await service.getQuotaDetails(
            'alice',
            { kind: 'consumption', fromMs: dayFromMs, toMs: dayToMs, page: 1, pageSize: 100 },
            NOW_MS,
          );
          expect(sumOf(opened.items)).toBe(item.amount);
          expect(opened.total).toBe(item.day.entries);
          expect(opened.items[0]).toMatchObject({
            occurredAt: item.occurredAt,
            balanceAfter: item.balanceAfter,
          });
          const local = opened.items.map(({ occurredAt }) => format.format(new Date(occurredAt)));
          expect(new Set(local).size).toBe(1);
          // All of the day: none of its rows is an item, too.
          const others = items.filter(
            ({ day, kind: own, occurredAt }) =>
              !day && own === 'consumption' && format.format(new Date(occurredAt)) === local[0],
          );
          expect(others).toEqual([]);
        }
        await service.close();
      },
    ),
    { numRuns: readCount('RANGES', { few: 50, more: 150 }) },
  );
}, 60_000);

describe('days', () => {
  const hourly = toEntries(
    Array.from({ length: 50 }, (_, hour) => ({
      kind: 'consumption',
      offsetMs: hour * HOUR_MS,
      units: -(10n ** 18n),
    })),
    NOW_MS - 50 * HOUR_MS,
  );

  async function daysOf(query: Partial<LedgerDaysQuery>, provider = providerOf(hourly)) {
    const service = serve(provider);
    const found = await service.getQuotaDays('alice', { ...QUERY, ...query }, NOW_MS);
    await service.close();
    return found;
  }

  const callsOf = ({ items }: QuotaDetails) => items.map(({ day }) => day?.calls);

  test('have the calls of the day, which are not known before the first', async () => {
    await host.usage.calls.record(
      [1, 2, 3, 30].map((hours) => ({
        ...{ userDid: 'alice', model: 'm', status: 'success' as const, credits: '1' },
        startedAt: NOW_MS - hours * HOUR_MS,
      })),
    );
    const found = await daysOf({});
    const counts = callsOf(found);
    expect(counts.reduce<number>((sum, calls) => sum + (calls ?? 0), 0)).toBe(4);
    expect(counts.at(-1)).toBeNull();
    expect(counts.slice(0, -1)).not.toContain(null);
    expect(new Set(callsOf(await daysOf({ hasCalls: false })))).toEqual(new Set([null]));
  });

  test('are of the zone of the request', async () => {
    const ends = async (timeZone: string) =>
      (await daysOf({ timeZone })).items.map(({ day }) => day?.start.slice(11));
    expect(new Set(await ends('UTC'))).toEqual(new Set(['00:00:00.000Z']));
    expect(new Set(await ends('Asia/Kathmandu'))).toEqual(new Set(['18:15:00.000Z']));
  });

  test('leave kinds that are no consumption as they are', async () => {
    expect(await daysOf({ kind: 'grant' })).toMatchObject({ items: [], total: 0, status: 'ok' });
  });

  test('read a bounded part of a long ledger', async () => {
    const long = toEntries(
      Array.from({ length: 3000 }, (_, hour) => ({
        ...{ kind: 'consumption', units: -1n },
        offsetMs: hour * HOUR_MS,
      })),
      NOW_MS - 3000 * HOUR_MS,
    );
    const provider = providerOf(long, 10_000);
    const first = await daysOf({ pageSize: 10 }, provider);
    expect([provider.reads, first.items.every(({ day }) => day)]).toEqual([1000, true]);
    const days = Math.floor(1000 / 24);
    const last = await daysOf({ page: 6, pageSize: 10 }, provider);
    expect(last.total).toBeGreaterThan(2000 + days);
    expect(last.items.some(({ day }) => day)).toBe(false);
    expect(provider.reads).toBeLessThanOrEqual(2020);
  });

  test('are unavailable without the provider', async () => {
    const broken = { ...providerOf([]), listLedger: () => Promise.reject(new Error('down')) };
    expect(await daysOf({}, broken)).toMatchObject({ status: 'unavailable', items: [], total: 0 });
  });
});
