import type { CallFigures } from './call-figures.js';
import type { PackedReader, PackedWriter } from './packed-text.js';

/**
 * Begins packed figures of which tokens or credits of some calls are not known. No other figures begin with 0, because they are
 * of one call at least.
 */
export const SOME_UNKNOWN = 0;

/** Whether everything is known of every call, as it mostly is: then nothing is written, which is the fast path of a rollup. */
function isAllKnown(figures: CallFigures): boolean {
  const { calls } = figures;
  return (
    figures.totalTokenCalls === calls &&
    figures.creditCalls === calls &&
    figures.inputTokenCalls === calls &&
    figures.outputTokenCalls === calls
  );
}

/** Writes of how many calls what is not known; nothing where all is. */
export function writeUnknown(figures: CallFigures, writer: PackedWriter): void {
  if (isAllKnown(figures)) return;
  const { calls } = figures;
  writer.writeNumber(SOME_UNKNOWN);
  writer.writeNumber(calls - figures.inputTokenCalls);
  writer.writeNumber(calls - figures.outputTokenCalls);
  writer.writeNumber(calls - figures.totalTokenCalls);
  writer.writeNumber(calls - figures.creditCalls);
  writer.writeNumber(figures.unknownTokenCalls);
  writer.writeNumber(figures.unknownCreditCalls);
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
/** Reads what {@link writeUnknown} wrote after its beginning. */
export function readUnknown(reader: PackedReader): Unknown {
  const next = (): number => reader.readNumber();
  return [next(), next(), next(), next(), next(), next()];
}

/** Adds it to figures. @param unknown `null`: everything is known of every call */
export function addUnknown(whole: CallFigures, calls: number, unknown: Unknown | null): void {
  if (unknown === null) {
    whole.inputTokenCalls += calls;
    whole.outputTokenCalls += calls;
    whole.totalTokenCalls += calls;
    whole.creditCalls += calls;
    return;
  }
  const [input, output, total, credits, tokenCalls, creditCalls] = unknown;
  whole.inputTokenCalls += calls - input;
  whole.outputTokenCalls += calls - output;
  whole.totalTokenCalls += calls - total;
  whole.creditCalls += calls - credits;
  whole.unknownTokenCalls += tokenCalls;
  whole.unknownCreditCalls += creditCalls;
}
