import { defineMessages } from '../define-messages.js';

/** The quota details. */
export const ledgerMessages = /* @__PURE__ */ defineMessages({
  quotaDetails: 'Credit history',
  ledgerKind: 'Kind',
  kindGrant: 'Grant',
  kindConsumption: 'Usage',
  kindAdjustment: 'Adjustment',
  kindExpiration: 'Expiration',
  ledgerGrouping: 'How usage is listed',
  ledgerByDay: 'By day',
  ledgerEachEntry: 'Each entry',
  ledgerEmptyTitle: 'No credit history yet',
  ledgerEmptyText: 'Grants, usage and expirations appear here.',
  ledgerNoMatchText: 'There are no entries of this kind.',
});
