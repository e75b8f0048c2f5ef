import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallSort } from '../../contract/project-calls.js';
import { UTC_DAY_MS, isInstant, type TimeRange } from '../../values/time.js';
import { UsageError } from '../../errors.js';
import type { CallPosition } from './call-page-rows.js';
import type { CursorKey, CursorKeys } from './cursor-keys.js';

/** The position at which a list continues, and the range it began with: a default range moves between two pages. */
export interface CallCursor extends TimeRange {
  position: CallPosition;
}

/** The listing that a cursor belongs to. */
export interface CursorListing {
  /** Everything that determines the rows of the list, in a fixed order: user, project, filters, order. */
  parts: readonly (string | number | readonly string[] | null)[];
  sortBy: CallSort;
  maxRangeDays: number;
}

const VERSION = 2;
const MAX_ID_LENGTH = 512;

/**
 * Writes a cursor as opaque text: its fields, and a code that only holders of the database's key can make for this list.
 * Without the code a client could choose range and position, and make a page expensive.
 */
export function encodeCursor(
  { fromMs, toMs, position }: CallCursor,
  { parts }: CursorListing,
  key: CursorKey,
): string {
  const fields = [VERSION, key.id, fromMs, toMs, position.value, position.id];
  const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${payload}.${authenticate(payload, parts, key)}`;
}

/**
 * Reads a cursor: verifies its code, then validates each field as if it were a parameter.
 *
 * @throws UsageError `CURSOR_INVALID` when it was not made here, is damaged, or belongs to another listing
 */
export async function decodeCursor(
  text: string,
  listing: CursorListing,
  keys: CursorKeys,
  nowMs: number,
): Promise<CallCursor> {
  const [payload = '', code = ''] = text.split('.');
  const [version, keyId, ...fields] = parseFields(payload);
  if (version !== VERSION || typeof keyId !== 'string') throw invalidCursor();
  const key = await keys.find(keyId, nowMs);
  if (key === null || !isSame(authenticate(payload, listing.parts, key), code)) {
    throw invalidCursor();
  }
  const cursor = toCursor(fields, listing);
  if (cursor === null) throw invalidCursor();
  return cursor;
}

function authenticate(
  payload: string,
  parts: CursorListing['parts'],
  { bytes }: CursorKey,
): string {
  return createHmac('sha256', bytes)
    .update(JSON.stringify(['usage-kit cursor', payload, parts]))
    .digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function parseFields(payload: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return Array.isArray(fields) ? fields : [];
  } catch {
    return [];
  }
}

function toCursor(fields: readonly unknown[], listing: CursorListing): CallCursor | null {
  const [fromMs, toMs, value, id] = fields;
  if (!isInstant(fromMs) || !isInstant(toMs) || fromMs >= toMs) return null;
  if (toMs - fromMs > listing.maxRangeDays * UTC_DAY_MS) return null;
  if (!(id === null || isStoredId(id))) return null;
  const range = { fromMs, toMs };
  if (!isPosition(value, range, listing.sortBy)) return null;
  return { ...range, position: { value, id } };
}

/** Text that a database can compare with; ids of a host's table may have characters that ours must not. */
function isStoredId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= MAX_ID_LENGTH && !/\0|\p{Cs}/u.test(id);
}

/** A position by time lies in the range; what a call took may be unknown (null). */
function isPosition(
  value: unknown,
  { fromMs, toMs }: TimeRange,
  sortBy: CallSort,
): value is number | null {
  if (value === null) return sortBy === 'duration';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  // A start of a host's table may be finer than a millisecond.
  return sortBy === 'duration' || (value >= fromMs && value <= toMs);
}

function invalidCursor(): UsageError {
  return new UsageError(
    'CURSOR_INVALID',
    'The cursor does not belong to this listing. Ask for the first page again, without a cursor.',
    { items: [{ parameter: 'cursor', detail: 'is damaged, or from another listing' }] },
  );
}
