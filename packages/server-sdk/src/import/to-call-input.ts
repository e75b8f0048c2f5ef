import { USAGE_FIELDS } from '../recording/normalize-call.js';
import { parseInstant } from '../values/parse-instant.js';
import type { ImportField, ImportMapping } from './mapping.js';
import { parseJson } from './read-path.js';
import { readSource } from './read-source.js';
import type { Source } from './source.js';
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
  settings: ReadSettings,
  fields: readonly ImportField[],
): FieldValues {
  const read: FieldValues = {};
  for (const field of fields) read[field] = readField(values, settings, field);
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
  const getFactor = (field: ImportField, unit: 'ms' | 's' | undefined): number =>
    unit === 's' && isPlain(mapping, field) ? 1000 : 1;
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
    durationMs: scale(amount('durationMs'), getFactor('durationMs', mapping.durationUnit)),
    ttfbMs: scale(amount('ttfbMs'), getFactor('ttfbMs', mapping.ttfbUnit ?? mapping.durationUnit)),
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
  { mapping, comma }: ReadSettings,
  field: ImportField,
): unknown {
  const constant = mapping.constants?.[field];
  if (constant !== undefined) return constant;
  const isUnknown = NUMBERS.has(field) ? isUnknownNumber : isUnknownText;
  const translation = mapping.values?.[field];
  const found = readSource(getSource(mapping, field), { values, comma, isUnknown });
  const value = translate(found === '' ? undefined : found, translation);
  if (!isUnknown(value)) return value;
  const fallback = translate(mapping.defaults?.[field], translation);
  return isUnknown(fallback) ? undefined : fallback;
}

function translate(
  value: unknown,
  translation: Readonly<Record<string, unknown>> | undefined,
): unknown {
  if (!translation || value === undefined || value === null) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const httpClass = /^[1-5]\d\d$/.test(text.trim()) ? [`${text.trim().charAt(0)}xx`] : [];
  // Only own members: a model may be called `constructor`.
  for (const word of [text, text.trim(), ...httpClass, '*']) {
    if (Object.hasOwn(translation, word)) return translation[word];
  }
  return value;
}

/** Returns where a field is read from: what the mapping says, else columns of the field's name. */
export function getSource(mapping: ImportMapping, field: ImportField): Source {
  const source = mapping.columns?.[field];
  if (source !== undefined) return source;
  const names = [field, toSnakeCase(field)];
  return FLAT_USAGE.has(field) ? [...names, `usage.${field}`] : names;
}

/** Whether the mapping's units apply to a field: other sources have their own. */
function isPlain({ columns }: ImportMapping, field: ImportField): boolean {
  const source = columns?.[field];
  return source === undefined || typeof source === 'string';
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
  if (typeof number === 'number') {
    return mapping.timeUnit === 's' && isPlain(mapping, 'startedAt') ? number * 1000 : number;
  }
  return typeof value === 'string' ? toInstantText(value) : value;
}

function toMetadata(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return parseJson(value) ?? value;
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
