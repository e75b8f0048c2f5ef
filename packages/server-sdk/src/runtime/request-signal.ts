import { AsyncLocalStorage } from 'node:async_hooks';

/** What statements are cancelled by. */
interface StatementScope {
  signal: AbortSignal | null;
  /** Milliseconds after which a statement is given up, with its connection. */
  deadlineMs: number;
}

/** Responses and records: above the longest that a request waits by default, below what a person takes for an outage. */
const REQUEST_DEADLINE_MS = 20_000;
/** The rollup, `verify` and other background work read whole days of calls in one statement. */
const BACKGROUND_DEADLINE_MS = 10 * 60_000;

/**
 * The scope of the work in progress, for the database driver several calls deeper. Passing it through every service and
 * store would put a parameter into each signature that only the driver needs.
 */
const current = new AsyncLocalStorage<StatementScope>();

/** Runs work for a request: its statements are cancelled when the signal is aborted. */
export function runForRequest<T>(signal: AbortSignal, work: () => PromiseLike<T>): Promise<T> {
  return runInScope({ signal, deadlineMs: REQUEST_DEADLINE_MS }, work);
}

/** Runs work that several requests share, or that outlives the one that started it: no disconnect cancels it. */
export function runDetached<T>(work: () => PromiseLike<T>): Promise<T> {
  return runInScope({ signal: null, deadlineMs: REQUEST_DEADLINE_MS }, work);
}

/** Runs detached work whose statements may each take so long, milliseconds. */
export function withStatementDeadline<T>(
  deadlineMs: number,
  work: () => PromiseLike<T>,
): Promise<T> {
  return runInScope({ signal: null, deadlineMs }, work);
}

/** Runs detached work that no request waits for and that may read much: the rollup, a migration, `verify`. */
export function runInBackground<T>(work: () => PromiseLike<T>): Promise<T> {
  return runInScope({ signal: null, deadlineMs: BACKGROUND_DEADLINE_MS }, work);
}

function runInScope<T>(scope: StatementScope, work: () => PromiseLike<T>): Promise<T> {
  // Awaited within: a query of Knex's starts only when it is awaited.
  return current.run(scope, async () => await work());
}

/** The signal of the request in progress; `null` outside of one. */
export function currentSignal(): AbortSignal | null {
  return current.getStore()?.signal ?? null;
}

/** How long a statement may take here, milliseconds. */
export function statementDeadlineMs(): number {
  return current.getStore()?.deadlineMs ?? REQUEST_DEADLINE_MS;
}
