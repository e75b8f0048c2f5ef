/** Remembers the last result: the same arguments (by identity) give the same object again. */
export function memoizeLast<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { args: Args; result: Result } | null = null;
  return (...args) => {
    const known = last;
    const isSame = known !== null && args.every((arg, index) => Object.is(arg, known.args[index]));
    if (known !== null && isSame) return known.result;
    const result = compute(...args);
    last = { args, result };
    return result;
  };
}
