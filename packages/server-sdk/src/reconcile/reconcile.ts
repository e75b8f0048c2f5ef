import type { Database } from '../db/database.js';
import { readInSnapshot } from '../db/transaction.js';
import type { Clock } from '../runtime/clock.js';
import { toInstant } from '../values/time.js';
import { compareDays, type ReconciledLine } from './compare-days.js';
import { readOwnDays, readSumsCurrency } from './own-days-store.js';
import { readReport } from './read-report.js';
import type { ReportFormat } from './report-formats.js';

/** What is compared with what. */
export interface ReconcileOptions {
  /** Files of one report. */
  paths: readonly string[];
  format: ReportFormat;
  /** `null`: all users. */
  userDid: string | null;
  /** Calls before it are archived; `null`: none. */
  archivedBefore: string | null;
}

/** A provider's report compared with our sums. */
export interface ReconcileReport {
  /** UTC days, both included. */
  fromDay: string;
  toDay: string;
  lines: ReconciledLine[];
  /** Why rows of the files could not be read, of the first ones. */
  faults: string[];
  /** Rows that could not be read. */
  faultCount: number;
  /** Whether a file says that there is more of the report. */
  isPartial: boolean;
}

/**
 * Compares a provider's report of costs or usage with our sums by UTC day and model.
 *
 * @throws FileRefused when a file can't be read; StatementError when the database fails
 */
export async function reconcile(
  database: Database,
  clock: Clock,
  { paths, format, userDid, archivedBefore }: ReconcileOptions,
): Promise<ReconcileReport> {
  const { days, covered, faults, faultCount, isPartial } = await readReport(paths, format);
  const [fromDay = '', toDay = fromDay] = [covered[0], covered.at(-1)];
  const { own, currency } = await readInSnapshot(database, async (transaction) => ({
    own: await readOwnDays(transaction, { fromDay, toDay, userDid }),
    currency: await readSumsCurrency(transaction),
  }));
  const lines = compareDays({
    format,
    reported: days,
    covered,
    own,
    circumstances: {
      currency,
      today: toInstant(clock.now()).slice(0, 10),
      archivedBefore: archivedBefore?.slice(0, 10) ?? null,
      isOneUser: userDid !== null,
    },
  });
  return { fromDay, toDay, lines, faults, faultCount, isPartial };
}
