import { isMigrated } from '../db/migrate.js';
import { runDoctor, type CheckReport } from '../doctor/run-doctor.js';
import { systemClock } from '../runtime/clock.js';
import { openCommandDatabase, type DatabaseArguments } from './open-command-database.js';
import { CommandLineError, type Terminal } from './terminal.js';

/** Exit codes of `usage-kit doctor`, for scripts that ask whether something is to be done. */
const DOCTOR_EXIT = { fine: 0, todo: 1, cannotConnect: 2 } as const;

const MARKS = { ok: 'ok  ', note: 'note', todo: 'TODO' } as const;

/**
 * Runs the checks and prints what each found, each statement on a separate line.
 *
 * @returns the exit code: 1 when something is to be done, 2 when the database cannot be reached
 * @throws CommandLineError for an invalid `--calls`
 */
export async function runDoctorCommand(
  args: DatabaseArguments,
  maxLagSeconds: number,
  terminal: Terminal,
): Promise<number> {
  let opened: ReturnType<typeof openCommandDatabase>;
  try {
    opened = openCommandDatabase(args, terminal, false);
  } catch (error) {
    if (error instanceof CommandLineError) throw error;
    return reportUnreachable(error, terminal);
  }
  const { database, calls } = opened;
  try {
    const hasTables = await isMigrated(database.writer);
    const subject = { database, calls, maxLagSeconds, clock: systemClock };
    const hasWork = await runDoctor(subject, hasTables, (report) => {
      print(report, terminal);
    });
    return hasWork ? DOCTOR_EXIT.todo : DOCTOR_EXIT.fine;
  } catch (error) {
    // A check that fails is reported; only the first look can end here.
    return reportUnreachable(error, terminal);
  } finally {
    await database.close();
  }
}

function print({ name, findings }: CheckReport, terminal: Terminal): void {
  for (const { level, text, statements = [] } of findings) {
    terminal.out(`${MARKS[level]} ${name}: ${text}`);
    for (const statement of statements) terminal.out(`       ${statement};`);
  }
}

function reportUnreachable(error: unknown, terminal: Terminal): number {
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`usage-kit: cannot connect: ${message}`);
  return DOCTOR_EXIT.cannotConnect;
}
