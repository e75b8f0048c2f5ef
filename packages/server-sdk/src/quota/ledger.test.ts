import { expect, test } from 'vitest';
import { formatE10, parseCredits } from '../values/amounts.js';
import { buildLedger, type LedgerFact } from './ledger.js';
import { UTC_DAY_MS } from '../values/time.js';

const DAY_0 = Date.UTC(2026, 10, 1);
const NOW_MS = DAY_0 + 10 * UTC_DAY_MS + 3_600_000;
const UNITS = 10_000_000_000n;

/** One credit at noon of each day from day 1 to `lastDay`. */
function dailyCredit(lastDay: number): Parameters<typeof buildLedger>[1] {
  const instants = Array.from({ length: lastDay }, (_, day) => DAY_0 + (day + 1.5) * UTC_DAY_MS);
  return {
    firstCallAtMs: () => Promise.resolve(instants[0] ?? null),
    creditsE10Of: (ranges) =>
      Promise.resolve(
        ranges.map(
          ({ fromMs, toMs }) =>
            BigInt(instants.filter((ms) => ms >= fromMs && ms < toMs).length) * UNITS,
        ),
      ),
  };
}

function grant(id: string, amount: bigint, day: number, expiresDay?: number): LedgerFact {
  return {
    id,
    kind: 'grant',
    amountE10: amount * UNITS,
    occurredAtMs: DAY_0 + day * UTC_DAY_MS,
    expiresAtMs: expiresDay === undefined ? null : DAY_0 + expiresDay * UTC_DAY_MS,
    description: null,
    category: null,
  };
}

async function ledger(facts: LedgerFact[], lastDay: number): Promise<string[]> {
  const rows = await buildLedger(facts, dailyCredit(lastDay), NOW_MS);
  const sum = rows.reduce((total, row) => total + (parseCredits(row.amount) ?? 0n), 0n);
  expect(rows[0]?.balanceAfter).toBe(formatE10(sum));
  return rows.map((row) => `${row.kind} ${row.amount} = ${row.balanceAfter ?? '?'}`);
}

test('use is a row a day, newest first, and the rows sum to the balance', async () => {
  expect(await ledger([grant('g', 5n, 0)], 2)).toEqual([
    'consumption -1 = 3',
    'consumption -1 = 4',
    'grant 5 = 5',
  ]);
});

test('use comes out of the grant that expires first, and its rest expires', async () => {
  expect(await ledger([grant('forever', 100n, 0), grant('promo', 5n, 0, 3)], 4)).toEqual([
    'consumption -1 = 98',
    'consumption -1 = 99',
    'expiration -3 = 100',
    'consumption -1 = 103',
    'consumption -1 = 104',
    'grant 5 = 105',
    'grant 100 = 100',
  ]);
});

test('a grant that expires in the middle of a day covers the calls before it', async () => {
  expect(await ledger([grant('promo', 2n, 0, 1.75)], 1)).toEqual([
    'expiration -1 = 0',
    'consumption -1 = 1',
    'grant 2 = 2',
  ]);
});

test('the next grant pays what is owed before it can expire', async () => {
  expect(await ledger([grant('late', 5n, 4, 5)], 3)).toEqual([
    'expiration -2 = 0',
    'grant 5 = 2',
    'consumption -1 = -3',
    'consumption -1 = -2',
    'consumption -1 = -1',
  ]);
});

test('what has not happened yet is not in it', async () => {
  expect(await ledger([grant('g', 5n, 0), grant('next', 5n, 20)], 0)).toEqual(['grant 5 = 5']);
});
