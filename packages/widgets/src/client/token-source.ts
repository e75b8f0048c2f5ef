/** Supplies an embed token; `null` means that the request goes out with the page's cookies only. */
export type GetToken = () => Promise<string | null> | string | null;

/** A cached token that is asked for at most once at a time. */
export interface TokenSource {
  get(): Promise<string | null>;
  /** Drops `rejected` and requests a new token; concurrent callers share one request. */
  refresh(rejected: string | null): Promise<string | null>;
}

/** A token is replaced when this part of its life is over: there is time to ask again if the page cannot supply one. */
const FRESH_PART = 0.8;

interface Held {
  token: string | null;
  /** Epoch ms from which on another is asked for; `Infinity` when the token does not say how long it lasts. */
  staleAtMs: number;
}

/**
 * Token source over a page's `getToken`; tokens are held in memory alone.
 *
 * A token is replaced before it expires. One hundred requests that are refused together cause one call of `getToken`: a caller whose
 * refused token was already replaced gets the new one.
 *
 * @param now current epoch milliseconds; only differences count, so a wrong clock does not matter
 */
export function createTokenSource(getToken: GetToken, now: () => number): TokenSource {
  let pending: Promise<string | null> | null = null;
  let held: Held | null = null;

  const ask = (): Promise<string | null> => {
    pending ??= Promise.resolve()
      .then(getToken)
      .then((token) => {
        held = { token, staleAtMs: now() + readLifetime(token) * FRESH_PART };
        return token;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  return {
    get: () => {
      if (held === null) return ask();
      const { token, staleAtMs } = held;
      if (now() < staleAtMs) return Promise.resolve(token);
      // The page may be offline for a moment: the token it gave is good for a while, and the server says when not.
      return ask().catch(() => token);
    },
    refresh(rejected) {
      if (pending !== null) return pending;
      if (held !== null && held.token !== rejected) return Promise.resolve(held.token);
      held = null;
      return ask();
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
