/** Escapes of `JSON.stringify` that JSON functions of some databases refuse: NUL and lone surrogates. */
const UNSOUND = /\\u0000|\\ud[89a-f]/;

/**
 * Converts an object to JSON text that every database stores and reads: in names and texts NUL is removed and lone surrogates
 * are replaced by U+FFFD; a bigint becomes its digits as text.
 *
 * @param maxLength UTF-16 units
 * @returns `null` where there is no such text: it is too long, the object has a cycle, or a `toJSON` throws or returns no object
 */
export function toSoundJson(value: object, maxLength: number): string | null {
  try {
    const text = JSON.stringify(value, replaceBigint) as string | undefined;
    if (text === undefined || !text.startsWith('{') || text.length > maxLength) return null;
    if (!UNSOUND.test(text)) return text;
    // Replaced in the parsed values, not in the text: there `\\u0000` may be six characters that a user wrote.
    return JSON.stringify(toSoundValue(JSON.parse(text)));
  } catch {
    return null;
  }
}

/** Removes NUL from a text and replaces lone surrogates by U+FFFD. */
export function toSoundText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd');
}

const replaceBigint = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

function toSoundValue(value: unknown): unknown {
  if (typeof value === 'string') return toSoundText(value);
  if (Array.isArray(value)) return value.map(toSoundValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    toSoundText(key),
    toSoundValue(item),
  ]);
  return Object.fromEntries(entries) as unknown;
}
