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

/** Longest duration that has a bucket of a sketch, microseconds: 2^(2703/64) is 59 days. */
export const MAX_DURATION_US = Math.floor(2 ** (MAX_BUCKET / BUCKETS_PER_DOUBLING));

const CODE_OF_BUCKET = Array.from(
  { length: MAX_BUCKET + 1 },
  (_, bucket) => LETTERS.charAt(Math.floor(bucket / RADIX)) + LETTERS.charAt(bucket % RADIX),
);

const NO_LETTER = 255;

/** Value of each letter by character code. A regular expression would be five times as slow. */
const LETTER_VALUES = new Uint8Array(128).fill(NO_LETTER);
for (const [value, letter] of [...LETTERS].entries()) LETTER_VALUES[letter.charCodeAt(0)] = value;
const DIGIT_ZERO = '0'.charCodeAt(0);

/** Durations that are added before they are counted: a sketch has a few thousand letters at most, however many it counts. */
const MAX_ADDED = 4096;

/** Counts by bucket, shared by all sketches, since none is used across an `await`; all 0 between two uses. */
const scratch = new Float64Array(MAX_BUCKET + 1);

/** The part of {@link scratch} that has the counts of a text. */
interface Counted {
  first: number;
  last: number;
  size: number;
}

/** Counts of durations by logarithmic bucket; see the module comment. It is text until a quantile is read. */
export class DurationSketch {
  #text: string;
  /** Texts that were added since; joined when they are read, which is far cheaper than one by one. */
  #added: string[] | null = null;

  /** @param text the text form of a sketch, or of many, concatenated */
  constructor(text = '') {
    this.#text = text;
  }

  /** Adds one duration. @param durationUs microseconds, 0 to {@link MAX_DURATION_US} */
  add(durationUs: number): void {
    this.addText(CODE_OF_BUCKET[toBucket(durationUs)] ?? '');
    // A sketch of an export has every call of a user: without this it grew by each of them.
    if (this.#added !== null && this.#added.length >= MAX_ADDED) this.toText();
  }

  /** Adds the text form of a sketch, or of many, concatenated. It is parsed when the sketch is read. */
  addText(text: string): void {
    if (text === '') return;
    if (this.#text === '') this.#text = text;
    else if (this.#added) this.#added.push(text);
    else this.#added = [text];
  }

  /** Adds another sketch. */
  merge(other: DurationSketch): void {
    this.addText(other.#joined());
  }

  #joined(): string {
    if (this.#added) {
      this.#text += this.#added.join('');
      this.#added = null;
    }
    return this.#text;
  }

  /** The text form, each bucket once, in ascending order; empty for an empty sketch. @throws TypeError on damage */
  toText(): string {
    const parts = this.#joined();
    if (parts.length <= 2) return parts;
    const { first, last } = countInto(parts);
    let text = '';
    for (let bucket = first; bucket <= last; bucket += 1) {
      const count = scratch[bucket] ?? 0;
      if (count > 0) text += (CODE_OF_BUCKET[bucket] ?? '') + (count === 1 ? '' : String(count));
      scratch[bucket] = 0;
    }
    this.#text = text;
    return text;
  }

  /**
   * The counts by bucket, ascending, none empty; `middleUs` as {@link quantileUs} returns it.
   *
   * @throws TypeError on a damaged text
   */
  listBuckets(): { middleUs: number; count: number }[] {
    const text = this.#joined();
    if (text === '') return [];
    const { first, last } = countInto(text);
    const buckets: { middleUs: number; count: number }[] = [];
    for (let bucket = first; bucket <= last; bucket += 1) {
      const count = scratch[bucket] ?? 0;
      if (count > 0) buckets.push({ middleUs: bucketMiddleUs(bucket), count });
      scratch[bucket] = 0;
    }
    return buckets;
  }

  /**
   * The nearest-rank quantile, within 0.55 %.
   *
   * @param ratio 0 to 1, e.g. 0.95
   * @returns microseconds, or `null` without a sample
   * @throws TypeError on a damaged text
   */
  quantileUs(ratio: number): number | null {
    const text = this.#joined();
    if (text === '') return null;
    const { first, last, size } = countInto(text);
    const rank = Math.max(1, Math.ceil(ratio * size));
    let found = last;
    // From above: P95 lies near the largest bucket.
    let above = 0;
    for (let bucket = last; bucket >= first; bucket -= 1) {
      above += scratch[bucket] ?? 0;
      found = bucket;
      if (size - above < rank) break;
    }
    scratch.fill(0, first, last + 1);
    return bucketMiddleUs(found);
  }
}

/** Counts a text's buckets in {@link scratch}, which the caller clears. @throws TypeError on other text */
function countInto(text: string): Counted {
  let first = MAX_BUCKET;
  let last = 0;
  let size = 0;
  let position = 0;
  while (position < text.length) {
    const high = LETTER_VALUES[text.charCodeAt(position)] ?? NO_LETTER;
    const low = LETTER_VALUES[text.charCodeAt(position + 1)] ?? NO_LETTER;
    if (high === NO_LETTER || low === NO_LETTER) {
      scratch.fill(0);
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
    if (count === 0) count = 1;
    const bucket = high * RADIX + low;
    if (bucket < first) first = bucket;
    if (bucket > last) last = bucket;
    scratch[bucket] = (scratch[bucket] ?? 0) + count;
    size += count;
  }
  return { first, last, size };
}

function toBucket(durationUs: number): number {
  if (durationUs <= 1) return 0;
  return Math.min(MAX_BUCKET, Math.ceil(Math.log2(durationUs) * BUCKETS_PER_DOUBLING));
}

/** Bucket 0 holds 0 and 1 µs; figures distinguish them by the shortest duration. */
function bucketMiddleUs(bucket: number): number {
  return bucket === 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1);
}
