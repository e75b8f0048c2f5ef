import type { LedgerKind } from '@usage-kit/server-sdk/contract';
import { ledgerMessages } from '../../locales/en/ledger.js';
import type { MessageDefinition } from '../../locales/messages.js';

/** The kinds in the order of the filter. Typed by the contract: a kind that is missing does not compile. */
export const KIND_LABELS: Readonly<Record<LedgerKind, MessageDefinition>> = {
  grant: ledgerMessages.kindGrant,
  consumption: ledgerMessages.kindConsumption,
  adjustment: ledgerMessages.kindAdjustment,
  expiration: ledgerMessages.kindExpiration,
};
