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

/** Maximum number of concurrent requests. Each uses a few sockets. */
const MAX_RUNNING = 32;
/** Maximum number of waiting requests; further ones are refused immediately. */
const MAX_WAITING = 1000;
/** Consecutive failures after which requests are refused for {@link OPEN_MS}. */
const FAILURES_TO_OPEN = 3;
/** Short compared to the 60 s between two polls of a page, so that the next poll shows the recovery. */
const OPEN_MS = 5000;

/** Runs requests to the provider, or refuses them. */
export interface ProviderGuard {
  /**
   * Runs a request under the deadline.
   *
   * @throws the error of the request; immediately `BrokenCircuitError` while the provider fails, or `BulkheadRejectedError`
   *   when too many requests wait
   */
  run<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/**
 * Makes a guard for a provider that may hang or fail: a deadline, a bulkhead and a circuit breaker. Logs once when the
 * provider starts to fail and once when it has recovered.
 *
 * The bulkhead is inside the deadline: a client that cannot be aborted occupies its slot until it is done, so that at most
 * {@link MAX_RUNNING} requests hang.
 *
 * @see docs/adr/0010-quota-that-survives-its-provider.md
 */
export function createProviderGuard(deadlineMs: number, logger: Logger): ProviderGuard {
  const slots = bulkhead(MAX_RUNNING, MAX_WAITING);
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive);
  const countsAsFailure = (error: Error): boolean =>
    // The probe of a half-open circuit has to succeed: any error counts.
    breaker.state === CircuitState.HalfOpen || isProviderFailure(error);
  const breaker = circuitBreaker(handleWhen(countsAsFailure), {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  let isDown = false;
  breaker.onBreak((reason) => {
    if (isDown) return;
    isDown = true;
    const error: unknown = 'error' in reason ? reason.error : null;
    logger.warn('The quota provider fails: the last snapshots are shown', { error });
  });
  breaker.onReset(() => {
    if (isDown) logger.info('The quota provider has recovered');
    isDown = false;
  });
  return {
    run: (request) =>
      breaker.execute(() =>
        deadline.execute(({ signal }) => slots.execute(() => request(signal), signal)),
      ),
  };
}

/** Whether an error counts against the provider: not one that concerns a user, and not a full bulkhead. */
function isProviderFailure(error: Error): boolean {
  if (error instanceof QuotaProviderError) return error.concerns === 'provider';
  return !(error instanceof BulkheadRejectedError);
}
