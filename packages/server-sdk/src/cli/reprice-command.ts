import type { Database } from '../db/database.js';
import { repriceCalls, toRepriceRange } from '../reprice/reprice-calls.js';
import type { CostByCurrency, RepriceReport } from '../reprice/reprice-report.js';
import { readPrices, type PricesArguments } from './prices-option.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit reprice` as parsed. */
export interface RepriceArguments extends PricesArguments {
  'dry-run'?: boolean | undefined;
}

/**
 * Prices calls of a range again and prints what changes.
 *
 * @returns the exit code: 3 when calls are left without a cost
 * @throws CommandLineError without `--prices`, or for a range that is none
 */
export async function runReprice(
  database: Database,
  args: RepriceArguments,
  range: { from: string; to: string; userDid?: string },
  terminal: Terminal,
): Promise<number> {
  const pricing = readPrices(args);
  if (pricing === null) throw new CommandLineError('--prices is required: genai, or a JSON file');
  const report = await repriceCalls(database, {
    ...parseRange(range),
    pricing,
    dryRun: args['dry-run'] === true,
    onProgress: (calls) => {
      terminal.progress(`${calls.toLocaleString('en')} calls`);
    },
  });
  terminal.progress('');
  for (const line of formatReport(report)) terminal.out(line);
  return report.unpricedAfter > 0 ? EXIT.attention : EXIT.ok;
}

function parseRange(range: Parameters<typeof runReprice>[2]): ReturnType<typeof toRepriceRange> {
  try {
    return toRepriceRange(range);
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
  }
}

function formatReport(report: RepriceReport): string[] {
  const { calls, changedCalls, unpricedBefore, unpricedAfter, dryRun } = report;
  return [
    ...report.models.map(({ provider, model, calls: changed, before, after }) => {
      const name = provider === null ? model : `${provider}/${model}`;
      return `${name}: ${formatCosts(before)} to ${formatCosts(after)}, ${changed} of the calls`;
    }),
    `Calls: ${calls}, of which ${changedCalls} ${dryRun ? 'would change' : 'changed'}: ${formatCosts(report.before)} to ${formatCosts(report.after)}`,
    `Without a known cost: ${unpricedBefore} before, ${unpricedAfter} after`,
    ...(dryRun ? ['Nothing was written (--dry-run)'] : []),
  ];
}

function formatCosts(costs: CostByCurrency): string {
  const entries = Object.entries(costs).map(([currency, cost]) => `${cost} ${currency}`);
  return entries.length === 0 ? 'no known cost' : entries.join(' and ');
}
