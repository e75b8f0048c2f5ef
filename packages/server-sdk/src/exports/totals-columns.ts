import type { Totals } from '../contract/common.js';
import type { ColumnType, ExportColumn, ExportValue } from './export-table.js';

type Field = keyof Totals;

/** How each figure of totals is written, in the order of the columns. A new figure must be added here to compile. */
const TYPES: Readonly<Record<Field, [type: ColumnType, unit?: string]>> = {
  calls: ['integer'],
  successfulCalls: ['integer'],
  failedCalls: ['integer'],
  processingCalls: ['integer'],
  successRate: ['number', 'ratio from 0 to 1'],
  inputTokens: ['integer', 'tokens'],
  outputTokens: ['integer', 'tokens'],
  totalTokens: ['integer', 'tokens'],
  cachedInputTokens: ['integer', 'tokens'],
  cacheWriteTokens: ['integer', 'tokens'],
  reasoningTokens: ['integer', 'tokens'],
  cacheShare: ['number', 'ratio from 0 to 1'],
  cacheSamples: ['integer'],
  credits: ['decimal', 'credits'],
  cost: ['decimal', 'currency'],
  currency: ['text'],
  averageDurationMs: ['number', 'ms'],
  p95DurationMs: ['number', 'ms'],
  durationSamples: ['integer'],
  averageTtfbMs: ['number', 'ms'],
  p95TtfbMs: ['number', 'ms'],
  ttfbSamples: ['integer'],
  outputTokensPerSecond: ['number', 'tokens/s'],
  unknownTokenCalls: ['integer'],
  unknownCreditCalls: ['integer'],
  unpricedCalls: ['integer'],
};
const FIELDS = Object.keys(TYPES) as Field[];

/** A column for each figure. @param currency ISO 4217 code, the unit of money */
export function createTotalsColumns(currency: string): ExportColumn[] {
  return FIELDS.map((name) => {
    const [type, unit] = TYPES[name];
    if (unit === undefined) return { name, type };
    return { name, type, unit: unit === 'currency' ? currency : unit };
  });
}

/** The values of those columns. */
export function toTotalsValues(totals: Totals): ExportValue[] {
  return FIELDS.map((name) => totals[name]);
}
