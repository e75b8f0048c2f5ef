import { listColumns, refuseAggregated } from './aggregated-rows.js';
import { FileRefused, MAX_RECORD_LENGTH, type FileRecord } from './file-record.js';
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from './mapping.js';
import { toSpanRecords } from './otlp-records.js';
import { detectCsvForm, readCsv } from './read-csv.js';
import { readJson } from './read-json.js';
import { prepend, readText } from './read-text.js';
import { readPath } from './read-path.js';
import { hasConstant, listPaths } from './source.js';
import { getSource } from './to-call-input.js';

/** The records of a file, and the decimal sign of its numbers. */
export interface OpenedRecords {
  records: AsyncGenerator<FileRecord>;
  /** Whether a comma is a decimal sign. */
  comma: boolean;
}

const REQUIRED: readonly ImportField[] = ['userDid', 'model', 'status', 'startedAt'];

/** How a file is written, where its beginning does not show it. */
export type FileForm = Pick<ImportMapping, 'format' | 'delimiter' | 'decimal'>;

/** What a reader of a file knows of its records. */
export interface RecordChecks {
  /** Whether an object of JSON is a record rather than a page of records. */
  isRecord: (values: Record<string, unknown>) => boolean;
  /** Receives the header of a CSV file; an error that it throws ends the reading. */
  onHeader: (columns: readonly string[]) => void;
}

/**
 * Opens a file of calls in the format that its beginning shows, regardless of its name.
 *
 * @throws FileRefused when it can't be imported; TypeError when it lacks a column that the mapping names
 */
export async function openRecords(path: string, mapping: ImportMapping): Promise<OpenedRecords> {
  if (mapping.format === 'otlp') {
    const isRecord = (values: object): boolean => 'resourceSpans' in values;
    const checks = { isRecord, onHeader: () => undefined };
    const requests = await openTable(path, { format: 'jsonl' }, checks);
    return { records: toSpanRecords(requests.records), comma: false };
  }
  const { records, comma } = await openTable(path, mapping, {
    isRecord: (values) => isCall(values, mapping),
    onHeader: (columns) => {
      refuseAggregated(columns);
      requireColumns(columns, mapping);
    },
  });
  return { records: withoutAggregated(records), comma };
}

/** Opens a file of any records. @throws FileRefused when it can't be read */
export async function openTable(
  path: string,
  form: FileForm,
  { isRecord, onHeader }: RecordChecks,
): Promise<OpenedRecords> {
  const chunks = readText(path);
  const head = await readHead(chunks);
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const start = head.trimStart();
  if (start === '') throw new FileRefused(`${path} is empty`);
  if (form.format === undefined && start.startsWith('<')) {
    throw new FileRefused(`${path} is XML or HTML: CSV, JSON Lines or a JSON array are read`);
  }
  const isJson = form.format === undefined ? /^[{[]/.test(start) : form.format === 'jsonl';
  if (isJson) return { records: readJson(head, rest, isRecord), comma: false };
  const csv = detectCsvForm(start.split(/\r\n?|\n/, 1)[0] ?? '', form.delimiter);
  const comma = form.decimal === ',' || (form.decimal === undefined && csv.delimiter !== ',');
  return { records: readCsv(prepend(head, rest), csv, onHeader), comma };
}

/** Reads chunks up to the end of the first line that is not empty. */
async function readHead(chunks: AsyncGenerator<string>): Promise<string> {
  let head = '';
  let from = -1;
  while (head.length < MAX_RECORD_LENGTH) {
    const next = await chunks.next();
    if (next.done) break;
    const before = head.length;
    head += next.value;
    if (from < 0) from = head.search(/\S/);
    // Searches only the new chunk: a first line of many chunks would otherwise be searched again with each.
    if (from >= 0 && /[\r\n]/.test(head.slice(Math.max(from, before)))) break;
  }
  return head;
}

async function* withoutAggregated(records: AsyncGenerator<FileRecord>): AsyncGenerator<FileRecord> {
  for await (const record of records) {
    if (record.values) refuseAggregated(listColumns(record.values));
    yield record;
  }
}

/** Whether an object is a call: it has a model or a start. */
function isCall(values: Record<string, unknown>, mapping: ImportMapping): boolean {
  const has = (field: ImportField): boolean =>
    listPaths(getSource(mapping, field)).some((path) => (readPath(values, path) ?? null) !== null);
  return has('model') || has('startedAt');
}

/** Checks the header of a CSV file, which names every column; objects of JSON may leave out fields. @throws as {@link openRecords} */
function requireColumns(columns: readonly string[], mapping: ImportMapping): void {
  const has = (path: string): boolean =>
    columns.some((column) => column === path || path.startsWith(`${column}.`));
  const missing = IMPORT_FIELDS.flatMap((field) => {
    const column = mapping.columns?.[field];
    return typeof column === 'string' && !has(column) ? [column] : [];
  });
  const listed = columns
    .map((column) => JSON.stringify(column))
    .join(', ')
    .slice(0, 1000);
  if (missing.length > 0) {
    throw new TypeError(`The file has no column ${missing.join(', ')}; it has ${listed}`);
  }
  const missingFields = REQUIRED.filter((field) => {
    const isGiven = (mapping.constants?.[field] ?? mapping.defaults?.[field]) !== undefined;
    const isMade = field === 'startedAt' && mapping.sequence !== undefined;
    const source = getSource(mapping, field);
    return !isGiven && !isMade && !hasConstant(source) && !listPaths(source).some(has);
  });
  if (missingFields.length === 0) return;
  throw new FileRefused(
    `The file has no column for ${missingFields.join(', ')}: name the columns with --map FIELD=COLUMN, or one value for all with --set FIELD=VALUE; its columns are ${listed}`,
  );
}
