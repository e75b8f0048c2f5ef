import type { Database } from '../../db/database.js';
import { disableWebhook, listDisabledWebhooks } from '../outbox/webhook-store.js';
import type { ResolvedWebhook } from './resolve-channels.js';

/** The webhooks of the host whose receivers responded that they are gone, on any instance. */
export class DisabledWebhooks {
  readonly #database: Database;
  readonly #webhooks: readonly ResolvedWebhook[];
  #channels = new Set<string>();

  constructor(database: Database, webhooks: readonly ResolvedWebhook[]) {
    this.#database = database;
    this.#webhooks = webhooks;
  }

  /** Reads which are disabled. @throws StatementError when the database fails */
  async refresh(): Promise<void> {
    if (this.#webhooks.length === 0) return;
    const disabled = await listDisabledWebhooks(this.#database);
    const isDisabled = ({ id, urlDigest }: ResolvedWebhook): boolean =>
      disabled.some((one) => one.id === id && one.urlDigest === urlDigest);
    this.#channels = new Set(this.#webhooks.filter(isDisabled).map(({ id }) => `webhook:${id}`));
  }

  /** Whether a channel is a webhook that is disabled, as of the last refresh. */
  has(channel: string): boolean {
    return this.#channels.has(channel);
  }

  /** Disables the webhook of a channel on every instance. @throws StatementError when the database fails */
  async add(channel: string, disabledAtMs: number): Promise<void> {
    if (this.#channels.has(channel)) return;
    this.#channels.add(channel);
    const webhook = this.#webhooks.find(({ id }) => channel === `webhook:${id}`);
    if (!webhook) return;
    const { id, urlDigest } = webhook;
    await disableWebhook(this.#database, { id, urlDigest, disabledAtMs });
  }
}
