import { describe, expect, test } from 'vitest';
import { QuotaProviderError } from './quota-provider.js';
import { readAutoRecharge, readBalance, readLedgerPage } from './quota-schema.js';

const BALANCE = {
  status: 'ok',
  currency: { symbol: 'C', name: 'Credits', decimal: 8 },
  ...{ total: '10', used: '1', remaining: '9', pending: '0', overdue: '0' },
  ...{ topUpUrl: 'https://pay.example/', billingUrl: null },
};
const ENTRY = {
  ...{ id: 'e1', kind: 'grant', amount: '10', balanceAfter: '10', description: 'd' },
  ...{ occurredAt: '2026-11-01T00:00:00.000Z', expiresAt: null, category: null, url: null },
};
const PAGE = { items: [ENTRY], total: 1, currency: BALANCE.currency };

test('what is of the contract stays as it is, and no more', () => {
  const currency = { ...BALANCE.currency, contract: '0xsecret' };
  expect(readBalance({ ...BALANCE, currency, card: '4242' })).toEqual(BALANCE);
  const entry = { ...ENTRY, internalNote: 'secret' };
  expect(readLedgerPage({ ...PAGE, items: [entry], cursor: 'x' }, 20)).toEqual({
    ...PAGE,
    items: [{ ...ENTRY, remaining: null }],
    grants: null,
    sum: null,
  });
  const recharge = { enabled: true, threshold: '5', creditsPerPurchase: null };
  expect(readAutoRecharge({ ...recharge, card: '4242' })).toEqual(recharge);
});

describe('a balance', () => {
  test.each([
    ...[null, undefined, 'ok', 7, [], {}, () => BALANCE].map((value) => [value]),
    ...[Number.NaN, Infinity, 9, 10n, '1e3', '+5', '0x1', '1,000', '', ' 1', '1.', null].map(
      (total) => [{ ...BALANCE, total }],
    ),
    [{ ...BALANCE, total: '9'.repeat(61) }],
    [{ ...BALANCE, status: 'gold' }],
    [{ ...BALANCE, currency: { symbol: 'x'.repeat(1000), name: '', decimal: 8 } }],
    [{ ...BALANCE, currency: { symbol: 'x', name: 'x', decimal: -1 } }],
  ] as [unknown][])('that is none is refused, without its values (%#)', (value) => {
    expect(() => readBalance(value)).toThrow(QuotaProviderError);
  });

  test('whose members throw or go round in circles is none, or read without them', () => {
    const throwing = Object.defineProperty({ ...BALANCE }, 'total', {
      get: () => {
        throw new Error('no');
      },
    });
    expect(() => readBalance(throwing)).toThrow(QuotaProviderError);
    const round: Record<string, unknown> = { ...BALANCE };
    round['self'] = round;
    expect(readBalance(round)).toEqual(BALANCE);
  });

  test('has no negative zero, and no link that runs', () => {
    const read = readBalance({ ...BALANCE, pending: '-0.00', topUpUrl: 'javascript:alert(1)' });
    expect(read).toMatchObject({ pending: '0.00', topUpUrl: null });
  });
});

describe('a page of the ledger', () => {
  test('has at most the rows that were asked for, of however many', () => {
    const items = Array.from({ length: 100_000 }, () => ENTRY);
    expect(readLedgerPage({ ...PAGE, items }, 20).items).toHaveLength(20);
  });

  test.each([
    [{ ...PAGE, items: 'no' }],
    [{ ...PAGE, items: { length: 1, 0: ENTRY } }],
    [{ ...PAGE, total: -1 }],
    [{ ...PAGE, items: [{ ...ENTRY, amount: 10n }] }],
    [{ ...PAGE, items: [{ ...ENTRY, kind: 'gift' }] }],
    [{ ...PAGE, items: [{ ...ENTRY, occurredAt: 'yesterday' }] }],
    [{ ...PAGE, items: [null] }],
  ] as [unknown][])('that is none is refused (%#)', (value) => {
    expect(() => readLedgerPage(value, 20)).toThrow(QuotaProviderError);
  });

  test('shows texts and links that may be shown', () => {
    const entry = { ...ENTRY, description: `a\u0000${'x'.repeat(2000)}`, url: 'data:text/html,x' };
    const [item] = readLedgerPage({ ...PAGE, items: [entry] }, 20).items;
    expect([item?.description?.length, item?.url]).toEqual([1000, null]);
  });
});
