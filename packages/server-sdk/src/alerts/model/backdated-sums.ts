import type { AlertScope } from '../../contract/alerts.js';
import type { BackdatedPart, BackdatedQuarter } from '../../aggregates/store/backdated-store.js';
import { formatScope } from './format-scope.js';

/** What back-dated calls of a scope amount to since an instant. */
export type Backdated = Omit<BackdatedPart, 'appDid' | 'model'>;

const NO_CALLS: Backdated = {
  calls: 0,
  failedCalls: 0,
  endedCalls: 0,
  totalTokens: 0n,
  creditsE10: 0n,
  costE10: 0n,
};

/** Sums of a scope from each of its quarters on, the last quarter first. */
interface ScopeSums {
  quarters: number[];
  sums: Backdated[];
}

/** Back-dated calls by scope, added up once for all rules. */
export class BackdatedSums {
  readonly #byScope = new Map<string, ScopeSums>();

  /** @param quarters ascending */
  constructor(quarters: readonly BackdatedQuarter[]) {
    for (const { quarterMs, parts } of [...quarters].reverse()) {
      for (const part of parts) {
        this.#add({ kind: 'account' }, quarterMs, part);
        this.#add({ kind: 'project', appDid: part.appDid }, quarterMs, part);
        this.#add({ kind: 'model', model: part.model }, quarterMs, part);
      }
    }
  }

  /** Sums the calls of a scope that started at or after an instant, epoch ms: the start of a quarter of an hour. */
  get(scope: AlertScope, fromMs: number): Backdated {
    const known = this.#byScope.get(formatScope(scope));
    if (known === undefined) return NO_CALLS;
    const { quarters, sums } = known;
    let low = 0;
    let high = quarters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((quarters[middle] ?? -Infinity) >= fromMs) low = middle + 1;
      else high = middle;
    }
    return sums[low - 1] ?? NO_CALLS;
  }

  #add(scope: AlertScope, quarterMs: number, part: BackdatedPart): void {
    const key = formatScope(scope);
    const known = this.#byScope.get(key) ?? { quarters: [], sums: [] };
    if (known.sums.length === 0) this.#byScope.set(key, known);
    const { quarters, sums } = known;
    const sum = add(sums.at(-1) ?? NO_CALLS, part);
    if (quarters.at(-1) === quarterMs) {
      sums[sums.length - 1] = sum;
      return;
    }
    quarters.push(quarterMs);
    sums.push(sum);
  }
}

function add(sum: Backdated, part: BackdatedPart): Backdated {
  return {
    calls: sum.calls + part.calls,
    failedCalls: sum.failedCalls + part.failedCalls,
    endedCalls: sum.endedCalls + part.endedCalls,
    totalTokens: sum.totalTokens + part.totalTokens,
    creditsE10: sum.creditsE10 + part.creditsE10,
    costE10: sum.costE10 + part.costE10,
  };
}
