import { defineMessages } from '../define-messages.js';

/** When in the week calls were made; loaded with the first. */
export const activityMessages = /* @__PURE__ */ defineMessages({
  activityHour: 'Hour',
  activityHours: '{day}, {from} – {to}',
  activityHighest: 'Highest: {hours}',
  activitySummary: '{metric} by weekday and hour. Highest: {hours}, {value}.',
  activitySummaryEmpty: '{metric} by weekday and hour: no data.',
  activityScale: 'From {min} to {max}',
});
