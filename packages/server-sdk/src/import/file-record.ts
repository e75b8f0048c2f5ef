/** One record of a file, or why it could not be read. */
export interface FileRecord {
  /** Line that the record begins on, from 1. */
  line: number;
  /** Values by column or key. */
  values: Record<string, unknown> | null;
  fault: string | null;
  /** The text of the record in the file, or its beginning. */
  text: string;
}

/** Maximum length of a record, UTF-16 units; a longer one is rejected without being buffered. */
export const MAX_RECORD_LENGTH = 4 * 1024 * 1024;
/** Maximum length of the text of a record that could not be read. */
const MAX_TEXT_LENGTH = 10_000;

/** Makes a record that was read. */
export function readRecord(
  line: number,
  values: Record<string, unknown>,
  text: string,
): FileRecord {
  return { line, values, fault: null, text };
}

/** Makes a record that could not be read. */
export function faultyRecord(line: number, fault: string, text: string): FileRecord {
  return { line, values: null, fault, text: text.slice(0, MAX_TEXT_LENGTH) };
}

/** The fault of a record that is too long. */
export const TOO_LONG = `longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`;

/** A file that can't be imported; the message is a sentence that says why and what to do. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}
