import type { Database } from '../../db/database.js';
import { queryRow } from '../../db/executor.js';
import { retryWrites } from '../../db/retry-writes.js';
import { sql } from '../../db/sql.js';
import { withoutTransaction } from '../../db/transaction.js';
import { UTC_DAY_MS } from '../../values/time.js';

const TABLE = 'model_idempotency_keys';

/** A write that a client named. */
export interface WriteKey {
  userDid: string;
  /** Hash of the client's key, so that its length and characters do not matter. */
  keyHash: string;
  /** Hash of what the request wants. */
  fingerprint: string;
  /** Epoch ms. */
  nowMs: number;
}

/** What is stored of a write. */
export interface StoredWrite {
  fingerprint: string;
  /** Which attempt does the write. */
  attempt: string;
  /** `null` until it is done. */
  response: { status: number; body: string | null } | null;
}

/** Stores that an attempt does the write, unless another one does or did, and deletes the user's keys of the day before. */
export async function claimWrite(
  database: Database,
  userDid: string,
  { keyHash, fingerprint, nowMs }: Omit<WriteKey, 'userDid'>,
  { attempt, abandonedAfterMs }: { attempt: string; abandonedAfterMs: number },
): Promise<void> {
  const fresh = { attempt, fingerprint, created_at_ms: nowMs };
  await retryWrites(() =>
    database.transaction(async (trx) => {
      const rows = trx(TABLE).where('user_did', userDid);
      await rows
        .clone()
        .where('created_at_ms', '<', nowMs - UTC_DAY_MS)
        .delete();
      await trx(TABLE)
        .insert({ user_did: userDid, key_hash: keyHash, ...fresh })
        .onConflict(['user_did', 'key_hash'])
        .ignore();
      await rows
        .clone()
        .where({ key_hash: keyHash, fingerprint })
        .whereNull('status')
        .where('created_at_ms', '<', nowMs - abandonedAfterMs)
        .update(fresh);
    }),
  );
}

/** Reads what is stored of a write; `null` when it failed meanwhile. */
export async function readWrite(
  database: Database,
  userDid: string,
  keyHash: string,
): Promise<StoredWrite | null> {
  const row = await queryRow<{
    fingerprint: string;
    attempt: string;
    status: number | null;
    body: string | null;
  }>(
    withoutTransaction(database),
    sql`select fingerprint, attempt, status, body from model_idempotency_keys
      where user_did = ${userDid} and key_hash = ${keyHash}`,
  );
  if (row === undefined) return null;
  const { fingerprint, attempt, status, body } = row;
  return { fingerprint, attempt, response: status === null ? null : { status, body } };
}

/** An attempt at a write. */
interface Attempt {
  keyHash: string;
  attempt: string;
}

/** Stores the response of an attempt. */
export async function storeWrite(
  database: Database,
  userDid: string,
  { keyHash, attempt }: Attempt,
  response: { status: number; body: string | null },
): Promise<void> {
  await retryWrites(() =>
    database.transaction((trx) =>
      trx(TABLE).where({ user_did: userDid, key_hash: keyHash, attempt }).update(response),
    ),
  );
}

/** Deletes an attempt that failed, so that the next one may write. */
export async function deleteWrite(
  database: Database,
  userDid: string,
  { keyHash, attempt }: Attempt,
): Promise<void> {
  await retryWrites(() =>
    database.transaction((trx) =>
      trx(TABLE).where({ user_did: userDid, key_hash: keyHash, attempt }).delete(),
    ),
  );
}
