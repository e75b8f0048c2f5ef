import type { ModelCallInput } from '../contract/call-input.js';
import { CALL_STATUSES, CALL_TYPES, UNASSIGNED_APP_DID } from '../contract/common.js';
import type { CallStatus, CallType } from '../contract/common.js';
import { MAX_CALL_CREDITS_E8, creditsFromNumber, parseCredits } from './credits.js';
import { MAX_DURATION_US } from './duration-sketch.js';
import { parseInstant } from './parse-instant.js';
import type { StoredCall } from './stored-call.js';
import { isIdentifier } from './user-did.js';

/** What is wrong with one field of a call. */
export interface CallFault {
  field: string;
  detail: string;
}

/** A call ready to store, or everything that is wrong with it. */
export type NormalizedCall = { call: StoredCall } | { faults: CallFault[] };

const TEXT_LIMITS = { id: 128, traceId: 128, userDid: 255, appDid: 255, model: 255, provider: 128 };
const MAX_ERROR_REASON_LENGTH = 4000;
const MAX_METADATA_LENGTH = 16_384;

/** Types that are metered in tokens; the others meter images, seconds or what else in `units`. */
export const TOKEN_METERED: ReadonlySet<CallType> = new Set([
  'chatCompletion',
  'embedding',
  'custom',
]);

/** Calls cannot start before computers told time, nor a year from now on. */
const EARLIEST_START_MS = Date.UTC(2000, 0, 1);
const LATEST_START_MS = Date.UTC(2200, 0, 1);

/**
 * Checks a call from outside and brings it into the stored form.
 *
 * @param input anything; only a {@link ModelCallInput} passes
 * @param newId makes the id of a call that has none
 */
export function normalizeCall(input: unknown, newId: () => string): NormalizedCall {
  if (typeof input !== 'object' || input === null) {
    return { faults: [{ field: 'call', detail: 'must be an object' }] };
  }
  const check = new FieldCheck();
  const call = readCall(input, check, newId);
  return check.faults.length === 0 ? { call } : { faults: check.faults };
}

function readCall(
  input: Partial<ModelCallInput>,
  check: FieldCheck,
  newId: () => string,
): StoredCall {
  const status = check.oneOf('status', input.status, CALL_STATUSES, 'processing');
  const type = check.oneOf('type', input.type ?? 'chatCompletion', CALL_TYPES, 'custom');
  const ended = status !== 'processing';
  return {
    userDid: check.text('userDid', input.userDid) ?? '',
    id: check.optionalText('id', input.id) ?? newId(),
    traceId: check.optionalText('traceId', input.traceId),
    appDid: check.optionalText('appDid', input.appDid) ?? UNASSIGNED_APP_DID,
    model: check.text('model', input.model) ?? '',
    provider: check.optionalText('provider', input.provider) ?? '',
    type,
    status,
    startedAtMs: check.startedAt(input.startedAt),
    durationUs: ended ? check.microseconds('durationMs', input.durationMs) : null,
    ttfbUs: check.microseconds('ttfbMs', input.ttfbMs),
    ...readUsage(input.usage, type, check),
    creditsE8: check.credits(input.credits),
    errorReason: check.errorReason(input.errorReason),
    metadata: check.metadata(input.metadata),
  };
}

type StoredUsage = Pick<StoredCall, 'inputTokens' | 'outputTokens' | 'totalTokens' | 'units'>;

function readUsage(usage: unknown, type: CallType, check: FieldCheck): StoredUsage {
  const given = check.object('usage', usage);
  const inputTokens = check.count('usage.inputTokens', given['inputTokens']);
  const outputTokens = check.count('usage.outputTokens', given['outputTokens']);
  const reported = check.count('usage.totalTokens', given['totalTokens']);
  const units = check.quantity('usage.units', given['units']);
  const totalTokens = reported ?? sumKnown(inputTokens, outputTokens);
  return TOKEN_METERED.has(type)
    ? { inputTokens, outputTokens, totalTokens, units }
    : { inputTokens: null, outputTokens: null, totalTokens: null, units: units ?? totalTokens };
}

/** `null` only when both parts are. */
function sumKnown(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}

/** Reads fields one by one and remembers what was wrong, so that a caller learns of all faults at once. */
class FieldCheck {
  readonly faults: CallFault[] = [];

  fault(field: string, detail: string): null {
    this.faults.push({ field, detail });
    return null;
  }

  object(field: string, value: unknown): Record<string, unknown> {
    if (value === undefined || value === null) return {};
    if (typeof value === 'object') return value as Record<string, unknown>;
    this.fault(field, 'must be an object');
    return {};
  }

  text(field: keyof typeof TEXT_LIMITS, value: unknown): string | null {
    if (typeof value !== 'string' || value === '') return this.fault(field, 'is required');
    if (value.length > TEXT_LIMITS[field]) {
      return this.fault(field, `must be at most ${TEXT_LIMITS[field]} characters long`);
    }
    return isIdentifier(value, TEXT_LIMITS[field])
      ? value
      : this.fault(field, 'must not contain control characters or lone surrogates');
  }

  optionalText(field: keyof typeof TEXT_LIMITS, value: unknown): string | null {
    return value === undefined || value === null || value === '' ? null : this.text(field, value);
  }

  oneOf<T extends string>(field: string, value: unknown, allowed: readonly T[], otherwise: T): T {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.fault(field, `must be one of ${allowed.join(', ')}`);
    return found ?? otherwise;
  }

  startedAt(value: unknown): number {
    const ms = parseInstant(value);
    if (ms === null || ms < EARLIEST_START_MS || ms >= LATEST_START_MS) {
      this.fault(
        'startedAt',
        'must be a Date, epoch milliseconds or an RFC 3339 instant from the year 2000 to 2199',
      );
      return 0;
    }
    return ms;
  }

  /** Milliseconds, kept to the microsecond. */
  microseconds(field: string, value: unknown): number | null {
    if (value === undefined || value === null) return null;
    if (typeof value !== 'number' || !(value >= 0) || value * 1000 > MAX_DURATION_US) {
      const days = Math.floor(MAX_DURATION_US / 86_400_000_000);
      return this.fault(field, `must be a number of milliseconds from 0 to ${days} days`);
    }
    return Math.round(value * 1000);
  }

  count(field: string, value: unknown): number | null {
    if (value === undefined || value === null) return null;
    return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 1e12
      ? (value as number)
      : this.fault(field, 'must be a whole number from 0 to 1e12');
  }

  quantity(field: string, value: unknown): number | null {
    if (value === undefined || value === null) return null;
    return typeof value === 'number' && value >= 0 && value <= 1e12
      ? value
      : this.fault(field, 'must be a number from 0 to 1e12');
  }

  credits(value: unknown): number | null {
    if (value === undefined || value === null) return null;
    const units =
      typeof value === 'string'
        ? parseCredits(value)
        : typeof value === 'number'
          ? creditsFromNumber(value)
          : null;
    if (units === null || units < 0n || units > MAX_CALL_CREDITS_E8) {
      return this.fault('credits', 'must be a decimal from 0 to 90071992 with at most 8 decimals');
    }
    return Number(units);
  }

  errorReason(value: unknown): string | null {
    if (value === undefined || value === null || value === '') return null;
    if (typeof value !== 'string') return this.fault('errorReason', 'must be text');
    const text = value.replaceAll('\0', '').slice(0, MAX_ERROR_REASON_LENGTH);
    // A pair cut in half is no text to PostgreSQL.
    return text.replace(/\p{Cs}/gu, '\ufffd');
  }

  metadata(value: unknown): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value !== 'object' || Array.isArray(value)) {
      return this.fault('metadata', 'must be an object');
    }
    const text = toJson(value);
    if (text === null || text.length > MAX_METADATA_LENGTH) {
      return this.fault('metadata', `must be JSON of at most ${MAX_METADATA_LENGTH} characters`);
    }
    return text;
  }
}

function toJson(value: object): string | null {
  try {
    return JSON.stringify(value).replaceAll('\\u0000', '');
  } catch {
    return null;
  }
}

/** Whether `next` may replace `stored`: a call ends once, so a late "processing" does not reopen it. */
export function mayReplace(stored: CallStatus, next: CallStatus): boolean {
  return !(next === 'processing' && stored !== 'processing');
}
