/** An endpoint that changes what is stored of a user. */
export interface WriteRoute {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Below the base path, `:name` for a parameter. */
  path: string;
}

/** What writes: the only list of them. */
export const WRITE_ROUTES = {
  dismissAdvice: { method: 'POST', path: '/advice/:adviceId/dismiss' },
  finishAdvice: { method: 'POST', path: '/advice/:adviceId/done' },
  reopenAdvice: { method: 'POST', path: '/advice/:adviceId/reopen' },
} as const satisfies Readonly<Record<string, WriteRoute>>;

export type WriteRouteName = keyof typeof WRITE_ROUTES;
