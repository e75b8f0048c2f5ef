/** One record of a file, or why it could not be read. */
export interface FileRecord {
  /** Line that the record begins on, from 1. */
  line: number;
  /** Values by column or key. */
  values: Record<string, unknown> | null;
  fault: string | null;
  /** The record as the file has it, or its beginning. */
  text: string;
}

/** Longest record that is read, UTF-16 units; a longer one is rejected, and its memory is not taken. */
export const MAX_RECORD_LENGTH = 4 * 1024 * 1024;
/** What is shown and written of a record that is too long or could not be read. */
const MAX_TEXT_LENGTH = 10_000;

/** A record that was read. */
export function readRecord(
  line: number,
  values: Record<string, unknown>,
  text: string,
): FileRecord {
  return { line, values, fault: null, text };
}

/** A record that could not be read. */
export function faultyRecord(line: number, fault: string, text: string): FileRecord {
  return { line, values: null, fault, text: text.slice(0, MAX_TEXT_LENGTH) };
}

/** The fault of a record that is too long. */
export const TOO_LONG = `longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`;

/** The file as a whole can't be imported; the message is one sentence that says why and what to do. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}
