/** Fields of a call that a file can give; usage is flat here. */
export const IMPORT_FIELDS = [
  'id',
  'traceId',
  'userDid',
  'appDid',
  'model',
  'provider',
  'type',
  'status',
  'startedAt',
  'durationMs',
  'ttfbMs',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'units',
  'credits',
  'errorReason',
  'metadata',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** How a file's records become calls; also the form of a mapping file, as JSON. */
export interface ImportMapping {
  /** @default by the file's ending: `.jsonl` and `.ndjson` are JSON Lines, all else CSV */
  format?: 'csv' | 'jsonl';
  /** Field to column, or to a dotted path in JSON. @default a column of the field's name, in camelCase or snake_case */
  columns?: Partial<Record<ImportField, string>>;
  /** Field to a value that holds for every record, whatever the file says. */
  constants?: Partial<Record<ImportField, string>>;
  /** Field to a value where the file has none. */
  defaults?: Partial<Record<ImportField, string>>;
  /** Field to a translation of the file's values, e.g. `{ "status": { "ok": "success", "*": "failed" } }`. */
  values?: Partial<Record<ImportField, Record<string, string>>>;
  /** Unit of the file's durations. @default 'ms' */
  durationUnit?: 'ms' | 's';
  /** Unit of times that are numbers. @default 'ms' */
  timeUnit?: 'ms' | 's';
  /** Starts for a file without times: the first record's start and the distance between two. Times without a zone are UTC. */
  sequence?: { from: string; everyMs: number };
  /** Beginning of the ids of records without one. @default a fingerprint of the file's first record */
  idPrefix?: string;
}

/** Checks a mapping. @throws TypeError that names what is wrong */
export function checkMapping(value: unknown): ImportMapping {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('mapping must be an object');
  }
  const allowed = [
    'format',
    'columns',
    'constants',
    'defaults',
    'values',
    'durationUnit',
    'timeUnit',
    'sequence',
    'idPrefix',
  ];
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) {
      throw new TypeError(`mapping.${key} is not known; use ${allowed.join(', ')}`);
    }
  }
  const mapping = value as ImportMapping;
  for (const part of ['columns', 'constants', 'defaults', 'values'] as const) {
    for (const field of Object.keys(mapping[part] ?? {})) {
      if (!(IMPORT_FIELDS as readonly string[]).includes(field)) {
        throw new TypeError(
          `mapping.${part}.${field} is not a field; use ${IMPORT_FIELDS.join(', ')}`,
        );
      }
    }
  }
  return mapping;
}
