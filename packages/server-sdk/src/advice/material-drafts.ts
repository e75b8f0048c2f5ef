import type { CallFigures } from '../aggregates/model/call-figures.js';
import { readCost, readCredits } from '../aggregates/model/totals.js';
import type { AdviceDraft } from './advice-draft.js';
import { CostSum } from './cost-sum.js';
import type { RecentCall } from './recent-calls-store.js';

/** An amount below this part of what all calls cost is not worth a word: a thousandth. */
const MIN_SHARE = 1000n;

/** What all calls of a range cost. */
export function sumFigureCosts(total: CallFigures): CostSum {
  const sum = new CostSum();
  sum.add({ costE10: readCost(total), credits: readCredits(total) }, total.calls);
  return sum;
}

/** What some calls cost. */
export function sumCallCosts(calls: readonly RecentCall[]): CostSum {
  const sum = new CostSum();
  for (const call of calls) sum.add(call);
  return sum;
}

/** Leaves out drafts whose amount is less than a thousandth of what the calls cost that they are from. */
export function selectMaterial(drafts: readonly AdviceDraft[], total: CostSum): AdviceDraft[] {
  return drafts.filter(({ basis }) => {
    if (basis === null) return true;
    const amountE16 = basis.amountE16 < 0n ? -basis.amountE16 : basis.amountE16;
    return amountE16 * MIN_SHARE >= total.amountE16(basis.unit);
  });
}
