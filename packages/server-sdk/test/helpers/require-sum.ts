import { expect } from 'vitest';
import type { Totals } from '../../src/index.js';

/** The parts' counts, tokens and credits sum to the whole's. */
export function requireSum(parts: readonly Totals[], whole: Totals, what: string): void {
  const counts = [
    'calls',
    'successfulCalls',
    'failedCalls',
    'processingCalls',
    'inputTokens',
    'outputTokens',
    'totalTokens',
    'durationSamples',
    'unknownTokenCalls',
    'unknownCreditCalls',
  ] as const;
  for (const field of counts) {
    const sum = parts.reduce((total, part) => total + (part[field] ?? 0), 0);
    // A sum of nothing known is null, whatever it is the sum of.
    expect([what, field, sum]).toEqual([what, field, whole[field] ?? 0]);
  }
  const toE10 = (credits: string | null): bigint => {
    const [units = '0', fraction = ''] = (credits ?? '0').split('.');
    return BigInt(units + fraction.padEnd(10, '0'));
  };
  const credits = parts.reduce((total, part) => total + toE10(part.credits), 0n);
  expect([what, credits]).toEqual([what, toE10(whole.credits)]);
}
