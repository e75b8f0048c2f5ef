import { defineMessages } from '../define-messages.js';

/** The quota details. */
export const ledgerMessages = /* @__PURE__ */ defineMessages({
  quotaDetails: 'Credit history',
  ledgerTime: 'Time',
  ledgerKind: 'Kind',
  ledgerAmount: 'Amount',
  ledgerBalance: 'Balance',
  ledgerDescription: 'For',
  ledgerExpires: 'Expires',
  kindGrant: 'Grant',
  kindConsumption: 'Use',
  kindAdjustment: 'Adjustment',
  kindExpiration: 'Expiry',
  balanceUnknown: 'The balance after this row is not known',
  neverExpires: 'Does not expire',
  ledgerEmptyTitle: 'Nothing here yet',
  ledgerEmptyText: 'Grants, use and expiry of credits are listed here.',
  ledgerExplained: 'All rows add up to the balance of {balance}.',
  ledgerPending:
    'All rows add up to {rows}; with {pending} pending, that is the balance of {balance}.',
  ledgerUnexplained: 'The balance is {balance}; no row explains {unexplained} of it.',
  ledgerNoMatchText: 'There is no row of this kind.',
});
