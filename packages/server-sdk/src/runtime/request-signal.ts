import { AsyncLocalStorage } from 'node:async_hooks';

/** What cancels the statements of the work in progress. */
interface StatementScope {
  signal: AbortSignal | null;
  /** Milliseconds after which a statement is cancelled and its connection closed. */
  deadlineMs: number;
}

/** Of responses and records: above the default `answerDeadlineMs`, below what a person takes for an outage. */
const REQUEST_DEADLINE_MS = 20_000;
/** The rollup, `verify` and other background work read whole days of calls in one statement. */
const BACKGROUND_DEADLINE_MS = 10 * 60_000;

/**
 * The scope of the work in progress, for the database driver several calls deeper. Passing it through every service and
 * store would put a parameter into each signature that only the driver needs.
 */
const current = new AsyncLocalStorage<StatementScope>();

/** Runs work for a request: aborting the signal cancels its statements. @param deadlineMs of each of them, milliseconds */
export function runForRequest<T>(
  signal: AbortSignal,
  work: () => PromiseLike<T>,
  deadlineMs = REQUEST_DEADLINE_MS,
): Promise<T> {
  return runInScope({ signal, deadlineMs }, work);
}

/**
 * Runs work that several requests share, or that outlives its request: no disconnect cancels it.
 *
 * @param deadlineMs milliseconds that each of its statements may take
 */
export function runDetached<T>(
  work: () => PromiseLike<T>,
  deadlineMs = REQUEST_DEADLINE_MS,
): Promise<T> {
  return runInScope({ signal: null, deadlineMs }, work);
}

/** Runs background work, whose statements may read many calls: the rollup, a migration, `verify`. */
export function runInBackground<T>(work: () => PromiseLike<T>): Promise<T> {
  return runDetached(work, BACKGROUND_DEADLINE_MS);
}

function runInScope<T>(scope: StatementScope, work: () => PromiseLike<T>): Promise<T> {
  // Awaited within the scope, because a query of Knex starts only when it is awaited.
  return current.run(scope, async () => await work());
}

/** Returns the signal of the request in progress; `null` outside of one. */
export function getRequestSignal(): AbortSignal | null {
  return current.getStore()?.signal ?? null;
}

/** Returns how long a statement of the work in progress may take, milliseconds. */
export function getStatementDeadlineMs(): number {
  return current.getStore()?.deadlineMs ?? REQUEST_DEADLINE_MS;
}
