import {
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  timeout,
} from 'cockatiel';
import type { Logger } from '../runtime/logger.js';
import { QuotaProviderError } from './quota-provider.js';

/** Questions that run at once. Each takes a handful of sockets. */
const MAX_RUNNING = 32;
/** Questions that wait for their turn; more are refused at once. */
const MAX_WAITING = 1000;
/** Failures in a row after which nobody is asked for a while. */
const FAILURES_TO_OPEN = 3;
/** That while: short beside the 60 s between two polls of a page, so that the first poll after it shows the recovery. */
const OPEN_MS = 5000;

/** Asks the provider, or refuses to. */
export interface ProviderGuard {
  /**
   * Runs one question under the deadline.
   *
   * @throws whatever the question throws, or at once while the provider is known not to answer or has too much to do
   */
  ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/**
 * Stands between the users and a provider that may hang or fail: a deadline, a limit on what runs and waits, and a
 * circuit breaker. The log tells when the provider stops answering and when it answers again, once each.
 *
 * The limit is inside the deadline: a client that cannot be aborted keeps its place until it is done, so that hung
 * questions never add up to more than {@link MAX_RUNNING}.
 */
export function createProviderGuard(deadlineMs: number, logger: Logger): ProviderGuard {
  const places = bulkhead(MAX_RUNNING, MAX_WAITING);
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  const counts = (error: Error): boolean =>
    // The one question that tries whether the provider is back has to be answered, whatever is wrong with it.
    breaker.state === CircuitState.HalfOpen || isFaultOfProvider(error);
  const breaker = circuitBreaker(handleWhen(counts), {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  let isDown = false;
  breaker.onBreak((reason) => {
    if (isDown) return;
    isDown = true;
    const error: unknown = 'error' in reason ? reason.error : null;
    logger.warn('The quota provider does not answer: last known values are shown', { error });
  });
  breaker.onReset(() => {
    if (isDown) logger.info('The quota provider answers again');
    isDown = false;
  });
  return {
    ask: (question) =>
      breaker.execute(() =>
        deadline.execute(({ signal }) => places.execute(() => question(signal), signal)),
      ),
  };
}

/** Not a question that is about one user, and not a crowd in front of a provider that answers. */
function isFaultOfProvider(error: Error): boolean {
  if (error instanceof QuotaProviderError) return error.concerns === 'provider';
  return !(error instanceof BulkheadRejectedError);
}
