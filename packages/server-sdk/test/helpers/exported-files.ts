import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import type { ExportFooter, ExportHeader } from '../../src/index.js';
import type { TestServer } from './create-test-usage.js';

/** A file as its reader finds it. */
export interface ReadExport {
  columns: string[];
  /** Rows as texts, numbers, dates or null, by column. */
  rows: Record<string, unknown>[];
  /** What the file says of itself, by name. */
  facts: Map<string, unknown>;
}

/** Lines of JSON as a file has them. */
export interface ReadNdjson {
  header: ExportHeader;
  rows: Record<string, unknown>[];
  /** `null` for a file that is not complete. */
  footer: ExportFooter | null;
}

/** Fetches a file. @returns its bytes @throws Error when the connection broke or the status is another than 200 */
export async function fetchFile(server: TestServer, path: string, user: string): Promise<Buffer> {
  const response = await fetch(`${server.url}/api/usage${path}`, { headers: { 'x-user': user } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${bytes.toString()}`);
  return bytes;
}

/** Reads CSV with another library, strictly: every line must have as many cells. */
export function readCsv(bytes: Buffer, delimiter = ','): ReadExport {
  const lines: string[][] = parse(bytes, { bom: true, delimiter, record_delimiter: '\r\n' });
  const [columns = [], ...others] = lines;
  // A fact is not quoted; a text of a row that begins so is.
  const start = others.findIndex(([first = '']) => first === '# file');
  const facts = others
    .slice(start)
    .map(([name = '', value = '']) => [name.slice(2), value] as const);
  return {
    columns,
    rows: others.slice(0, start).map((row) => toObject(columns, row)),
    facts: new Map(facts),
  };
}

/** Reads a workbook with another library. */
export async function readXlsx(bytes: Buffer): Promise<ReadExport & { sheets: number }> {
  const sheets = await readXlsxFile(bytes, { trim: false });
  const last = sheets.at(-1)?.data ?? [];
  const facts = last.map(
    (cells) => [String(cells[0]), cells.slice(1).find((cell) => cell !== null) ?? null] as const,
  );
  const tables = sheets.slice(0, -1).map(({ data }) => data);
  const columns = (tables[0]?.[0] ?? []).map(String);
  const rows = tables.flatMap((table) => table.slice(1)).map((row) => toObject(columns, row));
  return { columns, rows, facts: new Map(facts), sheets: sheets.length };
}

/** Reads lines of JSON. */
export function readNdjson(bytes: Buffer): ReadNdjson {
  const lines = bytes.toString().split('\n');
  // What follows the last line break is a line that broke off.
  lines.pop();
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const footer = records.at(-1)?.['record'] === 'footer' ? records.pop() : null;
  const [header, ...rows] = records;
  return {
    header: header as unknown as ExportHeader,
    rows,
    footer: (footer ?? null) as ExportFooter | null,
  };
}

function toObject(columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((name, place) => [name, row[place] ?? null]));
}
