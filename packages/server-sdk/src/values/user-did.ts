/** Maximum length of the DID of a user or a project, UTF-16 units; the length of their columns. */
export const MAX_DID_LENGTH = 255;

/**
 * Whether every database stores a text exactly, so that two different identifiers never become one row. Lone surrogates
 * are not UTF-8 (all of them would be stored as U+FFFD), PostgreSQL refuses NUL, and control characters forge log lines.
 *
 * @param value anything; only a text that is not empty passes
 * @param maxLength UTF-16 units. Columns count code points and indexes count bytes; a text of `n` units has at most `n`
 *   code points and `3 n` bytes of UTF-8, which bounds both
 */
export function isIdentifier(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= maxLength &&
    !/\p{Cc}|\p{Cs}/u.test(value)
  );
}

/**
 * Whether a text can name a user: an identifier of at most {@link MAX_DID_LENGTH} units. `'undefined'` and `'null'` are
 * refused, because an upstream bug makes them of a missing user.
 */
export function isUserDid(value: unknown): value is string {
  return isIdentifier(value, MAX_DID_LENGTH) && value !== 'undefined' && value !== 'null';
}
