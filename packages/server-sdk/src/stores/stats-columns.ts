import type { Dialect } from '../db/dialect.js';
import type { BulkColumn } from '../db/write-dialect.js';
import { CallFigures } from '../domain/call-figures.js';
import { DurationSketch } from '../domain/duration-sketch.js';
import { toExact } from '../domain/exact-integer.js';

/** Columns of `model_call_stats` that hold figures, in the order in which they are read. */
export const FIGURE_COLUMNS = [
  'calls',
  'successful_calls',
  'failed_calls',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'credits_e8',
  'duration_us',
  'duration_samples',
  'min_duration_us',
  'max_duration_us',
  'last_started_at_ms',
  'durations',
  'input_token_calls',
  'output_token_calls',
  'total_token_calls',
  'credit_calls',
  'unknown_token_calls',
  'unknown_credit_calls',
] as const;

/** What {@link figureColumns} gives, as JSON. */
export type JsonFigures = [
  calls: number,
  successfulCalls: number,
  failedCalls: number,
  inputTokens: number,
  outputTokens: number,
  totalTokens: number,
  creditsE8: string,
  durationUs: number,
  durationSamples: number,
  minDurationUs: number | null,
  maxDurationUs: number | null,
  lastStartedAtMs: number | null,
  durations: string,
  inputTokenCalls: number,
  outputTokenCalls: number,
  totalTokenCalls: number,
  creditCalls: number,
  unknownTokenCalls: number,
  unknownCreditCalls: number,
];
/** The same, to be written; credits travel as text, see {@link toValues}. */
export const FIGURE_BULK_COLUMNS: readonly BulkColumn[] = FIGURE_COLUMNS.map((name) => ({
  name,
  kind: name === 'durations' ? 'text' : 'integer',
}));

export const FIGURE_COLUMN_COUNT = FIGURE_COLUMNS.length;

/** Select expressions of a row's figures, named by their columns. */
export function figureColumns(dialect: Dialect): { expression: string; name: string }[] {
  return FIGURE_COLUMNS.map((name) => ({
    name,
    // As text: a number above 2^53 would lose digits in JSON.
    expression: name === 'credits_e8' ? dialect.integerAsText(name) : name,
  }));
}

/** Figures of a row. */
export function toFigures(row: JsonFigures): CallFigures {
  const figures = new CallFigures();
  figures.calls = row[0];
  figures.successfulCalls = row[1];
  figures.failedCalls = row[2];
  figures.inputTokens = row[3];
  figures.outputTokens = row[4];
  figures.totalTokens = row[5];
  figures.credits = toExact(row[6]);
  figures.durationUs = row[7];
  figures.durationSamples = row[8];
  figures.minDurationUs = row[9];
  figures.maxDurationUs = row[10];
  figures.lastStartedAtMs = row[11];
  figures.durations = new DurationSketch(row[12]);
  figures.inputTokenCalls = row[13];
  figures.outputTokenCalls = row[14];
  figures.totalTokenCalls = row[15];
  figures.creditCalls = row[16];
  figures.unknownTokenCalls = row[17];
  figures.unknownCreditCalls = row[18];
  return figures;
}

/** Values of figures, in the order of {@link FIGURE_COLUMNS}. */
export function toValues(figures: CallFigures): (number | string | null)[] {
  return [
    figures.calls,
    figures.successfulCalls,
    figures.failedCalls,
    figures.inputTokens,
    figures.outputTokens,
    figures.totalTokens,
    // As text: a JSON number above 2^53 would lose digits on its way; the column turns it back into an integer.
    figures.credits.toString(),
    figures.durationUs,
    figures.durationSamples,
    figures.minDurationUs,
    figures.maxDurationUs,
    figures.lastStartedAtMs,
    figures.durations.toText(),
    figures.inputTokenCalls,
    figures.outputTokenCalls,
    figures.totalTokenCalls,
    figures.creditCalls,
    figures.unknownTokenCalls,
    figures.unknownCreditCalls,
  ];
}

const MAX_BIGINT = 2n ** 63n - 1n;

/** Whether the columns hold figures exactly: sums of other programs' calls may be beyond 64 bits. */
export function isStorable(figures: CallFigures): boolean {
  const credits = figures.creditsE8 < 0n ? -figures.creditsE8 : figures.creditsE8;
  const { inputTokens, outputTokens, totalTokens, durationUs } = figures;
  return (
    credits <= MAX_BIGINT &&
    [inputTokens, outputTokens, totalTokens, durationUs].every(Number.isSafeInteger)
  );
}
