import { AsyncResource } from 'node:async_hooks';
import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from 'cockatiel';

/** Thrown when neither a place nor room to wait for one is left. */
export class FullError extends Error {
  override readonly name = 'FullError';
}

/** So many pieces of work of one key at once; some more wait, the rest is refused. */
export class KeyedBulkhead {
  readonly #gates = new Map<string, BulkheadPolicy>();

  constructor(
    readonly places: number,
    readonly waiting: number,
  ) {}

  /** Keys that have work; none is kept longer than its work. */
  get size(): number {
    return this.#gates.size;
  }

  /** Runs work when there is a place. @throws FullError when there is not even room to wait */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const gate = this.#gates.get(key) ?? bulkhead(this.places, this.waiting);
    this.#gates.set(key, gate);
    // What waits is started by whoever makes room: bound, it still runs on behalf of its own request.
    const asker = new AsyncResource('UsageRequest');
    try {
      return await gate.execute(() => asker.runInAsyncScope(work), signal);
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new FullError('No place', { cause: error });
      throw error;
    } finally {
      const isIdle = gate.executionSlots === this.places && gate.queueSlots === this.waiting;
      if (isIdle) this.#gates.delete(key);
    }
  }
}
