import { describe, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { POLLED_PATHS, observeUsage } from '../helpers/observed-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 2;
const USER = 'user-1';

const servers = await takeServers();

/** The same sequence in every run. */
function sequence(): (limit: number) => number {
  let seed = 7;
  return (limit) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % limit;
  };
}

/**
 * One user's calls of an hour each day, of the same three projects and two models however many there are.
 *
 * @param times calls of each model of each project
 * @param timed with durations, all within the double
 */
function callsOf(times: number, timed: boolean): ModelCallInput[] {
  const below = sequence();
  return Array.from({ length: DAYS * 6 * times }, (_, index) => ({
    id: `call-${index}`,
    userDid: USER,
    appDid: `app-${index % 3}`,
    model: `m-${index % 2}`,
    status: below(12) === 0 ? ('failed' as const) : ('success' as const),
    startedAt: NOW_MS - (1 + (index % DAYS)) * DAY_MS - below(15 * 60_000),
    ...(timed && { durationMs: 200 * 2 ** (below(1000) / 1000) }),
    usage: { inputTokens: 100 + below(900), outputTokens: 10 + below(90) },
    credits: `0.${String(100_000 + below(900_000)).padStart(8, '0')}`,
  }));
}

/** How many things an answer lists; 1 where it is about one. */
function groupsOf({ points, items, byType }: Record<string, unknown>): number {
  const list = points ?? items ?? byType;
  return Array.isArray(list) ? list.length : 1;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe.each(servers)('on $name', (server) => {
  test('at most the groups of an answer and one row more cross the driver', async () => {
    const usage = await observeUsage(server, callsOf(10, true));
    try {
      for (const path of POLLED_PATHS) {
        const { body, asked } = await usage.ask(path, USER);
        expect(asked.length).toBeGreaterThan(0);
        for (const { rows, sql } of asked) {
          expect([path, rows, sql]).toEqual([path, Math.min(rows, groupsOf(body) + 1), sql]);
        }
        const rows = sum(asked.map((one) => one.rows));
        expect([path, rows]).toEqual([path, Math.min(rows, groupsOf(body) + asked.length)]);
      }
    } finally {
      await usage.close();
    }
  });

  // On whole hours: what lies in a part of an hour is computed from the calls, and there are ten times as many of them.
  // A sketch holds no more than its 64 buckets to the double; from then on only counts grow.
  test.each([
    { what: 'sums', timed: false, most: 1.2 },
    { what: 'sums and percentiles', timed: true, most: 1.5 },
  ])(
    'ten times the calls in the same hours, projects and models: no row more, $most times the bytes of $what',
    async ({ timed, most }) => {
      const [few, many] = [
        await sizesOf(server, callsOf(150, timed)),
        await sizesOf(server, callsOf(1500, timed)),
      ];
      for (const [path, { rows, bytes }] of few) {
        const size = many.get(path);
        expect([path, size?.rows]).toEqual([path, rows]);
        const ratio = (size?.bytes ?? Infinity) / bytes;
        expect([path, ratio]).toEqual([path, Math.min(ratio, most)]);
      }
    },
  );
});

/** What crosses the driver for each endpoint’s figures of the days with calls; advice and failures read calls, up to a limit. */
async function sizesOf(
  server: (typeof servers)[number],
  calls: readonly ModelCallInput[],
): Promise<Map<string, { rows: number; bytes: number }>> {
  const toMs = NOW_MS - (NOW_MS % HOUR_MS);
  const sizes = new Map<string, { rows: number; bytes: number }>();
  const usage = await observeUsage(server, calls);
  try {
    for (const path of POLLED_PATHS.filter((name) => !/\/calls|quota|advice|failures/.test(name))) {
      const query = `from=${toMs - (DAYS + 1) * DAY_MS}&to=${toMs}`;
      const more = `${path.includes('?') ? '&' : '?'}${query}`;
      // An hour at three quarters past is parts of two, each computed from the calls.
      const days = path.includes('trends') ? '&granularity=day' : '';
      const { asked } = await usage.ask(path + more + days, USER);
      const size = (of: 'rows' | 'bytes'): number => sum(asked.map((one) => one[of]));
      sizes.set(path, { rows: size('rows'), bytes: size('bytes') });
    }
  } finally {
    await usage.close();
  }
  return sizes;
}
