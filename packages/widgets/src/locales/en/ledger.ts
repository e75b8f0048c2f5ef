import { defineMessages } from '../define-messages.js';

/** The quota details. */
export const ledgerMessages = /* @__PURE__ */ defineMessages({
  quotaDetails: 'Credit history',
  ledgerTime: 'Time',
  ledgerKind: 'Kind',
  ledgerAmount: 'Amount',
  ledgerBalance: 'Balance',
  ledgerDescription: 'Description',
  ledgerExpires: 'Expires',
  kindGrant: 'Grant',
  kindConsumption: 'Usage',
  kindAdjustment: 'Adjustment',
  kindExpiration: 'Expiration',
  balanceUnknown: 'The balance after this entry is unknown',
  neverExpires: 'Never expires',
  ledgerEmptyTitle: 'No credit history yet',
  ledgerEmptyText: 'Grants, usage and expirations appear here.',
  ledgerExplained: 'All entries add up to the balance of {balance}.',
  ledgerPending:
    'All entries add up to {rows}. With {pending} pending, that is the balance of {balance}.',
  ledgerUnexplained: 'The balance is {balance}. No entry explains {unexplained} of it.',
  ledgerNoMatchText: 'There are no entries of this kind.',
});
