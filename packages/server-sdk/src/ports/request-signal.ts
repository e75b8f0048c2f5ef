import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The signal of the request that is being answered, for whoever works on its behalf several calls deeper. Handing it
 * through every service and store would put a parameter into each signature that only the database driver needs.
 */
const current = new AsyncLocalStorage<AbortSignal | null>();

/** Runs work on behalf of a request: its statements are cancelled when the signal is given. */
export function onBehalfOf<T>(signal: AbortSignal, work: () => PromiseLike<T>): Promise<T> {
  // Awaited within: a query of Knex's begins only when somebody waits for it.
  return current.run(signal, async () => await work());
}

/** Runs work that many requests share, or that outlives the one that began it: nobody's hang-up cancels it. */
export function onNobodysBehalf<T>(work: () => PromiseLike<T>): Promise<T> {
  return current.run(null, async () => await work());
}

/** The signal of the request that is being answered; `null` outside of one. */
export function currentSignal(): AbortSignal | null {
  return current.getStore() ?? null;
}
