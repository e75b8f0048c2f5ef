/**
 * Integers as text, five bits a character, least first; the last character of a number is one of the first 32. Numbers
 * need no separators, and no number is the beginning of another. The alphabet passes through JSON, SQL and every
 * collation unchanged, and leaves `|` and `~` free as marks.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const MORE = 32;
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value;

/** The text of an integer that is not negative. */
export function packNumber(value: number): string {
  let text = '';
  let rest = value;
  while (rest >= MORE) {
    const digit = rest % MORE;
    text += ALPHABET.charAt(digit + MORE);
    rest = (rest - digit) / MORE;
  }
  return text + ALPHABET.charAt(rest);
}

/** The text of an integer of either sign and any size. */
export function packInteger(value: number | bigint): string {
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER / 2) {
    return packNumber(value < 0 ? -2 * value - 1 : 2 * value);
  }
  const exact = BigInt(value);
  let rest = exact < 0n ? -2n * exact - 1n : 2n * exact;
  let text = '';
  while (rest >= BigInt(MORE)) {
    text += ALPHABET.charAt(Number(rest % BigInt(MORE)) + MORE);
    rest /= BigInt(MORE);
  }
  return text + ALPHABET.charAt(Number(rest));
}

/** Reads packed text from its beginning. */
export class PackedReader {
  #position = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.#position >= this.text.length;
  }

  /** Whether a mark comes next; if so it is skipped. */
  skip(mark: '|' | '~'): boolean {
    if (this.text.charAt(this.#position) !== mark) return false;
    this.#position += 1;
    return true;
  }

  /** Whether a number comes next, rather than a mark or the end. */
  get atNumber(): boolean {
    return (VALUES[this.text.charCodeAt(this.#position)] ?? NONE) !== NONE;
  }

  /** What {@link packNumber} wrote. @throws TypeError on other text */
  readNumber(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const digit = this.#readDigit();
      if (digit < MORE) return value + digit * scale;
      value += (digit - MORE) * scale;
      scale *= MORE;
    }
  }

  /** What {@link packInteger} wrote. @throws TypeError on other text */
  readInteger(): number | bigint {
    const start = this.#position;
    while (this.#readDigit() >= MORE);
    // Ten characters are fifty bits.
    if (this.#position - start > 10) return this.#readLarge(start);
    this.#position = start;
    const zigzag = this.readNumber();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** A text of a known length. */
  readText(length: number): string {
    const text = this.text.slice(this.#position, this.#position + length);
    this.#position += length;
    return text;
  }

  #readLarge(start: number): number | bigint {
    let zigzag = 0n;
    for (let index = this.#position - 1; index >= start; index -= 1) {
      const digit = VALUES[this.text.charCodeAt(index)] ?? 0;
      zigzag = zigzag * BigInt(MORE) + BigInt(digit % MORE);
    }
    const value = zigzag % 2n === 0n ? zigzag / 2n : -(zigzag + 1n) / 2n;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  #readDigit(): number {
    const digit = VALUES[this.text.charCodeAt(this.#position)] ?? NONE;
    if (digit === NONE) {
      throw new TypeError(`Not packed figures at character ${this.#position}`);
    }
    this.#position += 1;
    return digit;
  }
}
