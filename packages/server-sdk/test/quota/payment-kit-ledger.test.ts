import { describe, expect, test } from 'vitest';
import {
  paymentKitQuota,
  type LedgerEntry,
  type LedgerPage,
  type LedgerRequest,
} from '../../src/index.js';
import {
  NOW_MS,
  answersOf,
  isoAgo,
  ledgerRequestOf,
  secondsAgo,
  serveWire,
  type Answers,
  type Wire,
} from './payment-kit-fixture.js';

const METER = 'agent-hub-ai-meter';

/** A grant as it is stored. */
const grant = (id: string, amount: number, left: number, days: number, more: Wire = {}): Wire => ({
  id,
  object: 'credit_grant',
  amount: String(amount),
  remaining_amount: String(left),
  currency_id: 'pc_1',
  customer_id: 'cus_1',
  status: left === 0 ? 'depleted' : 'granted',
  category: 'paid',
  name: `Package ${id}`,
  created_at: isoAgo(days),
  expires_at: 0,
  customer: { email: 'alice@example.com' },
  ...more,
});

/** A transaction as it is stored; `remaining_balance` is that of its grant. */
const use = (id: string, amount: number, days: number, more: Wire = {}): Wire => ({
  id,
  quantity: '999999',
  credit_amount: String(amount),
  remaining_balance: '424242',
  customer_id: 'cus_1',
  meter_event_name: METER,
  meter_unit: 'HUB',
  created_at: isoAgo(days),
  customer: { email: 'alice@example.com' },
  ...more,
});

/** Pages and filters as payment-kit does, in the order that the query asks for. */
function listOf(rows: readonly Wire[], mostPerPage = 100): (query: Wire) => unknown {
  return (query) => {
    const seconds = (row: Wire): number => Date.parse(String(row['created_at'])) / 1000;
    const start = Number(query['start'] ?? 0);
    const end = Number(query['end'] ?? Infinity);
    const matching = rows
      .filter((row) => seconds(row) >= start && seconds(row) <= end)
      .sort((a, b) => seconds(b) - seconds(a) || (String(a['id']) < String(b['id']) ? 1 : -1));
    const size = Math.min(Number(query['pageSize']), mostPerPage);
    const first = (Number(query['page']) - 1) * size;
    return { count: matching.length, list: matching.slice(first, first + size) };
  };
}

interface Kit {
  list(query?: Partial<LedgerRequest>): Promise<LedgerPage>;
  /** Every row, page by page. */
  all(pageSize: number, query?: Partial<LedgerRequest>): Promise<LedgerEntry[]>;
  requests(): number;
}

async function withKit(
  parts: {
    grants?: Wire[];
    rows?: Wire[];
    left: number;
    pending?: string;
    decimal?: number;
    mostPerPage?: number;
    more?: Answers;
  },
  work: (kit: Kit) => Promise<void>,
): Promise<void> {
  const { grants = [], rows = [], left, pending = '0', decimal = 0, mostPerPage, more } = parts;
  const server = await serveWire({
    ...answersOf({ decimal, total: '1000', remaining: String(left), pending }),
    'credit-grants': listOf(grants, mostPerPage),
    'credit-transactions': listOf(rows, mostPerPage),
    'credit-transactions/summary': {
      total_credit_amount: String(rows.reduce((sum, row) => sum + Number(row['credit_amount']), 0)),
    },
    ...more,
  });
  const provider = paymentKitQuota({
    baseUrl: server.baseUrl,
    credentials: {},
    meter: METER,
    publicUrl: 'https://pay.example.com/payment',
  });
  const list: Kit['list'] = (query) => provider.listLedger(ledgerRequestOf(query));
  const all: Kit['all'] = async (pageSize, query) => {
    const entries: LedgerEntry[] = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = await list({ ...query, page, pageSize });
      entries.push(...items);
      expect(items.length).toBe(Math.max(0, Math.min(pageSize, total - (page - 1) * pageSize)));
      if (items.length < pageSize) return entries;
    }
  };
  try {
    await work({ list, all, requests: () => server.asked.length });
  } finally {
    await server.close();
  }
}

const brief = ({ id, amount, balanceAfter }: LedgerEntry): string =>
  `${id} ${amount} = ${balanceAfter ?? '?'}`;

describe('rows (§5)', () => {
  test('grants add, use takes, newest first, each with the balance of the account after it', async () => {
    const grants = [grant('cg_1', 100, 40, 10), grant('cg_2', 50, 50, 5)];
    const rows = [use('ct_1', 25, 8), use('ct_2', 35, 2)];
    await withKit({ grants, rows, left: 90 }, async ({ list }) => {
      const { items, total, sum } = await list();
      expect(items.map(brief)).toEqual([
        'ct_2 -35 = 90',
        'cg_2 50 = 125',
        'ct_1 -25 = 75',
        'cg_1 100 = 100',
      ]);
      expect(total).toBe(4);
      expect(sum).toEqual({ balance: '90', rows: '90', pending: '0', unexplained: '0' });
    });
  });

  test('grants say what is left of each, which is the balance together, and which ends first', async () => {
    const inDays = (days: number): Wire => ({ expires_at: secondsAgo(-days) });
    const grants = [
      grant('cg_1', 100, 0, 20, inDays(2)),
      grant('cg_2', 50, 40, 10, inDays(9)),
      grant('cg_3', 30, 30, 5, { ...inDays(4), name: 'Promotion' }),
      grant('cg_4', 20, 20, 3),
      grant('cg_5', 9, 9, 30, { ...inDays(-1), status: 'expired' }),
    ];
    await withKit({ grants, left: 90 }, async ({ list }) => {
      const { items, grants: all } = await list({ kind: 'grant' });
      const left = items.map(({ id, remaining }) => `${id} ${remaining ?? '?'}`);
      expect(left).toEqual(['cg_4 20', 'cg_3 30', 'cg_2 40', 'cg_1 0', 'cg_5 0']);
      expect(all?.remaining).toBe('90');
      expect(all?.nextToExpire).toMatchObject({ id: 'cg_3', remaining: '30' });
    });
    await withKit({ grants, left: 91 }, async ({ list }) => {
      const { items, grants: all } = await list({ kind: 'expiration' });
      expect(items.map(({ remaining }) => remaining)).toEqual([null]);
      expect(all).toBeNull();
    });
  });

  test('both shapes of a transaction say the same (§0.8)', async () => {
    const published: Wire = {
      id: 'ct_p',
      type: 'consumption',
      amount: '-35.00',
      running_balance: '65.00',
      created_at: isoAgo(2),
    };
    const merged: Wire = { ...use('ct_m', 35, 2), activity_type: 'consumption' };
    const grants = [grant('cg_1', 1000, 650, 10)];
    for (const row of [published, merged, use('ct_s', 350, 2)]) {
      const amount = row === merged ? { credit_amount: '350' } : {};
      await withKit(
        { grants, rows: [{ ...row, ...amount }], left: 650, decimal: 1 },
        async ({ list }) => {
          const { items } = await list();
          expect(
            items.map(({ kind, amount: text, balanceAfter }) => [kind, text, balanceAfter]),
          ).toEqual([
            ['consumption', '-35', '65'],
            ['grant', '100', '100'],
          ]);
        },
      );
    }
  });

  test('a list with every kind in it is taken as it is, and its grants are not doubled', async () => {
    const rows: Wire[] = [
      { id: 'x_1', type: 'expiration', amount: '5', created_at: isoAgo(1) },
      { id: 'x_2', type: 'adjustment', amount: '-2.00', created_at: isoAgo(2) },
      { id: 'x_3', type: 'consumption', credit_amount: '-10', created_at: isoAgo(3) },
      { id: 'cg_1', activity_type: 'grant', amount: '100', name: 'Package', created_at: isoAgo(4) },
    ];
    const grants = [grant('cg_1', 100, 83, 4)];
    await withKit({ grants, rows, left: 83 }, async ({ list }) => {
      expect((await list()).items.map((row) => `${row.kind} ${brief(row)}`)).toEqual([
        'expiration x_1 -5 = 83',
        'adjustment x_2 -2 = 88',
        'consumption x_3 -10 = 90',
        'grant cg_1 100 = 100',
      ]);
      const { items, total } = await list({ kind: 'adjustment' });
      expect([items.map(({ id }) => id), total]).toEqual([['x_2'], 1]);
    });
  });

  test('the rest of a grant when it ends is a separate row', async () => {
    const grants = [
      grant('expired', 100, 30, 40, { status: 'expired', expires_at: secondsAgo(10) }),
      grant('unmarked', 20, 20, 40, { expires_at: secondsAgo(0.5) }),
      grant('voided', 50, 50, 30, {
        status: 'voided',
        voided_at: secondsAgo(20),
        chain_detail: { voided_reason: 'refund' },
      }),
      grant('used-up', 70, 0, 35, { expires_at: secondsAgo(1) }),
      grant('lasting', 10, 10, 3, { expires_at: secondsAgo(-30) }),
      grant('coming', 500, 500, 1, { status: 'pending' }),
      grant('later', 500, 500, 1, { effective_at: secondsAgo(-1) }),
      grant('other', 9, 9, 1, { currency_id: 'pc_other' }),
    ];
    const rows = [use('ct_1', 140, 25)];
    await withKit({ grants, rows, left: 10 }, async ({ list }) => {
      const { items, sum } = await list();
      expect(
        items.map((row) => `${row.kind} ${row.id} ${row.amount} = ${row.balanceAfter ?? '?'}`),
      ).toEqual([
        'expiration unmarked-expired -20 = 10',
        'grant lasting 10 = 30',
        'expiration expired-expired -30 = 20',
        'adjustment voided-voided -50 = 50',
        'consumption ct_1 -140 = 100',
        'grant voided 50 = 240',
        'grant used-up 70 = 190',
        'grant unmarked 20 = 120',
        'grant expired 100 = 100',
      ]);
      expect(sum).toEqual({ balance: '10', rows: '10', pending: '0', unexplained: '0' });
      const lasting = items.find(({ id }) => id === 'lasting');
      expect(lasting?.expiresAt).toBe(new Date(secondsAgo(-30) * 1000).toISOString());
      expect(items.find(({ id }) => id === 'expired-expired')?.expiresAt).toBeNull();
    });
  });

  test('40 digits, and no field of a person', async () => {
    const digits = '1234567890123456789012345678901234567890';
    const grants = [grant('cg_1', 1, 1, 9, { amount: digits, remaining_amount: digits })];
    await withKit({ grants, left: 0, decimal: 18 }, async ({ list }) => {
      const page = await list();
      expect(page.items[0]?.amount).toBe('1234567890123456789012.34567890123456789');
      expect(JSON.stringify(page)).not.toMatch(/alice|cus_1|424242|999999/);
    });
  });

  test('purchases link to their invoice, and links are https or nothing', async () => {
    const grants = [grant('cg_1', 10, 10, 9, { metadata: { invoice_id: 'in_1/..' } })];
    await withKit({ grants, rows: [use('ct_1', 1, 1)], left: 9 }, async ({ list }) => {
      expect((await list()).items.map(({ url }) => url)).toEqual([
        'https://pay.example.com/payment/customer/credit-transaction/ct_1',
        'https://pay.example.com/payment/customer/invoice/in_1%2F..',
      ]);
    });
  });

  test.each([
    ['an amount', { credit_amount: undefined }],
    ['a time', { created_at: 'yesterday' }],
    ['an id', { id: '../x' }],
  ])('a row without %s is an answer that cannot be read', async (_name, change) => {
    const list = { count: 1, list: [use('ct_1', 1, 1, change)] };
    await withKit({ left: 0, more: { 'credit-transactions': list } }, async (kit) => {
      await expect(kit.list()).rejects.toThrow('Payment Kit');
    });
  });
});

describe('the sum', () => {
  const grants = [grant('cg_1', 100, 75, 10)];

  test('pending use has no row yet', async () => {
    await withKit(
      { grants, rows: [use('ct_1', 25, 8)], left: 75, pending: '80' },
      async ({ list }) => {
        expect((await list()).sum).toEqual({
          balance: '-5',
          rows: '75',
          pending: '-80',
          unexplained: '0',
        });
      },
    );
  });

  test('what no row explains is said, and then no balance is claimed', async () => {
    await withKit({ grants, rows: [use('ct_1', 20, 8)], left: 75 }, async ({ list }) => {
      const { items, sum } = await list();
      expect(sum).toEqual({ balance: '75', rows: '80', pending: '0', unexplained: '-5' });
      expect(items.map(({ balanceAfter }) => balanceAfter)).toEqual([null, null]);
    });
  });

  test('more rows than are read are summed by payment-kit, or not at all', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => use(`ct_${index}`, 1, 1 + index / 100));
    const many = { grants: [grant('cg_1', 300, 50, 10)], rows, left: 50 };
    await withKit(many, async ({ list }) => {
      expect((await list({ kind: 'grant' })).sum?.unexplained).toBe('0');
    });
    await withKit({ ...many, more: { 'credit-transactions/summary': 404 } }, async ({ list }) => {
      const { sum, items } = await list();
      expect(sum?.unexplained).toBeNull();
      expect(items[0]?.balanceAfter).toBe('50');
    });
  });
});

describe('pages', () => {
  // Two rows in each instant, some shared with grants: an order by time alone would shuffle them.
  const rows = Array.from({ length: 730 }, (_, index) =>
    use(`ct_${String(index).padStart(4, '0')}`, 1, 1 + Math.floor(index / 2) / 10),
  );
  const grants = Array.from({ length: 12 }, (_, index) =>
    grant(`cg_${index}`, 100, 30, 2 + 3 * index, {
      status: 'expired',
      expires_at: secondsAgo(1.5 + index),
    }),
  );
  const kit = { grants, rows, left: 110 };

  test.each([30, 100])(
    'of %i show every row once, in one order, and sum to the balance',
    async (pageSize) => {
      await withKit(kit, async ({ all, list }) => {
        const entries = await all(pageSize);
        expect(new Set(entries.map(({ id }) => id)).size).toBe(730 + 24);
        const times = entries.map(({ occurredAt }) => Date.parse(occurredAt));
        expect(times).toEqual([...times].sort((a, b) => b - a));
        expect(entries.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(110);
        expect((await list()).sum).toMatchObject({ rows: '110', unexplained: '0' });
        const again = await all(pageSize);
        expect(again.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
      });
    },
  );

  test('of every size have the same order', async () => {
    await withKit(kit, async ({ all }) => {
      const [few, many] = [await all(41), await all(100)];
      expect(few.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
      // Where both know a balance it is the same one.
      for (const [index, { balanceAfter }] of few.entries()) {
        const other = many[index]?.balanceAfter ?? null;
        if (balanceAfter !== null && other !== null) expect(balanceAfter).toBe(other);
      }
      expect(few[0]?.balanceAfter).toBe('110');
      expect(few[450]?.balanceAfter).not.toBeNull();
    });
  });

  test('of one kind have all of it and nothing else', async () => {
    await withKit(kit, async ({ all }) => {
      for (const [kind, count] of [
        ['grant', 12],
        ['expiration', 12],
        ['consumption', 730],
        ['adjustment', 0],
      ] as const) {
        const entries = await all(50, { kind });
        expect(new Set(entries.map((entry) => entry.kind)).size).toBe(count === 0 ? 0 : 1);
        expect(new Set(entries.map(({ id }) => id)).size).toBe(count);
      }
    });
  });

  test('between two instants are half-open to the millisecond, though payment-kit filters by seconds', async () => {
    const atMs = (ms: number): Wire =>
      use(`ct_${ms}`, 1, 0, { created_at: new Date(NOW_MS - ms).toISOString() });
    const close = [100, 300, 500, 700, 900, 1100, 1300].map(atMs);
    await withKit({ rows: close, left: 0 }, async ({ list }) => {
      const page = await list({ fromMs: NOW_MS - 1100, toMs: NOW_MS - 300 });
      expect(page.items.map(({ id }) => id)).toEqual(['ct_500', 'ct_700', 'ct_900', 'ct_1100']);
      expect(page.total).toBe(4);
      expect(page.items[0]?.balanceAfter).toBeNull();
    });
  });

  test('within a time are whole', async () => {
    await withKit(kit, async ({ all }) => {
      const everything = await all(100);
      const fromMs = NOW_MS - 20 * 86_400_000;
      const toMs = NOW_MS - 3 * 86_400_000;
      const part = everything.filter(
        ({ occurredAt }) => Date.parse(occurredAt) >= fromMs && Date.parse(occurredAt) < toMs,
      );
      const entries = await all(30, { fromMs, toMs });
      expect(entries.map(({ id }) => id)).toEqual(part.map(({ id }) => id));
    });
  });

  test('deep down cost no more requests than near the top', async () => {
    const long = Array.from({ length: 5000 }, (_, index) =>
      use(`ct_${String(index).padStart(5, '0')}`, 1, 1 + index / 1000),
    );
    await withKit({ grants, rows: long, left: 110 }, async ({ list, requests }) => {
      await list();
      const before = requests();
      const { items } = await list({ page: 240 });
      expect(items).toHaveLength(20);
      expect(requests() - before).toBeLessThanOrEqual(8);
    });
  });

  test('a payment-kit that gives fewer rows than asked for is asked for more pages', async () => {
    await withKit({ ...kit, mostPerPage: 20 }, async ({ all }) => {
      expect(new Set((await all(100)).map(({ id }) => id)).size).toBe(730 + 24);
    });
  });

  test('beyond the end are empty', async () => {
    await withKit(kit, async ({ list }) => {
      expect((await list({ page: 1000 })).items).toEqual([]);
    });
  });

  test('of a user without an account are empty', async () => {
    await withKit(
      { left: 0, more: { 'customers/zNKjA1vJ8sVzYw4mKdQh2nXbT3rLcEu5fGp': undefined } },
      async ({ list }) => {
        expect(await list()).toMatchObject({ items: [], total: 0, sum: null });
      },
    );
  });
});
