import type { CallFigures } from './call-figures.js';
import type { PackedReader, PackedWriter } from './packed-text.js';

/**
 * Begins packed figures of which tokens or credits of some calls are not known. No other figures begin with 0, because they are
 * of one call at least.
 */
export const SOME_UNKNOWN = 0;

/** Writes of how many calls what is not known; nothing where all is. */
export function writeUnknown(figures: CallFigures, writer: PackedWriter): void {
  const { calls } = figures;
  const unknown = [
    calls - figures.inputTokenCalls,
    calls - figures.outputTokenCalls,
    calls - figures.totalTokenCalls,
    calls - figures.creditCalls,
    figures.unknownTokenCalls,
    figures.unknownCreditCalls,
  ];
  if (unknown.every((count) => count === 0)) return;
  writer.writeNumber(SOME_UNKNOWN);
  for (const count of unknown) writer.writeNumber(count);
}

/** By how much the calls of which something is known are fewer than the calls, and how many finished ones are unknown. */
export type Unknown = readonly [
  input: number,
  output: number,
  total: number,
  credits: number,
  tokenCalls: number,
  creditCalls: number,
];
/** Everything is known of every call. */
export const ALL_KNOWN: Unknown = [0, 0, 0, 0, 0, 0];

/** Reads what {@link writeUnknown} wrote after its beginning. */
export function readUnknown(reader: PackedReader): Unknown {
  const next = (): number => reader.readNumber();
  return [next(), next(), next(), next(), next(), next()];
}

/** Adds it to figures. */
export function addUnknown(whole: CallFigures, calls: number, unknown: Unknown): void {
  const [input, output, total, credits, tokenCalls, creditCalls] = unknown;
  whole.inputTokenCalls += calls - input;
  whole.outputTokenCalls += calls - output;
  whole.totalTokenCalls += calls - total;
  whole.creditCalls += calls - credits;
  whole.unknownTokenCalls += tokenCalls;
  whole.unknownCreditCalls += creditCalls;
}
