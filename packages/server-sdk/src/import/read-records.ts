import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse, type CsvError } from 'csv-parse';

/** One record of a file, or why it could not be read. */
export interface FileRecord {
  /** Line that the record ends on, from 1. */
  line: number;
  /** Values by column or key. */
  values: Record<string, unknown> | null;
  fault: string | null;
}

/** Streams a CSV file with a header row; a record that is not CSV is given out with its fault. */
export async function* readCsv(path: string): AsyncGenerator<FileRecord> {
  const faults: FileRecord[] = [];
  const parser = parse({
    columns: true,
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      faults.push({
        line: Number(error?.['lines'] ?? 0),
        values: null,
        fault: error?.message ?? 'not CSV',
      });
      return undefined;
    },
  });
  const input = createReadStream(path);
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  for await (const item of parser as AsyncIterable<{
    record: Record<string, unknown>;
    info: { lines: number };
  }>) {
    // The parser runs ahead: faults of later lines wait, so that records keep the numbers that make their ids.
    while ((faults[0]?.line ?? Infinity) < item.info.lines) yield* faults.splice(0, 1);
    yield { line: item.info.lines, values: item.record, fault: null };
  }
  yield* faults;
}

/** Streams a file with a JSON object on each line; empty lines are passed over. */
export async function* readJsonLines(path: string): AsyncGenerator<FileRecord> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield parseLine(line, line === 1 ? text.replace(/^\uFEFF/, '') : text);
  }
}

function parseLine(line: number, text: string): FileRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, values: value as Record<string, unknown>, fault: null };
    }
    return { line, values: null, fault: 'not a JSON object' };
  } catch {
    return { line, values: null, fault: 'not JSON' };
  }
}
