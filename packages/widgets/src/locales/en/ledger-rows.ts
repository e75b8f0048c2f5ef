import { defineMessages } from '../define-messages.js';

/** The rows of the quota details, which are loaded with them. */
export const ledgerRowMessages = /* @__PURE__ */ defineMessages({
  ledgerTime: 'Time',
  ledgerAmount: 'Amount',
  ledgerLeft: 'Left',
  ledgerBalance: 'Balance',
  ledgerDescription: 'Description',
  ledgerExpires: 'Expires',
  ledgerDay: '{entries} · {calls}',
  ledgerDayEntries: { one: '{count} entry', other: '{count} entries' },
  ledgerDayCalls: { one: '{count} call', other: '{count} calls' },
  ledgerDayCallsUnknown: 'How many calls were made that day is unknown',
  balanceUnknown: 'The balance after this entry is unknown',
  leftUnknown: 'What is left of this grant is unknown',
  ledgerNextExpiry: 'Next to expire: {amount} of {grant} on {day}.',
  neverExpires: 'Never expires',
  ledgerExplained: 'All entries add up to the balance of {balance}.',
  ledgerPending:
    'All entries add up to {rows}. With {pending} pending, that is the balance of {balance}.',
  ledgerUnexplained: 'The balance is {balance}. No entry explains {unexplained} of it.',
});
