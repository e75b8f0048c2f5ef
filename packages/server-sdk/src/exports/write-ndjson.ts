import type { ExportFooter } from '../contract/exports.js';
import { toInstant } from '../values/time.js';
import type { ByteSink } from './byte-sink.js';
import type { ExportColumn, ExportRow, ExportTable, ExportValue } from './export-table.js';
import { sliceRows, type WriteContext } from './write-context.js';

/**
 * Writes a table as lines of JSON: first what the file says of itself (`"record":"header"`), then a line for each row
 * (`"record":"row"`), at last the totals (`"record":"footer"`, with `"complete":true`). Values are those of the HTTP API.
 */
export async function writeNdjson(
  table: ExportTable,
  sink: ByteSink,
  { slices }: WriteContext,
): Promise<ExportFooter> {
  await sink.write(toLine(table.header));
  for await (const rows of sliceRows(table.readBatches(), slices)) {
    await sink.write(rows.map((row) => toLine(toObject(table.columns, row))).join(''));
  }
  const footer = table.finish();
  await sink.write(toLine(footer));
  return footer;
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function toObject(columns: readonly ExportColumn[], row: ExportRow): Record<string, ExportValue> {
  const object: Record<string, ExportValue> = { record: 'row' };
  for (const [place, { name, type }] of columns.entries()) {
    const value = row[place] ?? null;
    object[name] = type === 'instant' && typeof value === 'number' ? toInstant(value) : value;
  }
  return object;
}
