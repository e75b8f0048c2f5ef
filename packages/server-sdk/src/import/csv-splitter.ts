import { MAX_RECORD_LENGTH, TOO_LONG } from './file-record.js';

/** The text of a record, or of lines that are no record and why. */
export interface RawRecord {
  line: number;
  text: string;
  fault: string | null;
}

const QUOTE = 34;
const CR = 13;
const LF = 10;
const isBreak = (code: number): boolean => code === LF || code === CR;

/**
 * Splits CSV text into records where lines end outside of quotes. An unclosed quote rejects only the line that it opens on:
 * the lines after it are read again as records, where a parser would read the rest of the file as one field.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvSplitter {
  readonly #delimiter: number;
  readonly #trims: boolean;
  #text = '';
  /** Where the current record begins in the text, and the current position. */
  #start = 0;
  #at = 0;
  #startLine = 1;
  #line = 1;
  #state: 'field' | 'plain' | 'quoted' | 'skipped' = 'field';
  #quoteLine = 1;
  /** Where the line after the one with the opening quote begins; -1 while on that line. */
  #afterQuote = -1;
  #ended = false;
  #records: RawRecord[] = [];

  /** @param trims whether spaces may stand before an opening quote */
  constructor(delimiter: string, trims: boolean) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#trims = trims;
  }

  /** Adds text. @returns the records that end in the text so far */
  push(text: string): RawRecord[] {
    this.#text = this.#text.slice(this.#start) + text;
    this.#at -= this.#start;
    if (this.#afterQuote >= 0) this.#afterQuote -= this.#start;
    this.#start = 0;
    return this.#take();
  }

  /** Ends the file. @returns the remaining records */
  end(): RawRecord[] {
    this.#ended = true;
    const records = this.#take();
    while (this.#state === 'quoted') {
      this.#rejectOpenQuote();
      records.push(...this.#take());
    }
    if (this.#at > this.#start) this.#emit(null);
    return [...records, ...this.#records.splice(0)];
  }

  /** Leaves the last character until the next one is known: that decides what a quote or a carriage return means. */
  #take(): RawRecord[] {
    const end = this.#text.length - (this.#ended ? 0 : 1);
    while (this.#at < end) {
      this.#step(this.#text.charCodeAt(this.#at));
      if (this.#at - this.#start > MAX_RECORD_LENGTH) this.#refuseLength();
    }
    return this.#records.splice(0);
  }

  #step(code: number): void {
    switch (this.#state) {
      case 'quoted':
        this.#stepInQuotes(code);
        return;
      case 'field':
        if (code === QUOTE) {
          this.#state = 'quoted';
          this.#quoteLine = this.#line;
          this.#afterQuote = -1;
          this.#at += 1;
          return;
        }
        if (!(this.#trims && code === 32)) this.#state = 'plain';
        else this.#at += 1;
        return;
      default:
        if (isBreak(code)) this.#endLine(code);
        else this.#stepOn(code);
    }
  }

  #stepOn(code: number): void {
    this.#at += 1;
    if (this.#state === 'skipped') this.#start = this.#at;
    else if (code === this.#delimiter) this.#state = 'field';
  }

  #stepInQuotes(code: number): void {
    if (code === QUOTE) {
      const next = this.#text.charCodeAt(this.#at + 1);
      if (next === QUOTE) this.#at += 2;
      else if (this.#closes(next) || this.#afterQuote < 0) {
        // The parser reports a fault within one line.
        this.#state = 'plain';
        this.#at += 1;
      } else this.#rejectOpenQuote();
      return;
    }
    this.#at += this.#breakLength(code);
    if (!isBreak(code)) return;
    this.#line += 1;
    if (this.#afterQuote < 0) this.#afterQuote = this.#at;
  }

  #closes(next: number): boolean {
    const isEnd = Number.isNaN(next) || isBreak(next) || next === this.#delimiter;
    return isEnd || (this.#trims && next === 32);
  }

  /** Characters of a line break that begins with this one; 1 for any other. */
  #breakLength(code: number): number {
    return code === CR && this.#text.charCodeAt(this.#at + 1) === LF ? 2 : 1;
  }

  #endLine(code: number): void {
    const length = this.#breakLength(code);
    if (this.#state !== 'skipped') this.#emit(null);
    this.#at += length;
    this.#line += 1;
    this.#begin(this.#at, this.#line);
  }

  #begin(at: number, line: number): void {
    this.#at = at;
    this.#start = at;
    this.#line = line;
    this.#startLine = line;
    this.#state = 'field';
  }

  /** Rejects the lines up to the one with the opening quote, and continues with the line after it. */
  #rejectOpenQuote(): void {
    const isLast = this.#afterQuote < 0;
    const end = isLast ? this.#text.length : this.#afterQuote;
    this.#at = end;
    this.#emit(`a quote opens on line ${this.#quoteLine} and is not closed`);
    this.#begin(end, this.#quoteLine + (isLast ? 0 : 1));
  }

  #refuseLength(): void {
    if (this.#state === 'quoted' && this.#afterQuote >= 0) {
      this.#rejectOpenQuote();
      return;
    }
    this.#emit(TOO_LONG);
    this.#start = this.#at;
    this.#state = 'skipped';
  }

  #emit(fault: string | null): void {
    const text = this.#text.slice(this.#start, this.#at);
    if (text !== '' || fault !== null) {
      this.#records.push({ line: this.#startLine, text, fault });
    }
    this.#start = this.#at;
  }
}
