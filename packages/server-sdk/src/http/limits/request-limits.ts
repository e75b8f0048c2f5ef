import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { UsageError } from '../../errors.js';
import { FullError, KeyedBulkhead } from './keyed-bulkhead.js';

/** How many requests a user, a token and all of them together may send. */
export interface RequestLimitOptions {
  /** `false`: no limit. */
  requestsPerMinute: number | false;
  /** `false`: no limit. */
  tokenRequestsPerMinute: number | false;
  maxConcurrentRequests: number;
  maxTotalConcurrentRequests: number;
}

/** What a request counts for. */
export interface Counted {
  userDid: string;
  /** The embed token's id; `null` for a session. */
  tokenId: string | null;
}

/** Limits the rate and the concurrency of requests. Counts are of this process. */
export interface RequestLimits {
  /** Counts a request. @throws UsageError `TOO_MANY_REQUESTS` with the seconds to wait */
  count(counted: Counted): Promise<void>;
  /**
   * Runs the work of a request when there is a slot.
   *
   * @throws UsageError `TOO_MANY_REQUESTS` for one user or token, `SERVER_BUSY` for all together; both with the seconds
   *   to wait
   */
  run<T>(counted: Counted, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

const WINDOW_SECONDS = 60;
/** A page with all elements sends nine requests at the same time; several tabs of it queue rather than fail. */
const MAX_WAITING_PER_SLOT = 8;
/** In seconds: a slot is free as soon as any request is done. */
const RETRY_SECONDS = 1;

/** Limits over the process's memory. */
export function createRequestLimits(options: RequestLimitOptions): RequestLimits {
  const { maxConcurrentRequests, maxTotalConcurrentRequests } = options;
  const sessions = createLimiter('session', options.requestsPerMinute);
  const tokensOfUser = createLimiter('tokens', options.requestsPerMinute);
  const tokens = createLimiter('token', options.tokenRequestsPerMinute);
  const slots = new KeyedBulkhead(
    maxConcurrentRequests,
    maxConcurrentRequests * MAX_WAITING_PER_SLOT,
  );
  const all = new KeyedBulkhead(
    maxTotalConcurrentRequests,
    maxTotalConcurrentRequests * MAX_WAITING_PER_SLOT,
  );
  return {
    count: async ({ userDid, tokenId }) => {
      if (tokenId === null) {
        await consume(sessions, userDid);
        return;
      }
      // Pages with a user's tokens must not use up the limit of the user's own session.
      await consume(tokens, tokenId);
      await consume(tokensOfUser, userDid);
    },
    run: ({ userDid, tokenId }, signal, work) => {
      // A token has its own slots: the requests of one page do not delay the user's others.
      const key = JSON.stringify([userDid, tokenId]);
      return rejectWhenFull('TOO_MANY_REQUESTS', 'Too many concurrent requests.', () =>
        slots.run(key, signal, () =>
          rejectWhenFull('SERVER_BUSY', 'The server is busy. Try again in a moment.', () =>
            all.run('', signal, work),
          ),
        ),
      );
    },
  };
}

function createLimiter(keyPrefix: string, perMinute: number | false): RateLimiterMemory | null {
  if (perMinute === false) return null;
  return new RateLimiterMemory({ keyPrefix, points: perMinute, duration: WINDOW_SECONDS });
}

async function consume(limiter: RateLimiterMemory | null, key: string): Promise<void> {
  if (limiter === null) return;
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new UsageError('TOO_MANY_REQUESTS', `Too many requests. Try again in ${seconds} s.`, {
      retryAfterSeconds: seconds,
    });
  }
}

async function rejectWhenFull<T>(
  code: 'TOO_MANY_REQUESTS' | 'SERVER_BUSY',
  detail: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FullError)) throw error;
    throw new UsageError(code, detail, { retryAfterSeconds: RETRY_SECONDS });
  }
}
