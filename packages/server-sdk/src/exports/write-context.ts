import type { TimeSlices } from '../runtime/time-slices.js';
import type { FileForm } from './export-query.js';
import type { ExportRow } from './export-table.js';

/** What a file is written with. */
export interface WriteContext {
  form: FileForm;
  /** The IANA zone that instants are shown in. */
  timeZone: string;
  slices: TimeSlices;
}

/** Rows that are formatted without a pause: about half a millisecond of work. */
const ROWS_PER_SLICE = 25;

/** Cuts batches so that formatting them does not hold the event loop; in between, requests are answered. */
export async function* sliceRows(
  batches: AsyncIterable<readonly ExportRow[]>,
  slices: TimeSlices,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const batch of batches) {
    for (let start = 0; start < batch.length; start += ROWS_PER_SLICE) {
      await slices.yieldIfDue();
      yield batch.slice(start, start + ROWS_PER_SLICE);
    }
  }
}
