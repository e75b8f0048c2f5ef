import type { CallRow } from './call-rows.js';
import {
  FiguresAdder,
  copyFigures,
  emptyFigures,
  settleFigures,
  type RangeFigures,
} from './range-figures.js';
import type { FigureWant } from './stats-rows.js';

/** Characters that a call takes in memory, about. */
export const CALL_SIZE = 250;

/** Sums of the first calls of an hour. */
interface Sums {
  figures: RangeFigures;
  /** How many calls they are of. */
  count: number;
  size: number;
}

/**
 * Calls of an hour that may get more, and sums that were made of them: an answer costs what was added since the last, not
 * what there was before. It is never changed but in what it remembers, since several answers may hold it.
 */
export class LiveHour {
  /** Start of its first call, epoch ms. */
  readonly firstMs: number;
  /** Start of its last call, epoch ms. */
  readonly lastMs: number;
  readonly #calls: readonly CallRow[];
  /** By what is wanted. */
  readonly #sums: Map<string, Sums>;

  private constructor(
    calls: readonly CallRow[],
    sums: Map<string, Sums>,
    firstMs: number,
    lastMs: number,
  ) {
    this.#calls = calls;
    this.#sums = sums;
    this.firstMs = firstMs;
    this.lastMs = lastMs;
  }

  /** An hour, or what is known of it, and calls that are not among those known. */
  static of(calls: readonly CallRow[], known: LiveHour | undefined): LiveHour {
    let firstMs = known?.firstMs ?? Infinity;
    let lastMs = known?.lastMs ?? -Infinity;
    for (const { startedAtMs } of calls) {
      firstMs = Math.min(firstMs, startedAtMs);
      lastMs = Math.max(lastMs, startedAtMs);
    }
    return new LiveHour(
      [...(known ? known.#calls : []), ...calls],
      new Map(known ? known.#sums : []),
      firstMs,
      lastMs,
    );
  }

  /** All of its calls. */
  get calls(): readonly CallRow[] {
    return this.#calls;
  }

  /** Characters that it takes in memory, about. */
  get size(): number {
    let size = this.#calls.length * CALL_SIZE;
    for (const sums of this.#sums.values()) size += sums.size;
    return size;
  }

  /** Sums of all of its calls, never to be changed. */
  sums(want: FigureWant): RangeFigures {
    const key = JSON.stringify(want);
    const known = this.#sums.get(key);
    if (known?.count === this.#calls.length) return known.figures;
    const all = copyFigures([known?.figures ?? emptyFigures()]);
    const range = { fromMs: -Infinity, toMs: Infinity, want };
    const adder = new FiguresAdder([range], all);
    for (const call of this.#calls.slice(known?.count ?? 0)) adder.addCall(call);
    const size = settleFigures(all);
    const [figures = emptyFigures()] = all;
    this.#sums.set(key, { figures, count: this.#calls.length, size });
    return figures;
  }
}
