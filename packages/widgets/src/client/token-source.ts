/** Supplies an embed token; `null` means that the request goes out with the page's cookies only. */
export type GetToken = () => Promise<string | null> | string | null;

/** A cached token that is asked for at most once at a time. */
export interface TokenSource {
  get(): Promise<string | null>;
  /** Forgets `rejected` and asks anew; callers at the same time share one question. */
  refresh(rejected: string | null): Promise<string | null>;
}

/**
 * Token source over a page's `getToken`.
 *
 * One hundred requests refused at once cause one call of `getToken`: a caller whose refused token was already replaced
 * gets the new one.
 */
export function createTokenSource(getToken: GetToken): TokenSource {
  let pending: Promise<string | null> | null = null;
  let held: { token: string | null } | null = null;

  const ask = (): Promise<string | null> => {
    pending ??= Promise.resolve()
      .then(getToken)
      .then((token) => {
        held = { token };
        return token;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  return {
    get: () => (held === null ? ask() : Promise.resolve(held.token)),
    refresh(rejected) {
      if (pending !== null) return pending;
      if (held !== null && held.token !== rejected) return Promise.resolve(held.token);
      held = null;
      return ask();
    },
  };
}
