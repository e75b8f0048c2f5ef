import { FileRefused, MAX_RECORD_LENGTH, type FileRecord } from './file-record.js';
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from './mapping.js';
import { detectCsvForm, readCsv } from './read-csv.js';
import { readJson } from './read-json.js';
import { readText } from './read-text.js';
import { getPaths, valueAt } from './to-call-input.js';

/** The records of a file, and how its numbers are written. */
export interface OpenedRecords {
  records: AsyncGenerator<FileRecord>;
  comma: boolean;
}

const REQUIRED: readonly ImportField[] = ['userDid', 'model', 'status', 'startedAt'];

/**
 * Opens a file by what it begins with, whatever its name.
 *
 * @throws FileRefused when it is none that can be imported; TypeError when it lacks a column that the mapping names
 */
export async function openRecords(path: string, mapping: ImportMapping): Promise<OpenedRecords> {
  const chunks = readText(path);
  const head = await readHead(chunks);
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const start = head.trimStart();
  if (start === '') throw new FileRefused(`${path} is empty`);
  if (mapping.format === undefined && start.startsWith('<')) {
    throw new FileRefused(`${path} is XML or HTML: CSV, JSON Lines or a JSON array are read`);
  }
  const isJson = mapping.format === undefined ? /^[{[]/.test(start) : mapping.format === 'jsonl';
  if (isJson) {
    return { records: readJson(head, rest, (values) => isCall(values, mapping)), comma: false };
  }
  const form = detectCsvForm(start.split(/\r\n?|\n/, 1)[0] ?? '', mapping.delimiter);
  const records = readCsv(joined(head, rest), form, (columns) => {
    requireColumns(columns, mapping);
  });
  const comma =
    mapping.decimal === ',' || (mapping.decimal === undefined && form.delimiter !== ',');
  return { records, comma };
}

async function* joined(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

/** The text up to the end of its first line that is not empty, and what was read with it. */
async function readHead(chunks: AsyncGenerator<string>): Promise<string> {
  let head = '';
  let from = -1;
  while (head.length < MAX_RECORD_LENGTH) {
    const next = await chunks.next();
    if (next.done) break;
    const before = head.length;
    head += next.value;
    if (from < 0) from = head.search(/\S/);
    // Looked for in what is new: a first line of many chunks would else be searched again with each.
    if (from >= 0 && /[\r\n]/.test(head.slice(Math.max(from, before)))) break;
  }
  return head;
}

/** What has a model or a start is a call, whatever else it has. */
function isCall(values: Record<string, unknown>, mapping: ImportMapping): boolean {
  const has = (field: ImportField): boolean =>
    getPaths(mapping, field).some((path) => (valueAt(values, path) ?? null) !== null);
  return has('model') || has('startedAt');
}

/** JSON may leave out what it has not; a CSV header names every column. */
function requireColumns(columns: readonly string[], mapping: ImportMapping): void {
  const has = (path: string): boolean =>
    columns.some((column) => column === path || path.startsWith(`${column}.`));
  const missing = IMPORT_FIELDS.flatMap((field) => {
    const column = mapping.columns?.[field];
    return column !== undefined && !has(column) ? [column] : [];
  });
  const listed = columns
    .map((column) => JSON.stringify(column))
    .join(', ')
    .slice(0, 1000);
  if (missing.length > 0) {
    throw new TypeError(`The file has no column ${missing.join(', ')}; it has ${listed}`);
  }
  const unsaid = REQUIRED.filter((field) => {
    const isGiven = (mapping.constants?.[field] ?? mapping.defaults?.[field]) !== undefined;
    const isMade = field === 'startedAt' && mapping.sequence !== undefined;
    return !isGiven && !isMade && !getPaths(mapping, field).some(has);
  });
  if (unsaid.length === 0) return;
  throw new FileRefused(
    `The file says nothing of ${unsaid.join(', ')}: name the columns with --map FIELD=COLUMN, or one value for all with --set FIELD=VALUE; its columns are ${listed}`,
  );
}
