/** Supplies an embed token; `null` means that the request goes out with the page's cookies only. */
export type GetToken = () => Promise<string | null> | string | null;

/** Caches the token of a page; concurrent callers share one call of {@link GetToken}. */
export interface TokenSource {
  get(): Promise<string | null>;
  /** Drops `rejected` and requests a new token; concurrent callers share one request. */
  refresh(rejected: string | null): Promise<string | null>;
}

/** A token is replaced when this part of its life is over: that leaves time to retry if the page cannot supply one. */
const FRESH_PART = 0.8;

interface CachedToken {
  token: string | null;
  /** Epoch milliseconds from which on another token is requested; `Infinity` when the token has no lifetime. */
  staleAtMs: number;
}

/**
 * Token source over a page's `getToken`; tokens are only in memory.
 *
 * A token is replaced before it expires. A hundred concurrent 401 responses cause one call of `getToken`: a caller whose
 * refused token was already replaced gets the new one.
 *
 * @param now current epoch milliseconds; only differences count, so a wrong clock does not matter
 */
export function createTokenSource(getToken: GetToken, now: () => number): TokenSource {
  let pending: Promise<string | null> | null = null;
  let cached: CachedToken | null = null;

  const requestToken = (): Promise<string | null> => {
    pending ??= Promise.resolve()
      .then(getToken)
      .then((token) => {
        cached = { token, staleAtMs: now() + readLifetime(token) * FRESH_PART };
        return token;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  return {
    get: () => {
      if (cached === null) return requestToken();
      const { token, staleAtMs } = cached;
      if (now() < staleAtMs) return Promise.resolve(token);
      // The page may be offline for a moment: the token it gave is good for a while, and the server says when not.
      return requestToken().catch(() => token);
    },
    refresh(rejected) {
      if (pending !== null) return pending;
      if (cached !== null && cached.token !== rejected) return Promise.resolve(cached.token);
      cached = null;
      return requestToken();
    },
  };
}

/** How long a token lasts from its issue on, milliseconds, as its payload says; `Infinity` when it does not. */
function readLifetime(token: string | null): number {
  try {
    const payload = (token ?? '').split('.')[1] ?? '';
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const { iat, exp } = JSON.parse(text) as { iat?: unknown; exp?: unknown };
    return typeof iat === 'number' && typeof exp === 'number' ? (exp - iat) * 1000 : Infinity;
  } catch {
    return Infinity;
  }
}
