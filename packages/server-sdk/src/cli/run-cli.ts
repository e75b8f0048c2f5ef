import { parseArgs } from 'node:util';
import { openDatabase, type Database } from '../db/database.js';
import { isMigrated, migrate } from '../db/migrate.js';
import { toInstant } from '../domain/time.js';
import { systemClock } from '../ports/clock.js';
import { createRollupControl, type RollupControl } from '../rollup/rollup-control.js';
import { readCalls } from './calls-option.js';
import { runConformanceCommand, type ConformanceArguments } from './conformance-command.js';
import { runImport, type ImportArguments } from './import-command.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

const HELP = `usage-kit: calls, rollups and migrations of Usage Kit

  usage-kit migrate                 bring the tables up to date
  usage-kit import FILE             import calls from CSV or JSON Lines, then roll up
  usage-kit rollup                  roll up all that is due
  usage-kit rebuild --from T --to T recompute a range from its calls   [--user DID]
  usage-kit verify --from T --to T  compare a range with its calls     [--user DID]
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
  --mapping FILE       a JSON file: columns, constants, defaults, values, durationUnit, timeUnit, sequence, idPrefix
  --map FIELD=COLUMN   the column of a field; may be repeated
  --set FIELD=VALUE    a value for every call; may be repeated
  --default FIELD=VALUE  a value where the file has none; may be repeated
  --format csv|jsonl   default: by the file's ending
  --id-prefix TEXT     begins the ids of calls without one
  --rejects FILE       writes every rejected record there, as JSON Lines
  --no-rollup          do not roll up afterwards

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 done but something needs a look.`;

const OPTIONS = {
  database: { type: 'string' },
  calls: { type: 'string' },
  grace: { type: 'string' },
  'max-lag': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  user: { type: 'string' },
  mapping: { type: 'string' },
  format: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  default: { type: 'string', multiple: true },
  rejects: { type: 'string' },
  'id-prefix': { type: 'string' },
  'no-rollup': { type: 'boolean' },
  url: { type: 'string' },
  'user-a': { type: 'string', multiple: true },
  'user-b': { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Arguments extends ImportArguments, ConformanceArguments {
  database?: string | undefined;
  calls?: string | undefined;
  grace?: string | undefined;
  'max-lag'?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  user?: string | undefined;
  help?: boolean | undefined;
}

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
    const { values, positionals } = parse(argv);
    const [name, ...operands] = positionals;
    if (values.help || name === undefined) {
      terminal.out(HELP);
      return values.help ? EXIT.ok : EXIT.usage;
    }
    // Of a server, not of a database.
    if (name === 'conformance') return await runConformanceCommand(values, terminal);
    const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!run) throw new CommandLineError(`There is no command "${name}"`);
    return await withDatabase(
      values,
      (database, rollup) => run({ args: values, operands, database, rollup, terminal }),
      terminal,
      name === 'migrate' || name === 'import',
    );
  } catch (error) {
    return reportError(error, terminal);
  }
}

function parse(argv: readonly string[]): { values: Arguments; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
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
  const database =
    args.calls === undefined ? openDatabase(url) : openDatabase(url, readCalls(args.calls));
  try {
    if (!migrates && !(await isMigrated(database.writer))) {
      throw new Error('The database has no tables of Usage Kit yet; run usage-kit migrate');
    }
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

function toNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandLineError(`${option} takes a whole number; got "${text}"`);
}

function reportError(error: unknown, terminal: Terminal): number {
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`usage-kit: ${message}`);
  if (!(error instanceof CommandLineError)) return EXIT.failed;
  terminal.err('usage-kit --help lists the commands');
  return EXIT.usage;
}
