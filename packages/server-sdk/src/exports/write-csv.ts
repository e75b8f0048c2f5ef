import { stringify } from 'csv-stringify/sync';
import type { ExportFooter } from '../contract/exports.js';
import type { ByteSink } from './byte-sink.js';
import type { FileForm } from './export-query.js';
import type { ColumnType, ExportColumn, ExportRow, ExportTable } from './export-table.js';
import { listFacts } from './file-facts.js';
import { guardFormula } from './guard-formula.js';
import { LocalTime } from './local-time.js';
import { sliceRows, type WriteContext } from './write-context.js';

/** Without it Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Begins the first cell of each line after the table. */
const FACT_MARK = '# ';
/** Quoted in rows, so that a reader which skips lines that begin with `#` skips facts only. */
const COMMENT = /^#/;

/**
 * Writes a table as CSV (RFC 4180): the names of the columns, the rows, then what the file says of itself, a line for each
 * fact, whose first cell begins with `# `. Every line has as many cells as there are columns. The last line is
 * `# complete,true`.
 *
 * @see docs/adr/0026-exports.md
 */
export async function writeCsv(
  table: ExportTable,
  sink: ByteSink,
  { form, timeZone, slices }: WriteContext,
): Promise<ExportFooter> {
  const { columns, header } = table;
  const write = createLineWriter(form, COMMENT);
  const formats = createFormats(form, new LocalTime(timeZone));
  const toCells = columns.flatMap(({ type }, place) =>
    type === 'json' ? [] : [{ place, format: formats[type] }],
  );
  const toFields = (row: ExportRow): string[] =>
    toCells.map(({ place, format }) => {
      const value = row[place] ?? null;
      return value === null || typeof value === 'object' ? '' : format(value);
    });

  await sink.write(BYTE_ORDER_MARK + write([listNames(columns)]));
  for await (const rows of sliceRows(table.readBatches(), slices)) {
    await sink.write(write(rows.map(toFields)));
  }
  const footer = table.finish();
  const facts = listFacts(header, footer).map(({ name, type, value }) => {
    const line = [FACT_MARK + name, value === null ? '' : formats[type](value)];
    return [...line, ...Array.from({ length: toCells.length - line.length }, () => '')];
  });
  await sink.write(createLineWriter(form, null)(facts));
  return footer;
}

function listNames(columns: readonly ExportColumn[]): string[] {
  return columns.filter(({ type }) => type !== 'json').map(({ name }) => name);
}

function createLineWriter(
  { delimiter }: FileForm,
  quotedMatch: RegExp | null,
): (lines: string[][]) => string {
  const options = {
    delimiter: delimiter === 'semicolon' ? ';' : ',',
    record_delimiter: '\r\n',
    quote_record_delimiter: true,
    quoted_match: quotedMatch,
  };
  return (lines) => stringify(lines, options);
}

/** How a value of each type is written. */
function createFormats(
  { decimal }: FileForm,
  localTime: LocalTime,
): Readonly<Record<Exclude<ColumnType, 'json'>, (value: string | number) => string>> {
  const toNumber =
    decimal === 'comma'
      ? (value: string | number) => toPlainNumber(value).replace('.', ',')
      : toPlainNumber;
  return {
    text: (value) => guardFormula(String(value)),
    integer: toPlainNumber,
    number: toNumber,
    decimal: toNumber,
    instant: (value) => localTime.format(Number(value)),
  };
}

/** A number without an exponent, which spreadsheets would round. */
function toPlainNumber(value: string | number): string {
  const text = String(value);
  return typeof value === 'number' && text.includes('e')
    ? value.toFixed(20).replace(/\.?0+$/, '')
    : text;
}
