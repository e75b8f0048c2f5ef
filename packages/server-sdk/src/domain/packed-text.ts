/**
 * Integers as text, in digits of base 45, least first; the last digit of a number is one of the first 45 characters, those
 * before it of the second 45. Numbers need no separators, and no number is the beginning of another. The alphabet is what
 * of printable ASCII needs no escape in JSON, less `|` and `~`, which are marks.
 */
const BASE = 45;
const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((character) => !'"\\|~'.includes(character))
  .join('');
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value;

/** The text of an integer that is not negative. */
export function packNumber(value: number): string {
  let text = '';
  let rest = value;
  while (rest >= BASE) {
    const digit = rest % BASE;
    text += ALPHABET.charAt(digit + BASE);
    rest = (rest - digit) / BASE;
  }
  return text + ALPHABET.charAt(rest);
}

/** The text of an integer of either sign and any size. */
export function packInteger(value: number | bigint): string {
  const exact = BigInt(value);
  let rest = exact < 0n ? -2n * exact - 1n : 2n * exact;
  let text = '';
  while (rest >= BigInt(BASE)) {
    text += ALPHABET.charAt(Number(rest % BigInt(BASE)) + BASE);
    rest /= BigInt(BASE);
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
      if (digit < BASE) return value + digit * scale;
      value += (digit - BASE) * scale;
      scale *= BASE;
    }
  }

  /** What {@link packInteger} wrote. @throws TypeError on other text */
  readInteger(): number | bigint {
    let zigzag = 0n;
    let scale = 1n;
    for (;;) {
      const digit = this.#readDigit();
      zigzag += BigInt(digit % BASE) * scale;
      if (digit < BASE) break;
      scale *= BigInt(BASE);
    }
    const value = zigzag % 2n === 0n ? zigzag / 2n : -(zigzag + 1n) / 2n;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  /** A text of a known length. */
  readText(length: number): string {
    const text = this.text.slice(this.#position, this.#position + length);
    this.#position += length;
    return text;
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
