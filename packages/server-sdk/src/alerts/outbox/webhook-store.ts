import type { Database } from '../../db/database.js';
import { queryRows } from '../../db/executor.js';
import { retryWrites } from '../../db/retry-writes.js';
import { sql } from '../../db/sql.js';
import { withoutTransaction, writeInTransaction } from '../../db/transaction.js';
import { upsertRows, type UpsertTarget } from '../../db/upsert-rows.js';

const TABLE = 'model_alert_webhooks';
const TARGET: UpsertTarget = {
  table: TABLE,
  columns: [
    { name: 'id', kind: 'text' },
    { name: 'url_digest', kind: 'text' },
    { name: 'disabled_at_ms', kind: 'integer' },
  ],
  key: ['id'],
};

/** A webhook whose receiver responded that it is gone. */
export interface DisabledWebhook {
  id: string;
  /** SHA-256 of its URL, hexadecimal: the same id with another URL is not disabled. */
  urlDigest: string;
  /** Epoch ms. */
  disabledAtMs: number;
}

/** Lists the webhooks that are disabled. @throws StatementError when the database fails */
export async function listDisabledWebhooks(database: Database): Promise<DisabledWebhook[]> {
  const rows = await queryRows<{
    id: string;
    url_digest: string;
    disabled_at_ms: number | string;
  }>(
    withoutTransaction(database),
    sql`select id, url_digest, disabled_at_ms from model_alert_webhooks`,
  );
  return rows.map((row) => ({
    id: row.id,
    urlDigest: row.url_digest,
    disabledAtMs: Number(row.disabled_at_ms),
  }));
}

/** Disables a webhook on every instance. @throws StatementError when the database fails */
export async function disableWebhook(database: Database, webhook: DisabledWebhook): Promise<void> {
  const { id, urlDigest, disabledAtMs } = webhook;
  await retryWrites(() =>
    writeInTransaction(database, (transaction) =>
      upsertRows(transaction, TARGET, [[id, urlDigest, disabledAtMs]]),
    ),
  );
}

/** Enables a webhook again. @returns whether it was disabled @throws StatementError when the database fails */
export async function enableWebhook(database: Database, id: string): Promise<boolean> {
  const enable = (): Promise<number> =>
    database.transaction((trx) => trx(TABLE).where('id', id).delete());
  return (await retryWrites(enable)) > 0;
}
