import { divideHalfEven, formatDecimal, roundDecimal } from '../values/decimal.js';
import { parseInstant } from '../values/parse-instant.js';
import { readPath } from './read-path.js';
import { isUnknownNumber, isUnknownText, toDecimalText, toInstantText } from './read-value.js';
import {
  isList,
  type ComputedSource,
  type Condition,
  type Source,
  type TimeUnit,
} from './source.js';

/** What a source reads. */
export interface SourceInput {
  values: Record<string, unknown>;
  /** Whether a comma is a decimal sign. */
  comma: boolean;
  isUnknown: (value: unknown) => boolean;
}

/** Decimals of computed values: more than any amount that is stored. */
const DECIMALS = 20;
const ONE = 10n ** BigInt(DECIMALS);
/** Nanoseconds of each unit. */
const UNIT_NS: Readonly<Record<TimeUnit, bigint>> = {
  s: 10n ** 9n,
  ms: 10n ** 6n,
  us: 1000n,
  ns: 1n,
};

/** Reads the value of a source, unchecked; `undefined` when it is not there. A computed number is decimal text. */
export function readSource(source: Source, input: SourceInput): unknown {
  if (typeof source === 'string') return readPath(input.values, source);
  return isList(source) ? readFirst(source, input) : readComputed(source, input);
}

/** The first known value, else the first word for "unknown", which a mapping may translate. */
function readFirst(sources: readonly Source[], input: SourceInput): unknown {
  let unknownWord: unknown;
  for (const source of sources) {
    const value = readSource(source, input);
    if (!input.isUnknown(value)) return value;
    unknownWord ??= value === '' ? undefined : value;
  }
  return unknownWord;
}

function readComputed(source: ComputedSource, input: SourceInput): unknown {
  if (source.when !== undefined && !isMet(source.when, input.values)) return undefined;
  if (source.value !== undefined) return source.value;
  if (source.from !== undefined) return readElapsed(source, input);
  const isAmount = ['sum', 'minus', 'unit', 'per'].some((name) => Object.hasOwn(source, name));
  const found =
    source.path === undefined
      ? readSum(source.sum ?? [], input)
      : readPath(input.values, source.path);
  return isAmount && !isUnknownNumber(found) ? compute(found, source, input) : found;
}

/** Converts a number. Other text stays as it is, and the check refuses it. */
function compute(found: unknown, source: ComputedSource, input: SourceInput): unknown {
  let units = toUnits(found, input.comma);
  if (units === null) return found;
  for (const part of source.minus ?? [])
    units -= toUnits(readSource(part, input), input.comma) ?? 0n;
  const { unit, per = 1 } = source;
  if (unit !== undefined) units = divide(units * UNIT_NS[unit], UNIT_NS.ms);
  return formatDecimal(divide(units, BigInt(per)), DECIMALS);
}

function readSum(sources: readonly Source[], input: SourceInput): string | undefined {
  const parts = sources
    .map((source) => toUnits(readSource(source, input), input.comma))
    .filter((units) => units !== null);
  if (parts.length === 0) return undefined;
  return formatDecimal(
    parts.reduce((sum, units) => sum + units, 0n),
    DECIMALS,
  );
}

function readElapsed(
  { from = '', to = '', before, unit = 'ms' }: ComputedSource,
  { values }: SourceInput,
): number | undefined {
  const read = (path: string): number | null => toEpochMs(readPath(values, path), unit);
  const [startMs, endMs] = [read(from), read(to)];
  if (startMs === null || endMs === null) return undefined;
  const limitMs = before === undefined ? null : read(before);
  return limitMs !== null && endMs >= limitMs ? undefined : endMs - startMs;
}

/** Converts a time to epoch milliseconds; numbers are in that unit. @returns `null` when it is none */
export function toEpochMs(value: unknown, unit: TimeUnit): number | null {
  const units = toUnits(value, false);
  // Whole microseconds first: a number does not have the digits of an instant in finer units.
  if (units !== null) return Number(divide(units * UNIT_NS[unit], UNIT_NS.us * ONE)) / 1000;
  return isUnknownText(value) ? null : parseInstant(toInstantText(String(value)));
}

/** Whether a record meets a condition. */
export function isMet({ path, is }: Condition, values: Record<string, unknown>): boolean {
  const value = readPath(values, path);
  if (is === undefined) return !isUnknownText(value);
  const text = toConditionText(value);
  return is.some((wanted) => String(wanted) === text);
}

/** A value as conditions compare it. */
export function toConditionText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}

/** A number as an integer of 1e-20; `null` for anything else. */
function toUnits(value: unknown, comma: boolean): bigint | null {
  if (isUnknownNumber(value)) return null;
  const text = toDecimalText(value, comma);
  return typeof text === 'string' || typeof text === 'number' ? roundDecimal(text, DECIMALS) : null;
}

function divide(dividend: bigint, divisor: bigint): bigint {
  return dividend < 0n ? -divideHalfEven(-dividend, divisor) : divideHalfEven(dividend, divisor);
}
