/**
 * Looks up a word that a server sent.
 *
 * @returns `undefined` for a word that the table does not have, also for members of every object such as `constructor`
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
