const MAX_NAME_LENGTH = 64;
/** Length from which the beginning of a name counts as an abbreviation of it. */
const MIN_PREFIX_LENGTH = 4;

/**
 * Finds the known name that an unknown one was probably meant to be: equal except for case, `_` and `-`, an abbreviation, or
 * a few letters different.
 *
 * @returns `null` when no name is near
 * @see https://en.wikipedia.org/wiki/Levenshtein_distance
 */
export function findNearestName(name: string, known: readonly string[]): string | null {
  const normalized = normalize(name);
  if (normalized === '' || normalized.length > MAX_NAME_LENGTH) return null;
  const maxDistance = Math.max(1, Math.floor(normalized.length / 3));
  let nearest: string | null = null;
  let smallestDistance = maxDistance + 1;
  for (const candidate of known) {
    const candidateName = normalize(candidate);
    const isPrefix = normalized.length >= MIN_PREFIX_LENGTH && candidateName.startsWith(normalized);
    const distance = isPrefix ? 1 : computeDistance(normalized, candidateName);
    if (distance < smallestDistance) [nearest, smallestDistance] = [candidate, distance];
  }
  return nearest;
}

/**
 * Makes the hint that follows an unknown name in a message.
 *
 * @returns `; did you mean retention?`, or the list of known names
 */
export function toHint(name: string, known: readonly string[]): string {
  const nearest = findNearestName(name, known);
  return nearest === null ? `; use ${known.join(', ')}` : `; did you mean ${nearest}?`;
}

const normalize = (name: string): string => name.replace(/[_-]/g, '').toLowerCase();

/** Levenshtein distance: number of letters to add, delete or replace. */
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
