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
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** White space. */
const SPACE = new Set([9, 10, 13, 32]);
/** Between values: white space and commas. */
const BETWEEN = new Set([...SPACE, 44]);

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

/**
 * Cuts values one after the other, over any number of lines: the elements of an array, or what stands at the top.
 *
 * A value ends early where no JSON can go on: a line ends in a string, or an object begins where a name is due. Without
 * that a quote or a brace that is missing would take the rest of the file for one value.
 */
export class JsonSplitter {
  #line: number;
  #startLine = 1;
  /** Opening brackets that are not closed. */
  readonly #open: number[] = [];
  /** The last character outside of strings that is no white space. */
  #before = 0;
  #isInString = false;
  #isEscaped = false;
  #isBegun = false;
  /** The value under way; `null` when it is too long. */
  #held: string | null = '';
  #begin = '';
  #isClosed = false;
  /** Where in the text at hand the value under way begins. */
  #from = 0;
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
    if (this.#isBegun) this.#hold(text.slice(this.#from));
    return { values: this.#values.splice(0), rest: '' };
  }

  #stepInValue(code: number, text: string, at: number): void {
    if (!this.#isBegun) {
      this.#start();
      this.#from = at;
    }
    if (this.#stepOutside(code)) this.#finish(text.slice(this.#from, at + 1));
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

  /** Whether no value of JSON can go on with this character. */
  #isBroken(code: number): boolean {
    if (this.#isInString) return code === LINE_FEED;
    return code === OPEN_OBJECT && this.#open.at(-1) === OPEN_OBJECT && this.#before !== COLON;
  }

  /** @returns whether an object or array ends with this character, and the value with it */
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
    this.#isInString = false;
    this.#isEscaped = false;
    this.#open.length = 0;
  }

  #close(rest: string): { values: RawValue[]; rest: string } {
    this.#isClosed = true;
    return { values: this.#values.splice(0), rest };
  }
}
