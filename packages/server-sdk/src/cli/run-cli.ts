import type { Database } from '../db/database.js';
import { isMigrated, migrate, refuseForeignHistory } from '../db/migrate.js';
import { toInstant } from '../values/time.js';
import { FileRefused } from '../import/file-record.js';
import { systemClock } from '../runtime/clock.js';
import { createRollupControl, type RollupControl } from '../rollup/rollup-control.js';
import { checkCallTable } from '../source/check-call-table.js';
import { runAlerts } from './alerts-command.js';
import { parseCommand, type Arguments } from './command-options.js';
import { runConformanceCommand } from './conformance-command.js';
import { runCopy } from './copy-command.js';
import { runDistribute } from './distribute-command.js';
import { runDoctorCommand } from './doctor-command.js';
import { runErase } from './erase-command.js';
import { runExport } from './export-command.js';
import { runImport } from './import-command.js';
import { runReconcile } from './reconcile-command.js';
import { runReprice } from './reprice-command.js';
import { openCommandDatabase } from './open-command-database.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

const HELP = `usage-kit: calls, rollups and migrations of Usage Kit

  usage-kit migrate                 create the tables, or migrate them to this version
  usage-kit import FILE             import calls from CSV or JSON, gzipped or not, then roll up
  usage-kit rollup                  roll up all due hours
  usage-kit rebuild --from T --to T recompute a range from its calls   [--user DID]
  usage-kit verify --from T --to T  compare a range with its calls     [--user DID]
  usage-kit reprice --from T --to T price a range again: --prices      [--user DID] [--dry-run]
  usage-kit reconcile --from REPORT FILE  compare a provider's bill or usage with your calls by day and model   [--user DID] [--json]
  usage-kit erase --user DID --yes  delete all rows of a user; without --yes count them
  usage-kit export KIND --user DID --output FILE   write calls, projects, trends or models of a user as csv, xlsx or ndjson
  usage-kit export --user DID --output FOLDER      write all that is stored of a user, a file for each table
  usage-kit copy --to URL           copy all tables to another database, migrated and empty, e.g. from SQLite to PostgreSQL
  usage-kit alerts deliveries       list alerts that could not be delivered   [--user DID] [--all]
  usage-kit alerts retry --user DID --event ID --channel C   send one of them again; enable --webhook ID: one that responded 410
  usage-kit distribute --engine E   distribute a PostgreSQL database by its users: citus, or partitions   [--dry-run]
  usage-kit conformance --url URL   send requests of an attacker to a mounted server: see the options
  usage-kit doctor                  check versions, tables, rights, rollup and, with --calls, the mapping and indexes of your table   [--json]
  usage-kit status                  print the state of the rollup; exit code 3 when it lags or failed

Options
  --database URL       sqlite:./usage.db, postgres://…, mysql://…; default: USAGE_KIT_DATABASE, else sqlite:./usage.db
  --calls WHERE        aigne-hub, or a JSON file like the option calls; default: the table model_calls
  --currency CODE      currency of sums of money, as the option currency (default USD)
  --prices WHERE       import, reprice: genai (the package @pydantic/genai-prices), or a JSON file with a price table; may be repeated
  --credits-per-unit N  import, reprice: credits of a unit of the currency
  --grace MINUTES      minutes after its end at which an hour is rolled up (default 5)
  --max-lag SECONDS    status, doctor: the maximum lag (default 7800)
  --help

Options of conformance, which only reads; each of the two users needs calls of the last 30 days
  --url URL            where the endpoints are, e.g. https://host.example/api/usage
  --user-a HEADER      "Cookie: session=…" or another header that signs the first user in; or env:NAME of a variable
  --user-b HEADER      the same for the second; both may be repeated

Options of export KIND, as the parameters of the endpoint
  --format F           csv (default), xlsx or ndjson;  --delimiter comma|semicolon and --decimal point|comma for csv
  --from T --to T      default: the last 30 days;  --time-zone ZONE (default UTC)
  --project DID --model NAME --status S --type T --search TEXT --min-duration MS --sort-by S --sort-order S
  --granularity G --group-by model|provider|type|project --top N --top-by calls|tokens|credits|cost

Options of import
  --from TOOL          a preset: litellm, openrouter, langfuse, helicone, new-api, portkey, vercel, otlp
  --dry-run            write nothing; print the first calls as they would be stored, and every rejected record
  --mapping FILE       a JSON file: columns, constants, defaults, values, only, durationUnit, ttfbUnit, timeUnit, delimiter,
                       decimal, sequence, idPrefix; its members replace those of the preset
  --map FIELD=COLUMN   the column of a field; may be repeated
  --set FIELD=VALUE    a value for every call; may be repeated
  --default FIELD=VALUE  a value where the file has none; may be repeated
  --format csv|jsonl|otlp  default: by what the file begins with; JSON may be lines, an array or a page { "data": […] }
  --id-prefix TEXT     begins the ids of calls without one (default import)
  --rejects FILE       writes every rejected record there with its line and the reason, as JSON Lines
  --no-rollup          do not roll up afterwards

Reports of reconcile --from: openai-costs, openai-usage, anthropic-costs, anthropic-usage, openrouter, vercel;
exit code 3 when a figure differs by more than a cent or 1 %

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 done but something needs attention.
Of doctor: 0 fine, 1 a problem, 2 cannot connect.`;

const DEFAULT_MAX_LAG_SECONDS = 7800;

interface Command {
  args: Arguments;
  /** The arguments after the command's name. */
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
    if (!args['dry-run']) await migrate(database.writer);
    return runImport({ path, args, database, rollup, terminal });
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
        ? 'The hours are marked dirty; another instance is running and rebuilds them'
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
  reconcile: runReconcile,
  erase: ({ args, database, terminal }) => runErase(database, args, terminal),
  export: ({ args, operands, database, terminal }) => runExport(database, args, operands, terminal),
  alerts: ({ args, operands, database, terminal }) => runAlerts(database, operands, args, terminal),
  reprice: ({ args, database, terminal }) => runReprice(database, args, toRange(args), terminal),
  copy: ({ args, database, terminal }) => runCopy(database, args.to, terminal),
  distribute: ({ args, database, terminal }) => runDistribute(database, args, terminal),
  status: async ({ args, rollup, terminal }) => {
    const maxLag = toNumber('--max-lag', args['max-lag'], DEFAULT_MAX_LAG_SECONDS);
    const status = await rollup.status();
    terminal.out(JSON.stringify(status, null, 2));
    const failedLast = (status.lastFailureAt ?? '') > (status.lastSuccessAt ?? '');
    return failedLast || (status.lagSeconds ?? 0) > maxLag ? EXIT.attention : EXIT.ok;
  },
};

/** Runs a command line. Never throws: errors are printed. @returns its exit code */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { name, args, operands } = parseCommand(argv);
    const run = name === undefined ? undefined : COMMANDS[name];
    // Needs a server, not a database.
    if (name === 'doctor' && !args.help) {
      const maxLagSeconds = toNumber('--max-lag', args['max-lag'], DEFAULT_MAX_LAG_SECONDS);
      return await runDoctorCommand(args, maxLagSeconds, terminal);
    }
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
  const grace = toNumber('--grace', args.grace, 5);
  const { database, calls } = openCommandDatabase(args, terminal, migrates);
  try {
    if (calls !== null) await checkCallTable(database, calls);
    if (!migrates && !(await isMigrated(database.writer))) {
      throw new Error('The database has no tables of Usage Kit yet; run usage-kit migrate');
    }
    if (!migrates) await refuseForeignHistory(database.writer);
    return await work(database, createRollupControl(database, systemClock, grace));
  } finally {
    await database.close();
  }
}

function toRange({ from, to, user }: Arguments): { from: string; to: string; userDid?: string } {
  if (from === undefined || to === undefined) {
    throw new CommandLineError('--from and --to are required, e.g. 2026-11-01T00:00:00Z');
  }
  return { from, to, ...(user === undefined ? {} : { userDid: user }) };
}

function toNumber(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandLineError(`${option} takes an integer; got "${text}"`);
}

function reportError(error: unknown, terminal: Terminal): number {
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`usage-kit: ${message}`);
  // The file cannot be imported: no work failed, and it needs attention.
  if (error instanceof FileRefused) return EXIT.attention;
  if (!(error instanceof CommandLineError)) return EXIT.failed;
  terminal.err('usage-kit --help lists the commands');
  return EXIT.usage;
}
