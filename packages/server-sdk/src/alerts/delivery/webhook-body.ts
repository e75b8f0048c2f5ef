import { toShownText } from '../../values/shown-text.js';
import type { AlertNotification } from './alert-notification.js';

/** The form of a webhook's body: Standard Webhooks, or a message as Slack and its like take it. */
export type WebhookFormat = 'standard' | 'slack';

/** Writes the body of a webhook. */
export function writeWebhookBody(format: WebhookFormat, alert: AlertNotification): string {
  return JSON.stringify(format === 'slack' ? writeSlackMessage(alert) : writeStandardBody(alert));
}

/** @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#payload-structure */
function writeStandardBody(alert: AlertNotification): object {
  return { type: `usage.alert.${alert.type}`, timestamp: alert.occurredAt, data: alert };
}

/**
 * A message without markup. Names are those that users wrote: none may become a link, a mention or a style.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
function writeSlackMessage(alert: AlertNotification): object {
  const { type, name, metric, level, threshold, value, userDid } = alert;
  const what = type === 'fired' ? 'Alert' : 'Cleared';
  const lines = [
    `${what}: ${toPlainText(name)}`,
    `${metric} ${value ?? 'unknown'}, level ${toPlainText(level)} (${threshold})`,
    `${describeScope(alert)}, ${userDid === null ? 'operator' : `user ${toPlainText(userDid)}`}`,
    alert.occurredAt,
  ];
  return { text: lines.join('\n'), mrkdwn: false, unfurl_links: false, unfurl_media: false };
}

function describeScope({ scope }: AlertNotification): string {
  if (scope.kind === 'account') return 'account';
  return scope.kind === 'project'
    ? `project ${toPlainText(scope.appDid)}`
    : `model ${toPlainText(scope.model)}`;
}

const MAX_TEXT_LENGTH = 300;
const ZERO_WIDTH_SPACE = '\u200b';

/** Escapes what is markup even where `mrkdwn` is false, and separates what other programs take for styles, mentions and links. */
function toPlainText(text: string): string {
  return toShownText(text, MAX_TEXT_LENGTH)
    .replaceAll(/[*_~`@#:]/g, `$&${ZERO_WIDTH_SPACE}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
