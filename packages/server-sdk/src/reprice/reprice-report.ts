import { formatE10 } from '../values/amounts.js';
import type { StoredCall } from '../values/stored-call.js';

/** Sums of money by currency, exact, e.g. `{ USD: '12.5' }`. */
export type CostByCurrency = Record<string, string>;

/** The calls of a model whose cost changes. */
export interface RepricedModel {
  model: string;
  provider: string | null;
  /** Calls whose cost changes. */
  calls: number;
  before: CostByCurrency;
  after: CostByCurrency;
}

/** What a repricing found and changed. */
export interface RepriceReport {
  /** Whether nothing was written. */
  dryRun: boolean;
  /** Calls of the range that ended, without those whose cost the provider reported or the host named. */
  calls: number;
  /** Calls whose cost, or the table it is from, is another now. */
  changedCalls: number;
  /** Of `calls`: without a known cost, before and after. */
  unpricedBefore: number;
  unpricedAfter: number;
  /** Costs of `calls`. */
  before: CostByCurrency;
  after: CostByCurrency;
  /** The models whose calls change, most calls first. */
  models: RepricedModel[];
}

/** Money by currency, units of 1e-10. */
class Costs {
  readonly #units = new Map<string, bigint>();

  add({ costE10, currency }: StoredCall): void {
    if (costE10 === null || currency === null) return;
    this.#units.set(currency, (this.#units.get(currency) ?? 0n) + BigInt(costE10));
  }

  toRecord(): CostByCurrency {
    const entries = [...this.#units].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([currency, units]) => [currency, formatE10(units)]));
  }
}

/** Adds up calls before and after they are priced again. */
export class RepriceCounter {
  #calls = 0;
  #changedCalls = 0;
  #unpricedBefore = 0;
  #unpricedAfter = 0;
  readonly #before = new Costs();
  readonly #after = new Costs();
  readonly #models = new Map<string, { calls: number; before: Costs; after: Costs }>();

  constructor(readonly dryRun: boolean) {}

  /** Counts a call. */
  add(before: StoredCall, after: StoredCall): void {
    this.#calls += 1;
    if (before.costE10 === null) this.#unpricedBefore += 1;
    if (after.costE10 === null) this.#unpricedAfter += 1;
    this.#before.add(before);
    this.#after.add(after);
    if (after === before) return;
    this.#changedCalls += 1;
    const key = JSON.stringify([before.model, before.provider]);
    const model = this.#models.get(key) ?? { calls: 0, before: new Costs(), after: new Costs() };
    this.#models.set(key, model);
    model.calls += 1;
    model.before.add(before);
    model.after.add(after);
  }

  toReport(): RepriceReport {
    return {
      dryRun: this.dryRun,
      calls: this.#calls,
      changedCalls: this.#changedCalls,
      unpricedBefore: this.#unpricedBefore,
      unpricedAfter: this.#unpricedAfter,
      before: this.#before.toRecord(),
      after: this.#after.toRecord(),
      models: [...this.#models]
        .map(([key, { calls, before, after }]) => {
          const [model = '', provider = ''] = JSON.parse(key) as string[];
          const names = { model, provider: provider === '' ? null : provider };
          return { ...names, calls, before: before.toRecord(), after: after.toRecord() };
        })
        .sort((a, b) => b.calls - a.calls || (a.model < b.model ? -1 : 1)),
    };
  }
}
