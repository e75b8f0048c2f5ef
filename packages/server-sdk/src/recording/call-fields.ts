import {
  MAX_CALL_COST_E10,
  formatE10,
  isCurrency,
  roundCost,
  MAX_CALL_CREDITS_E10,
  roundCredits,
  type CreditDecimals,
} from '../values/amounts.js';
import { MAX_DURATION_US } from '../aggregates/sketch/duration-sketch.js';
import { toHint } from '../values/nearest-name.js';
import { parseInstant } from '../values/parse-instant.js';
import { toSoundJson, toSoundText } from '../values/sound-json.js';
import { isIdentifier, isUserDid } from '../values/user-did.js';
import { findUnknownKeys, readMembers, toShownName } from './read-members.js';

/** A field of a call and why its value cannot be stored as given. */
export interface CallFault {
  field: string;
  detail: string;
}

/** What unknown fields do: they refuse the call, or are ignored with a warning where the call must not be lost. */
export type UnknownFields = 'refuse' | 'warn';

/** Maximum lengths of the texts of a call, UTF-16 units. */
export const TEXT_LIMITS = {
  id: 128,
  traceId: 128,
  userDid: 255,
  appDid: 255,
  model: 255,
  provider: 128,
} as const;
const MAX_ERROR_REASON_LENGTH = 4000;
/** Maximum length of the metadata of a call as JSON, UTF-16 units. */
export const MAX_METADATA_LENGTH = 16_384;
/** Maximum number of tokens or units of one call. */
const MAX_AMOUNT = 1e12;
const MAX_DURATION_DAYS = Math.floor(MAX_DURATION_US / 86_400_000_000);

/** Instants outside of these are mistakes, such as seconds that are read as milliseconds. */
const EARLIEST_START_MS = Date.UTC(2000, 0, 1);
const LATEST_START_MS = Date.UTC(2200, 0, 1);

/**
 * Reads the fields of a call and collects what is wrong with them. An invalid required field is a fault, which refuses the
 * call. An invalid optional field becomes unknown, which is a warning.
 */
export class CallFields {
  readonly faults: CallFault[] = [];
  readonly warnings: CallFault[] = [];

  /**
   * @param creditDecimals that credits are rounded to
   * @param unknownFields what they do
   */
  constructor(
    readonly creditDecimals: CreditDecimals,
    readonly unknownFields: UnknownFields,
  ) {}

  /** Adds a fault. @returns null, for the value */
  fault(field: string, detail: string): null {
    this.faults.push({ field, detail });
    return null;
  }

  /** Adds a warning. @returns null, for the value */
  warn(field: string, detail: string): null {
    this.warnings.push({ field, detail });
    return null;
  }

  /**
   * Reads the members that a call has, each once. One that cannot be read is a warning, and one that no call has a fault or a
   * warning, since its value would be lost.
   */
  members<Name extends string>(
    value: object,
    names: readonly Name[],
    path = '',
  ): Partial<Record<Name, unknown>> {
    for (const key of findUnknownKeys(value, names)) {
      const field = path + toShownName(key);
      const list = this.unknownFields === 'refuse' ? this.faults : this.warnings;
      list.push({ field, detail: `is not a field of a call${toHint(key, names)}` });
    }
    return readMembers(value, names, (name) => {
      this.warn(path + name, 'could not be read');
    });
  }

  requiredText(field: 'userDid' | 'model' | 'id', value: unknown): string {
    const detail = findTextFault(value, TEXT_LIMITS[field]);
    if (detail !== null) this.fault(field, detail);
    else if (field === 'userDid' && !isUserDid(value)) this.fault(field, 'must name a user');
    return detail === null ? (value as string) : '';
  }

  /** @param becomes what a value that cannot be stored becomes, for the warning */
  optionalText<Fallback extends string | null>(
    field: 'traceId' | 'provider' | 'appDid',
    value: unknown,
    fallback: Fallback,
    becomes = 'it is unknown now',
  ): string | Fallback {
    if (isEmpty(value)) return fallback;
    const detail = findTextFault(value, TEXT_LIMITS[field]);
    if (detail === null) return value as string;
    this.warn(field, `${detail}; ${becomes}`);
    return fallback;
  }

  requiredWord<T extends string>(field: string, value: unknown, words: readonly T[], or: T): T {
    const found = words.find((word) => word === value);
    if (found === undefined) this.fault(field, `must be one of ${words.join(', ')}`);
    return found ?? or;
  }

  optionalWord<T extends string>(
    field: string,
    value: unknown,
    words: readonly T[],
    { missing, other }: { missing: T; other: T },
  ): T {
    if (isEmpty(value)) return missing;
    const found = words.find((word) => word === value);
    if (found === undefined) {
      this.warn(field, `must be one of ${words.join(', ')}; it is ${other} now`);
    }
    return found ?? other;
  }

  startedAt(value: unknown): number {
    const ms = parseInstant(value);
    if (ms !== null && ms >= EARLIEST_START_MS && ms < LATEST_START_MS) return ms;
    this.fault(
      'startedAt',
      'must be a Date, epoch milliseconds or an RFC 3339 instant from the year 2000 to 2199',
    );
    return 0;
  }

  /** Milliseconds as integer microseconds; `null` when unknown. */
  microseconds(field: string, value: unknown): number | null {
    if (isMissing(value)) return null;
    const ms = toNumber(value);
    if (ms >= 0 && ms * 1000 <= MAX_DURATION_US) return Math.round(ms * 1000) + 0;
    return this.warn(
      field,
      `must be a number of milliseconds from 0 to ${MAX_DURATION_DAYS} days; it is unknown now`,
    );
  }

  /** A number of tokens. A fraction is rounded, with a warning where it is more than a floating-point error. */
  count(field: string, value: unknown): number | null {
    const amount = this.quantity(field, value);
    if (amount === null) return null;
    const rounded = Math.round(amount);
    if (Math.abs(amount - rounded) > rounded * 1e-9) {
      this.warn(field, `must be a whole number; it is rounded to ${rounded}`);
    }
    return rounded;
  }

  quantity(field: string, value: unknown): number | null {
    if (isMissing(value)) return null;
    const amount = toNumber(value);
    if (amount >= 0 && amount <= MAX_AMOUNT) return amount + 0;
    return this.warn(field, 'must be a number from 0 to 1e12; it is unknown now');
  }

  /** Units of 1e-10 credits, rounded half to even; `null` when unknown. */
  credits(value: unknown): bigint | null {
    const round = (amount: Amount): bigint | null => roundCredits(amount, this.creditDecimals);
    return this.#amount('credits', value, round, MAX_CALL_CREDITS_E10);
  }

  /** Units of 1e-10 of a currency, rounded half to even; `null` when unknown. */
  cost(value: unknown): number | null {
    const units = this.#amount('cost', value, roundCost, MAX_CALL_COST_E10);
    return units === null ? null : Number(units);
  }

  #amount(
    field: string,
    value: unknown,
    round: (amount: Amount) => bigint | null,
    max: bigint,
  ): bigint | null {
    if (isEmpty(value)) return null;
    const isAmount =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
    const units = isAmount ? round(value) : null;
    if (units !== null && units >= 0n && units <= max) return units;
    return this.warn(field, `must be a decimal from 0 to ${formatE10(max)}; it is unknown now`);
  }

  /** `null` when missing or no ISO 4217 code. */
  currency(value: unknown): string | null {
    if (isEmpty(value)) return null;
    if (isCurrency(value)) return value;
    return this.warn('currency', 'must be an ISO 4217 code such as USD');
  }

  errorReason(value: unknown): string | null {
    if (isEmpty(value)) return null;
    if (typeof value !== 'string') return this.warn('errorReason', 'must be text');
    // Truncated first, because truncation can leave a lone surrogate.
    return toSoundText(value.slice(0, MAX_ERROR_REASON_LENGTH));
  }

  metadata(value: unknown): string | null {
    if (isMissing(value)) return null;
    const text =
      typeof value === 'object' && !Array.isArray(value)
        ? toSoundJson(value, MAX_METADATA_LENGTH)
        : null;
    const detail = `must be an object with JSON of at most ${MAX_METADATA_LENGTH} characters; it is unknown now`;
    return text ?? this.warn('metadata', detail);
  }
}

type Amount = string | number | bigint;

const isMissing = (value: unknown): value is null | undefined =>
  value === undefined || value === null;

/** Whether an optional text is left out; an empty one counts as missing. */
export const isEmpty = (value: unknown): value is null | undefined | '' =>
  isMissing(value) || value === '';

/** NaN for a value of another type. */
const toNumber = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;

function findTextFault(value: unknown, maxLength: number): string | null {
  if (isIdentifier(value, maxLength)) return null;
  if (isEmpty(value)) return 'is required';
  if (typeof value !== 'string') return 'must be text';
  return value.length > maxLength
    ? `must be at most ${maxLength} characters long`
    : 'must not contain control characters or lone surrogates';
}
