import { AsyncResource } from 'node:async_hooks';
import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from 'cockatiel';

/** Thrown when neither a slot nor room in the queue is left. */
export class FullError extends Error {
  override readonly name = 'FullError';
}

/** Limits the concurrent work of each key: some more is queued, the rest is rejected. */
export class KeyedBulkhead {
  readonly #gates = new Map<string, BulkheadPolicy>();

  constructor(
    readonly slots: number,
    readonly maxQueued: number,
  ) {}

  /** Keys with work in progress or queued. */
  get size(): number {
    return this.#gates.size;
  }

  /** Runs work when there is a slot. @throws FullError when the queue is full */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const gate = this.#gates.get(key) ?? bulkhead(this.slots, this.maxQueued);
    this.#gates.set(key, gate);
    // Queued work is started by the work that frees a slot: bound, it still runs in the context of its request.
    const resource = new AsyncResource('UsageRequest');
    try {
      return await gate.execute(() => resource.runInAsyncScope(work), signal);
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new FullError('No slot', { cause: error });
      throw error;
    } finally {
      const isIdle = gate.executionSlots === this.slots && gate.queueSlots === this.maxQueued;
      if (isIdle) this.#gates.delete(key);
    }
  }
}
