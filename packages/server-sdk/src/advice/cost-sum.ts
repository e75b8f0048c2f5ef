import type { AdviceCost } from '../contract/advice.js';
import { formatE10, addExact, type ExactInteger } from '../values/amounts.js';
import { parseAmount, toAmountLine, type ExactLine } from './arithmetic.js';

/** Cost and credits of some calls, as far as they are known. */
export class CostSum {
  calls = 0;
  #cost: ExactInteger = 0;
  #credits: ExactInteger = 0;
  #hasCost = false;
  #hasCredits = false;

  /** Adds a call, or figures of calls. */
  add(
    { costE10, credits }: { costE10: ExactInteger | null; credits: ExactInteger | null },
    calls = 1,
  ): void {
    this.calls += calls;
    if (costE10 !== null) {
      this.#cost = addExact(this.#cost, costE10);
      this.#hasCost = true;
    }
    if (credits !== null) {
      this.#credits = addExact(this.#credits, credits);
      this.#hasCredits = true;
    }
  }

  /** As claims have it. */
  toClaim(): AdviceCost {
    return {
      cost: this.#hasCost ? formatE10(BigInt(this.#cost)) : null,
      credits: this.#hasCredits ? formatE10(BigInt(this.#credits)) : null,
    };
  }

  /** Whether money or credits say what the calls cost: money where any is known; `null` where they cost nothing known. */
  get unit(): 'money' | 'credits' | null {
    if (this.#hasCost && this.#cost > 0) return 'money';
    return this.#hasCredits && this.#credits > 0 ? 'credits' : null;
  }

  /** The sum of a unit, units of 1e-16. */
  amountE16(unit: 'money' | 'credits'): bigint {
    return parseAmount(
      unit === 'money' ? formatE10(BigInt(this.#cost)) : formatE10(BigInt(this.#credits)),
    );
  }
}

/** The sum of a group; adds an empty one for a new group. */
export function getOrAddSum<Key>(groups: Map<Key, CostSum>, key: Key): CostSum {
  const known = groups.get(key);
  if (known) return known;
  const sum = new CostSum();
  groups.set(key, sum);
  return sum;
}

const MAX_LINES = 5;

/** A line for each project, the costliest first; beyond five of them, one for the rest. */
export function toProjectLines(
  projects: ReadonlyMap<string, CostSum>,
  unit: 'money' | 'credits',
): ExactLine[] {
  const amounts = [...projects]
    .map(([appDid, sum]) => ({ appDid, amountE16: sum.amountE16(unit) }))
    .sort((a, b) => compareAmounts(b.amountE16, a.amountE16) || (a.appDid < b.appDid ? -1 : 1));
  const [shown, rest] = [amounts.slice(0, MAX_LINES), amounts.slice(MAX_LINES)];
  const lines = shown.map(({ appDid, amountE16 }) =>
    toAmountLine('add', appDid, { name: 'cost', unit }, amountE16),
  );
  if (rest.length === 0) return lines;
  const others = rest.reduce((sum, { amountE16 }) => sum + amountE16, 0n);
  return [...lines, toAmountLine('add', null, { name: 'otherCost', unit }, others)];
}

/** Compares for an ascending sort. */
export function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
