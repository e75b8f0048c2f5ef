/** The member of a table that a word of the server names; `undefined` for words it does not have, `constructor` included. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
