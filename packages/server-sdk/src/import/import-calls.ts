import { createHash } from 'node:crypto';
import type { Database } from '../db/database.js';
import { normalizeCall } from '../domain/normalize-call.js';
import type { StoredCall } from '../domain/stored-call.js';
import { storeCalls } from '../services/record-calls.js';
import type { ImportMapping } from './mapping.js';
import { readCsv, readJsonLines, type FileRecord } from './read-records.js';
import { missingColumns, toCallInput } from './to-call-input.js';

/** A record that was not imported. */
export interface RejectedRecord {
  /** Line that it ends on, from 1. */
  line: number;
  reason: string;
}

/** How an import stands. */
export interface ImportReport {
  /** Records read. */
  records: number;
  /** Calls that were new. */
  inserted: number;
  /** Calls that were there already, now as the file says. */
  updated: number;
  rejected: number;
}

/** What to import and whom to tell. */
export interface ImportOptions {
  path: string;
  mapping: ImportMapping;
  /** Told of every record that is not imported. */
  onReject: (rejected: RejectedRecord) => void;
  /** Told after each batch. */
  onProgress?: (report: Readonly<ImportReport>) => void;
  /** Calls a transaction. @default 1000 */
  batchSize?: number;
}

const RECORD_DIGITS = 9;

/**
 * Imports calls of a file, streaming. Records without an id get one from their place in the file, so an import that was
 * killed, or is run again, ends with every call once.
 *
 * @throws TypeError when a column that the mapping names is not in the file
 */
export async function importCalls(
  database: Database,
  options: ImportOptions,
): Promise<ImportReport> {
  const { mapping, onReject } = options;
  const report: ImportReport = { records: 0, inserted: 0, updated: 0, rejected: 0 };
  const batchSize = options.batchSize ?? 1000;
  let batch: StoredCall[] = [];
  const flush = async (): Promise<void> => {
    const counts = await storeCalls(database, batch);
    report.inserted += counts.inserted;
    report.updated += counts.updated;
    batch = [];
    options.onProgress?.(report);
  };
  let idPrefix = mapping.idPrefix ?? null;
  for await (const record of recordsOf(options)) {
    report.records += 1;
    if (record.values && idPrefix === null) {
      idPrefix = fingerprintOf(record.values);
      if (formatOf(options) === 'csv') requireColumns(record.values, mapping);
    }
    const result = toCall(record, mapping, idPrefix ?? '', report.records);
    if (typeof result === 'string') {
      report.rejected += 1;
      onReject({ line: record.line, reason: result });
      continue;
    }
    batch.push(result);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return report;
}

function recordsOf(options: ImportOptions): AsyncGenerator<FileRecord> {
  return formatOf(options) === 'jsonl' ? readJsonLines(options.path) : readCsv(options.path);
}

function formatOf({ path, mapping }: ImportOptions): 'csv' | 'jsonl' {
  return mapping.format ?? (/\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : 'csv');
}

function toCall(
  record: FileRecord,
  mapping: ImportMapping,
  idPrefix: string,
  number: number,
): StoredCall | string {
  if (!record.values) return record.fault ?? 'could not be read';
  const id = `${idPrefix}-${String(number).padStart(RECORD_DIGITS, '0')}`;
  const result = normalizeCall(toCallInput(record.values, mapping, { number, id }), () => id);
  if ('call' in result) return result.call;
  return result.faults.map((fault) => `${fault.field} ${fault.detail}`).join('; ');
}

/** Names a file by its columns and first record: the same file again gets the same ids, under any file name. */
function fingerprintOf(values: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);
}

/** JSON may leave out what it has not; a CSV header names every column. */
function requireColumns(values: Record<string, unknown>, mapping: ImportMapping): void {
  const missing = missingColumns(values, mapping);
  if (missing.length > 0) {
    const columns = Object.keys(values).join(', ');
    throw new TypeError(`The file has no column ${missing.join(', ')}; it has ${columns}`);
  }
}
