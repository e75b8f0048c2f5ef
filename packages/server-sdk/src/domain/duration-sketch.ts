/**
 * A mergeable sketch of durations with a guaranteed relative error, after DDSketch (Masson, Rim and Lee, VLDB 2019,
 * arXiv:1908.10693): value v falls in bucket ceil(log_g(v)), and a bucket is read at the point that is equally far,
 * relatively, from both its ends. With g = 2^(1/64) any quantile is within (g-1)/(g+1) = 0.55 % of the exact
 * nearest-rank value, whatever was merged in whatever order.
 *
 * The text form is a run of `<bucket><count>`: the bucket as two letters (base 52), the count in decimal and left out
 * when it is 1 (`KfKg3Lm`). It needs no separators, so **concatenating two texts merges them**: a database does it with
 * its own string aggregate. See docs/adr/0003-duration-sketch.md.
 */

const BUCKETS_PER_DOUBLING = 64;
const GROWTH = 2 ** (1 / BUCKETS_PER_DOUBLING);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RADIX = LETTERS.length;
const MAX_BUCKET = RADIX * RADIX - 1;

/** Longest duration that a sketch tells apart, microseconds: 2^(2703/64) is 59 days. */
export const MAX_DURATION_US = Math.floor(2 ** (MAX_BUCKET / BUCKETS_PER_DOUBLING));

const CODE_OF_BUCKET = Array.from(
  { length: MAX_BUCKET + 1 },
  (_, bucket) => LETTERS.charAt(Math.floor(bucket / RADIX)) + LETTERS.charAt(bucket % RADIX),
);

/** By character code; read for every part of every sketch, where a pattern would take five times as long. */
const LETTER_VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = LETTERS.indexOf(String.fromCharCode(code));
  return value === -1 ? undefined : value;
});
const DIGIT_ZERO = '0'.charCodeAt(0);

/** Counts of durations by logarithmic bucket; see the module comment. */
export class DurationSketch {
  readonly #counts = new Map<number, number>();
  #size = 0;

  /** How many durations it holds. */
  get size(): number {
    return this.#size;
  }

  /** Adds one duration. @param durationUs microseconds, 0 to {@link MAX_DURATION_US} */
  add(durationUs: number): void {
    this.#addToBucket(bucketOf(durationUs), 1);
  }

  /** Adds what another sketch's text holds, or the texts of many, concatenated. @throws TypeError on other text */
  addText(text: string): void {
    let position = 0;
    while (position < text.length) {
      const high = LETTER_VALUES[text.charCodeAt(position)];
      const low = LETTER_VALUES[text.charCodeAt(position + 1)];
      if (high === undefined || low === undefined) {
        throw new TypeError(`Not a duration sketch at character ${position}`);
      }
      position += 2;
      let count = 0;
      let digit = text.charCodeAt(position) - DIGIT_ZERO;
      while (digit >= 0 && digit <= 9) {
        count = count * 10 + digit;
        position += 1;
        digit = text.charCodeAt(position) - DIGIT_ZERO;
      }
      this.#addToBucket(high * RADIX + low, count === 0 ? 1 : count);
    }
  }

  /** Adds all of another sketch. */
  merge(other: DurationSketch): void {
    for (const [bucket, count] of other.#counts) this.#addToBucket(bucket, count);
  }

  /** The text form, each bucket once, in ascending order; empty for an empty sketch. */
  toText(): string {
    let text = '';
    for (const bucket of this.#sortedBuckets()) {
      const count = this.#counts.get(bucket) ?? 0;
      text += (CODE_OF_BUCKET[bucket] ?? '') + (count === 1 ? '' : String(count));
    }
    return text;
  }

  /**
   * The nearest-rank quantile, within 0.55 %.
   *
   * @param ratio 0 to 1, e.g. 0.95
   * @returns microseconds, or `null` without a sample
   */
  quantileUs(ratio: number): number | null {
    if (this.#size === 0) return null;
    const rank = Math.max(1, Math.ceil(ratio * this.#size));
    let seen = 0;
    for (const bucket of this.#sortedBuckets()) {
      seen += this.#counts.get(bucket) ?? 0;
      if (seen >= rank) return bucketMiddleUs(bucket);
    }
    return null;
  }

  #addToBucket(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#size += count;
  }

  #sortedBuckets(): number[] {
    return [...this.#counts.keys()].sort((a, b) => a - b);
  }
}

function bucketOf(durationUs: number): number {
  if (durationUs <= 1) return 0;
  return Math.min(MAX_BUCKET, Math.ceil(Math.log2(durationUs) * BUCKETS_PER_DOUBLING));
}

/** Bucket 0 holds 0 and 1 µs, which are told apart by the smallest value seen. */
function bucketMiddleUs(bucket: number): number {
  return bucket === 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1);
}
