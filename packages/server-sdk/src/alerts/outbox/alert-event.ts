/** Where an event is delivered: the host's `onAlert`, or one of its webhooks. */
export type AlertChannel = { kind: 'callback' } | { kind: 'webhook'; webhookId: string };

/** What happened to a rule, before it is stored. */
export interface NewAlertEvent {
  /**
   * The same for the same crossing, whoever sees it: a hash of user, rule, level, start of the period and sequence within it,
   * of at most 64 characters.
   */
  id: string;
  ruleId: string;
  type: 'fired' | 'cleared';
  metric: string;
  /** What the rule watches, as the rule has it. */
  scope: string;
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
  channels: readonly AlertChannel[];
}

/** A stored event. */
export interface AlertEvent extends Omit<NewAlertEvent, 'channels'> {
  /** Empty: of the operator's rules. */
  userDid: string;
}

/** The reserved user of the operator's rules; no host can name it. */
export const OPERATOR = '';

/** How a channel is stored. */
export function formatChannel(channel: AlertChannel): string {
  return channel.kind === 'callback' ? 'callback' : `webhook:${channel.webhookId}`;
}
