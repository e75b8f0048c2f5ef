import type {
  Instant,
  LedgerEntry,
  LedgerGrants,
  LedgerKind,
  LedgerSum,
} from '@usage-kit/server-sdk/contract';
import {
  formatBalance,
  formatCredits,
  formatCreditsExact,
  formatCreditsSigned,
  isZeroCredits,
} from '../../format/credits.js';
import { formatDay, formatInstant, formatInstantExact } from '../../format/date.js';
import { toCreditsFigure, type Figure } from '../../view-models/figure.js';
import { lookUp } from '../../utils/look-up.js';
import type { Localizer } from '../../locales/localizer.js';
import { ledgerRowMessages } from '../../locales/en/ledger-rows.js';
import { KIND_LABELS } from './ledger-kinds.js';

/** One row ready to show. */
export interface LedgerRow {
  id: string;
  kind: LedgerKind;
  kindText: string;
  time: Figure;
  amount: Figure;
  isIncrease: boolean;
  /** What is left of a grant; `null` of other kinds. */
  left: Figure | null;
  balance: Figure;
  description: string;
  expires: Figure;
  url: string | null;
}

/** A ledger entry ready to show, in a language and zone. */
export function toLedgerRow(
  entry: LedgerEntry,
  localizer: Localizer,
  timeZone: string,
  asOf: Instant,
): LedgerRow {
  const { t, formatters } = localizer;
  const { occurredAt, expiresAt, amount } = entry;
  const label = lookUp(KIND_LABELS, entry.kind);
  return {
    id: entry.id,
    kind: entry.kind,
    kindText: label === undefined ? entry.kind : t(label),
    time: {
      text: formatInstant(formatters, occurredAt, timeZone, asOf),
      title: formatInstantExact(formatters, occurredAt, timeZone),
    },
    amount: {
      text: formatCreditsSigned(formatters, amount),
      title: formatCreditsExact(formatters, amount),
    },
    isIncrease: !amount.startsWith('-'),
    left:
      entry.kind === 'grant'
        ? toCreditsFigure(localizer, entry.remaining ?? null, ledgerRowMessages.leftUnknown)
        : null,
    balance: toBalance(localizer, entry.balanceAfter),
    description: entry.description ?? '',
    expires:
      expiresAt === null
        ? { text: '', title: t(ledgerRowMessages.neverExpires) }
        : {
            text: formatDay(formatters, expiresAt, timeZone),
            title: formatInstantExact(formatters, expiresAt, timeZone),
          },
    url: entry.url,
  };
}

/** Rounded down, as the card of the balance shows it. */
function toBalance(localizer: Localizer, balance: string | null): Figure {
  const figure = toCreditsFigure(localizer, balance, ledgerRowMessages.balanceUnknown);
  return balance === null
    ? figure
    : { ...figure, text: formatBalance(localizer.formatters, balance) };
}

/** What is left of the grant that ends first; `null` where none does, or that is not known. */
export function toNextExpiryText(
  grants: LedgerGrants | null | undefined,
  { t, formatters }: Localizer,
  timeZone: string,
): string | null {
  const next = grants?.nextToExpire;
  if (!next) return null;
  return t(ledgerRowMessages.ledgerNextExpiry, {
    amount: formatCredits(formatters, next.remaining),
    grant: next.description ?? next.id,
    day: formatDay(formatters, next.expiresAt, timeZone),
  });
}

/** Whether the entries add up to the balance, and the amount that none explains; `null` when unknown. */
export function toSumText(sum: LedgerSum | null, { t, formatters }: Localizer): string | null {
  if (sum === null || sum.unexplained === null) return null;
  const format = (credits: string): string => formatCredits(formatters, credits);
  const balance = formatBalance(formatters, sum.balance);
  if (!isZeroCredits(sum.unexplained)) {
    return t(ledgerRowMessages.ledgerUnexplained, {
      balance,
      unexplained: formatCreditsSigned(formatters, sum.unexplained),
    });
  }
  if (isZeroCredits(sum.pending)) return t(ledgerRowMessages.ledgerExplained, { balance });
  const pending = formatCreditsSigned(formatters, sum.pending);
  return t(ledgerRowMessages.ledgerPending, { balance, rows: format(sum.rows), pending });
}
