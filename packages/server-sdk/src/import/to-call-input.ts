import { parseInstant } from '../domain/parse-instant.js';
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from './mapping.js';

/** Where a record stands in its file. */
export interface RecordPlace {
  /** Its number among the records, from 1. */
  number: number;
  /** Stands in for the id of a record without one. */
  id: string;
}

/**
 * A record as the input of `record`, by a mapping; not checked yet. Numbers of a text file are read here, everything
 * else is left to the check.
 */
export function toCallInput(
  values: Record<string, unknown>,
  mapping: ImportMapping,
  place: RecordPlace,
): Record<string, unknown> {
  const read = (field: ImportField): unknown => readField(values, mapping, field);
  const number = (field: ImportField): unknown => toNumber(read(field));
  const perSecond = mapping.durationUnit === 's' ? 1000 : 1;
  return {
    id: read('id') ?? place.id,
    traceId: read('traceId'),
    userDid: read('userDid'),
    appDid: read('appDid'),
    model: read('model'),
    provider: read('provider'),
    type: read('type'),
    status: read('status'),
    startedAt: toStartedAt(read('startedAt'), mapping, place),
    durationMs: scale(number('durationMs'), perSecond),
    ttfbMs: number('ttfbMs'),
    usage: {
      inputTokens: number('inputTokens'),
      outputTokens: number('outputTokens'),
      totalTokens: number('totalTokens'),
      units: number('units'),
    },
    credits: read('credits'),
    errorReason: read('errorReason'),
    metadata: toMetadata(read('metadata')),
  };
}

const FLAT_USAGE: ReadonlySet<ImportField> = new Set([
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'units',
]);

function readField(
  values: Record<string, unknown>,
  mapping: ImportMapping,
  field: ImportField,
): unknown {
  const constant = mapping.constants?.[field];
  if (constant !== undefined) return constant;
  const found = pathsOf(mapping, field)
    .map((path) => valueAt(values, path))
    .find((value) => value !== undefined && value !== null && value !== '');
  return translate(found ?? mapping.defaults?.[field], mapping.values?.[field]);
}

function translate(value: unknown, translation: Record<string, string> | undefined): unknown {
  if (!translation || value === undefined) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return translation[text] ?? translation['*'] ?? value;
}

function pathsOf(mapping: ImportMapping, field: ImportField): string[] {
  const column = mapping.columns?.[field];
  if (column !== undefined) return [column];
  const names = [field, toSnakeCase(field)];
  return FLAT_USAGE.has(field) ? [...names, `usage.${field}`] : names;
}

/** A column of that very name, dots and all, else the path through nested objects. */
function valueAt(values: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  let value: unknown = values;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return text === '' || Number.isNaN(Number(text)) ? value : Number(text);
}

function scale(value: unknown, factor: number): unknown {
  return typeof value === 'number' ? value * factor : value;
}

function toStartedAt(value: unknown, mapping: ImportMapping, place: RecordPlace): unknown {
  if (value === undefined && mapping.sequence) {
    const fromMs = parseInstant(mapping.sequence.from);
    return fromMs === null ? undefined : fromMs + (place.number - 1) * mapping.sequence.everyMs;
  }
  const number = toNumber(value);
  if (typeof number === 'number') return mapping.timeUnit === 's' ? number * 1000 : number;
  if (typeof value !== 'string') return value;
  // A time without a zone is read as UTC: the file's own zone is not to be guessed.
  return /([zZ]|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`;
}

function toMetadata(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Columns that the mapping names and a record lacks: a misspelt column would else look like missing data. */
export function missingColumns(values: Record<string, unknown>, mapping: ImportMapping): string[] {
  return IMPORT_FIELDS.flatMap((field) => {
    const column = mapping.columns?.[field];
    return column !== undefined && valueAt(values, column) === undefined ? [column] : [];
  });
}
