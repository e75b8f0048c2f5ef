import type { FailureReason } from '../contract/advice.js';
import { sumLines, toArithmetic, toSaving } from './arithmetic.js';
import { toEvidence, type AdviceDraft, type MinCalls } from './advice-draft.js';
import { CostSum, getOrAddSum, toProjectLines } from './cost-sum.js';
import { classifyFailure } from './failure-reason.js';
import type { RecentCall } from './recent-calls-store.js';

/** Calls one by one, all of a period. */
export interface CallPeriod {
  calls: readonly RecentCall[];
  from: string;
  to: string;
  /** ISO 4217 code of the costs. */
  currency: string;
  minCalls: MinCalls;
}

/** Failed calls of a model for a reason. */
interface Failures {
  model: string;
  reason: FailureReason;
  total: CostSum;
  projects: Map<string, CostSum>;
}

/**
 * Finds what failed calls cost, by model and reason. Silent on too few failed calls, and where they cost
 * nothing that is known.
 */
export function findFailedCalls(period: CallPeriod): AdviceDraft[] {
  const { calls, from, to, currency, minCalls } = period;
  const callsByModel = new Map<string, number>();
  const groups = new Map<string, Failures>();
  for (const call of calls) {
    callsByModel.set(call.model, (callsByModel.get(call.model) ?? 0) + 1);
    if (call.status === 'failed') addFailure(groups, call);
  }
  return [...groups.values()].flatMap(({ model, reason, total, projects }) => {
    const { unit } = total;
    if (total.calls < minCalls.failedCalls || unit === null) return [];
    const lines = toProjectLines(projects, unit);
    const amountE16 = sumLines(lines);
    const ofModel = callsByModel.get(model) ?? 0;
    const counts = new Map([...projects].map(([appDid, sum]) => [appDid, sum.calls]));
    return [
      {
        subject: [model, reason],
        claim: {
          kind: 'failedCalls',
          model,
          reason,
          failedCalls: total.calls,
          calls: ofModel,
          ...total.toClaim(),
        },
        arithmetic: toArithmetic(unit, lines),
        saving: toSaving(amountE16, unit === 'money' ? currency : null, { from, to }),
        evidence: toEvidence(counts, { model, status: 'failed', type: null, from, to }),
        assumption: 'failuresAvoidable',
        basedOn: { calls: ofModel, days: null, from, to },
        basis: { unit, amountE16, calls: ofModel },
      },
    ];
  });
}

function addFailure(groups: Map<string, Failures>, call: RecentCall): void {
  const reason = classifyFailure(call.errorReason);
  const key = JSON.stringify([call.model, reason]);
  const group = groups.get(key) ?? {
    model: call.model,
    reason,
    total: new CostSum(),
    projects: new Map<string, CostSum>(),
  };
  groups.set(key, group);
  group.total.add(call);
  getOrAddSum(group.projects, call.appDid).add(call);
}
