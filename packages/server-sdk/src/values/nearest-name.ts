const MAX_NAME_LENGTH = 64;
/** A beginning of a name that is long enough to mean it. */
const MIN_CUT_LENGTH = 4;

/**
 * The known name that an unknown one was probably meant to be: the same but for case, `_` and `-`, or a few letters apart.
 *
 * @returns `null` when none is near
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name);
  if (wanted === '' || wanted.length > MAX_NAME_LENGTH) return null;
  const longestDistance = Math.max(1, Math.floor(wanted.length / 3));
  let nearest: string | null = null;
  let least = longestDistance + 1;
  for (const candidate of known) {
    const spelt = plain(candidate);
    const isCut = wanted.length >= MIN_CUT_LENGTH && spelt.startsWith(wanted);
    const distance = isCut ? 1 : computeDistance(wanted, spelt);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/**
 * What follows the name of something unknown in a message.
 *
 * @returns `; did you mean retention?`, or the names that there are
 */
export function toHint(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === null ? `; use ${known.join(', ')}` : `; did you mean ${nearest}?`;
}

/**
 * Refuses members that an object of options may not have.
 *
 * @param path where the object is among the options, `''` for the outermost
 * @throws TypeError that names the member and the nearest known one
 */
export function requireKnownKeys(value: object, known: readonly string[], path = ''): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const name = path === '' ? key : `${path}.${key}`;
    throw new TypeError(`${name}: unknown option ${key}${toHint(key, known)}`);
  }
}

const plain = (name: string): string => name.replace(/[_-]/g, '').toLowerCase();

/** Levenshtein's distance: letters to add, drop or replace. */
function computeDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
