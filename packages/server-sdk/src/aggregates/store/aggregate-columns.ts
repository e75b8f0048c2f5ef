import type { Dialect } from '../../db/dialects/dialect.js';
import type { BulkColumn } from '../../db/dialects/write-dialect.js';
import type { JsonRow, JsonValue } from '../../db/executor.js';
import {
  joinCredits,
  splitCredits,
  addExact,
  toExactInteger,
  type ExactInteger,
} from '../../values/amounts.js';
import type { Scope } from '../model/aggregate.js';
import { CallFigures } from '../model/call-figures.js';
import type { Granularity } from '../model/range-plan.js';
import { HOUR_MS, QUARTER_HOUR_MS } from '../../values/time.js';
import { DurationSketch } from '../sketch/duration-sketch.js';

/** Codes of granularities in `model_call_stats`. @see docs/adr/0038-plain-rows.md */
export const GRANULARITIES = { month: 1, day: 2, hour: 3, quarter: 4 } as const satisfies Record<
  Granularity,
  number
>;

/** Codes of scopes in `model_call_stats`. */
export const SCOPES = { user: 0, model: 1, project: 2, projectModel: 3 } as const satisfies Record<
  Scope,
  number
>;

type NumberField = {
  [Field in keyof CallFigures]: CallFigures[Field] extends number | null ? Field : never;
}[keyof CallFigures];
type SketchField = 'durations' | 'ttfbs';
/** A value of a figure's column. */
export type StoredValue = string | number | bigint | null;

/** Which aggregate of which kind of bucket a row is. */
export interface StoredPlace {
  granularity: Granularity;
  scope: Scope;
}

/** A column of `model_call_stats` that holds a figure. */
export interface FigureColumn {
  name: string;
  /** Whether it is read as text: a JSON number above 2^53 would lose digits. */
  isExact?: true;
  /** @default integer */
  kind?: BulkColumn['kind'];
  /** An expression that adds up the values of a group of rows. @param value the value of a row */
  merge: (dialect: Dialect, value: string) => string;
  /** What null stands for, as an expression. @default null */
  ifNull?: string;
  /** The stored value of figures: an integer, a sketch, or null where it says what `ifNull` does. */
  toStored: (figures: CallFigures, place: StoredPlace) => StoredValue;
  /** Sets the figure to a value that was selected. */
  assign: (figures: CallFigures, value: JsonValue) => void;
}

/** A column of a number. @param rule `toStored` gives null where `ifNull` gives the same */
function numberColumn(
  name: string,
  field: NumberField,
  rule: Partial<Pick<FigureColumn, 'ifNull' | 'merge' | 'toStored'>> = {},
): FigureColumn {
  return {
    name,
    merge: (dialect, value) => dialect.sum(value),
    toStored: (figures) => figures[field],
    ...rule,
    assign: (figures, value) => {
      figures[field] = value as number;
    },
  };
}

/** A count that is stored only where it differs from the usual one. */
function rareCount(name: string, field: NumberField, usual: 'calls' | '0'): FigureColumn {
  const toStored = (figures: CallFigures): StoredValue => {
    const count = figures[field];
    return count === (usual === 'calls' ? figures.calls : 0) ? null : count;
  };
  return numberColumn(name, field, { ifNull: usual, toStored });
}

/** A bound of durations; that of a single sample is the sum of them. */
function boundColumn(name: string, field: NumberField, bound: 'min' | 'max'): FigureColumn {
  return numberColumn(name, field, {
    ifNull: 'case when duration_samples = 1 then duration_us end',
    merge: (_dialect, value) => `${bound}(${value})`,
    toStored: (figures) => (figures.durationSamples > 1 ? figures[field] : null),
  });
}

/** A column of an amount that may exceed 2^53. */
function exactColumn(
  name: string,
  assign: (figures: CallFigures, units: ExactInteger) => unknown,
  rule: Pick<FigureColumn, 'toStored' | 'ifNull'>,
): FigureColumn {
  return {
    name,
    isExact: true,
    merge: (dialect, value) => dialect.exactSum(value),
    ...rule,
    assign: (figures, value) => {
      assign(figures, toExactSum(String(value)));
    },
  };
}

function sketchColumn(
  name: SketchField,
  rest: Pick<FigureColumn, 'toStored'> & { ifNull?: string },
): FigureColumn {
  return {
    name,
    kind: 'text',
    merge: (dialect, value) => dialect.concat(value),
    ...rest,
    assign: (figures, value) => {
      figures[name] = new DurationSketch(String(value));
    },
  };
}

/** In the order in which they are written. @see docs/adr/0038-plain-rows.md for what null stands for */
export const COLUMNS: readonly FigureColumn[] = [
  numberColumn('calls', 'calls'),
  numberColumn('successful_calls', 'successfulCalls'),
  numberColumn('failed_calls', 'failedCalls'),
  numberColumn('input_tokens', 'inputTokens'),
  numberColumn('output_tokens', 'outputTokens'),
  numberColumn('total_tokens', 'totalTokens'),
  exactColumn('credits_e8', (figures, units) => (figures.credits = joinCredits(units, null)), {
    toStored: ({ credits }) => splitCredits(credits).creditsE8,
  }),
  // After the one before it, whose figure it completes.
  exactColumn(
    'credits_rest_e10',
    (figures, units) => (figures.credits = addExact(figures.credits, units)),
    { ifNull: '0', toStored: ({ credits }) => splitCredits(credits).creditsRestE10 },
  ),
  numberColumn('duration_us', 'durationUs'),
  numberColumn('duration_samples', 'durationSamples'),
  boundColumn('min_duration_us', 'minDurationUs', 'min'),
  boundColumn('max_duration_us', 'maxDurationUs', 'max'),
  numberColumn('last_started_at_ms', 'lastStartedAtMs', {
    merge: (_dialect, value) => `max(${value})`,
    // Quarters have no other scope from which a project's last call could be read.
    toStored: (figures, { granularity, scope }) =>
      scope === 'project' || granularity === 'quarter' ? figures.lastStartedAtMs : null,
  }),
  sketchColumn('durations', { toStored: (figures) => figures.durations.toText() }),
  rareCount('input_token_calls', 'inputTokenCalls', 'calls'),
  rareCount('output_token_calls', 'outputTokenCalls', 'calls'),
  rareCount('total_token_calls', 'totalTokenCalls', 'calls'),
  rareCount('credit_calls', 'creditCalls', 'calls'),
  rareCount('unknown_token_calls', 'unknownTokenCalls', '0'),
  rareCount('unknown_credit_calls', 'unknownCreditCalls', '0'),
  numberColumn('ttfb_us', 'ttfbUs', {
    ifNull: '0',
    toStored: ({ ttfbSamples, ttfbUs }) => (ttfbSamples > 0 ? ttfbUs : null),
  }),
  rareCount('ttfb_samples', 'ttfbSamples', '0'),
  sketchColumn('ttfbs', {
    ifNull: `''`,
    toStored: ({ ttfbSamples, ttfbs }) => (ttfbSamples > 0 ? ttfbs.toText() : null),
  }),
  rareCount('cached_input_tokens', 'cachedInputTokens', '0'),
  rareCount('cached_input_token_calls', 'cachedInputTokenCalls', '0'),
  rareCount('cached_input_base_tokens', 'cachedInputBaseTokens', '0'),
  rareCount('cache_write_tokens', 'cacheWriteTokens', '0'),
  rareCount('cache_write_token_calls', 'cacheWriteTokenCalls', '0'),
  rareCount('reasoning_tokens', 'reasoningTokens', '0'),
  rareCount('reasoning_token_calls', 'reasoningTokenCalls', '0'),
  rareCount('generated_tokens', 'generatedTokens', '0'),
  rareCount('generation_us', 'generationUs', '0'),
  exactColumn('cost_e10', (figures, units) => (figures.cost = units), {
    ifNull: '0',
    toStored: ({ cost }) => (Number(cost) === 0 ? null : cost),
  }),
  rareCount('cost_calls', 'costCalls', '0'),
];

/** The unit in which the buckets of a granularity are numbered since 1970, ms. */
export function getBucketUnitMs(granularity: Granularity): number {
  return granularity === 'quarter' ? QUARTER_HOUR_MS : HOUR_MS;
}

/** Columns of `model_call_stats` that hold figures, in the order in which they are written. */
export const FIGURE_COLUMNS: readonly string[] = COLUMNS.map(({ name }) => name);

/** Expressions of the figures of one row, by column. */
export function selectFigures(dialect: Dialect): Record<string, string> {
  return mapColumns((column) =>
    column.isExact ? dialect.integerAsText(fillNull(column)) : fillNull(column),
  );
}

/** Expressions of the figures of a group of rows, by column. */
export function selectSums(dialect: Dialect): Record<string, string> {
  return mapColumns((column) => column.merge(dialect, fillNull(column)));
}

/** The figures of a row whose columns {@link selectFigures} or {@link selectSums} gave. */
export function toFigures(row: JsonRow): CallFigures {
  const figures = new CallFigures();
  for (const { name, assign } of COLUMNS) assign(figures, row.get(name));
  return figures;
}

/** Maps each figure's column to an expression, by its name. */
export function mapColumns(toSql: (column: FigureColumn) => string): Record<string, string> {
  return Object.fromEntries(COLUMNS.map((column) => [column.name, toSql(column)]));
}

function fillNull({ name, ifNull }: FigureColumn): string {
  return ifNull === undefined ? name : `coalesce(${name}, ${ifNull})`;
}

/** Reads the text of `Dialect.exactSum`: an integer, or billions and the remainder. */
function toExactSum(text: string): ExactInteger {
  const [high = '0', low] = text.split(',');
  if (low === undefined) return toExactInteger(high);
  return toExactInteger(String(BigInt(high) * 1_000_000_000n + BigInt(low)));
}
