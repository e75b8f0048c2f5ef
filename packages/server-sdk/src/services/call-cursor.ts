import { createHash } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { CallPosition } from '../stores/call-page-rows.js';
import type { TimeRange } from '../domain/time.js';

/** Where a listing goes on, and the range it began with: a default range would move on between two pages. */
export interface CallCursor extends TimeRange {
  position: CallPosition;
}

const VERSION = 1;

/**
 * Names a listing: a cursor is taken only by the same user with the same filters and order.
 *
 * @param parts everything that decides which rows the listing has, in a fixed order
 */
export function listingFingerprint(parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** The cursor as opaque text. */
export function encodeCursor(cursor: CallCursor, fingerprint: string): string {
  const { fromMs, toMs, position } = cursor;
  const fields = [VERSION, fingerprint, fromMs, toMs, position.value, position.id];
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** Reads a cursor. @throws UsageError `CURSOR_INVALID` when it is damaged or belongs to another listing */
export function decodeCursor(text: string, fingerprint: string): CallCursor {
  const [version, owner, fromMs, toMs, value, id] = parseFields(text);
  const sound =
    version === VERSION &&
    Number.isSafeInteger(fromMs) &&
    Number.isSafeInteger(toMs) &&
    // A host's timestamp may be finer than a millisecond.
    (value === null || Number.isFinite(value)) &&
    (typeof id === 'string' || id === null);
  if (!sound || owner !== fingerprint) {
    throw new UsageError(
      'CURSOR_INVALID',
      'The cursor does not belong to this listing. Ask for the first page again, without a cursor.',
      { items: [{ parameter: 'cursor', detail: 'is damaged, or from another listing' }] },
    );
  }
  return {
    fromMs: Number(fromMs),
    toMs: Number(toMs),
    position: { value: value === null ? null : Number(value), id },
  };
}

function parseFields(text: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(fields) ? fields : [];
  } catch {
    return [];
  }
}
