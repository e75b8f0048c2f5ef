import type { ExportFooter } from '../contract/exports.js';
import { toInstant } from '../values/time.js';
import type { ByteSink } from './byte-sink.js';
import type { ExportColumn, ExportRow, ExportTable } from './export-table.js';
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
  const writeRow = createRowWriter(table.columns);
  await sink.write(toLine(table.header));
  for await (const rows of sliceRows(table.readBatches(), slices)) {
    await sink.write(rows.map(writeRow).join(''));
  }
  const footer = table.finish();
  await sink.write(toLine(footer));
  return footer;
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Makes lines of rows. An object with a member for each column would be most of what an export leaves to the garbage collector. */
function createRowWriter(columns: readonly ExportColumn[]): (row: ExportRow) => string {
  const members = columns.map(({ name, type }, place) => {
    const key = `,${JSON.stringify(name)}:`;
    return { place, key, isInstant: type === 'instant' };
  });
  return (row) => {
    let line = '{"record":"row"';
    for (const { place, key, isInstant } of members) {
      const value = row[place] ?? null;
      line +=
        key + JSON.stringify(isInstant && typeof value === 'number' ? toInstant(value) : value);
    }
    return `${line}}\n`;
  };
}
