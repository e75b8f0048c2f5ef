import { createWriteStream, existsSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXPORT_KINDS, type ExportKind } from '../contract/exports.js';
import type { Database } from '../db/database.js';
import { UsageError } from '../errors.js';
import { exportStored } from '../exports/export-stored.js';
import { ExportSlots } from '../exports/export-slots.js';
import type { ExportFile } from '../exports/start-export.js';
import { createExports, type ExportCreation } from '../http/exports/create-exports.js';
import { createProjectDescriber } from '../queries/project-info.js';
import { createProviderDescriber } from '../queries/provider-info.js';
import { createQuotaService } from '../quota/quota-service.js';
import { systemClock } from '../runtime/clock.js';
import { consoleLogger } from '../runtime/logger.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** The parameter of the endpoint for each option of `usage-kit export` that is about a kind. */
export const EXPORT_PARAMETERS = {
  format: 'format',
  from: 'from',
  to: 'to',
  'time-zone': 'timeZone',
  project: 'appDid',
  model: 'model',
  status: 'status',
  type: 'type',
  search: 'search',
  'min-duration': 'minDurationMs',
  'sort-by': 'sortBy',
  'sort-order': 'sortOrder',
  granularity: 'granularity',
  'group-by': 'groupBy',
  top: 'top',
  'top-by': 'topBy',
  delimiter: 'delimiter',
  decimal: 'decimal',
} as const;

type ExportParameter = keyof typeof EXPORT_PARAMETERS;

/** Options of `usage-kit export` as parsed. */
export type ExportArguments = {
  [Option in ExportParameter | 'user' | 'output']?: string | undefined;
};

/** A person may want all years, and a command has the time for them. */
const LIMITS = { maxRangeDays: 3660, maxTrendPoints: 100_000 };
const DEADLINE_MS = 24 * 3_600_000;

/**
 * Writes a file with what the elements show of a user; without a kind, a folder with all that is stored of the user. What is
 * being written has `.partial` at the end of its name, so that a file that is there is complete.
 *
 * @param operands the kind, or none
 * @returns the exit code
 * @throws CommandLineError
 */
export async function runExport(
  database: Database,
  args: ExportArguments,
  operands: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [kind, ...rest] = operands;
  const { user, output } = args;
  if (rest.length > 0) throw new CommandLineError('export takes one kind');
  if (user === undefined) throw new CommandLineError('export takes --user');
  if (output === undefined) throw new CommandLineError('export takes --output');
  if (existsSync(output)) throw new CommandLineError(`There is something at ${output} already`);
  if (kind === undefined) return exportPerson(database, { user, output }, args, terminal);
  if (!isKind(kind)) {
    throw new CommandLineError(`There is no export "${kind}"; use ${KINDS.join(', ')}`);
  }
  const file = await startFile(database, { ...toParams(args), userDid: user, kind });
  await writeBesides(output, (partial) => pipeline(file.stream, createWriteStream(partial)));
  terminal.out(`Wrote ${output}`);
  return EXIT.ok;
}

/** The ledger is the quota provider's, which only the host has. */
const KINDS: readonly string[] = EXPORT_KINDS.filter((kind) => kind !== 'ledger');

function isKind(kind: string): kind is Exclude<ExportKind, 'ledger'> {
  return KINDS.includes(kind);
}

/** @throws CommandLineError for a parameter that is refused */
async function startFile(database: Database, request: object): Promise<ExportFile> {
  const logger = consoleLogger;
  const exports = createExports(
    {
      database,
      describe: createProjectDescriber(null, logger),
      describeProviders: createProviderDescriber(null, logger),
      quota: createQuotaService({ database, provider: null, logger, deadlineMs: 1000 }),
      slots: new ExportSlots(1),
      exportDeadlineMs: DEADLINE_MS,
      logger,
    },
    systemClock,
    LIMITS,
  );
  try {
    // Parameters are checked there, as those of a request.
    return await exports.create(request as ExportCreation);
  } catch (error) {
    if (error instanceof UsageError && error.status < 500) {
      throw new CommandLineError(error.message);
    }
    throw error;
  }
}

function toParams(args: ExportArguments): Record<string, string | undefined> {
  const named = Object.entries(EXPORT_PARAMETERS).map(([option, parameter]) => [
    parameter,
    args[option as ExportParameter],
  ]);
  return { ...(Object.fromEntries(named) as object), format: args.format ?? 'csv' };
}

async function exportPerson(
  database: Database,
  { user, output }: { user: string; output: string },
  args: ExportArguments,
  terminal: Terminal,
): Promise<number> {
  const other = Object.keys(args).find((name) => Object.hasOwn(EXPORT_PARAMETERS, name));
  if (other !== undefined) {
    throw new CommandLineError(
      `--${other} is for the export of a kind; name it: ${KINDS.join(', ')}`,
    );
  }
  await writeBesides(output, async (partial) => {
    await mkdir(partial, { recursive: true });
    const rows = await exportStored(database, user, (table, lines) => {
      if (lines !== '') terminal.progress(table);
      return appendFile(join(partial, `${table}.ndjson`), lines);
    });
    terminal.progress('');
    const about = { userDid: user, asOf: new Date(systemClock.now()).toISOString(), rows };
    const text = JSON.stringify({ ...about, complete: true }, null, 2);
    await writeFile(join(partial, 'about.json'), `${text}\n`);
    for (const [table, count] of Object.entries(rows)) terminal.out(`  ${table}: ${count}`);
  });
  terminal.out(`Wrote ${output}`);
  if (!database.calls.isOwn) {
    terminal.out(`Rows of "${database.calls.name}" are yours to give.`);
  }
  return EXIT.ok;
}

/** Writes to another name first, which is removed when the work fails. */
async function writeBesides(
  output: string,
  work: (partial: string) => Promise<unknown>,
): Promise<void> {
  const partial = `${output}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await work(partial);
    await rename(partial, output);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}
