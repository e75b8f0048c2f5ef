/** A stream of numbers in `[0, 1)` that its key alone decides. */
export type Rng = () => number;

/** Spreads a key over four 32-bit words (FNV-1a, one pass per word with a different basis). */
function hashKey(key: string): [number, number, number, number] {
  const words = [0x811c9dc5, 0x01000193, 0xdeadbeef, 0x9e3779b9].map((basis) => {
    let hash = basis;
    for (let index = 0; index < key.length; index += 1) {
      hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
    }
    return hash >>> 0;
  });
  return words as [number, number, number, number];
}

/**
 * A seeded generator (sfc32).
 *
 * Every part of the load draws from a separate stream, named by what it is (`seed/user/hour`), so that a part can be
 * generated again without generating what came before it.
 *
 * @param key what the stream is for; the same key gives the same numbers on every machine
 */
export function createRng(key: string): Rng {
  let [a, b, c, d] = hashKey(key);
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  // Keys that differ in one character start alike; a few rounds separate them.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
