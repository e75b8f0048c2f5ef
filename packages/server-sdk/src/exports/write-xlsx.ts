import { AsyncResource } from 'node:async_hooks';
import { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET, type CellValue } from 'hucre/xlsx';
import type { ExportFooter } from '../contract/exports.js';
import type { ByteSink } from './byte-sink.js';
import type { ColumnType, ExportColumn, ExportTable, ExportValue } from './export-table.js';
import { listFacts, type FileFact } from './file-facts.js';
import { LocalTime } from './local-time.js';
import { sliceRows, type WriteContext } from './write-context.js';

const DATE_FORMAT = 'yyyy-mm-dd hh:mm:ss.000';
/** What a cell of Excel holds. */
const MAX_TEXT_LENGTH = 32_767;
/** Digits that a double keeps of every decimal. */
const EXACT_DIGITS = 15;
/** As many lines as the last sheet has with every fact, and some more. */
const MIN_LINES = 120;
/** A library that reads nothing of a row of no cells still takes its time; in between, requests are answered. */
const EMPTY_ROWS_PER_SLICE = 2000;

/**
 * Writes a table as a workbook: sheets with the names of the columns and the rows, at most 1,048,576 lines each, and a last
 * sheet with what the file says of itself, whose last line is `complete`, `true`. Instants are dates on the wall clock of the
 * zone that the last sheet names; ids are text; an amount is a number where a double holds it exactly, and text otherwise.
 */
export async function writeXlsx(
  table: ExportTable,
  sink: ByteSink,
  context: WriteContext,
): Promise<ExportFooter> {
  const columns = table.columns.filter(({ type }) => type !== 'json');
  const workbook = new Workbook({ ...table, columns }, context);
  const rows = bindContext(workbook.listLines());
  const stream = writeXlsxStream(rows, {
    name: table.header.kind,
    columns: columns.map(toColumnFormat),
    freezePane: { rows: 1 },
    maxRowsPerSheet: workbook.linesPerSheet,
    repeatHeaders: false,
  });
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await sink.write(value);
    }
  } catch (error) {
    // Ends the reading of rows, and with it their transaction.
    await reader.cancel().catch(() => undefined);
    throw error;
  }
  return workbook.getFooter();
}

function toColumnFormat({ type, name }: ExportColumn): { numFmt?: string; width: number } {
  if (type === 'instant') return { numFmt: DATE_FORMAT, width: 24 };
  return { width: type === 'text' ? 24 : Math.max(12, name.length + 2) };
}

/** Asks for each line in the context of this call: a library may ask in another one, without the signal of the request. */
function bindContext(lines: AsyncGenerator<CellValue[]>): AsyncIterable<CellValue[]> {
  const next = AsyncResource.bind(() => lines.next());
  return { [Symbol.asyncIterator]: () => ({ next, return: () => lines.return(undefined) }) };
}

/** The lines of a workbook, sheet after sheet: the library begins another sheet when one has all the lines that it may have. */
class Workbook {
  /** Known rows fit into one sheet, so that the last sheet begins without a line to skip. */
  readonly linesPerSheet: number;
  readonly #table: ExportTable;
  readonly #context: WriteContext;
  readonly #localTime: LocalTime;
  /** Lines of the sheet that is written. */
  #lines = 0;
  #footer: ExportFooter | null = null;

  constructor(table: ExportTable, context: WriteContext) {
    this.#table = table;
    this.#context = context;
    this.#localTime = new LocalTime(context.timeZone);
    const lines = Math.max(MIN_LINES, table.maxRows + 1);
    this.linesPerSheet = Math.min(lines, XLSX_MAX_ROWS_PER_SHEET);
  }

  /** What the last sheet says. @throws TypeError before that was written */
  getFooter(): ExportFooter {
    if (this.#footer === null) throw new TypeError('The workbook has no last sheet yet');
    return this.#footer;
  }

  async *listLines(): AsyncGenerator<CellValue[]> {
    const { columns } = this.#table;
    const names = columns.map(({ name }) => name);
    yield this.#count(names);
    for await (const rows of sliceRows(this.#table.readBatches(), this.#context.slices)) {
      for (const row of rows) {
        if (this.#lines === this.linesPerSheet) {
          this.#lines = 0;
          yield this.#count(names);
        }
        const cells = columns.map(({ type }, place) => this.#toCell(type, row[place] ?? null));
        yield this.#count(cells);
      }
    }
    this.#footer = this.#table.finish();
    yield* this.#fillSheet();
    yield* this.#listFacts(this.#footer);
  }

  #count(cells: CellValue[]): CellValue[] {
    this.#lines += 1;
    return cells;
  }

  /** Lines without cells, which take no place in the file, up to the end of the sheet. */
  async *#fillSheet(): AsyncGenerator<CellValue[]> {
    for (let line = this.#lines; line < this.linesPerSheet; line += 1) {
      if (line % EMPTY_ROWS_PER_SLICE === 0) await this.#context.slices.yieldIfDue();
      yield [];
    }
  }

  *#listFacts(footer: ExportFooter): Generator<CellValue[]> {
    const { columns, header } = this.#table;
    // A column of dates would show a number as a date.
    const place = columns.findIndex(({ type }, index) => index > 0 && type !== 'instant');
    for (const fact of listFacts(header, footer)) {
      const cells: CellValue[] = [fact.name];
      while (cells.length < place) cells.push(null);
      yield [...cells, this.#toFactCell(fact)];
    }
  }

  #toFactCell({ type, value }: FileFact): CellValue {
    // In a column of another format: as text, with the zone.
    return type === 'instant' && value !== null
      ? this.#localTime.format(Number(value))
      : this.#toCell(type, value);
  }

  #toCell(type: ColumnType, value: ExportValue): CellValue {
    if (value === null || typeof value === 'object') return null;
    if (type === 'instant') return this.#localTime.toWallClock(Number(value));
    if (type === 'text') return toCellText(String(value));
    return type === 'decimal' ? toAmount(String(value)) : Number(value);
  }
}

/** Text as XML and a cell can hold it. */
function toCellText(text: string): string {
  const clean = text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return clean.length <= MAX_TEXT_LENGTH ? clean : `${clean.slice(0, MAX_TEXT_LENGTH - 1)}…`;
}

/** An amount as a number where a double holds all its digits; else as text, because a sum to the last digit is the point. */
function toAmount(decimal: string): CellValue {
  const digits = decimal.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= EXACT_DIGITS ? Number(decimal) : decimal;
}
