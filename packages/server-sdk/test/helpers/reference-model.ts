import type { ModelCallInput, Totals } from '../../src/index.js';
import { formatE10, roundCost, parseCredits } from '../../src/values/amounts.js';

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
    // The duration and the cost of a call that is processing are unknown, whatever its writer stored.
    const isOpen = call.status === 'processing';
    this.#calls.set(key, isOpen ? { ...call, durationMs: undefined, cost: undefined } : call);
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
  const isProcessing = calls.length > finished;
  const metered = calls.filter((call) => call.type !== 'imageGeneration');
  const known = (of: (call: ReferenceCall) => number | null | undefined): number[] =>
    metered.flatMap((call) => of(call) ?? []);
  const inputs = known(({ usage }) => usage?.inputTokens);
  const outputs = known(({ usage }) => usage?.outputTokens);
  const tokens = known(totalTokensOf);
  const ended = (call: ReferenceCall): boolean => call.status !== 'processing';
  const unknownTokenCalls = metered.filter(
    (call) => ended(call) && totalTokensOf(call) === null,
  ).length;
  const unknownCreditCalls = calls.filter(
    (call) => ended(call) && (call.credits ?? null) === null,
  ).length;
  const costs = calls.flatMap(({ credits }) =>
    credits === undefined || credits === null ? [] : (parseCredits(String(credits)) ?? 0n),
  );
  const isTokenless = unknownTokenCalls > 0 || isProcessing;
  const sumOr = (values: readonly number[], isUnknown: boolean): number | null =>
    values.length === 0 && isUnknown ? null : sum(values);
  return {
    calls: calls.length,
    successfulCalls: successful.length,
    failedCalls: failed.length,
    processingCalls: calls.length - finished,
    successRate: finished === 0 ? null : successful.length / finished,
    inputTokens: sumOr(inputs, isTokenless || tokens.length > 0),
    outputTokens: sumOr(outputs, isTokenless || tokens.length > 0),
    totalTokens: sumOr(tokens, isTokenless),
    unknownTokenCalls,
    credits:
      costs.length === 0 && (unknownCreditCalls > 0 || isProcessing)
        ? null
        : formatE10(costs.reduce((a, b) => a + b, 0n)),
    unknownCreditCalls,
    averageDurationMs:
      durations.length === 0 ? null : Number((sum(durations) / durations.length).toFixed(3)),
    p95DurationMs: durations[Math.max(1, Math.ceil(0.95 * durations.length)) - 1] ?? null,
    durationSamples: durations.length,
    ...referenceParts(calls, metered),
    ...referenceCost(calls),
    ...referenceSpeed(successful),
  };
}

type Parts = Pick<
  Totals,
  'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens' | 'cacheShare' | 'cacheSamples'
>;

function referenceParts(calls: readonly ReferenceCall[], metered: readonly ReferenceCall[]): Parts {
  const add = (values: readonly number[]): number | null =>
    values.length === 0 && calls.length > 0 ? null : values.reduce((a, b) => a + b, 0);
  const parts = metered.flatMap(({ usage }) => usage ?? []);
  const reporting = parts.filter(({ cachedInputTokens }) => (cachedInputTokens ?? null) !== null);
  const base = reporting.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0);
  const cached = reporting.reduce((sum, usage) => sum + (usage.cachedInputTokens ?? 0), 0);
  return {
    cachedInputTokens: add(parts.flatMap((usage) => usage.cachedInputTokens ?? [])),
    cacheWriteTokens: add(parts.flatMap((usage) => usage.cacheWriteTokens ?? [])),
    reasoningTokens: add(parts.flatMap((usage) => usage.reasoningTokens ?? [])),
    cacheShare: base === 0 ? null : cached / base,
    cacheSamples: reporting.length,
  };
}

function referenceCost(
  calls: readonly ReferenceCall[],
): Pick<Totals, 'cost' | 'currency' | 'unpricedCalls'> {
  const ended = calls.filter(({ status }) => status !== 'processing');
  const costs = ended.flatMap(({ cost, currency }) =>
    cost === undefined || cost === null || (currency ?? 'USD') !== 'USD'
      ? []
      : (roundCost(cost) ?? 0n),
  );
  const isUnknown = costs.length === 0 && calls.length > 0;
  return {
    cost: isUnknown ? null : formatE10(costs.reduce((a, b) => a + b, 0n)),
    currency: 'USD',
    unpricedCalls: ended.length - costs.length,
  };
}

function referenceSpeed(
  successful: readonly ReferenceCall[],
): Pick<Totals, 'averageTtfbMs' | 'p95TtfbMs' | 'ttfbSamples' | 'outputTokensPerSecond'> {
  const ttfbs = successful.flatMap(({ ttfbMs }) => ttfbMs ?? []).sort((a, b) => a - b);
  let tokens = 0;
  let seconds = 0;
  for (const { type, usage, durationMs, ttfbMs } of successful) {
    const output = type === 'imageGeneration' ? null : (usage?.outputTokens ?? null);
    if (output === null || typeof durationMs !== 'number' || typeof ttfbMs !== 'number') continue;
    if (durationMs <= ttfbMs) continue;
    tokens += output;
    seconds += (durationMs - ttfbMs) / 1000;
  }
  return {
    averageTtfbMs:
      ttfbs.length === 0
        ? null
        : Number((ttfbs.reduce((a, b) => a + b, 0) / ttfbs.length).toFixed(3)),
    p95TtfbMs: ttfbs[Math.max(1, Math.ceil(0.95 * ttfbs.length)) - 1] ?? null,
    ttfbSamples: ttfbs.length,
    outputTokensPerSecond: seconds === 0 ? null : tokens / seconds,
  };
}

/** As it is stored: the sum of the parts where none is reported. */
function totalTokensOf({ usage }: ReferenceCall): number | null {
  const { inputTokens, outputTokens, totalTokens } = usage ?? {};
  if (totalTokens !== undefined && totalTokens !== null) return totalTokens;
  if ((inputTokens ?? null) === null && (outputTokens ?? null) === null) return null;
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** How far a computed figure may be from the exact one: relatively, and absolutely where rounding goes either way. */
const TOLERANCES = {
  averageDurationMs: [1e-6, 0.001_001],
  averageTtfbMs: [1e-6, 0.001_001],
  p95DurationMs: [0.01, 0],
  p95TtfbMs: [0.01, 0],
  outputTokensPerSecond: [1e-5, 0],
} as const;

/**
 * Everything equal, money to the last digit; percentiles within 1 %.
 *
 * @throws Error that shows both
 */
export function requireEqualTotals(actual: Totals, expected: Totals, what: string): void {
  const names = Object.keys(TOLERANCES) as (keyof typeof TOLERANCES)[];
  const isNear = names.every((name) => {
    const [relative, absolute] = TOLERANCES[name];
    return near(actual[name], expected[name], relative, absolute);
  });
  const rest = (totals: Totals): object =>
    sorted(Object.fromEntries(Object.entries(totals).filter(([name]) => !(name in TOLERANCES))));
  if (isNear && JSON.stringify(rest(actual)) === JSON.stringify(rest(expected))) return;
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
