/** Remembers what is made of each item, by identity, as long as the item is used somewhere. */
export function memoizeItems<Item extends object, Result>(
  make: (item: Item) => Result,
): (item: Item) => Result {
  const made = new WeakMap<Item, Result>();
  return (item) => {
    const known = made.get(item);
    if (known !== undefined) return known;
    const result = make(item);
    made.set(item, result);
    return result;
  };
}
