import type { Database } from '../db/database.js';
import type { CallFault } from '../recording/call-fields.js';
import { normalizeCall } from '../recording/normalize-call.js';
import { createPriceCall, type PriceCall } from '../pricing/price-call.js';
import type { ResolvedPricing } from '../pricing/resolve-pricing.js';
import type { StoredCall } from '../values/stored-call.js';
import { storeImportedCalls } from '../recording/record-calls.js';
import { describeAggregated } from './aggregated-rows.js';
import { ContentIds } from './content-ids.js';
import type { FileRecord } from './file-record.js';
import { IMPORT_FIELDS, type ImportMapping } from './mapping.js';
import { openRecords } from './open-records.js';
import { readPath } from './read-path.js';
import { isMet, toConditionText } from './read-source.js';
import { formatForMessage } from './read-value.js';
import { readFields, toCallInput, type FieldValues, type ReadSettings } from './to-call-input.js';

/** A record that was not imported. */
export interface RejectedRecord {
  /** Line that it begins on, from 1. */
  line: number;
  reason: string;
  /** Its values by column or key; `null` when it could not be read. */
  values: Record<string, unknown> | null;
  /** The text of the record in the file, or its beginning. */
  text: string;
}

/** A value of an imported call that was rounded, or is unknown now. */
export interface ImportWarning {
  line: number;
  reason: string;
}

/** Progress or result of an import. */
export interface ImportReport {
  /** Records read. */
  records: number;
  /** Calls that were new. */
  inserted: number;
  /** Calls that were stored before, and now have the values of the file. */
  updated: number;
  rejected: number;
  /** Values of imported calls that were rounded, or are unknown now. */
  warnings: number;
  /** Records that are no calls, by what the mapping's `only` reads of them. */
  leftOut: Record<string, number>;
}

/** The file to import, and callbacks. */
export interface ImportOptions {
  path: string;
  mapping: ImportMapping;
  /** When the import begins, epoch ms. */
  nowMs: number;
  /** Receives every record that is not imported. */
  onReject: (rejected: RejectedRecord) => void;
  /** Receives every value that is rounded or unknown in the imported call. */
  onWarning?: (warning: ImportWarning) => void;
  /** Receives the progress after each batch. */
  onProgress?: (report: Readonly<ImportReport>) => void;
  /** How calls without a cost get one. @default not at all */
  pricing?: ResolvedPricing | null;
  /** Whether nothing is written; `inserted` and `updated` stay 0. @default false */
  dryRun?: boolean;
  /** Receives each call as it is stored. */
  onCall?: (call: StoredCall) => void;
  /** Calls per transaction. @default 1000 */
  batchSize?: number;
}

/**
 * Imports calls of a file as a stream. Records without an id get one from a hash of their values, so every call is stored
 * once when an import is killed, repeated, or overlaps with another export.
 *
 * @throws FileRefused when the file can't be imported; TypeError when it lacks a column that the mapping names;
 *   StatementError when the database fails
 */
export async function importCalls(
  database: Database,
  options: ImportOptions,
): Promise<ImportReport> {
  const { mapping, onReject, onWarning } = options;
  const report = createReport();
  const batchSize = options.batchSize ?? 1000;
  let batch: StoredCall[] = [];
  const flush = async (): Promise<void> => {
    const counts = options.dryRun ? null : await storeImportedCalls(database, batch, options.nowMs);
    report.inserted += counts?.inserted ?? 0;
    report.updated += counts?.updated ?? 0;
    batch = [];
    options.onProgress?.(report);
  };
  const { records, comma } = await openRecords(options.path, mapping);
  const price = createPriceCall(database.calls, options.pricing ?? null);
  const reader = new CallReader({ mapping, comma }, price);
  for await (const record of records) {
    report.records += 1;
    const { line, values, text } = record;
    const kind = findKindLeftOut(record, mapping);
    if (kind !== null) {
      countKind(report.leftOut, kind);
      continue;
    }
    const result = reader.read(record, report.records);
    if ('reason' in result) {
      report.rejected += 1;
      onReject({ line, reason: result.reason, values, text });
      continue;
    }
    report.warnings += result.warnings.length;
    for (const reason of result.warnings) onWarning?.({ line, reason });
    options.onCall?.(result.call);
    batch.push(result.call);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return report;
}

function createReport(): ImportReport {
  return { records: 0, inserted: 0, updated: 0, rejected: 0, warnings: 0, leftOut: {} };
}

/** What a record is that the mapping leaves out; `null` for one that is to be a call. */
function findKindLeftOut({ values }: FileRecord, { only }: ImportMapping): string | null {
  if (!only || values === null || isMet(only, values)) return null;
  const kind = formatForMessage(toConditionText(readPath(values, only.path))).slice(1, -1);
  return `${only.path} ${kind === '' ? 'empty' : kind}`;
}

/** Kinds that are counted separately. */
const MAX_KINDS = 20;

function countKind(counts: Record<string, number>, kind: string): void {
  const isNew = !Object.hasOwn(counts, kind);
  const key = isNew && Object.keys(counts).length >= MAX_KINDS ? 'others' : kind;
  counts[key] = (counts[key] ?? 0) + 1;
}

type ReadCall = { call: StoredCall; warnings: string[] } | { reason: string };

/** Converts records to calls. */
class CallReader {
  readonly #ids: ContentIds;

  constructor(
    readonly settings: ReadSettings,
    readonly price: PriceCall,
  ) {
    this.#ids = new ContentIds(settings.mapping.idPrefix ?? 'import');
  }

  read(record: FileRecord, number: number): ReadCall {
    if (!record.values) return { reason: record.fault ?? 'could not be read' };
    const reason = describeAggregated(record.values);
    if (reason !== null) return { reason };
    try {
      const fields = readFields(record.values, this.settings, IMPORT_FIELDS);
      const input = toCallInput(fields, this.settings, number);
      const result = normalizeCall(input, () => this.#ids.next(fields));
      const toReason = (fault: CallFault): string => describeFault(fault, fields);
      if ('call' in result) {
        const warnings = result.warnings.map(toReason);
        const call = this.price(result.call, (detail) => warnings.push(`cost ${detail}`));
        return { call, warnings };
      }
      return { reason: result.faults.map(toReason).join('; ') };
    } catch (error) {
      // For example, values that are nested too deeply for JSON text.
      return { reason: `could not be read: ${error instanceof Error ? error.message : 'unknown'}` };
    }
  }
}

/** Describes a fault with the value of the file. */
function describeFault({ field, detail }: CallFault, fields: FieldValues): string {
  const value = fields[field.replace('usage.', '') as keyof FieldValues];
  const got =
    value === undefined || detail === 'is required' ? '' : `; got ${formatForMessage(value)}`;
  const isSeconds = field === 'startedAt' && /^1\d{9}(\.\d+)?$/.test(String(value));
  const hint = isSeconds ? ', which looks like seconds: "timeUnit": "s" in the mapping' : '';
  return `${field} ${detail}${got}${hint}`;
}
