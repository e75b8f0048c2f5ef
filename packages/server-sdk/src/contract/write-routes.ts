/** An endpoint that changes what is stored of a user. */
export interface WriteRoute {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Below the base path, `:name` for a parameter. */
  path: string;
}

/** What writes: the only list of them. */
export const WRITE_ROUTES = {
  createAlert: { method: 'POST', path: '/alerts' },
  changeAlert: { method: 'PATCH', path: '/alerts/:ruleId' },
  deleteAlert: { method: 'DELETE', path: '/alerts/:ruleId' },
  acknowledgeAlert: { method: 'POST', path: '/alerts/:ruleId/acknowledge' },
  snoozeAlert: { method: 'POST', path: '/alerts/:ruleId/snooze' },
  createBudget: { method: 'POST', path: '/budgets' },
  changeBudget: { method: 'PATCH', path: '/budgets/:ruleId' },
  deleteBudget: { method: 'DELETE', path: '/budgets/:ruleId' },
  dismissAdvice: { method: 'POST', path: '/advice/:adviceId/dismiss' },
  finishAdvice: { method: 'POST', path: '/advice/:adviceId/done' },
  reopenAdvice: { method: 'POST', path: '/advice/:adviceId/reopen' },
} as const satisfies Readonly<Record<string, WriteRoute>>;

export type WriteRouteName = keyof typeof WRITE_ROUTES;
