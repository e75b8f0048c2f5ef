import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Knex } from 'knex';
import { isMigrated } from '../db/migrate.js';
import { getSqlitePath } from '../db/sqlite/sqlite-file.js';
import type { Level } from '../doctor/doctor-check.js';
import { runDoctor, type CheckReport } from '../doctor/run-doctor.js';
import { systemClock } from '../runtime/clock.js';
import { openCommandDatabase, type DatabaseArguments } from './open-command-database.js';
import { CommandLineError, type Terminal } from './terminal.js';

/** Exit codes of `usage-kit doctor`, for scripts that ask whether something is to be done. */
const DOCTOR_EXIT = { fine: 0, problem: 1, cannotConnect: 2 } as const;

const MARKS: Readonly<Record<Level, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  problem: 'PROBLEM',
};

/** What the command is to do. */
export interface DoctorArguments extends DatabaseArguments {
  json?: boolean | undefined;
}

/**
 * Runs the checks and prints what each found, each statement on a separate line; or one JSON document at the end.
 *
 * @returns the exit code: 1 when there is a problem, 2 when the database cannot be reached
 * @throws CommandLineError for an invalid `--calls`
 */
export async function runDoctorCommand(
  args: DoctorArguments,
  maxLagSeconds: number,
  terminal: Terminal,
): Promise<number> {
  const printer = createPrinter(args.json === true, terminal);
  let opened: ReturnType<typeof openCommandDatabase>;
  try {
    opened = openCommandDatabase(args, terminal, false);
  } catch (error) {
    if (error instanceof CommandLineError) throw error;
    return reportUnreachable(error, '', printer);
  }
  const { database, calls } = opened;
  try {
    const hasTables = await isMigrated(database.writer);
    const subject = { database, calls, maxLagSeconds, clock: systemClock };
    const level = await runDoctor(subject, hasTables, printer.report);
    printer.end(level);
    return level === 'problem' ? DOCTOR_EXIT.problem : DOCTOR_EXIT.fine;
  } catch (error) {
    // A check that fails is reported; only the first look can end here.
    return reportUnreachable(error, describeFile(database.writer), printer);
  } finally {
    await database.close();
  }
}

interface Printer {
  report: (report: CheckReport) => void;
  end: (level: Level) => void;
  fail: (message: string) => void;
}

function createPrinter(isJson: boolean, terminal: Terminal): Printer {
  if (!isJson) {
    return {
      report: (report) => {
        print(report, terminal);
      },
      end: () => undefined,
      fail: (message) => {
        terminal.err(`usage-kit: ${message}`);
      },
    };
  }
  const checks: object[] = [];
  const write = (document: object): void => {
    terminal.out(JSON.stringify({ ...document, checks }, null, 2));
  };
  return {
    report: ({ name, findings }) => {
      checks.push(...findings.map((finding) => ({ name, ...finding })));
    },
    end: (level) => {
      write({ level });
    },
    fail: (message) => {
      write({ level: 'unreachable', error: message });
    },
  };
}

function print({ name, findings }: CheckReport, terminal: Terminal): void {
  for (const { level, text, statements = [] } of findings) {
    terminal.out(`${MARKS[level]} ${name}: ${text}`);
    for (const statement of statements) terminal.out(`       ${statement};`);
  }
}

function reportUnreachable(error: unknown, hint: string, printer: Printer): number {
  const message = error instanceof Error ? error.message : String(error);
  printer.fail(`cannot connect: ${message}${hint}`);
  return DOCTOR_EXIT.cannotConnect;
}

/** What this account of the system may not do with a SQLite file: its log and its index are files of the same folder. */
function describeFile(writer: Knex): string {
  const path = getSqlitePath((writer.client as Knex.Client).config);
  if (path === null || !existsSync(path)) return '';
  const refused = [path, dirname(path)].filter((place) => !isWritable(place));
  if (refused.length === 0) return '';
  return `; this account may not write to ${refused.join(' and ')}: give it the right, or run as the account of the host`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
