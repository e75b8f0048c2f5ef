import type { ModelCallInput, Totals } from '../../src/index.js';
import { formatCredits, parseCredits } from '../../src/domain/credits.js';

/** A call as the reference keeps it. */
export type ReferenceCall = ModelCallInput & { id: string; appDid: string; startedAt: number };

/** The plainest possible account of what was recorded: a list, and loops over it. */
export class ReferenceModel {
  readonly #calls = new Map<string, ReferenceCall>();

  /** Takes a call as `record` would: the same id replaces, but an ended call stays ended. */
  record(call: ReferenceCall): void {
    const key = JSON.stringify([call.userDid, call.id]);
    const known = this.#calls.get(key);
    if (known && known.status !== 'processing' && call.status === 'processing') return;
    // The duration of a call under way is not known yet, whatever its writer says.
    this.#calls.set(key, call.status === 'processing' ? { ...call, durationMs: undefined } : call);
  }

  /** Every call, in the order in which they came. */
  all(): ReferenceCall[] {
    return [...this.#calls.values()];
  }

  /** What plain SQL does: the row is as it says, whatever was there. */
  put(call: ReferenceCall): void {
    this.#calls.set(JSON.stringify([call.userDid, call.id]), call);
  }

  delete({ userDid, id }: ReferenceCall): void {
    this.#calls.delete(JSON.stringify([userDid, id]));
  }

  /** The user's calls in `[fromMs, toMs)`, of one project or of all. */
  select(userDid: string, fromMs: number, toMs: number, appDid?: string): ReferenceCall[] {
    return [...this.#calls.values()].filter(
      (call) =>
        call.userDid === userDid &&
        call.startedAt >= fromMs &&
        call.startedAt < toMs &&
        (appDid === undefined || call.appDid === appDid),
    );
  }
}

/** Totals of calls; the percentile is the exact nearest rank. */
export function referenceTotals(calls: readonly ReferenceCall[]): Totals {
  const successful = calls.filter((call) => call.status === 'success');
  const failed = calls.filter((call) => call.status === 'failed');
  const durations = successful.flatMap((call) => call.durationMs ?? []).sort((a, b) => a - b);
  const finished = successful.length + failed.length;
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const tokens = calls.filter((call) => call.type !== 'imageGeneration');
  const credits = calls.reduce(
    (total, call) => total + (parseCredits(String(call.credits ?? '0')) ?? 0n),
    0n,
  );
  return {
    calls: calls.length,
    successfulCalls: successful.length,
    failedCalls: failed.length,
    processingCalls: calls.length - finished,
    successRate: finished === 0 ? null : successful.length / finished,
    inputTokens: sum(tokens.map((call) => call.usage?.inputTokens ?? 0)),
    outputTokens: sum(tokens.map((call) => call.usage?.outputTokens ?? 0)),
    totalTokens: sum(
      tokens.map((call) => (call.usage?.inputTokens ?? 0) + (call.usage?.outputTokens ?? 0)),
    ),
    credits: formatCredits(credits),
    averageDurationMs:
      durations.length === 0 ? null : Number((sum(durations) / durations.length).toFixed(3)),
    p95DurationMs: durations[Math.max(1, Math.ceil(0.95 * durations.length)) - 1] ?? null,
    durationSamples: durations.length,
  };
}

/** Everything equal, credits to the last digit; the percentile within 1 %. @throws Error that shows both */
export function requireEqualTotals(actual: Totals, expected: Totals, what: string): void {
  const { p95DurationMs: actualP95, averageDurationMs: actualMean, ...actualRest } = actual;
  const { p95DurationMs: exactP95, averageDurationMs: exactMean, ...expectedRest } = expected;
  const same = JSON.stringify(sorted(actualRest)) === JSON.stringify(sorted(expectedRest));
  // A mean that ends on half a microsecond may be rounded either way.
  const mean = near(actualMean, exactMean, 1e-6, 0.001_001);
  if (same && mean && near(actualP95, exactP95, 0.01, 0)) return;
  throw new Error(
    `${what}: ${JSON.stringify(sorted(actual))} is not ${JSON.stringify(sorted(expected))}`,
  );
}

function near(a: number | null, b: number | null, relative: number, absolute: number): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= Math.max(relative * b, absolute);
}

function sorted(values: object): object {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
