import { parse } from 'csv-parse/sync';
import { CsvSplitter, type RawRecord } from './csv-splitter.js';
import { FileRefused, faultyRecord, readRecord, type FileRecord } from './file-record.js';

/** How a CSV file is written. */
export interface CsvForm {
  delimiter: string;
  /** Whether its header has spaces around names, which are then no part of values either, unless quoted. */
  trims: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];
const RECORDS_AT_ONCE = 200;

/** How a file is written, by its first line; `sep=;` there is Excel's. */
export function detectCsvForm(firstLine: string, delimiter?: string): CsvForm {
  const separator = /^sep=(.)$/i.exec(firstLine.trim())?.[1];
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const count = (candidate: string): number => bare.split(candidate).length;
  const [commonest = ','] = [...DELIMITERS].sort((a, b) => count(b) - count(a));
  const between = delimiter ?? separator ?? commonest;
  const trims = between !== '\t' && bare.split(between).some((name) => name !== name.trim());
  return { delimiter: between, trims };
}

/**
 * Streams a CSV file with a header row.
 *
 * @param onHeader gets the names of the columns before the first record; what it throws ends the reading
 * @throws FileRefused for a header that is none
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
  for await (const chunk of chunks) yield splitter.push(chunk).filter(isFilled);
  yield splitter.end().filter(isFilled);
}

const isFilled = ({ text, fault }: RawRecord): boolean => fault !== null || text.trim() !== '';

/** @throws FileRefused for a header that can't be read, or names two columns alike */
function readHeader(raw: RawRecord, form: CsvForm): string[] {
  const fields = raw.fault === null ? parseOne(raw.text, form) : raw.fault;
  if (typeof fields === 'string') throw new FileRefused(`The header can't be read: ${fields}`);
  const columns = fields.map((name) => name.trim());
  const seen = new Set<string>();
  const twice = columns.find((name) => name !== '' && seen.size === seen.add(name).size);
  if (twice === undefined) return columns;
  throw new FileRefused(
    `The header names the column ${JSON.stringify(twice)} twice: rename one of them, which of the two is meant is not to be guessed`,
  );
}

function* toRecords(
  raw: readonly RawRecord[],
  columns: readonly string[],
  form: CsvForm,
): Generator<FileRecord> {
  for (let from = 0; from < raw.length; from += RECORDS_AT_ONCE) {
    const batch = raw.slice(from, from + RECORDS_AT_ONCE);
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

/** Fields of each record; `null` where one of them is not CSV, and each has to be looked at by itself. */
function parseAll(raw: readonly RawRecord[], form: CsvForm): string[][] | null {
  if (raw.some(({ fault }) => fault !== null)) return null;
  const fields = parsed(raw.map(({ text }) => text).join('\n'), form);
  return Array.isArray(fields) && fields.length === raw.length ? fields : null;
}

/** Its fields, or what is wrong with it. */
function parseOne(text: string, form: CsvForm): string[] | string {
  const fields = parsed(text, form);
  return typeof fields === 'string' ? fields : (fields[0] ?? []);
}

function parsed(text: string, { delimiter, trims }: CsvForm): string[][] | string {
  try {
    return parse(text, {
      delimiter,
      trim: trims,
      record_delimiter: '\n',
      relax_column_count: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not CSV';
    // Lines are those of the file, not of what was parsed here.
    return message.replace(/ (?:at|on) line \d+/, '').slice(0, 200);
  }
}
