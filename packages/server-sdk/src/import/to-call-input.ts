import { USAGE_FIELDS } from '../recording/call-input-fields.js';
import { parseInstant } from '../values/parse-instant.js';
import type { ImportField, ImportMapping } from './mapping.js';
import {
  toDecimalText,
  isUnknownNumber,
  isUnknownText,
  toInstantText,
  toNumber,
  toText,
} from './read-value.js';

/** How the values of a file are read. */
export interface ReadSettings {
  mapping: ImportMapping;
  /** Whether a comma is a decimal sign. */
  comma: boolean;
}

/** The value of each field of a record, after constants, defaults and translations; `undefined`: unknown. */
export type FieldValues = Partial<Record<ImportField, unknown>>;

const NUMBERS: ReadonlySet<ImportField> = new Set([
  'durationMs',
  'ttfbMs',
  'credits',
  'cost',
  ...USAGE_FIELDS,
]);
const FLAT_USAGE: ReadonlySet<ImportField> = new Set(USAGE_FIELDS);

/** Reads the values of fields of a record, unchecked. */
export function readFields(
  values: Record<string, unknown>,
  mapping: ImportMapping,
  fields: readonly ImportField[],
): FieldValues {
  const read: FieldValues = {};
  for (const field of fields) read[field] = readField(values, mapping, field);
  return read;
}

/**
 * Converts a record to an input of `record`. Parses numbers and times of a text file; `normalizeCall` checks the result.
 *
 * @param number the record's number in its file, from 1
 */
export function toCallInput(
  fields: FieldValues,
  { mapping, comma }: ReadSettings,
  number: number,
): Record<string, unknown> {
  const amount = (field: ImportField): unknown => toNumber(fields[field], comma);
  const getFactor = (unit: 'ms' | 's' | undefined): number => (unit === 's' ? 1000 : 1);
  const text = (field: ImportField): unknown => toText(fields[field]);
  return {
    id: text('id'),
    traceId: text('traceId'),
    userDid: text('userDid'),
    appDid: text('appDid'),
    model: text('model'),
    provider: text('provider'),
    type: fields.type,
    status: fields.status,
    startedAt: toStartedAt(fields.startedAt, mapping, number),
    durationMs: scale(amount('durationMs'), getFactor(mapping.durationUnit)),
    ttfbMs: scale(amount('ttfbMs'), getFactor(mapping.ttfbUnit ?? mapping.durationUnit)),
    usage: {
      inputTokens: amount('inputTokens'),
      outputTokens: amount('outputTokens'),
      totalTokens: amount('totalTokens'),
      units: amount('units'),
      cachedInputTokens: amount('cachedInputTokens'),
      cacheWriteTokens: amount('cacheWriteTokens'),
      reasoningTokens: amount('reasoningTokens'),
    },
    // As text, because a price can have more decimals than a number.
    credits: toDecimalText(fields.credits, comma),
    cost: toDecimalText(fields.cost, comma),
    currency: text('currency'),
    costSource: fields.costSource,
    errorReason: text('errorReason'),
    metadata: toMetadata(fields.metadata),
  };
}

function readField(
  values: Record<string, unknown>,
  mapping: ImportMapping,
  field: ImportField,
): unknown {
  const constant = mapping.constants?.[field];
  if (constant !== undefined) return constant;
  const isUnknown = NUMBERS.has(field) ? isUnknownNumber : isUnknownText;
  const translation = mapping.values?.[field];
  const found = getPaths(mapping, field)
    .map((path) => readPath(values, path))
    .find((value) => value !== undefined && value !== null && value !== '');
  const value = translate(found, translation);
  if (!isUnknown(value)) return value;
  const fallback = translate(mapping.defaults?.[field], translation);
  return isUnknown(fallback) ? undefined : fallback;
}

function translate(
  value: unknown,
  translation: Readonly<Record<string, unknown>> | undefined,
): unknown {
  if (!translation || value === undefined) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Only own members: a model may be called `constructor`.
  for (const word of [text, text.trim(), '*']) {
    if (Object.hasOwn(translation, word)) return translation[word];
  }
  return value;
}

/** Returns the paths that a field is read from; the first with a value wins. */
export function getPaths(mapping: ImportMapping, field: ImportField): string[] {
  const column = mapping.columns?.[field];
  if (column !== undefined) return [column];
  const names = [field, toSnakeCase(field)];
  return FLAT_USAGE.has(field) ? [...names, `usage.${field}`] : names;
}

/** Reads a column with the name of the path, dots included, or the value at the path in nested objects, which may be JSON text. */
export function readPath(values: object, path: string): unknown {
  if (Object.hasOwn(values, path)) return (values as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(values, head)) continue;
    const inner = toObject((values as Record<string, unknown>)[head]);
    const found = inner === null ? undefined : readPath(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function toObject(value: unknown): object | null {
  const parsed = typeof value === 'string' && /^\s*[{[]/.test(value) ? parse(value) : value;
  return typeof parsed === 'object' ? parsed : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function scale(value: unknown, factor: number): unknown {
  return typeof value === 'number' ? value * factor : value;
}

function toStartedAt(value: unknown, mapping: ImportMapping, recordNumber: number): unknown {
  if (value === undefined && mapping.sequence) {
    const fromMs = parseInstant(mapping.sequence.from);
    return fromMs === null ? undefined : fromMs + (recordNumber - 1) * mapping.sequence.everyMs;
  }
  const number = toNumber(value, false);
  if (typeof number === 'number') return mapping.timeUnit === 's' ? number * 1000 : number;
  return typeof value === 'string' ? toInstantText(value) : value;
}

function toMetadata(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return parse(value) ?? value;
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
