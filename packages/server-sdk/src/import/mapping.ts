import { findNearestName } from '../values/nearest-name.js';
import { requireKnownKeys } from '../values/require-known-keys.js';
import {
  CALL_INPUT_FIELDS,
  USAGE_FIELDS,
  type CallInputField,
  type UsageField,
} from '../recording/normalize-call.js';
import { parseInstant } from '../values/parse-instant.js';
import { isIdentifier } from '../values/user-did.js';
import { checkCondition, checkSource, type Condition, type Source } from './source.js';

/** A field of a call that a file can have; those of `usage` are fields of the record. */
export type ImportField = Exclude<CallInputField, 'usage'> | UsageField;

/** All {@link ImportField}s. Their order is part of `ContentIds`: another order would make other ids. */
export const IMPORT_FIELDS: readonly ImportField[] = CALL_INPUT_FIELDS.flatMap(
  (field): readonly ImportField[] => (field === 'usage' ? USAGE_FIELDS : [field]),
);

/** Translation of a value of the file; `null` and `''`: unknown. */
export type TranslatedValue = string | number | boolean | null;

/** How a file's records become calls; also the form of a mapping file, as JSON. */
export interface ImportMapping {
  /**
   * `otlp` is JSON whose objects are requests of OTLP with traces; each of their spans is a record.
   *
   * @default by what the file begins with: `{` and `[` are JSON (lines, an array, or a page of one), all else CSV
   */
  format?: 'csv' | 'jsonl' | 'otlp';
  /**
   * Field to where it is read: a column, a dotted path (into nested JSON, or into a column that holds JSON as text), a computed
   * value, or a list of these in order. A CSV file must have a column that is named by itself, not one of a list.
   * @default a column of the field's name, in camelCase or snake_case
   */
  columns?: Partial<Record<ImportField, Source>>;
  /** Field to a value of every record, regardless of the file. */
  constants?: Partial<Record<ImportField, string>>;
  /** Field to a value where the file has none. */
  defaults?: Partial<Record<ImportField, string>>;
  /**
   * Field to a translation of the file's values, e.g. `{ "status": { "2xx": "success", "*": "failed" } }`; `null` for
   * words that mean "unknown". `2xx` stands for 200 to 299.
   */
  values?: Partial<Record<ImportField, Record<string, TranslatedValue>>>;
  /** Which records are calls; others are left out and counted. @default all */
  only?: Condition;
  /** Unit of the file's durations; as `ttfbUnit` and `timeUnit` only of a column that is named by itself. @default 'ms' */
  durationUnit?: 'ms' | 's';
  /** Unit of the file's times to the first byte. @default as `durationUnit` */
  ttfbUnit?: 'ms' | 's';
  /** Unit of times that are numbers. @default 'ms' */
  timeUnit?: 'ms' | 's';
  /** The delimiter of a CSV file, one character. @default by its header: `,` `;` a tab or `|` */
  delimiter?: string;
  /** The decimal sign of numbers in a CSV file. @default a point, and also a comma where it is not the delimiter */
  decimal?: '.' | ',';
  /** Starts for a file without times: the first record's start and the distance between two. Times without a zone are UTC. */
  sequence?: { from: string; everyMs: number };
  /** Beginning of the ids of records without one, at most 64 characters. @default 'import' */
  idPrefix?: string;
}

const MAX_PREFIX_LENGTH = 64;
const UNITS = ['ms', 's'];

/** Checks of all members; without a new member here the code does not compile. */
const MEMBERS: Record<keyof ImportMapping, (path: string, value: unknown) => void> = {
  format: parseOneOf(['csv', 'jsonl', 'otlp']),
  columns: eachField(checkSource),
  constants: eachField(requireText),
  defaults: eachField(requireText),
  values: eachField((path, value) => {
    for (const [word, to] of Object.entries(requireObject(path, value))) {
      const isValue = to === null || ['string', 'number', 'boolean'].includes(typeof to);
      require(isValue, `${path}.${word}`, 'must be text, a number, a boolean or null');
    }
  }),
  only: checkCondition,
  durationUnit: parseOneOf(UNITS),
  ttfbUnit: parseOneOf(UNITS),
  timeUnit: parseOneOf(UNITS),
  delimiter: (path, value) => {
    const isOne = typeof value === 'string' && /^[^"\r\n]$/u.test(value);
    require(isOne, path, 'must be one character, and no quote or line break');
  },
  decimal: parseOneOf(['.', ',']),
  sequence: (path, value) => {
    const { from, everyMs } = requireObject(path, value);
    requireKnownKeys(requireObject(path, value), ['from', 'everyMs'], path);
    require(parseInstant(from) !== null, `${path}.from`, 'must be an RFC 3339 instant');
    const isStep = typeof everyMs === 'number' && Number.isFinite(everyMs) && everyMs >= 0;
    require(isStep, `${path}.everyMs`, 'must be a number of milliseconds');
  },
  idPrefix: (path, value) => {
    const isPrefix = isIdentifier(value, MAX_PREFIX_LENGTH);
    require(isPrefix, path, `must be text of 1 to ${MAX_PREFIX_LENGTH} characters`);
  },
};

/** Checks a mapping. @throws TypeError that names the member at fault */
export function checkMapping(value: unknown): ImportMapping {
  const mapping = requireObject('mapping', value);
  requireKnownKeys(mapping, Object.keys(MEMBERS), 'mapping');
  for (const [name, check] of Object.entries(MEMBERS)) {
    if (mapping[name] !== undefined) check(`mapping.${name}`, mapping[name]);
  }
  return mapping;
}

function requireObject(path: string, value: unknown): Record<string, unknown> {
  require(typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value), path, 'must be an object');
  return value as Record<string, unknown>;
}

function requireText(path: string, value: unknown): void {
  require(typeof value === 'string', path, 'must be text');
}

function require(isSound: boolean, path: string, detail: string): void {
  if (!isSound) throw new TypeError(`${path} ${detail}`);
}

function parseOneOf(words: readonly string[]): (path: string, value: unknown) => void {
  return (path, value) => {
    if (words.some((word) => word === value)) return;
    const nearest = typeof value === 'string' ? findNearestName(value, words) : null;
    const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
    const got = JSON.stringify(value);
    throw new TypeError(`${path} must be ${words.join(' or ')}; got ${got}${hint}`);
  };
}

function eachField(
  check: (path: string, value: unknown) => void,
): (path: string, value: unknown) => void {
  return (path, value) => {
    const fields = requireObject(path, value);
    requireKnownKeys(fields, IMPORT_FIELDS, path);
    for (const [field, item] of Object.entries(fields)) check(`${path}.${field}`, item);
  };
}
