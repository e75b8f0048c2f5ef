import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { UsageError } from '../../errors.js';
import { FullError, KeyedBulkhead } from './keyed-bulkhead.js';

/** How much a user, a token and all of them together may ask. */
export interface RequestLimitOptions {
  /** `false`: no limit. */
  requestsPerMinute: number | false;
  /** `false`: no limit. */
  tokenRequestsPerMinute: number | false;
  requestsAtOnce: number;
  totalRequestsAtOnce: number;
}

/** Who a request counts for. */
export interface Counted {
  userDid: string;
  /** The embed token's id; `null` for a session. */
  tokenId: string | null;
}

/** Holds requests back that are too many. Counts are of this process. */
export interface RequestLimits {
  /** Counts a request. @throws UsageError `TOO_MANY_REQUESTS` with the seconds to wait */
  count(counted: Counted): Promise<void>;
  /**
   * Runs the work of a request when there is a place.
   *
   * @throws UsageError `TOO_MANY_REQUESTS` for one user or token, `SERVER_BUSY` for all together; both with the seconds
   *   to wait
   */
  run<T>(counted: Counted, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

const WINDOW_SECONDS = 60;
/** A page with all elements asks nine at once; several tabs of it wait in line rather than fail. */
const WAITING_FOR_EACH_PLACE = 8;
/** In seconds: a place is free as soon as any answer is done. */
const RETRY_SECONDS = 1;

/** Limits over the process's memory. */
export function createRequestLimits(options: RequestLimitOptions): RequestLimits {
  const { requestsAtOnce, totalRequestsAtOnce } = options;
  const sessions = limiterOf('session', options.requestsPerMinute);
  const tokensOfUser = limiterOf('tokens', options.requestsPerMinute);
  const tokens = limiterOf('token', options.tokenRequestsPerMinute);
  const places = new KeyedBulkhead(requestsAtOnce, requestsAtOnce * WAITING_FOR_EACH_PLACE);
  const all = new KeyedBulkhead(totalRequestsAtOnce, totalRequestsAtOnce * WAITING_FOR_EACH_PLACE);
  return {
    count: async ({ userDid, tokenId }) => {
      if (tokenId === null) {
        await consume(sessions, userDid);
        return;
      }
      // Pages that a user's tokens are on must not use up what the user's own session may ask.
      await consume(tokens, tokenId);
      await consume(tokensOfUser, userDid);
    },
    run: ({ userDid, tokenId }, signal, work) => {
      // A token has places of its own: what one page asks leaves the user's others alone.
      const key = JSON.stringify([userDid, tokenId]);
      return refusing('TOO_MANY_REQUESTS', 'Too many requests at once.', () =>
        places.run(key, signal, () =>
          refusing('SERVER_BUSY', 'The server is busy. Try again in a moment.', () =>
            all.run('', signal, work),
          ),
        ),
      );
    },
  };
}

function limiterOf(keyPrefix: string, perMinute: number | false): RateLimiterMemory | null {
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

async function refusing<T>(
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
