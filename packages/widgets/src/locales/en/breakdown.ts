import { defineMessages } from '../define-messages.js';

/** A trend broken down, and compared with the period before; loaded with the first. */
export const breakdownMessages = /* @__PURE__ */ defineMessages({
  groupOther: 'Other',
  groupUnknownProvider: 'Unknown provider',
  groupTotal: 'Total',
  groupIsolate: 'Show only {group}',
  groupShowAll: 'Show all groups',
  groupHide: 'Hide {group}',
  groupShow: 'Show {group}',
  groupShare: '{value} ({share})',
  groups: 'Groups',
  periodBefore: 'Period before',
  periodBeforeAt: 'Period before ({label})',
  periodBeforeNone: 'No calls before this range',
  changeBy: '{value} ({change})',
});
