/**
 * Integers as text, in digits of base 45, least first; the last digit of a number is one of the first 45 characters, those
 * before it of the second 45. Numbers need no separators, and no number is the beginning of another. The alphabet is what
 * of printable ASCII needs no escape in JSON, less `|` and `~`, which are marks.
 */
const BASE = 45;
const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((character) => !'"\\|~'.includes(character))
  .join('');
const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value;

/** The text of an integer that is not negative. */
export function packNumber(value: number): string {
  const writer = new PackedWriter();
  writer.writeNumber(value);
  return writer.take();
}

/**
 * Writes packed texts, one after the other. In bytes: a text put together from its characters leaves as many strings behind,
 * and a rollup writes millions.
 */
export class PackedWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  /** An integer that is not negative. */
  writeNumber(value: number): void {
    let rest = value;
    while (rest >= BASE) {
      const digit = rest % BASE;
      this.#writeDigit(digit + BASE);
      rest = (rest - digit) / BASE;
    }
    this.#writeDigit(rest);
  }

  /** An integer of either sign and any size. */
  writeInteger(value: number | bigint): void {
    const exact = BigInt(value);
    let rest = exact < 0n ? -2n * exact - 1n : 2n * exact;
    while (rest >= BigInt(BASE)) {
      this.#writeDigit(Number(rest % BigInt(BASE)) + BASE);
      rest /= BigInt(BASE);
    }
    this.#writeDigit(Number(rest));
  }

  /** A text of ASCII characters, as it is. */
  writeText(text: string): void {
    this.#reserve(text.length);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#bytes.toString('latin1', 0, this.#length);
    this.#length = 0;
    return text;
  }

  #writeDigit(digit: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length] = CODES[digit] ?? 0;
    this.#length += 1;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * needed);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
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

  /** What {@link PackedWriter.writeNumber} wrote. @throws TypeError on other text */
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

  /** What {@link PackedWriter.writeInteger} wrote. @throws TypeError on other text */
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
