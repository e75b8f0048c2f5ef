import { MAX_RECORD_LENGTH } from './file-record.js';

/** The text of a JSON value; `null` where it was too long to be held. */
export interface RawValue {
  line: number;
  text: string | null;
  /** Its beginning. */
  begin: string;
}

const BEGIN_LENGTH = 200;
const LINE_FEED = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);
/** Between values: white space and commas. */
const BETWEEN = new Set([9, 10, 13, 32, 44]);

/** Cuts lines; a longer one than a record may be is passed over without holding it. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<RawValue> {
  let line = 1;
  let held = '';
  let isCut = false;
  const take = (part: string): void => {
    if (isCut) return;
    held += part;
    isCut = held.length > MAX_RECORD_LENGTH;
    if (isCut) held = held.slice(0, BEGIN_LENGTH);
  };
  const finish = (): RawValue => {
    const value = { line, text: isCut ? null : held, begin: held.slice(0, BEGIN_LENGTH) };
    [held, isCut] = ['', false];
    line += 1;
    return value;
  };
  for await (const chunk of chunks) {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      take(part);
      yield finish();
    }
    take(last);
  }
  if (held !== '' || isCut) yield finish();
}

/** Cuts values one after the other, over any number of lines: the elements of an array, or what stands at the top. */
export class JsonSplitter {
  #line: number;
  #startLine = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isBegun = false;
  /** The value under way; `null` when it is too long. */
  #held: string | null = '';
  #begin = '';
  #isClosed = false;
  #values: RawValue[] = [];

  /** @param line the line that the text begins on, from 1 */
  constructor(line: number) {
    this.#line = line;
  }

  /** Line that was read last. */
  get line(): number {
    return this.#line;
  }

  /** Whether the bracket that the values stand in was closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @returns values that end in the text so far, and what follows the closing bracket */
  push(text: string): { values: RawValue[]; rest: string } {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) this.#line += 1;
      if (this.#isInString) this.#stepInString(code);
      else if (this.#depth === 0 && (BETWEEN.has(code) || CLOSING.has(code))) {
        if (this.#isBegun) this.#finish(text.slice(from, at));
        if (CLOSING.has(code)) return this.#close(text.slice(at + 1));
      } else {
        if (!this.#isBegun) {
          this.#start();
          from = at;
        }
        if (this.#stepOutside(code)) this.#finish(text.slice(from, at + 1));
      }
    }
    if (this.#isBegun) this.#hold(text.slice(from));
    return { values: this.#values.splice(0), rest: '' };
  }

  /** A value that the file ends in. */
  end(): RawValue[] {
    if (this.#isBegun) this.#finish('');
    return this.#values.splice(0);
  }

  #stepInString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  /** @returns whether an object or array ends with this character, and the value with it */
  #stepOutside(code: number): boolean {
    if (code === QUOTE) this.#isInString = true;
    else if (OPENING.has(code)) this.#depth += 1;
    else if (CLOSING.has(code)) {
      this.#depth -= 1;
      return this.#depth === 0;
    }
    return false;
  }

  #start(): void {
    this.#isBegun = true;
    this.#startLine = this.#line;
    this.#held = '';
    this.#begin = '';
  }

  #hold(part: string): void {
    if (this.#begin.length < BEGIN_LENGTH)
      this.#begin = (this.#begin + part).slice(0, BEGIN_LENGTH);
    if (this.#held === null) return;
    const isTooLong = this.#held.length + part.length > MAX_RECORD_LENGTH;
    this.#held = isTooLong ? null : this.#held + part;
  }

  #finish(part: string): void {
    this.#hold(part);
    this.#values.push({ line: this.#startLine, text: this.#held, begin: this.#begin });
    this.#isBegun = false;
    this.#held = '';
  }

  #close(rest: string): { values: RawValue[]; rest: string } {
    this.#isClosed = true;
    return { values: this.#values.splice(0), rest };
  }
}
