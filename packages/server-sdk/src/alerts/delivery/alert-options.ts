import type { AlertChannel } from '../../contract/alerts.js';
import type { AlertNotification } from './alert-notification.js';
import type { WebhookFormat } from './webhook-body.js';

/** A webhook of the host. */
export interface AlertWebhook {
  /** Names it in the channels of rules: 1 to 64 letters, digits, `-` and `_`. */
  id: string;
  /**
   * https, with a name as its host and port 443 or one from 1024 on. It may resolve to public addresses only; redirects are
   * not followed.
   */
  url: string;
  /**
   * `whsec_` and base64 of 24 to 64 random bytes; required for the format `standard`. Several sign with each: to change one,
   * add the new one, change the receiver, remove the old one.
   */
  secret?: string | readonly string[];
  /** `standard`: Standard Webhooks; `slack`: a message as Slack, Mattermost and their like take it. @default 'standard' */
  format?: WebhookFormat;
}

/** When operators get an alert of the rollup. */
export interface RollupAlertOptions {
  /** The maximum lag, 3600 to 31536000 seconds. @default `rollup.maxLagSeconds` */
  maxLagSeconds?: number;
  /** Runs that failed in a row, 1 to 1000. @default 5 */
  failures?: number;
  /** Where it goes. @default callback */
  channels?: readonly AlertChannel[];
}

/** Where alerts go, apart from their history. */
export interface AlertChannelOptions {
  /**
   * Receives every event at least once, and may receive it again: `id` is the same then. What it throws is an attempt that
   * failed and is repeated, as is a promise that takes longer than 15 seconds.
   */
  onAlert?: (alert: AlertNotification) => unknown;
  /** At most 50. */
  webhooks?: readonly AlertWebhook[];
  /** Alerts of the rollup's lag and failures. @default none */
  rollup?: RollupAlertOptions;
}
