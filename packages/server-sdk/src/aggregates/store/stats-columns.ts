import type { Dialect } from '../../db/dialects/dialect.js';
import type { Scope } from '../model/aggregate.js';
import { CallFigures } from '../model/call-figures.js';
import { DurationSketch } from '../sketch/duration-sketch.js';
import { toExactInteger, type ExactInteger } from '../../values/exact-integer.js';

/** Columns of `model_call_stats` that hold figures, in the order in which they are written. */
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
  'ttfb_us',
  'ttfb_samples',
  'ttfbs',
] as const;

/**
 * Values of figures as SQL literals, in the order of {@link FIGURE_COLUMNS}: integers, sketches and null, nothing that came
 * from outside. Two figures are equal when their literals are.
 *
 * @throws TypeError when a sketch's text is damaged
 * @see docs/adr/0038-plain-rows.md for what null stands for
 */
export function toLiterals(figures: CallFigures, scope: Scope): string {
  const { calls, durationSamples, ttfbSamples } = figures;
  const hasSpread = durationSamples > 1;
  const hasTtfb = ttfbSamples > 0;
  return (
    `${calls},${figures.successfulCalls},${figures.failedCalls},${figures.inputTokens},${figures.outputTokens},` +
    `${figures.totalTokens},${figures.credits},${figures.durationUs},${durationSamples},` +
    `${hasSpread ? figures.minDurationUs : null},${hasSpread ? figures.maxDurationUs : null},` +
    `${scope === 'project' ? figures.lastStartedAtMs : null},${toSketchLiteral(figures.durations)},` +
    `${nullIf(calls, figures.inputTokenCalls)},${nullIf(calls, figures.outputTokenCalls)},` +
    `${nullIf(calls, figures.totalTokenCalls)},${nullIf(calls, figures.creditCalls)},` +
    `${nullIf(0, figures.unknownTokenCalls)},${nullIf(0, figures.unknownCreditCalls)},` +
    `${hasTtfb ? figures.ttfbUs : null},${nullIf(0, ttfbSamples)},` +
    (hasTtfb ? toSketchLiteral(figures.ttfbs) : 'null')
  );
}

/** A value that {@link toLiterals} wrote and a database returned, as that literal. */
export function toStoredLiteral(value: string | number | null): string {
  return typeof value === 'string' && !INTEGER.test(value) ? `'${value}'` : String(value);
}

const INTEGER = /^-?\d+$/;

/** The form of a sketch's text; nothing else is written as a literal text. */
const SKETCH = /^[A-Za-z0-9]*$/;

function toSketchLiteral(sketch: DurationSketch): string {
  const text = sketch.toText();
  if (!SKETCH.test(text)) throw new TypeError('The text is not a sketch');
  return `'${text}'`;
}

function nullIf(usual: number, count: number): number | null {
  return count === usual ? null : count;
}

/** Figures of a row or of many, as JSON: in the order of {@link FIGURE_COLUMNS}, nothing null that can be known. */
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
  ttfbUs: number,
  ttfbSamples: number,
  ttfbs: string,
];

/** What a column's null stands for, as an expression. */
const FILLED: Partial<Record<(typeof FIGURE_COLUMNS)[number], string>> = {
  min_duration_us: `coalesce(min_duration_us, case when duration_samples = 1 then duration_us end)`,
  max_duration_us: `coalesce(max_duration_us, case when duration_samples = 1 then duration_us end)`,
  input_token_calls: 'coalesce(input_token_calls, calls)',
  output_token_calls: 'coalesce(output_token_calls, calls)',
  total_token_calls: 'coalesce(total_token_calls, calls)',
  credit_calls: 'coalesce(credit_calls, calls)',
  unknown_token_calls: 'coalesce(unknown_token_calls, 0)',
  unknown_credit_calls: 'coalesce(unknown_credit_calls, 0)',
  ttfb_us: 'coalesce(ttfb_us, 0)',
  ttfb_samples: 'coalesce(ttfb_samples, 0)',
  ttfbs: `coalesce(ttfbs, '')`,
};

/** Expressions of the figures of one row, to be decoded by {@link toFigures}. */
export function rowFigures(dialect: Dialect): string[] {
  return FIGURE_COLUMNS.map((name) =>
    // As text: a JSON number above 2^53 would lose digits.
    name === 'credits_e8' ? dialect.integerAsText(name) : (FILLED[name] ?? name),
  );
}

/** Expressions of the figures of a group of rows, to be decoded by {@link toFigures}. */
export function sumFigures(dialect: Dialect): string[] {
  return FIGURE_COLUMNS.map((name) => {
    const value = FILLED[name] ?? name;
    if (name === 'credits_e8') return dialect.exactSum(name);
    if (name === 'durations' || name === 'ttfbs') return dialect.concat(value);
    if (name === 'min_duration_us') return `min(${value})`;
    if (name === 'max_duration_us' || name === 'last_started_at_ms') return `max(${value})`;
    return dialect.sum(value);
  });
}

/** Decodes what {@link rowFigures} or {@link sumFigures} selected. @param at where in a row of JSON the figures begin */
export function toFigures(row: readonly unknown[], at = 0): CallFigures {
  const values = (at === 0 ? row : row.slice(at)) as unknown as JsonFigures;
  const figures = new CallFigures();
  figures.calls = values[0];
  figures.successfulCalls = values[1];
  figures.failedCalls = values[2];
  figures.inputTokens = values[3];
  figures.outputTokens = values[4];
  figures.totalTokens = values[5];
  figures.credits = toExactSum(values[6]);
  figures.durationUs = values[7];
  figures.durationSamples = values[8];
  figures.minDurationUs = values[9];
  figures.maxDurationUs = values[10];
  figures.lastStartedAtMs = values[11];
  figures.durations = new DurationSketch(values[12]);
  figures.inputTokenCalls = values[13];
  figures.outputTokenCalls = values[14];
  figures.totalTokenCalls = values[15];
  figures.creditCalls = values[16];
  figures.unknownTokenCalls = values[17];
  figures.unknownCreditCalls = values[18];
  figures.ttfbUs = values[19];
  figures.ttfbSamples = values[20];
  figures.ttfbs = new DurationSketch(values[21]);
  return figures;
}

/** Reads what `Dialect.exactSum` gives: an integer, or billions and the remainder. */
function toExactSum(text: string): ExactInteger {
  const [high = '0', low] = text.split(',');
  if (low === undefined) return toExactInteger(high);
  return toExactInteger(String(BigInt(high) * 1_000_000_000n + BigInt(low)));
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
