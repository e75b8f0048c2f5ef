/** What a JSON text may not hold to be taken by every database's JSON functions, as `JSON.stringify` escapes it. */
const UNSOUND = /\\u0000|\\ud[89a-f]/;

/**
 * An object as JSON text that every database stores and reads: without NUL, lone surrogates replaced by U+FFFD, in names
 * and in texts alike; a bigint becomes its digits as text.
 *
 * @returns `null` where there is no such text: a cycle, a `toJSON` that throws or gives no object
 */
export function toSoundJson(value: object, maxLength: number): string | null {
  try {
    const text = JSON.stringify(value, bigintsAsText) as string | undefined;
    if (text === undefined || !text.startsWith('{') || text.length > maxLength) return null;
    if (!UNSOUND.test(text)) return text;
    // The escapes are looked for in values, never in the text: there `\\u0000` are six characters that a user wrote.
    return JSON.stringify(cleaned(JSON.parse(text)));
  } catch {
    return null;
  }
}

/** A text without NUL and lone surrogates. */
export function toSoundText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd');
}

const bigintsAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return toSoundText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [toSoundText(key), cleaned(item)]);
  return Object.fromEntries(entries) as unknown;
}
