import { createAlertControl, type AlertControl } from '../alerts/delivery/alert-control.js';
import type { AlertDelivery } from '../alerts/outbox/delivery-report-store.js';
import type { Database } from '../db/database.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit alerts` as parsed. */
export interface AlertsArguments {
  user?: string | undefined;
  event?: string | undefined;
  channel?: string | undefined;
  all?: boolean | undefined;
  webhook?: string | undefined;
}

type Work = (control: AlertControl, args: AlertsArguments, terminal: Terminal) => Promise<number>;

const listDeadLetters: Work = async (control, { all, user }, terminal) => {
  const found = await control.deliveries({
    ...(all ? {} : { status: 'dead' }),
    ...(user === undefined ? {} : { userDid: user }),
  });
  for (const delivery of found) terminal.out(toLine(delivery));
  if (found.some(({ status }) => status === 'dead')) return EXIT.attention;
  terminal.out('There are no dead letters');
  return EXIT.ok;
};

const retryDelivery: Work = async (control, { user = '', event, channel }, terminal) => {
  if (event === undefined || channel === undefined) {
    throw new CommandLineError(
      'alerts retry takes --event and --channel, and the --user of the event',
    );
  }
  const isFound = await control.retry({ userDid: user, eventId: event, channel });
  terminal.out(isFound ? 'It is sent again by the host' : 'There is no such dead letter');
  return isFound ? EXIT.ok : EXIT.attention;
};

const enableWebhook: Work = async (control, { webhook }, terminal) => {
  if (webhook === undefined) throw new CommandLineError('alerts enable takes --webhook');
  const wasDisabled = await control.enableWebhook(webhook);
  terminal.out(wasDisabled ? 'It is enabled' : 'It was not disabled');
  return wasDisabled ? EXIT.ok : EXIT.attention;
};

const WORK: Readonly<Record<string, Work>> = {
  deliveries: listDeadLetters,
  retry: retryDelivery,
  enable: enableWebhook,
};

/**
 * Lists dead letters of alerts, sends one again, or enables a webhook. What is sent again goes out from the host's process.
 *
 * @param operands what to do: `deliveries`, `retry` or `enable`
 * @returns the exit code; {@link EXIT.attention} when there are dead letters, or nothing to do
 * @throws CommandLineError for another command line
 */
export async function runAlerts(
  database: Database,
  operands: readonly string[],
  args: AlertsArguments,
  terminal: Terminal,
): Promise<number> {
  const [what = '', extra] = operands;
  if (extra !== undefined) throw new CommandLineError(`alerts takes one operand; got "${extra}"`);
  const work = Object.hasOwn(WORK, what) ? WORK[what] : undefined;
  if (!work) throw new CommandLineError('alerts takes deliveries, retry or enable');
  return work(
    createAlertControl(database, () => undefined),
    args,
    terminal,
  );
}

function toLine({ userDid, eventId, channel, status, ...delivery }: AlertDelivery): string {
  const { occurredAt, attempts, name, lastStatus, lastError } = delivery;
  return JSON.stringify({
    ...{ status, user: userDid, event: eventId, channel, name, occurredAt, attempts },
    ...{ lastStatus, lastError },
  });
}
