import { closeSync, existsSync, openSync, realpathSync, writeSync } from 'node:fs';
import type { Database } from '../db/database.js';
import { importCalls, type ImportReport, type RejectedRecord } from '../import/import-calls.js';
import { systemClock } from '../runtime/clock.js';
import type { RollupControl } from '../rollup/rollup-control.js';
import { formatCall } from './format-call.js';
import { readMappingOptions, type MappingArguments } from './mapping-options.js';
import { readPrices, type PricesArguments } from './prices-option.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit import` as parsed. */
export interface ImportArguments extends PricesArguments, MappingArguments {
  rejects?: string | undefined;
  'no-rollup'?: boolean | undefined;
  'dry-run'?: boolean | undefined;
}

const MESSAGES_SHOWN = 20;
/** Calls that a dry run prints. */
const CALLS_SHOWN = 5;
/** Maximum length of a record in the file of rejects, characters of JSON; longer ones are truncated. */
const MAX_REJECT_LENGTH = 1_000_000;

/** What an import runs on. */
export interface ImportCommand {
  /** The file to import. */
  path: string;
  args: ImportArguments;
  database: Database;
  rollup: RollupControl;
  terminal: Terminal;
}

/**
 * Imports a file and rolls up the hours of its calls. A dry run needs no database: it prints the first calls as they would be
 * stored, and all records that are rejected.
 *
 * @returns the exit code: 3 when records were rejected, values rounded or unknown, or no record was a call
 * @throws CommandLineError for a malformed option; FileRefused and TypeError as {@link importCalls}
 */
export async function runImport({
  path,
  args,
  database,
  rollup,
  terminal,
}: ImportCommand): Promise<number> {
  const mapping = readMappingOptions(args);
  const isDryRun = args['dry-run'] === true;
  let shown = 0;
  const pricing = readPrices(args);
  const rejects = args.rejects === undefined ? null : openRejects(args.rejects, path);
  const messages = new Messages(terminal, isDryRun ? Infinity : MESSAGES_SHOWN);
  let report: ImportReport;
  try {
    report = await importCalls(database, {
      path,
      mapping,
      nowMs: systemClock.now(),
      pricing,
      dryRun: isDryRun,
      onCall: (call) => {
        if (isDryRun && shown < CALLS_SHOWN) terminal.out(formatCall(call));
        shown += 1;
      },
      onReject: (rejected) => {
        rejects?.write(rejected);
        messages.show(`line ${rejected.line}: ${rejected.reason}`);
      },
      onWarning: ({ line, reason }) => {
        messages.show(`line ${line}: ${reason}`);
      },
      onProgress: ({ records, rejected }) => {
        terminal.progress(`${records.toLocaleString('en')} records, ${rejected} rejected`);
      },
    });
  } finally {
    rejects?.close();
  }
  terminal.progress('');
  messages.showOmitted(
    rejects ? `see ${args.rejects ?? ''}` : 'use --rejects FILE to store rejected records',
  );
  terminal.out(isDryRun ? formatDryRun(report, shown) : formatSummary(report));
  if (!args['no-rollup'] && !isDryRun) await runRollup(rollup, terminal);
  const isAllLeftOut = shown === 0 && Object.keys(report.leftOut).length > 0;
  return report.rejected + report.warnings > 0 || isAllLeftOut ? EXIT.attention : EXIT.ok;
}

async function runRollup(rollup: RollupControl, terminal: Terminal): Promise<void> {
  const { hours, rebuiltHours } = await rollup.run({
    onProgress: (progress) => {
      terminal.progress(`${progress.hours} hours rolled up`);
    },
  });
  terminal.progress('');
  terminal.out(`${hours} hours rolled up, ${rebuiltHours} rebuilt`);
}

function formatSummary(report: ImportReport): string {
  const { records, inserted, updated, rejected } = report;
  const counts = `${records} records: ${inserted} new calls, ${updated} known, ${rejected} rejected`;
  return counts + formatRest(report);
}

function formatDryRun(report: ImportReport, calls: number): string {
  const counts = `${report.records} records: ${calls} calls, ${report.rejected} rejected`;
  return `${counts}${formatRest(report)}. Nothing was written (--dry-run)`;
}

function formatRest({ warnings, leftOut }: ImportReport): string {
  const kinds = Object.entries(leftOut).map(([kind, count]) => `${count} of ${kind}`);
  const rest = kinds.length === 0 ? '' : `; left out, as they are no calls: ${kinds.join(', ')}`;
  return warnings === 0 ? rest : `${rest}; ${warnings} values rounded or unknown`;
}

/** Prints the first messages, and how many it omitted. */
class Messages {
  #count = 0;

  constructor(
    readonly terminal: Terminal,
    readonly max: number,
  ) {}

  show(text: string): void {
    if (this.#count < this.max) this.terminal.err(text);
    this.#count += 1;
  }

  showOmitted(hint: string): void {
    const more = this.#count - this.max;
    if (more > 0) this.terminal.err(`… and ${more} more; ${hint}`);
  }
}

/** The file of rejected records. */
interface Rejects {
  write(rejected: RejectedRecord): void;
  close(): void;
}

/** Opens the file of rejected records. @throws CommandLineError when it can't be written, or is the file that is imported */
function openRejects(rejectsPath: string, path: string): Rejects {
  if (
    existsSync(rejectsPath) &&
    existsSync(path) &&
    realpathSync(rejectsPath) === realpathSync(path)
  ) {
    throw new CommandLineError('--rejects names the file that is imported');
  }
  let file: number;
  try {
    file = openSync(rejectsPath, 'w');
  } catch (error) {
    throw new CommandLineError(`--rejects: ${error instanceof Error ? error.message : ''}`);
  }
  return {
    write: (rejected) => {
      writeSync(file, `${formatReject(rejected)}\n`);
    },
    close: () => {
      closeSync(file);
    },
  };
}

/** Formats a record as it was read; its text where it could not be read, or is too large or too deeply nested. */
function formatReject({ line, reason, values, text }: RejectedRecord): string {
  try {
    const whole = values === null ? '' : JSON.stringify({ line, reason, record: values });
    if (whole !== '' && whole.length <= MAX_REJECT_LENGTH) return whole;
  } catch {
    // Nested too deeply: the text is written.
  }
  return JSON.stringify({ line, reason, text: text.slice(0, MAX_REJECT_LENGTH) });
}
