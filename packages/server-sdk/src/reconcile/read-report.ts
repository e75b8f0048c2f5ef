import { FileRefused } from '../import/file-record.js';
import { openTable } from '../import/open-records.js';
import { readPath } from '../import/read-path.js';
import { readSource, toEpochMs } from '../import/read-source.js';
import { readText } from '../import/read-text.js';
import { isUnknownNumber, isUnknownText } from '../import/read-value.js';
import { roundCost } from '../values/amounts.js';
import { roundDecimal } from '../values/decimal.js';
import { toInstant } from '../values/time.js';
import { toComparableModel } from './model-name.js';
import type { Figure, ReportFormat } from './report-formats.js';

/** Sums of a report for a UTC day and a model. */
export interface ReportedDay {
  day: string;
  /** As it is compared; `null`: the provider names no model. */
  model: string | null;
  /** ISO 4217; `null` for a report without costs. */
  currency: string | null;
  /** Units of 1e-10 of the currency, or numbers of calls and tokens. */
  figures: Partial<Record<Figure, bigint>>;
}

/** What the files of a report say. */
export interface ReadReport {
  days: ReportedDay[];
  /** Days that the report covers, those without a charge too. */
  covered: string[];
  /** Why rows could not be read, of the first ones. */
  faults: string[];
  /** Rows that could not be read. */
  faultCount: number;
  /** Whether a file says that there is more of it. */
  isPartial: boolean;
}

type Values = Record<string, unknown>;

const MAX_FAULTS = 20;

/** Adds up the rows of files by UTC day, model and currency. @throws FileRefused when a file can't be read or has no such row */
export async function readReport(
  paths: readonly string[],
  format: ReportFormat,
): Promise<ReadReport> {
  const sums = new ReportSums(format);
  let isPartial = false;
  for (const path of paths) {
    isPartial ||= await saysThereIsMore(path);
    const { records, comma } = await openTable(
      path,
      {},
      {
        isRecord: (values) => 'start_time' in values || 'starting_at' in values,
        onHeader: () => undefined,
      },
    );
    for await (const { line, values, fault } of records) {
      if (values === null) sums.reject(line, fault ?? 'it could not be read');
      else for (const row of unfoldRows(values)) sums.add(row, comma, line);
    }
  }
  const report = { ...sums.toReport(), isPartial };
  if (report.covered.length > 0) return report;
  const [first = 'no row has a day'] = report.faults;
  throw new FileRefused(`${paths.join(', ')}: no report of the ${format.files} (${first})`);
}

/** The rows of a period, each with its start; a period without rows is one. */
function unfoldRows(values: Values): Values[] {
  const { results, ...period } = values;
  if (!Array.isArray(results)) return [values];
  if (results.length === 0) return [period];
  return results.map((row: unknown) => ({ ...period, ...(row as object) }));
}

class ReportSums {
  readonly #faults: string[] = [];
  #faultCount = 0;
  readonly #covered = new Set<string>();
  readonly #days = new Map<string, ReportedDay>();

  constructor(readonly format: ReportFormat) {}

  reject(line: number, fault: string): void {
    this.#faultCount += 1;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(`line ${line}: ${fault}`);
  }

  add(values: Values, comma: boolean, line: number): void {
    const day = readDay(readSource(this.format.day, toTextInput(values)));
    if (day === null) {
      this.reject(line, 'it has no day');
      return;
    }
    const figures = this.#readFigures(values, comma);
    this.#covered.add(day);
    if (figures.length === 0) {
      if (hasAmount(values)) this.reject(line, 'its amounts could not be read');
      return;
    }
    const { model, currency } = this.#readNames(values);
    const key = JSON.stringify([day, model, currency]);
    const sum = this.#days.get(key) ?? { day, model, currency, figures: {} };
    this.#days.set(key, sum);
    for (const [figure, amount] of figures) {
      sum.figures[figure] = (sum.figures[figure] ?? 0n) + amount;
    }
  }

  #readFigures(values: Values, comma: boolean): [Figure, bigint][] {
    return Object.entries(this.format.figures).flatMap(([name, source]) => {
      const figure = name as Figure;
      const value = readSource(source, { values, comma, isUnknown: isUnknownNumber });
      const amount = toAmount(figure, value, comma);
      return amount === null ? [] : [[figure, amount] as [Figure, bigint]];
    });
  }

  #readNames(values: Values): Pick<ReportedDay, 'model' | 'currency'> {
    const model = readSource(this.format.model, toTextInput(values));
    // OpenAI names what of a model is charged after a comma.
    const name = typeof model === 'string' ? (model.split(', ', 1)[0] ?? '') : '';
    const currency = readSource(this.format.currency ?? [], toTextInput(values));
    return {
      model: isUnknownText(name) ? null : toComparableModel(name),
      currency: this.format.figures.cost === undefined ? null : toCurrency(currency),
    };
  }

  toReport(): Omit<ReadReport, 'isPartial'> {
    const order = ({ day, model }: ReportedDay): string => `${day} ${model ?? ''}`;
    return {
      days: [...this.#days.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
      covered: [...this.#covered].sort(),
      faults: this.#faults,
      faultCount: this.#faultCount,
    };
  }
}

const toTextInput = (values: Values): Parameters<typeof readSource>[1] => ({
  values,
  comma: false,
  isUnknown: isUnknownText,
});

/** Whether a row says anything but its period. */
function hasAmount(values: Values): boolean {
  return ['amount', 'amount_value', 'model'].some((path) => !isUnknownText(readPath(values, path)));
}

function readDay(value: unknown): string | null {
  const day = /^\s*(\d{4}-\d{2}-\d{2})\s*$/.exec(typeof value === 'string' ? value : '')?.[1];
  const ms = toEpochMs(day === undefined ? value : `${day}T00:00:00Z`, 'ms');
  return ms === null || ms < MIN_DAY_MS || ms >= MAX_DAY_MS ? null : toInstant(ms).slice(0, 10);
}

/** Other days are mistakes, such as seconds that are read as milliseconds. */
const MIN_DAY_MS = Date.UTC(2000, 0, 1);
const MAX_DAY_MS = Date.UTC(2200, 0, 1);

function toAmount(figure: Figure, value: unknown, comma: boolean): bigint | null {
  if (isUnknownNumber(value)) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = comma ? String(value).replace(',', '.') : value;
  return figure === 'cost' ? roundCost(text) : roundDecimal(text, 0);
}

function toCurrency(value: unknown): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().toUpperCase() : 'USD';
}

const MORE = /"has_more"\s*:\s*true/;
/** More characters than {@link MORE} usually matches. */
const OVERLAP = 64;

async function saysThereIsMore(path: string): Promise<boolean> {
  let before = '';
  for await (const text of readText(path)) {
    if (MORE.test(before + text)) return true;
    before = text.slice(-OVERLAP);
  }
  return false;
}
