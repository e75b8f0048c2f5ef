import type { LedgerEntry, LedgerKind } from '@usage-kit/server-sdk/contract';
import { formatCreditsExact, formatCreditsSigned } from '../../format/credits.js';
import { formatDay, formatInstant, formatInstantExact } from '../../format/date.js';
import { creditsFigure, type Figure } from '../../internal/figure.js';
import type { MessageKey } from '../../locales/en.js';
import type { Localizer } from '../../locales/localizer.js';

/** The kinds in the order of the filter. Typed by the contract: a kind that is missing does not compile. */
export const KIND_LABELS: Readonly<Record<LedgerKind, MessageKey>> = {
  grant: 'kindGrant',
  consumption: 'kindConsumption',
  adjustment: 'kindAdjustment',
  expiration: 'kindExpiration',
};

/** One row ready to show. */
export interface LedgerRow {
  id: string;
  kind: LedgerKind;
  kindText: string;
  time: Figure;
  amount: Figure;
  isIncrease: boolean;
  balance: Figure;
  description: string;
  expires: Figure;
  url: string | null;
}

/** A ledger entry ready to show, in a language and zone. */
export function toLedgerRow(entry: LedgerEntry, localizer: Localizer, timeZone: string): LedgerRow {
  const { t, formatters } = localizer;
  const { occurredAt, expiresAt, amount } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    kindText: t(KIND_LABELS[entry.kind]),
    time: {
      text: formatInstant(formatters, occurredAt, timeZone),
      title: formatInstantExact(formatters, occurredAt, timeZone),
    },
    amount: {
      text: formatCreditsSigned(formatters, amount),
      title: formatCreditsExact(formatters, amount),
    },
    isIncrease: !amount.startsWith('-'),
    balance: creditsFigure(localizer, entry.balanceAfter, 'balanceUnknown'),
    description: entry.description ?? '',
    expires:
      expiresAt === null
        ? { text: '', title: t('neverExpires') }
        : {
            text: formatDay(formatters, expiresAt, timeZone),
            title: formatInstantExact(formatters, expiresAt, timeZone),
          },
    url: entry.url,
  };
}
