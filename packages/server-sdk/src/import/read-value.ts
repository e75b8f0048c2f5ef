/** Words of exports for "unknown", in columns of any kind. */
const UNKNOWN_TEXTS = new Set(['', '\\N', 'NULL', 'null', 'N/A', 'n/a', '#N/A']);
/** The same in columns of numbers, in lower case. */
const UNKNOWN_NUMBERS = new Set([
  ...[
    '',
    '\\n',
    'null',
    'n/a',
    '#n/a',
    'na',
    'nan',
    'none',
    'nil',
    'undefined',
    '-',
    '–',
    '(null)',
  ],
]);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
/** A time as databases and programs print it. */
const TIME =
  /^(\d{4})[-/](\d{2})[-/](\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2}))?(?:[.,](\d+))? ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?(?: utc| gmt)?$/i;
const MAX_FRACTION_DIGITS = 9;

/** Whether a value means "unknown" in a column of text. */
export function isUnknownText(value: unknown): boolean {
  return isMissing(value) || (typeof value === 'string' && UNKNOWN_TEXTS.has(value.trim()));
}

/** Whether a value means "unknown" in a column of numbers. */
export function isUnknownNumber(value: unknown): boolean {
  return (
    isMissing(value) ||
    (typeof value === 'string' && UNKNOWN_NUMBERS.has(value.trim().toLowerCase()))
  );
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Converts a number in text to one with a decimal point; another value stays as it is, and the check refuses it. */
export function toDecimalText(value: unknown, comma: boolean): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (NUMBER.test(text)) return text;
  return comma && COMMA_NUMBER.test(text) ? text.replace(',', '.') : value;
}

/** Converts text to a number; another value stays as it is, and the check refuses it. */
export function toNumber(value: unknown, comma: boolean): unknown {
  const text = toDecimalText(value, comma);
  return typeof text === 'string' && NUMBER.test(text) ? Number(text) : text;
}

/** Converts an identifier that is a number to text; one above 2^53 stays a number, and the check refuses it. */
export function toText(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
    ? String(value)
    : value;
}

/**
 * Converts a time to RFC 3339, from the formats of PostgreSQL (`+00`), BigQuery (` UTC`), `strftime` (`+0000`), Go
 * (`+0000 UTC`) and others. A time without a zone is UTC, since the zone of the file is unknown. Other text stays as it is.
 */
export function toInstantText(value: string): string {
  const text = value.trim();
  const match = TIME.exec(text);
  if (!match) return text;
  const [, year, month, day, clock, second = '00', fraction = '', zone = 'Z'] = match;
  const decimals = fraction === '' ? '' : `.${fraction.slice(0, MAX_FRACTION_DIGITS)}`;
  return `${year ?? ''}-${month ?? ''}-${day ?? ''}T${clock ?? ''}:${second}${decimals}${toOffset(zone)}`;
}

function toOffset(zone: string): string {
  const match = /^([+-]\d{2}):?(\d{2})?$/.exec(zone);
  return match ? `${match[1] ?? ''}:${match[2] ?? '00'}` : 'Z';
}

const MAX_SHOWN_LENGTH = 60;

/** Formats a value for a message: truncated to fit a line, and without control characters of a terminal. */
export function formatForMessage(value: unknown): string {
  const text = typeof value === 'string' ? value : describe(value);
  const cut = text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
  return JSON.stringify(cut).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => {
    return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

function describe(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
