import type { QuotaProvider } from '../../src/index.js';

/** A quota whose ledger has several pages, of which the provider gives only the first: an export fails in its middle. */
export const breakingQuota: QuotaProvider = {
  getQuota: () => Promise.reject(new Error('There is no balance')),
  listLedger: ({ page, pageSize }) => {
    if (page > 1) return Promise.reject(new Error('There is no second page'));
    const items = Array.from({ length: pageSize }, (_, index) => ({
      id: `row-${index}`,
      kind: 'grant' as const,
      amount: '1',
      balanceAfter: null,
      description: 'x'.repeat(200),
      occurredAt: '2026-11-01T00:00:00.000Z',
      expiresAt: null,
      category: null,
      url: null,
    }));
    return Promise.resolve({ items, total: 3 * pageSize, currency: null });
  },
};
