import type {
  AlertChannel,
  AlertEventType,
  AlertMetric,
  AlertScope,
} from '../../contract/alerts.js';

/** What the operator's rules watch. */
export type OperatorMetric = 'rollupLagSeconds' | 'rollupFailures';

/** What a rule watches. */
export type WatchedMetric = AlertMetric | OperatorMetric;

/** What happened to a rule, before it is stored. */
export interface NewAlertEvent {
  /**
   * The same for the same crossing, whichever instance sees it: a hash of user, rule, level, start of the period and sequence
   * within it, of at most 64 characters.
   */
  id: string;
  ruleId: string;
  type: AlertEventType;
  metric: WatchedMetric;
  scope: AlertScope;
  /** E.g. `80%` or `12.5`. */
  level: string;
  /** Decimal; null: not known. */
  value: string | null;
  /** Decimal. */
  threshold: string;
  /** Epoch ms; null for rolling windows. */
  periodStartMs: number | null;
  /** Epoch ms. */
  occurredAtMs: number;
  /** The rule's name. */
  name: string;
  /** Where it is sent; none: it is in the history alone. */
  channels: readonly AlertChannel[];
}

/** A stored event. */
export interface StoredEvent extends Omit<NewAlertEvent, 'channels'> {
  /** {@link OPERATOR}: of the operator's rules. */
  userDid: string;
}

/** The reserved user of the operator's rules, which no call can have. */
export const OPERATOR = '';

/** How a channel is stored. */
export function formatChannel(channel: AlertChannel): string {
  return channel.kind === 'callback' ? 'callback' : `webhook:${channel.webhookId}`;
}
