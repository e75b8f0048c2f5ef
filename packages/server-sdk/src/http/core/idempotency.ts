import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/database.js';
import { runDetached } from '../../runtime/request-signal.js';
import { UsageError } from '../../errors.js';
import type { HttpResponse } from './http-message.js';
import {
  claimWrite,
  deleteWrite,
  readWrite,
  storeWrite,
  type WriteKey,
} from './idempotency-store.js';

/** Longer than any request may take; after it, a write whose process is gone can be tried again. */
const ABANDONED_AFTER_MS = 120_000;
/** In seconds: the first attempt is done, or its process is gone. */
const RETRY_SECONDS = 2;

/**
 * Writes once for each `Idempotency-Key` of a user; a later attempt gets the response of the first. A write that failed is
 * tried again. One whose process was killed is tried again after two minutes: a handler creates with an id that the key
 * gives, so that what the first attempt stored is found.
 *
 * @throws UsageError `IDEMPOTENCY_KEY_REUSED` for the key of another request, `IDEMPOTENCY_KEY_IN_USE` while the first attempt
 *   is in progress; what `write` throws
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export async function writeOnce(
  database: Database,
  key: WriteKey,
  write: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const attempt = randomUUID();
  const own = { keyHash: key.keyHash, attempt };
  await claimWrite(database, key.userDid, key, { attempt, abandonedAfterMs: ABANDONED_AFTER_MS });
  const stored = await readWrite(database, key.userDid, key.keyHash);
  if (stored !== null && stored.fingerprint !== key.fingerprint) {
    const detail = 'The Idempotency-Key was sent with another request. Use a new one.';
    throw new UsageError('IDEMPOTENCY_KEY_REUSED', detail);
  }
  if (stored?.response) return toReplay(stored.response);
  if (stored?.attempt !== attempt) {
    const detail = 'A request with this Idempotency-Key is in progress.';
    throw new UsageError('IDEMPOTENCY_KEY_IN_USE', detail, { retryAfterSeconds: RETRY_SECONDS });
  }
  const { status, headers, body } = await write().catch(async (error: unknown) => {
    await runDetached(() => deleteWrite(database, key.userDid, own));
    throw error;
  });
  // Not cancelled with the request: what was written is to be known.
  await runDetached(() => storeWrite(database, key.userDid, own, { status, body }));
  return { status, headers, body };
}

function toReplay({ status, body }: { status: number; body: string | null }): HttpResponse {
  const type = body === null ? {} : { 'Content-Type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, 'Idempotency-Replayed': 'true' }, body };
}
