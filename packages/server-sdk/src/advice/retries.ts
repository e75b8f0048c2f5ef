import { SECOND_MS, MINUTE_MS } from '../values/time.js';
import { toAmountLine, toArithmetic, toSaving } from './arithmetic.js';
import { toEvidence, type AdviceDraft } from './advice-draft.js';
import { CostSum } from './cost-sum.js';
import type { CallPeriod } from './failed-calls.js';
import type { RecentCall } from './recent-calls-store.js';

/** How long after the end of a failed call one of the same trace repeats it. */
const SAME_TRACE_MS = 10 * MINUTE_MS;
/** The same without a trace. */
const WITHOUT_TRACE_MS = 30 * SECOND_MS;
/** Calls that are looked at after each failure, so that dense failures take no quadratic time. */
const MAX_CANDIDATES = 100;

/**
 * Finds what calls cost that repeat failed ones, by project and model. Silent on too few repeats, and where
 * they cost nothing that is known.
 */
export function findRetries(period: CallPeriod): AdviceDraft[] {
  const { calls, from, to, currency, minCalls } = period;
  return [...groupCalls(calls).values()].flatMap((group) => {
    const [first] = group;
    const repeats = findRepeats(group);
    if (!first || repeats.length < minCalls.retries) return [];
    const { appDid, model } = first;
    const total = new CostSum();
    for (const repeat of repeats) total.add(repeat);
    const { unit } = total;
    if (unit === null) return [];
    const amountE16 = total.amountE16(unit);
    const line = toAmountLine('add', appDid, { name: 'cost', unit }, amountE16);
    return [
      {
        subject: [appDid, model, first.type],
        claim: {
          kind: 'retries',
          appDid,
          model,
          repeats: repeats.length,
          failedRepeats: repeats.filter(({ status }) => status === 'failed').length,
          calls: group.length,
          ...total.toClaim(),
        },
        arithmetic: toArithmetic(unit, [line]),
        saving: toSaving(amountE16, unit === 'money' ? currency : null, { from, to }),
        evidence: toEvidence(new Map([[appDid, group.length]]), {
          model,
          status: null,
          type: first.type,
          from,
          to,
        }),
        assumption: 'retriesAvoidable',
        basedOn: { calls: group.length, days: null, from, to },
        basis: { unit, amountE16, calls: group.length },
      },
    ];
  });
}

/** Calls of the same project, model and type, in the order of their start. */
function groupCalls(calls: readonly RecentCall[]): Map<string, RecentCall[]> {
  const groups = new Map<string, RecentCall[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.appDid, call.model, call.type]);
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return groups;
}

/**
 * Finds the calls that repeat a failed one: the first that starts after its end, within ten minutes in the same trace, or within
 * 30 seconds where one of the two has no trace and their input tokens do not differ. A call repeats at most one, and a failed
 * call is repeated at most once; a repeat that fails may be repeated, too.
 *
 * @param calls of the same project, model and type, in the order of their start
 */
export function findRepeats(calls: readonly RecentCall[]): RecentCall[] {
  const repeats = new Set<RecentCall>();
  for (const [index, failed] of calls.entries()) {
    if (failed.status !== 'failed') continue;
    const repeat = findRepeat(calls, index, repeats);
    if (repeat) repeats.add(repeat);
  }
  return calls.filter((call) => repeats.has(call));
}

/** Finds the call that repeats a failed one and none before. @param index of the failed one */
function findRepeat(
  calls: readonly RecentCall[],
  index: number,
  repeats: ReadonlySet<RecentCall>,
): RecentCall | null {
  const failed = calls[index];
  if (!failed) return null;
  const endMs = failed.startedAtMs + Math.max(0, failed.durationUs ?? 0) / 1000;
  const last = Math.min(calls.length - 1, index + MAX_CANDIDATES);
  for (let next = index + 1; next <= last; next += 1) {
    const call = calls[next];
    if (!call || call.startedAtMs > endMs + SAME_TRACE_MS) return null;
    if (call.startedAtMs >= endMs && !repeats.has(call) && isRepeat(failed, call, endMs)) {
      return call;
    }
  }
  return null;
}

function isRepeat(failed: RecentCall, call: RecentCall, endMs: number): boolean {
  const sinceMs = call.startedAtMs - endMs;
  if (failed.traceId !== null && call.traceId !== null) {
    return failed.traceId === call.traceId && sinceMs <= SAME_TRACE_MS;
  }
  const isOther =
    failed.inputTokens !== null &&
    call.inputTokens !== null &&
    failed.inputTokens !== call.inputTokens;
  return !isOther && sinceMs <= WITHOUT_TRACE_MS;
}
