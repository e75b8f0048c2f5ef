import type { AdviceSaving } from '../contract/advice.js';
import { modelKeyFromText } from '../values/model-key.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { divideHalfEven, formatDecimal } from '../values/decimal.js';
import { createAdviceId, type AdviceDraft } from './advice-draft.js';
import { parseAmount, toSaving } from './arithmetic.js';
import type { RecentCall } from './recent-calls-store.js';
import type { StoredAdvice } from './stored-advice.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';

/** Fewer calls since than this, and than a tenth of those that the promise is of, measure nothing. */
const MIN_CALLS_SINCE = 20;
const MIN_SHARE = 10;
/** Decimals of what is measured: it is a proportion, which need not end. */
const MEASURED_DECIMALS = 10;
const TO_MEASURED = 1_000_000n;

/** What was found since an advice was done, without a minimum of calls. */
export interface Since {
  drafts: readonly AdviceDraft[];
  /** Calls that the advice is about. */
  calls: number;
  /** Whether all calls of the time since are known. */
  isComplete: boolean;
  range: TimeRange;
}

/** When a done advice is measured: as long after it was done as the range was that it was found in. */
export function toSinceRange({ item, changedAtMs }: StoredAdvice, nowMs: number): TimeRange {
  const lengthMs = Date.parse(item.basedOn.to) - Date.parse(item.basedOn.from);
  return { fromMs: changedAtMs, toMs: Math.min(nowMs + 1, changedAtMs + lengthMs) };
}

/**
 * Computes what was saved since an advice was done, for as many calls as its promise is of: what was lost then − what was lost
 * since × calls then ÷ calls since. Rounded to 10 decimals.
 *
 * @returns `null` with too few calls, and where it cannot be measured
 */
export function measureSaving(
  userDid: string,
  { id, basis, item }: StoredAdvice,
  { drafts, calls, isComplete, range }: Since,
): AdviceSaving | null {
  if (basis === null || !isComplete) return null;
  if (calls < MIN_CALLS_SINCE || calls * MIN_SHARE < basis.calls) return null;
  const since = drafts.find(
    ({ claim, subject }) => createAdviceId(userDid, claim.kind, subject) === id,
  )?.basis;
  if (since && since.unit !== basis.unit) return null;
  const scaledE16 = scale((since?.amountE16 ?? 0n) * BigInt(basis.calls), BigInt(calls));
  const measuredE10 = scale(basis.amountE16 - scaledE16, TO_MEASURED);
  const amountE16 = parseAmount(formatDecimal(measuredE10, MEASURED_DECIMALS));
  const period = { from: toInstant(range.fromMs), to: toInstant(range.toMs) };
  return toSaving(amountE16, item.saving?.currency ?? null, period);
}

/** Divides, rounded half to even, whatever the sign. */
function scale(dividend: bigint, divisor: bigint): bigint {
  return dividend < 0n ? -divideHalfEven(-dividend, divisor) : divideHalfEven(dividend, divisor);
}

/** Counts the calls that failures and repeats are measured by: of the model, or of the model in the project. */
export function countRecentCalls({ item }: StoredAdvice, calls: readonly RecentCall[]): number {
  const { claim } = item;
  if (claim.kind === 'failedCalls') {
    return calls.filter(({ model }) => model === claim.model).length;
  }
  if (claim.kind !== 'retries') return 0;
  const [type] = item.evidence.map((evidence) => evidence.type);
  return calls.filter(
    (call) => call.appDid === claim.appDid && call.model === claim.model && call.type === type,
  ).length;
}

/** Counts the calls that caches and prices are measured by: those with cached tokens, or of both models. */
export function countModelCalls(
  { item }: StoredAdvice,
  models: ReadonlyMap<string, CallFigures>,
): number {
  const { claim } = item;
  if (claim.kind !== 'cacheSavings' && claim.kind !== 'priceDifference') return 0;
  let count = 0;
  for (const [text, figures] of models) {
    const { model, provider, type } = modelKeyFromText(text);
    if (type !== claim.type) continue;
    const isSame = model === claim.model && provider === (claim.provider ?? '');
    if (claim.kind === 'cacheSavings') {
      if (isSame) count += Math.max(figures.cachedInputTokenCalls, figures.cacheWriteTokenCalls);
    } else if (isSame || model === claim.alternative) count += figures.calls;
  }
  return count;
}
