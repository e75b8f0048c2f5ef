import { DurationSketch } from '../domain/duration-sketch.js';
import type { CallFigures } from '../domain/call-figures.js';
import type { Dialect } from '../db/dialect.js';

/** The summed figures of a group of rows as a driver returns them. */
export interface FigureRow {
  calls: number | string;
  successful_calls: number | string;
  failed_calls: number | string;
  input_tokens: number | string;
  output_tokens: number | string;
  total_tokens: number | string;
  credits_e8: string;
  duration_us: number | string;
  duration_samples: number | string;
  min_duration_us: number | string | null;
  max_duration_us: number | string | null;
  last_started_at_ms: number | string | null;
  durations: string | null;
}

/** Select list that sums rows of `model_call_stats`. */
export function sumOfStats(dialect: Dialect): string {
  const sums = [
    'calls',
    'successful_calls',
    'failed_calls',
    'input_tokens',
    'output_tokens',
    'total_tokens',
    'duration_us',
    'duration_samples',
  ].map((column) => `sum(${column}) as ${column}`);
  return [
    ...sums,
    `${dialect.integerAsText('sum(credits_e8)')} as credits_e8`,
    'min(min_duration_us) as min_duration_us',
    'max(max_duration_us) as max_duration_us',
    'max(last_started_at_ms) as last_started_at_ms',
    `${dialect.joinText('durations', '')} as durations`,
  ].join(', ');
}

/** Select list that sums rows of `model_calls`; `durations` is a list of microseconds. */
export function sumOfCalls(dialect: Dialect): string {
  const sampleUs = `case when status = 'success' then duration_us end`;
  return [
    'count(*) as calls',
    `sum(case when status = 'success' then 1 else 0 end) as successful_calls`,
    `sum(case when status = 'failed' then 1 else 0 end) as failed_calls`,
    'coalesce(sum(input_tokens), 0) as input_tokens',
    'coalesce(sum(output_tokens), 0) as output_tokens',
    'coalesce(sum(total_tokens), 0) as total_tokens',
    `${dialect.integerAsText('coalesce(sum(credits_e8), 0)')} as credits_e8`,
    `coalesce(sum(${sampleUs}), 0) as duration_us`,
    `count(${sampleUs}) as duration_samples`,
    `min(${sampleUs}) as min_duration_us`,
    `max(${sampleUs}) as max_duration_us`,
    'max(started_at_ms) as last_started_at_ms',
    `${dialect.joinText(sampleUs, ',')} as durations`,
  ].join(', ');
}

/** Figures of a row of {@link sumOfStats}. */
export function figuresOfStats(row: FigureRow): CallFigures {
  const durations = new DurationSketch();
  durations.addText(row.durations ?? '');
  return { ...decodeFigures(row), durations };
}

/** Figures of a row of {@link sumOfCalls}. */
export function figuresOfCalls(row: FigureRow): CallFigures {
  const durations = new DurationSketch();
  if (row.durations) for (const us of row.durations.split(',')) durations.add(Number(us));
  return { ...decodeFigures(row), durations };
}

function decodeFigures(row: FigureRow): Omit<CallFigures, 'durations'> {
  return {
    calls: Number(row.calls),
    successfulCalls: Number(row.successful_calls),
    failedCalls: Number(row.failed_calls),
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    totalTokens: Number(row.total_tokens),
    creditsE8: BigInt(row.credits_e8),
    durationUs: Number(row.duration_us),
    durationSamples: Number(row.duration_samples),
    minDurationUs: numberOrNull(row.min_duration_us),
    maxDurationUs: numberOrNull(row.max_duration_us),
    lastStartedAtMs: numberOrNull(row.last_started_at_ms),
  };
}

/** PostgreSQL and MySQL hand bigints over as text. */
export function numberOrNull(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
