import type { Database } from '../db/database.js';
import { distribute, planDistribution, type DistributionEngine } from '../db/distribute.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit distribute` as parsed. */
export interface DistributeArguments {
  engine?: string | undefined;
  'dry-run'?: boolean | undefined;
}

const ENGINES: readonly string[] = ['citus', 'partitions'] satisfies DistributionEngine[];

/** Distributes a database by its users, or prints the statements. @returns the exit code @throws CommandLineError without an engine */
export async function runDistribute(
  { writer }: Database,
  { engine, 'dry-run': isDryRun = false }: DistributeArguments,
  terminal: Terminal,
): Promise<number> {
  if (engine === undefined || !ENGINES.includes(engine)) {
    throw new CommandLineError('--engine is required: citus or partitions');
  }
  const statements = await planDistribution(writer, engine as DistributionEngine);
  if (isDryRun) {
    terminal.out(['begin', ...statements, 'commit'].map((statement) => `${statement};`).join('\n'));
    return EXIT.ok;
  }
  await distribute(writer, statements);
  terminal.out(`Distributed by user: ${engine}`);
  return EXIT.ok;
}
