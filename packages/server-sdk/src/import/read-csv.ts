import { parse } from 'csv-parse/sync';
import { CsvSplitter, type RawRecord } from './csv-splitter.js';
import { FileRefused, faultyRecord, readRecord, type FileRecord } from './file-record.js';

/** Format of a CSV file. */
export interface CsvForm {
  delimiter: string;
  /** Whether its header has spaces around names; spaces around values are then removed too, unless quoted. */
  trims: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** Records that are parsed together. */
const PARSED_RECORDS = 200;

/** Detects the format of a file by its first line; Excel writes `sep=;` there. */
export function detectCsvForm(firstLine: string, delimiter?: string): CsvForm {
  const separator = /^sep=(.)$/i.exec(firstLine.trim())?.[1];
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const count = (candidate: string): number => bare.split(candidate).length;
  const [mostFrequent = ','] = [...DELIMITERS].sort((a, b) => count(b) - count(a));
  const between = delimiter ?? separator ?? mostFrequent;
  const trims = between !== '\t' && bare.split(between).some((name) => name !== name.trim());
  return { delimiter: between, trims };
}

/**
 * Streams a CSV file with a header row.
 *
 * @param onHeader receives the names of the columns before the first record; an error that it throws ends the stream
 * @throws FileRefused for an invalid header
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  form: CsvForm,
  onHeader: (columns: readonly string[]) => void,
): AsyncGenerator<FileRecord> {
  let columns: readonly string[] | null = null;
  for await (const raw of split(chunks, form)) {
    const records = columns === null && isSeparatorLine(raw[0]) ? raw.slice(1) : raw;
    if (columns === null && records.length > 0) {
      columns = readHeader(records[0] as RawRecord, form);
      onHeader(columns);
      yield* toRecords(records.slice(1), columns, form);
    } else if (columns !== null) yield* toRecords(records, columns, form);
  }
}

const isSeparatorLine = (first: RawRecord | undefined): boolean =>
  first !== undefined && /^sep=.$/i.test(first.text.trim());

async function* split(
  chunks: AsyncIterable<string>,
  { delimiter, trims }: CsvForm,
): AsyncGenerator<RawRecord[]> {
  const splitter = new CsvSplitter(delimiter, trims);
  for await (const chunk of chunks) yield splitter.push(chunk).filter(isNotEmpty);
  yield splitter.end().filter(isNotEmpty);
}

const isNotEmpty = ({ text, fault }: RawRecord): boolean => fault !== null || text.trim() !== '';

/** @throws FileRefused for a header that can't be read, or that names a column twice */
function readHeader(raw: RawRecord, form: CsvForm): string[] {
  const fields = raw.fault === null ? parseOne(raw.text, form) : raw.fault;
  if (typeof fields === 'string') throw new FileRefused(`The header can't be read: ${fields}`);
  const columns = fields.map((name) => name.trim());
  const seen = new Set<string>();
  const duplicate = columns.find((name) => name !== '' && seen.size === seen.add(name).size);
  if (duplicate === undefined) return columns;
  throw new FileRefused(
    `The header names the column ${JSON.stringify(duplicate)} twice: rename one of them`,
  );
}

function* toRecords(
  raw: readonly RawRecord[],
  columns: readonly string[],
  form: CsvForm,
): Generator<FileRecord> {
  for (let from = 0; from < raw.length; from += PARSED_RECORDS) {
    const batch = raw.slice(from, from + PARSED_RECORDS);
    const all = parseAll(batch, form);
    for (const [index, record] of batch.entries()) {
      yield toRecord(record, all?.[index] ?? parseOne(record.text, form), columns);
    }
  }
}

function toRecord(
  { line, text, fault }: RawRecord,
  fields: readonly string[] | string,
  columns: readonly string[],
): FileRecord {
  if (fault !== null) return faultyRecord(line, fault, text);
  if (typeof fields === 'string') return faultyRecord(line, fields, text);
  if (fields.length !== columns.length) {
    const detail = `has ${fields.length} fields where the header has ${columns.length}`;
    return faultyRecord(line, detail, text);
  }
  // As entries: a column may be called `__proto__`.
  const values = Object.fromEntries(columns.map((name, index) => [name, fields[index] ?? '']));
  return readRecord(line, values, text);
}

/** Parses records together; `null` where one of them is not CSV, and each has to be parsed separately. */
function parseAll(raw: readonly RawRecord[], form: CsvForm): string[][] | null {
  if (raw.some(({ fault }) => fault !== null)) return null;
  const fields = parseText(raw.map(({ text }) => text).join('\n'), form);
  return Array.isArray(fields) && fields.length === raw.length ? fields : null;
}

/** Parses a record. @returns its fields, or what is wrong with it */
function parseOne(text: string, form: CsvForm): string[] | string {
  const fields = parseText(text, form);
  return typeof fields === 'string' ? fields : (fields[0] ?? []);
}

function parseText(text: string, { delimiter, trims }: CsvForm): string[][] | string {
  try {
    return parse(text, {
      delimiter,
      trim: trims,
      record_delimiter: '\n',
      relax_column_count: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not CSV';
    // The parser counts lines of the parsed text, not of the file.
    return message.replace(/ (?:at|on) line \d+/, '').slice(0, 200);
  }
}
