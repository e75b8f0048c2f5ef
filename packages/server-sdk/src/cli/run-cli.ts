import { existsSync } from 'node:fs';
import { openDatabase, type Database } from '../db/database.js';
import { isMigrated, migrate } from '../db/migrate.js';
import { requireDriver } from '../db/require-driver.js';
import { toInstant } from '../values/time.js';
import { FileRefused } from '../import/file-record.js';
import { systemClock } from '../runtime/clock.js';
import { createRollupControl, type RollupControl } from '../rollup/rollup-control.js';
import { readCalls } from './calls-option.js';
import { checkCallTable } from '../source/check-call-table.js';
import { createMappedSource } from '../source/mapped-calls.js';
import { parseCommand, type Arguments } from './command-options.js';
import { runConformanceCommand } from './conformance-command.js';
import { runDistribute } from './distribute-command.js';
import { runErase } from './erase-command.js';
import { runImport } from './import-command.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

const HELP = `usage-kit: calls, rollups and migrations of Usage Kit

  usage-kit migrate                 bring the tables up to date
  usage-kit import FILE             import calls from CSV or JSON, gzipped or not, then roll up
  usage-kit rollup                  roll up all that is due
  usage-kit rebuild --from T --to T recompute a range from its calls   [--user DID]
  usage-kit verify --from T --to T  compare a range with its calls     [--user DID]
  usage-kit erase --user DID --yes  delete all that is stored of a user; without --yes say what that is
  usage-kit distribute --engine E   spread a PostgreSQL database by its users: citus, or partitions   [--dry-run]
  usage-kit conformance --url URL   ask a mounted server what an attacker would: see the options
  usage-kit status                  how far the rollup is; exit code 3 when it lags or failed

Options
  --database URL       sqlite:./usage.db, postgres://…, mysql://…; default: USAGE_KIT_DATABASE, else sqlite:./usage.db
  --calls WHERE        aigne-hub, or a JSON file like the option calls; default: the table model_calls
  --grace MINUTES      minutes after its end at which an hour is rolled up (default 5)
  --max-lag SECONDS    status: the lag that is too much (default 7800)
  --help

Options of conformance: it reads only, as two users who each have calls of the last 30 days
  --url URL            where the endpoints are, e.g. https://host.example/api/usage
  --user-a HEADER      "Cookie: session=…" or another header that signs the first user in; or env:NAME of a variable
  --user-b HEADER      the same for the second; both may be repeated

Options of import
  --mapping FILE       a JSON file: columns, constants, defaults, values, durationUnit, ttfbUnit, timeUnit, delimiter,
                       decimal, sequence, idPrefix
  --map FIELD=COLUMN   the column of a field; may be repeated
  --set FIELD=VALUE    a value for every call; may be repeated
  --default FIELD=VALUE  a value where the file has none; may be repeated
  --format csv|jsonl   default: by what the file begins with; JSON may be lines, an array or a page { "data": […] }
  --id-prefix TEXT     begins the ids of calls without one (default import)
  --rejects FILE       writes every rejected record there with its line and the reason, as JSON Lines
  --no-rollup          do not roll up afterwards

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 done but something needs a look.`;

interface Command {
  args: Arguments;
  /** What follows the command's name. */
  operands: string[];
  database: Database;
  rollup: RollupControl;
  terminal: Terminal;
}

const COMMANDS: Record<string, (command: Command) => Promise<number>> = {
  migrate: async ({ database, terminal }) => {
    const names = await migrate(database.writer);
    terminal.out(
      names.length === 0 ? 'The tables are up to date' : `Migrated: ${names.join(', ')}`,
    );
    return EXIT.ok;
  },
  import: async ({ args, operands, database, rollup, terminal }) => {
    const [path, ...rest] = operands;
    if (path === undefined || rest.length > 0) throw new CommandLineError('import takes one file');
    if (!database.calls.isOwn)
      throw new CommandLineError('import writes to model_calls, not --calls');
    await migrate(database.writer);
    return runImport(database, rollup, path, args, terminal);
  },
  rollup: async ({ rollup, terminal }) => {
    const { skipped, hours, rebuiltHours } = await rollup.run({
      onProgress: (progress) => {
        terminal.progress(`${progress.hours} hours`);
      },
    });
    terminal.progress('');
    terminal.out(
      skipped
        ? 'Another instance is rolling up'
        : `${hours} hours rolled up, ${rebuiltHours} rebuilt`,
    );
    return EXIT.ok;
  },
  rebuild: async ({ args, rollup, terminal }) => {
    const { skipped, rebuiltHours } = await rollup.rebuild(toRange(args), {
      onProgress: (progress) => {
        terminal.progress(
          `${progress.rebuiltHours} hours rebuilt, at ${toInstant(progress.hourMs)}`,
        );
      },
    });
    terminal.progress('');
    terminal.out(
      skipped
        ? 'The hours are marked; another instance is at work and rebuilds them'
        : `${rebuiltHours} hours rebuilt`,
    );
    return EXIT.ok;
  },
  verify: async ({ args, rollup, terminal }) => {
    const report = await rollup.verify(toRange(args), {
      onDifference: (difference) => {
        terminal.out(JSON.stringify(difference));
      },
      onProgress: ({ throughMs, buckets }) => {
        terminal.progress(`${buckets} buckets compared, up to ${toInstant(throughMs)}`);
      },
    });
    terminal.progress('');
    const { buckets, pendingHours, differenceCount } = report;
    terminal.out(
      `${buckets} buckets compared, ${differenceCount} differences, ${pendingHours} hours waiting to be rebuilt`,
    );
    return differenceCount > 0 ? EXIT.attention : EXIT.ok;
  },
  erase: ({ args, database, terminal }) => runErase(database, args, terminal),
  distribute: ({ args, database, terminal }) => runDistribute(database, args, terminal),
  status: async ({ args, rollup, terminal }) => {
    const maxLag = toNumber('--max-lag', args['max-lag'], 7800);
    const status = await rollup.status();
    terminal.out(JSON.stringify(status, null, 2));
    const failedLast = (status.lastFailureAt ?? '') > (status.lastSuccessAt ?? '');
    return failedLast || (status.lagSeconds ?? 0) > maxLag ? EXIT.attention : EXIT.ok;
  },
};

/** Runs a command line. @returns its exit code */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { name, args, operands } = parseCommand(argv);
    const run = name === undefined ? undefined : COMMANDS[name];
    // Of a server, not of a database.
    if (name === 'conformance' && !args.help) return await runConformanceCommand(args, terminal);
    if (args.help || !run) {
      terminal.out(HELP);
      return args.help ? EXIT.ok : EXIT.usage;
    }
    return await withDatabase(
      args,
      (database, rollup) => run({ args, operands, database, rollup, terminal }),
      terminal,
      name === 'migrate' || name === 'import',
    );
  } catch (error) {
    return reportError(error, terminal);
  }
}

async function withDatabase(
  args: Arguments,
  work: (database: Database, rollup: RollupControl) => Promise<number>,
  terminal: Terminal,
  migrates: boolean,
): Promise<number> {
  const url = args.database ?? terminal.environment['USAGE_KIT_DATABASE'] ?? 'sqlite:./usage.db';
  const grace = toNumber('--grace', args.grace, 5);
  requireDatabase(url, migrates);
  const calls = args.calls === undefined ? null : readCalls(args.calls);
  const database =
    calls === null ? openDatabase(url) : openDatabase(url, createMappedSource(calls));
  try {
    if (calls !== null) await checkCallTable(database, calls);
    if (!migrates && !(await isMigrated(database.writer))) {
      throw new Error('The database has no tables of Usage Kit yet; run usage-kit migrate');
    }
    return await work(database, createRollupControl(database, systemClock, grace));
  } finally {
    await database.close();
  }
}

/**
 * Checks what can be told before a connection is opened: SQLite would make a file that is not there, and then say that it
 * has no tables.
 */
function requireDatabase(url: string, migrates: boolean): void {
  const [, client = ''] = /^(\w+):/.exec(url) ?? [];
  requireDriver(client === 'mysql' ? 'mysql2' : client);
  const [, file] = /^(?:sqlite3?|file):(?:\/\/)?([^?]+)/.exec(url) ?? [];
  if (migrates || file === undefined || file.includes(':memory:') || existsSync(file)) return;
  throw new Error(`There is no database at ${file}; name another, or run usage-kit migrate`);
}

function toRange({ from, to, user }: Arguments): { from: string; to: string; userDid?: string } {
  if (from === undefined || to === undefined) {
    throw new CommandLineError('--from and --to are required, e.g. 2026-11-01T00:00:00Z');
  }
  return { from, to, ...(user === undefined ? {} : { userDid: user }) };
}

function toNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandLineError(`${option} takes a whole number; got "${text}"`);
}

function reportError(error: unknown, terminal: Terminal): number {
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`usage-kit: ${message}`);
  // The file is not one to import: nothing failed, and it needs a look.
  if (error instanceof FileRefused) return EXIT.attention;
  if (!(error instanceof CommandLineError)) return EXIT.failed;
  terminal.err('usage-kit --help lists the commands');
  return EXIT.usage;
}
