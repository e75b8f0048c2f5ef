/** Longest DID of a user or a project, characters; what the tables' columns take. */
export const LONGEST_DID = 255;

/**
 * Whether a text can name a user: not empty, at most {@link LONGEST_DID} characters, no control character. `'undefined'`
 * and `'null'` are what a bug upstream makes of no user.
 */
export function isUserDid(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= LONGEST_DID &&
    !/^(undefined|null)$|\p{Cc}/u.test(value)
  );
}
