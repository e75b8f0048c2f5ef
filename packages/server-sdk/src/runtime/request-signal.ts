import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf statements run. */
interface Behalf {
  signal: AbortSignal | null;
  /** Milliseconds after which a statement is given up, with its connection. */
  deadlineMs: number;
}

/** Answers and records: above the longest that a request waits by default, below what a person takes for an outage. */
const REQUEST_DEADLINE_MS = 20_000;
/** The rollup, `verify` and other background work read whole days of calls in one statement. */
const BACKGROUND_DEADLINE_MS = 10 * 60_000;

/**
 * The signal of the request that is being answered, for whoever works on its behalf several calls deeper. Handing it
 * through every service and store would put a parameter into each signature that only the database driver needs.
 */
const current = new AsyncLocalStorage<Behalf>();

/** Runs work on behalf of a request: its statements are cancelled when the signal is given. */
export function onBehalfOf<T>(signal: AbortSignal, work: () => PromiseLike<T>): Promise<T> {
  // Awaited within: a query of Knex's begins only when somebody waits for it.
  return current.run({ signal, deadlineMs: REQUEST_DEADLINE_MS }, async () => await work());
}

/** Runs work that many requests share, or that outlives the one that began it: nobody's hang-up cancels it. */
export function onNobodysBehalf<T>(work: () => PromiseLike<T>): Promise<T> {
  return current.run({ signal: null, deadlineMs: REQUEST_DEADLINE_MS }, async () => await work());
}

/** Runs work whose statements may take so long each, milliseconds; what a request's end does not cancel. */
export function withStatementDeadline<T>(
  deadlineMs: number,
  work: () => PromiseLike<T>,
): Promise<T> {
  return current.run({ signal: null, deadlineMs }, async () => await work());
}

/** Runs work that nobody waits for and that may read much: the rollup, a migration, `verify`. */
export function inBackground<T>(work: () => PromiseLike<T>): Promise<T> {
  return current.run(
    { signal: null, deadlineMs: BACKGROUND_DEADLINE_MS },
    async () => await work(),
  );
}

/** The signal of the request that is being answered; `null` outside of one. */
export function currentSignal(): AbortSignal | null {
  return current.getStore()?.signal ?? null;
}

/** How long a statement may take here, milliseconds. */
export function statementDeadlineMs(): number {
  return current.getStore()?.deadlineMs ?? REQUEST_DEADLINE_MS;
}
