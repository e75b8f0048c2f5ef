import { CallFigures } from '../../../aggregates/model/call-figures.js';
import { addExact } from '../../../values/exact-integer.js';

/**
 * Reads the packed figures of before migration 0015 (docs/adr/0007-packed-parts.md). Goes with the next major version.
 *
 * Integers are in digits of base 45, least first; the last digit of a number is one of the first 45 characters of the
 * alphabet, those before it of the second 45.
 */
const BASE = 45;
const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((character) => !'"\\|~'.includes(character))
  .join('');
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));

const HOUR_MS = 3_600_000;
const UNSUCCESSFUL = 1;
const UNUSUAL = 2;
const FLAGS = 4;
const SAMPLES_WITHOUT_SKETCH = 3;

/** Figures of a project by model id, and the start of its newest call, epoch ms. */
export interface PackedProject {
  projectId: number;
  lastStartedAtMs: number;
  models: Map<number, CallFigures>;
}

/** Reads a cell of projects. @throws TypeError on other text */
export function readPackedProjects(text: string): PackedProject[] {
  const reader = new PackedReader(text);
  const projects: PackedProject[] = [];
  let bucketMs = 0;
  while (!reader.atEnd) {
    if (reader.skip('~')) bucketMs = reader.readNumber() * HOUR_MS;
    else if (reader.skip('|')) {
      const projectId = reader.readNumber();
      const lastStartedAtMs = bucketMs + reader.readNumber();
      projects.push({ projectId, lastStartedAtMs, models: readModels(reader) });
    } else throw new TypeError('Not a packed cell of projects');
  }
  return projects;
}

/** Reads a cell of models: figures by model id. @throws TypeError on other text */
export function readPackedModels(text: string): Map<number, CallFigures> {
  return readModels(new PackedReader(text));
}

function readModels(reader: PackedReader): Map<number, CallFigures> {
  const models = new Map<number, CallFigures>();
  while (reader.atNumber) {
    const modelId = reader.readNumber();
    const figures = models.get(modelId) ?? new CallFigures();
    models.set(modelId, figures);
    figures.add(readFigures(reader));
  }
  return models;
}

function readFigures(reader: PackedReader): CallFigures {
  const figures = new CallFigures();
  let head = reader.readNumber();
  const unknown = head === 0 ? Array.from({ length: 6 }, () => reader.readNumber()) : null;
  if (unknown) head = reader.readNumber();
  const flags = head % FLAGS;
  figures.calls = (head - flags) / FLAGS;
  figures.successfulCalls = figures.calls;
  if (flags & UNSUCCESSFUL) {
    figures.failedCalls = reader.readNumber();
    figures.successfulCalls -= figures.failedCalls + reader.readNumber();
  }
  readUnknown(figures, unknown ?? [0, 0, 0, 0, 0, 0]);
  const isUnusual = (flags & UNUSUAL) !== 0;
  const samples = figures.successfulCalls - (isUnusual ? reader.readNumber() : 0);
  const read = (): number => (isUnusual ? Number(reader.readInteger()) : reader.readNumber());
  figures.inputTokens = read();
  figures.outputTokens = read();
  figures.totalTokens = figures.inputTokens + figures.outputTokens + (isUnusual ? read() : 0);
  figures.credits = addExact(0, isUnusual ? reader.readInteger() : reader.readNumber());
  if (samples > 0) readDurations(reader, figures, samples);
  return figures;
}

function readUnknown(figures: CallFigures, unknown: readonly number[]): void {
  const [input = 0, output = 0, total = 0, credits = 0, tokenCalls = 0, creditCalls = 0] = unknown;
  figures.inputTokenCalls = figures.calls - input;
  figures.outputTokenCalls = figures.calls - output;
  figures.totalTokenCalls = figures.calls - total;
  figures.creditCalls = figures.calls - credits;
  figures.unknownTokenCalls = tokenCalls;
  figures.unknownCreditCalls = creditCalls;
}

function readDurations(reader: PackedReader, figures: CallFigures, samples: number): void {
  const sumUs = reader.readNumber();
  const minUs = samples === 1 ? sumUs : reader.readNumber();
  let maxUs = minUs;
  if (samples === 2) maxUs = sumUs - minUs;
  else if (samples > 2) maxUs = minUs + reader.readNumber();
  if (samples > SAMPLES_WITHOUT_SKETCH) {
    figures.durations.addText(reader.readText(reader.readNumber()));
  } else {
    figures.durations.add(minUs);
    if (samples > 1) figures.durations.add(maxUs);
    if (samples > 2) figures.durations.add(sumUs - minUs - maxUs);
  }
  figures.durationUs = sumUs;
  figures.durationSamples = samples;
  figures.minDurationUs = minUs;
  figures.maxDurationUs = maxUs;
}

/** Reads packed text from its beginning. */
class PackedReader {
  #position = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.#position >= this.text.length;
  }

  get atNumber(): boolean {
    return VALUES.has(this.text.charAt(this.#position));
  }

  skip(delimiter: '|' | '~'): boolean {
    if (this.text.charAt(this.#position) !== delimiter) return false;
    this.#position += 1;
    return true;
  }

  readNumber(): number {
    let value = 0;
    for (let scale = 1; ; scale *= BASE) {
      const digit = this.#readDigit();
      if (digit < BASE) return value + digit * scale;
      value += (digit - BASE) * scale;
    }
  }

  /** An integer of either sign and any size: even ones are twice it, odd ones are negative. */
  readInteger(): number | bigint {
    let zigzag = 0n;
    for (let scale = 1n; ; scale *= BigInt(BASE)) {
      const digit = this.#readDigit();
      zigzag += BigInt(digit % BASE) * scale;
      if (digit < BASE) break;
    }
    const value = zigzag % 2n === 0n ? zigzag / 2n : -(zigzag + 1n) / 2n;
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  readText(length: number): string {
    const text = this.text.slice(this.#position, this.#position + length);
    this.#position += length;
    return text;
  }

  #readDigit(): number {
    const digit = VALUES.get(this.text.charAt(this.#position));
    if (digit === undefined) {
      throw new TypeError(`Not packed figures at character ${this.#position}`);
    }
    this.#position += 1;
    return digit;
  }
}
