import type { Database } from '../db/database.js';
import type { ReconciledLine } from '../reconcile/compare-days.js';
import { reconcile, type ReconcileReport } from '../reconcile/reconcile.js';
import { REPORT_FORMATS } from '../reconcile/report-formats.js';
import type { RollupControl } from '../rollup/rollup-control.js';
import { systemClock } from '../runtime/clock.js';
import { formatE10 } from '../values/amounts.js';
import { parseDecimal } from '../values/decimal.js';
import { toHint } from '../values/nearest-name.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit reconcile` as parsed. */
export interface ReconcileArguments {
  from?: string | undefined;
  user?: string | undefined;
  json?: boolean | undefined;
}

/** What a comparison runs on. */
export interface ReconcileCommand {
  /** Files of one report. */
  operands: readonly string[];
  args: ReconcileArguments;
  database: Database;
  rollup: RollupControl;
  terminal: Terminal;
}

const MAX_MODEL_LENGTH = 60;
const FIGURE_NAMES = {
  cost: 'cost',
  calls: 'calls',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
};

/**
 * Compares a provider's report with our sums and prints each line.
 *
 * @returns the exit code: 3 when a difference exceeds a cent or 1 %, or a row could not be read
 * @throws CommandLineError for a missing or unknown `--from`; FileRefused and StatementError as {@link reconcile}
 */
export async function runReconcile({
  operands,
  args,
  database,
  rollup,
  terminal,
}: ReconcileCommand): Promise<number> {
  const { from = '', user, json } = args;
  const format = Object.hasOwn(REPORT_FORMATS, from) ? REPORT_FORMATS[from] : undefined;
  if (!format) {
    const names = Object.keys(REPORT_FORMATS);
    throw new CommandLineError(
      args.from === undefined
        ? `--from is required: ${names.join(', ')}`
        : `--from ${from}: unknown${toHint(from, names)}`,
    );
  }
  if (operands.length === 0) throw new CommandLineError('reconcile takes the files of a report');
  const { archivedBefore } = await rollup.status();
  const report = await reconcile(database, systemClock, {
    paths: operands,
    format,
    userDid: user ?? null,
    archivedBefore,
  });
  if (json) terminal.out(JSON.stringify(report, null, 2));
  else print(report, terminal);
  const isOff = report.lines.some((line) => line.isOff);
  return isOff || report.faultCount > 0 || report.isPartial ? EXIT.attention : EXIT.ok;
}

function print(
  { fromDay, toDay, lines, faults, faultCount, isPartial }: ReconcileReport,
  terminal: Terminal,
): void {
  for (const row of formatTable(lines)) terminal.out(row);
  for (const fault of faults) terminal.err(fault);
  if (faultCount > 0) terminal.err(`${faultCount} rows could not be read`);
  if (isPartial) terminal.err('A file says that there is more of the report (has_more)');
  const off = lines.filter((line) => line.isOff).length;
  const days = fromDay === toDay ? fromDay : `${fromDay} to ${toDay}`;
  terminal.out(
    `${days} UTC: ${lines.length} figures compared, ${off} differ by more than a cent or 1 %${formatTotals(lines)}`,
  );
}

function formatTable(lines: readonly ReconciledLine[]): string[] {
  const cells = [
    ['day', 'model', 'figure', 'provider', 'ours', 'difference', 'likely reason'],
    ...lines.map((line) => [
      line.day,
      formatModel(line.model),
      line.figure === 'cost' ? `cost ${line.currency ?? ''}`.trim() : FIGURE_NAMES[line.figure],
      line.provider ?? '-',
      line.ours ?? '-',
      line.difference,
      `${line.isOff ? '! ' : ''}${line.reasons.join('; ')}`,
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, at) =>
    Math.max(...cells.map((row) => row[at]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return at >= 3 && at <= 5 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A name from a file, without control characters of a terminal. */
function formatModel(model: string | null): string {
  if (model === null) return '(no model)';
  return model.slice(0, MAX_MODEL_LENGTH).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

/** Sums of costs by currency. */
function formatTotals(lines: readonly ReconciledLine[]): string {
  const sums = new Map<string, { provider: bigint; ours: bigint }>();
  for (const { figure, currency, provider, ours } of lines) {
    if (figure !== 'cost' || currency === null) continue;
    const sum = sums.get(currency) ?? { provider: 0n, ours: 0n };
    sums.set(currency, sum);
    sum.provider += parseDecimal(provider ?? '0', 10) ?? 0n;
    sum.ours += parseDecimal(ours ?? '0', 10) ?? 0n;
  }
  return [...sums]
    .map(([currency, { provider, ours }]) => {
      return `; charged ${formatE10(provider)} ${currency}, here ${formatE10(ours)}`;
    })
    .join('');
}
