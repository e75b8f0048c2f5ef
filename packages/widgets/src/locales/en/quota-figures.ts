import { defineMessages } from '../define-messages.js';

/** The balance of the quota card, its forecast and its top-up. */
export const quotaFigureMessages = /* @__PURE__ */ defineMessages({
  quotaMeter: '{percent} of your credits are left',
  quotaPercentLeft: '{percent} left',
  quotaUnlimited: 'Unlimited',
  quotaUnlimitedText: 'Your usage is counted but not limited.',
  quotaUnavailable: 'Balance not available',
  quotaUnavailableText: 'The payment system is not responding, and there is no earlier balance.',
  quotaNoAccountText: 'You don’t have an account with the payment system yet.',
  quotaStale: 'The payment system is not responding. Showing data from {age}.',
  quotaPending: 'Pending',
  quotaPendingHint: 'Usage reported but not yet deducted from the balance',
  quotaOverdue: 'Overdue',
  quotaOverdueHint: 'Usage that the balance did not cover',
  runwayDays: { one: '{days} day', other: '{days} days' },
  runwayInterval: 'Likely {earliest} to {latest} days, until about {date}',
  runwayAtLeast: 'At least {earliest} days, until about {date}',
  runwayLikely: {
    one: 'Likely {days} day, until about {date}',
    other: 'Likely {days} days, until about {date}',
  },
  runwayLong: 'More than 10 years',
  runwayBasis: {
    one: 'At {average} a day, based on {days} day',
    other: 'At {average} a day, based on {days} days',
  },
  runwayNotEnoughData: 'Not enough usage yet for an estimate',
  runwayNoRecentUse: 'No recent usage',
  runwayDepleted: 'No credits left',
  runwayUnlimited: 'No limit',
  sparklineLabel: 'Credits used in each of the last 7 days: {values}',
  topUpOnce: 'Top up',
  topUpNotSetUp: 'Not set up',
  topUpOff: 'Off',
  topUpOn: 'On below {threshold}',
});
