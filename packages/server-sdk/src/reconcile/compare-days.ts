import { formatE10 } from '../values/amounts.js';
import { toComparableModel } from './model-name.js';
import type { OwnDay } from './own-days-store.js';
import type { ReportedDay } from './read-report.js';
import type { Figure, ReportFormat } from './report-formats.js';
import { findReasons, type Circumstances, type ComparedDay } from './find-reasons.js';

/** One figure of a day and model, in the provider's report and here. */
export interface ReconciledLine {
  /** UTC, e.g. `2026-11-20`. */
  day: string;
  /** `null`: the provider names no model. */
  model: string | null;
  figure: Figure;
  /** Of costs, ISO 4217. */
  currency: string | null;
  /** A decimal or an integer; `null` when the report has no such row. */
  provider: string | null;
  /** `null` when there is no such call here. */
  ours: string | null;
  /** Ours minus the provider's. */
  difference: string;
  /** Whether the difference exceeds a cent, or 1 % of the provider's figure. */
  isOff: boolean;
  /** Likely reasons of the difference, from what is known here. */
  reasons: string[];
}

/** A cent in units of 1e-10. */
const CENT_E10 = 100_000_000n;
const FIGURES: readonly Figure[] = ['cost', 'calls', 'inputTokens', 'outputTokens'];

/** What is compared. */
export interface Comparison {
  format: ReportFormat;
  reported: readonly ReportedDay[];
  /** Days that the report covers. */
  covered: readonly string[];
  own: readonly OwnDay[];
  circumstances: Circumstances;
}

/** Compares a report with our sums, line by line in the order of days and models. */
export function compareDays(comparison: Comparison): ReconciledLine[] {
  const { format, reported, covered, own } = comparison;
  const isMatch = ({ provider }: OwnDay): boolean => isOfProvider(provider, format.provider);
  const withoutModel = new Set(covered.filter((day) => !hasModel(reported, day)));
  // Of a day that is charged as a whole, our models are added up.
  const toKey = ({ day, model }: OwnDay): string =>
    toLineKey(day, withoutModel.has(day) ? null : toComparableModel(model));
  const ours = groupBy(own.filter(isMatch), toKey);
  const elsewhere = groupBy(
    own.filter((row) => !isMatch(row)),
    toKey,
  );
  const lines = reported.map((row) => {
    const key = toLineKey(row.day, row.model);
    const rows = ours.get(key) ?? [];
    ours.delete(key);
    return { ...row, own: addUp(rows), elsewhere: addUp(elsewhere.get(key) ?? []) };
  });
  return [...lines, ...listUnreported(comparison, ours)]
    .sort((a, b) => (toOrder(a) < toOrder(b) ? -1 : 1))
    .flatMap((line) => toLines(line, comparison));
}

/** Calls here of a provider that charges for none such; a gateway only charges for what went through it. */
function listUnreported(
  { format, covered }: Comparison,
  ours: ReadonlyMap<string, readonly OwnDay[]>,
): ComparedDay[] {
  if (format.provider === null) return [];
  return [...ours].flatMap(([key, rows]) => {
    const [day = '', model = null] = JSON.parse(key) as [string, string | null];
    const named = rows.filter(({ provider }) => provider !== null);
    if (!covered.includes(day) || named.length === 0) return [];
    return [{ day, model, currency: null, figures: null, own: addUp(named), elsewhere: null }];
  });
}

function toLines(day: ComparedDay, { format, circumstances }: Comparison): ReconciledLine[] {
  return FIGURES.filter((figure) => format.figures[figure] !== undefined)
    .filter((figure) => day.figures === null || day.figures[figure] !== undefined)
    .map((figure) => toLine(day, figure, circumstances));
}

function toLine(day: ComparedDay, figure: Figure, circumstances: Circumstances): ReconciledLine {
  const reported = day.figures?.[figure] ?? null;
  const own = readOwn(day, figure, circumstances);
  const difference = (own ?? 0n) - (reported ?? 0n);
  const show = figure === 'cost' ? formatE10 : String;
  return {
    day: day.day,
    model: day.model,
    figure,
    currency: figure === 'cost' ? (day.currency ?? circumstances.currency) : null,
    provider: reported === null ? null : show(reported),
    ours: own === null ? null : show(own),
    difference: show(difference),
    isOff: isOff(figure, difference, reported ?? 0n),
    reasons: difference === 0n ? [] : findReasons({ day, figure, difference }, circumstances),
  };
}

/** Our figure; a cost in another currency is none. */
function readOwn(
  { own, currency }: ComparedDay,
  figure: Figure,
  circumstances: Circumstances,
): bigint | null {
  if (own === null) return null;
  if (figure !== 'cost') return own[figure];
  return currency === null || currency === circumstances.currency ? own.costE10 : null;
}

function isOff(figure: Figure, difference: bigint, reported: bigint): boolean {
  const size = difference < 0n ? -difference : difference;
  const whole = reported < 0n ? -reported : reported;
  // Of nothing every difference is more than 1 %; a rounding error of money is not worth a line.
  const isShare = size * 100n > whole && (figure !== 'cost' || whole > 0n);
  return isShare || (figure === 'cost' && size > CENT_E10);
}

/** A provider that is unknown here may be the one of the report. */
function isOfProvider(provider: string | null, wanted: string | null): boolean {
  if (wanted === null || provider === null) return true;
  return provider.toLowerCase().split(/[./:]/, 1)[0] === wanted;
}

const hasModel = (reported: readonly ReportedDay[], day: string): boolean =>
  reported.every((row) => row.day !== day) ||
  reported.some((row) => row.day === day && row.model !== null);

const toLineKey = (day: string, model: string | null): string => JSON.stringify([day, model]);
const toOrder = ({ day, model }: ComparedDay): string => `${day} ${model ?? ''}`;

function groupBy(rows: readonly OwnDay[], toKey: (row: OwnDay) => string): Map<string, OwnDay[]> {
  const groups = new Map<string, OwnDay[]>();
  for (const row of rows) {
    const group = groups.get(toKey(row)) ?? [];
    group.push(row);
    groups.set(toKey(row), group);
  }
  return groups;
}

function addUp(rows: readonly OwnDay[]): OwnDay | null {
  return rows.reduce<OwnDay | null>(
    (sum, row) =>
      sum === null
        ? row
        : {
            ...sum,
            calls: sum.calls + row.calls,
            processingCalls: sum.processingCalls + row.processingCalls,
            unpricedCalls: sum.unpricedCalls + row.unpricedCalls,
            unknownTokenCalls: sum.unknownTokenCalls + row.unknownTokenCalls,
            inputTokens: sum.inputTokens + row.inputTokens,
            outputTokens: sum.outputTokens + row.outputTokens,
            costE10: sum.costE10 + row.costE10,
          },
    null,
  );
}
