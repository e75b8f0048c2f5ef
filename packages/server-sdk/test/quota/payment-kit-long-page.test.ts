import { expect, test } from 'vitest';
import { paymentKitQuota } from '../../src/index.js';
import { answersOf, isoAgo, ledgerRequestOf, serveWire, type Wire } from './payment-kit-fixture.js';

const METER = 'agent-hub-ai-meter';
const PAGE_ROWS = 100;

test('the first page has balances, however long it is and whatever its kind', async () => {
  const rows = Array.from({ length: 800 }, (_, index): Wire => ({
    ...{ id: `ct_${String(index).padStart(3, '0')}`, credit_amount: '1', customer_id: 'cus_1' },
    ...{ meter_event_name: METER, created_at: isoAgo(1 + index / 1000) },
  }));
  const grant = {
    ...{ id: 'cg_1', amount: '900', remaining_amount: '100', status: 'granted' },
    ...{ currency_id: 'pc_1', created_at: isoAgo(5), expires_at: 0 },
  };
  const server = await serveWire({
    ...answersOf({ decimal: 0, total: '900', remaining: '100', pending: '0' }),
    'credit-grants': { count: 1, list: [grant] },
    'credit-transactions': ({ page }: Wire) => {
      const first = (Number(page) - 1) * PAGE_ROWS;
      return { count: rows.length, list: rows.slice(first, first + PAGE_ROWS) };
    },
    'credit-transactions/summary': { total_credit_amount: '800' },
  });
  try {
    const provider = paymentKitQuota({ baseUrl: server.baseUrl, credentials: {}, meter: METER });
    expect(provider.maxLedgerRows).toBe(1000);
    for (const kind of [null, 'consumption'] as const) {
      const { items } = await provider.listLedger(ledgerRequestOf({ kind, pageSize: 1000 }));
      const use = items.filter((item) => item.kind === 'consumption');
      const ends = [use[0]?.balanceAfter, use.at(-1)?.balanceAfter];
      expect([use.length, ...ends]).toEqual([800, '100', '899']);
    }
  } finally {
    await server.close();
  }
});
