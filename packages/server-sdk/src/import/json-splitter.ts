import { MAX_RECORD_LENGTH } from './file-record.js';

/** The text of a JSON value. */
export interface RawValue {
  line: number;
  /** `null` when it is longer than {@link MAX_RECORD_LENGTH}. */
  text: string | null;
  /** The beginning of the text. */
  preview: string;
}

const PREVIEW_LENGTH = 200;
const LINE_FEED = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** White space. */
const SPACE = new Set([9, 10, 13, 32]);
/** Between values: white space and commas. */
const BETWEEN = new Set([...SPACE, 44]);

/** Splits text into lines; one that is longer than a record may be is not buffered. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<RawValue> {
  let line = 1;
  let text = '';
  let isTooLong = false;
  const append = (part: string): void => {
    if (isTooLong) return;
    text += part;
    isTooLong = text.length > MAX_RECORD_LENGTH;
    if (isTooLong) text = text.slice(0, PREVIEW_LENGTH);
  };
  const finish = (): RawValue => {
    const value = { line, text: isTooLong ? null : text, preview: text.slice(0, PREVIEW_LENGTH) };
    [text, isTooLong] = ['', false];
    line += 1;
    return value;
  };
  for await (const chunk of chunks) {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      append(part);
      yield finish();
    }
    append(last);
  }
  if (text !== '' || isTooLong) yield finish();
}

/**
 * Splits JSON text into values over any number of lines: the elements of an array, or consecutive values.
 *
 * A value ends early where JSON cannot continue: a line ends in a string, or an object begins where a name is expected.
 * Otherwise a missing quote or brace would make one value of the rest of the file.
 */
export class JsonSplitter {
  #line: number;
  #startLine = 1;
  /** Opening brackets that are not closed. */
  readonly #open: number[] = [];
  /** The last character outside of strings that is not white space. */
  #before = 0;
  #isInString = false;
  #isEscaped = false;
  #isBegun = false;
  /** The current value; `null` when it is too long. */
  #text: string | null = '';
  #preview = '';
  #isClosed = false;
  /** Where the current value begins in the pushed text. */
  #from = 0;
  #values: RawValue[] = [];

  /** @param line the line that the text begins on, from 1 */
  constructor(line: number) {
    this.#line = line;
  }

  /** The line that was read last. */
  get line(): number {
    return this.#line;
  }

  /** Whether the bracket around the values was closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Adds text. @returns values that end in the text so far, and the text after the closing bracket */
  push(text: string): { values: RawValue[]; rest: string } {
    this.#from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isBegun && this.#isBroken(code)) this.#finish(text.slice(this.#from, at));
      if (code === LINE_FEED) this.#line += 1;
      if (this.#isInString) this.#stepInString(code);
      else if (this.#open.length > 0 || !(BETWEEN.has(code) || code === CLOSE_LIST)) {
        this.#stepInValue(code, text, at);
      } else {
        if (this.#isBegun) this.#finish(text.slice(this.#from, at));
        if (code === CLOSE_LIST) return this.#close(text.slice(at + 1));
      }
    }
    if (this.#isBegun) this.#append(text.slice(this.#from));
    return { values: this.#values.splice(0), rest: '' };
  }

  #stepInValue(code: number, text: string, at: number): void {
    if (!this.#isBegun) {
      this.#start();
      this.#from = at;
    }
    if (this.#stepOutside(code)) this.#finish(text.slice(this.#from, at + 1));
  }

  /** Ends the file. @returns a value that the file ends in */
  end(): RawValue[] {
    if (this.#isBegun) this.#finish('');
    return this.#values.splice(0);
  }

  #stepInString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  /** Whether JSON cannot continue with this character. */
  #isBroken(code: number): boolean {
    if (this.#isInString) return code === LINE_FEED;
    return code === OPEN_OBJECT && this.#open.at(-1) === OPEN_OBJECT && this.#before !== COLON;
  }

  /** Reads a character outside of strings. @returns whether the value ends with it, as an object or array does */
  #stepOutside(code: number): boolean {
    if (!SPACE.has(code)) this.#before = code;
    if (code === QUOTE) this.#isInString = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open.push(code);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      this.#open.pop();
      return this.#open.length === 0;
    }
    return false;
  }

  #start(): void {
    this.#isBegun = true;
    this.#startLine = this.#line;
    this.#text = '';
    this.#preview = '';
  }

  #append(part: string): void {
    if (this.#preview.length < PREVIEW_LENGTH)
      this.#preview = (this.#preview + part).slice(0, PREVIEW_LENGTH);
    if (this.#text === null) return;
    const isTooLong = this.#text.length + part.length > MAX_RECORD_LENGTH;
    this.#text = isTooLong ? null : this.#text + part;
  }

  #finish(part: string): void {
    this.#append(part);
    this.#values.push({ line: this.#startLine, text: this.#text, preview: this.#preview });
    this.#isBegun = false;
    this.#text = '';
    this.#isInString = false;
    this.#isEscaped = false;
    this.#open.length = 0;
  }

  #close(rest: string): { values: RawValue[]; rest: string } {
    this.#isClosed = true;
    return { values: this.#values.splice(0), rest };
  }
}
