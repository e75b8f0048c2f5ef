import type { AlertRuleInput, BudgetInput } from '../contract/alerts.js';
import type { AlertChannelOptions } from './delivery/alert-options.js';

/** A rule of the host: as a user would write it, with a name that the host chooses and keeps. */
export type HostRule = { id: string } & (
  ({ kind: 'alert' } & AlertRuleInput) | ({ kind: 'budget' } & BudgetInput)
);

/** Alert rules and budgets; the same in every process of a host, also in one that only rolls up. */
export interface AlertOptions extends AlertChannelOptions {
  /**
   * Rules of the host: the same for every user, or what a function returns for one. Users see their state, acknowledge and
   * snooze them, and cannot change them. An `id` has at most 58 characters.
   */
  rules?: readonly HostRule[] | ((userDid: string) => HostRules | Promise<HostRules>);
  /** Maximum number of rules and budgets that a user may make, 1 to 1000. @default 100 */
  maxRulesPerUser?: number;
  /** How long events and deliveries are stored. */
  retention?: AlertRetentionOptions;
}

/** How long events and deliveries are stored. The rollup deletes what is older. */
export interface AlertRetentionOptions {
  /** Days that an event stays in the history, with what was not delivered of it: 31 to 36500. @default 400 */
  eventDays?: number;
  /** Days that a delivery is listed after it was delivered: 1 to `eventDays`. @default 30 */
  deliveredDays?: number;
}

/** Rules of the host for one user. */
export type HostRules = readonly HostRule[];
