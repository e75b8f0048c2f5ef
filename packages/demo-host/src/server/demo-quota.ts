import { staticQuota, type StaticLedgerEntry } from '@usage-kit/server-sdk';
import { adaProfile, benProfile, chenDid } from '../seed/profiles.js';

const dayMs = 86_400_000;

type QuotaProvider = ReturnType<typeof staticQuota>;

/** A grant or adjustment; days count back from the moment the load was generated for, negative ones lie ahead. */
type EntryRow = Omit<StaticLedgerEntry, 'occurredAt' | 'expiresAt'> & {
  daysAgo: number;
  expiresDaysAgo?: number;
};

const rowsOfUser: Readonly<Record<string, readonly EntryRow[]>> = {
  [adaProfile.userDid]: [
    grant('ada-1', '600', 90.5, 'Team plan, September', 'paid'),
    grant('ada-2', '600', 58.4, 'Team plan, October', 'paid'),
    grant('ada-3', '600', 27.6, 'Team plan, November', 'paid'),
    { ...grant('ada-4', '100', 12.3, 'Launch week bonus', 'promotional'), expiresDaysAgo: 8.3 },
    {
      id: 'ada-5',
      kind: 'adjustment',
      amount: '8.5',
      daysAgo: 5.2,
      description: 'Refund for calls that failed on the provider’s side',
      category: 'support',
    },
    {
      ...grant('ada-6', '25', 2.1, 'Thanks for your feedback', 'promotional'),
      expiresDaysAgo: -12,
    },
  ],
  [benProfile.userDid]: [
    grant('ben-1', '30', 63.5, 'Starter package', 'paid'),
    { ...grant('ben-2', '10', 30.2, 'Welcome back', 'promotional'), expiresDaysAgo: -20 },
  ],
  [chenDid]: [
    { ...grant('chen-1', '5', 1.2, 'Welcome credits', 'promotional'), expiresDaysAgo: -29 },
  ],
};

function grant(
  id: string,
  amount: string,
  daysAgo: number,
  description: string,
  category: string,
): EntryRow {
  return { id, kind: 'grant', amount, daysAgo, description, category };
}

/**
 * The demo users' credits: plans, promotions of which one expires, and a refund.
 * @param anchorMs the moment the load was generated for, epoch milliseconds
 */
export function generatedQuota(anchorMs: number): QuotaProvider {
  return staticQuota({
    entries: (userDid) =>
      (rowsOfUser[userDid] ?? []).map(({ daysAgo, expiresDaysAgo, ...entry }) => ({
        ...entry,
        occurredAt: anchorMs - daysAgo * dayMs,
        ...(expiresDaysAgo === undefined ? {} : { expiresAt: anchorMs - expiresDaysAgo * dayMs }),
      })),
    topUpUrl: 'https://example.com/top-up',
    billingUrl: 'https://example.com/billing',
  });
}

/** Nothing is known of the credits behind an imported file. */
export function importedQuota(): QuotaProvider {
  return staticQuota({ entries: [], isUnlimited: () => true });
}
