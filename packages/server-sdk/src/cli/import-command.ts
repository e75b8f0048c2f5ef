import { closeSync, existsSync, openSync, readFileSync, realpathSync, writeSync } from 'node:fs';
import type { Database } from '../db/database.js';
import { importCalls, type ImportReport, type RejectedRecord } from '../import/import-calls.js';
import { checkMapping, type ImportMapping } from '../import/mapping.js';
import type { RollupControl } from '../rollup/rollup-control.js';
import { readPrices, type PricesArguments } from './prices-option.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit import` as parsed. */
export interface ImportArguments extends PricesArguments {
  mapping?: string | undefined;
  format?: string | undefined;
  map?: string[] | undefined;
  set?: string[] | undefined;
  default?: string[] | undefined;
  rejects?: string | undefined;
  'id-prefix'?: string | undefined;
  'no-rollup'?: boolean | undefined;
}

const MESSAGES_SHOWN = 20;
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
 * Imports a file and rolls up the hours of its calls.
 *
 * @returns the exit code: 3 when records were rejected, or values rounded or unknown
 * @throws CommandLineError for a malformed option; FileRefused and TypeError as {@link importCalls}
 */
export async function runImport({
  path,
  args,
  database,
  rollup,
  terminal,
}: ImportCommand): Promise<number> {
  const mapping = toMapping(args);
  const pricing = readPrices(args);
  const rejects = args.rejects === undefined ? null : openRejects(args.rejects, path);
  const messages = new Messages(terminal);
  let report: ImportReport;
  try {
    report = await importCalls(database, {
      path,
      mapping,
      pricing,
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
  terminal.out(formatSummary(report));
  if (!args['no-rollup']) {
    const { hours, rebuiltHours } = await rollup.run({
      onProgress: (progress) => {
        terminal.progress(`${progress.hours} hours rolled up`);
      },
    });
    terminal.progress('');
    terminal.out(`${hours} hours rolled up, ${rebuiltHours} rebuilt`);
  }
  return report.rejected + report.warnings > 0 ? EXIT.attention : EXIT.ok;
}

function formatSummary({ records, inserted, updated, rejected, warnings }: ImportReport): string {
  const counts = `${records} records: ${inserted} new calls, ${updated} known, ${rejected} rejected`;
  return warnings === 0 ? counts : `${counts}; ${warnings} values rounded or unknown`;
}

/** Prints the first messages, and how many it omitted. */
class Messages {
  #count = 0;

  constructor(readonly terminal: Terminal) {}

  show(text: string): void {
    if (this.#count < MESSAGES_SHOWN) this.terminal.err(text);
    this.#count += 1;
  }

  showOmitted(hint: string): void {
    const more = this.#count - MESSAGES_SHOWN;
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

/** Reads the mapping file and applies the options to it. @throws CommandLineError that names the part at fault */
function toMapping(args: ImportArguments): ImportMapping {
  const file: ImportMapping = args.mapping === undefined ? {} : readMapping(args.mapping);
  try {
    return checkMapping({
      ...file,
      ...(args.format === undefined ? {} : { format: args.format }),
      ...(args['id-prefix'] === undefined ? {} : { idPrefix: args['id-prefix'] }),
      columns: { ...file.columns, ...toPairs('--map', args.map) },
      constants: { ...file.constants, ...toPairs('--set', args.set) },
      defaults: { ...file.defaults, ...toPairs('--default', args.default) },
    });
  } catch (error) {
    if (error instanceof CommandLineError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(reason.replace(/^mapping\./, ''));
  }
}

function readMapping(path: string): ImportMapping {
  try {
    return checkMapping(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--mapping ${path}: ${reason}`);
  }
}

function toPairs(option: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandLineError(`${option} takes field=value; got "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
