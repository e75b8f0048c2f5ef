import type { RouteName, WRITE_ROUTES, WriteRouteName } from '@usage-kit/server-sdk/contract';
import { checkAlerts, checkBudgets } from './check-alerts.js';
import { encodeSegment } from './serialize-query.js';

/** Writing endpoints of rules. */
export type AlertWriteName = Exclude<WriteRouteName, `${string}Advice`>;

/** What writes, typed in the same way. */
const WRITES: Pick<typeof WRITE_ROUTES, AlertWriteName> = {
  createAlert: { method: 'POST', path: '/alerts' },
  changeAlert: { method: 'PATCH', path: '/alerts/:ruleId' },
  deleteAlert: { method: 'DELETE', path: '/alerts/:ruleId' },
  acknowledgeAlert: { method: 'POST', path: '/alerts/:ruleId/acknowledge' },
  snoozeAlert: { method: 'POST', path: '/alerts/:ruleId/snooze' },
  createBudget: { method: 'POST', path: '/budgets' },
  changeBudget: { method: 'PATCH', path: '/budgets/:ruleId' },
  deleteBudget: { method: 'DELETE', path: '/budgets/:ruleId' },
};

/** A request that changes a rule. */
export interface AlertRequest {
  method: string;
  url: string;
  json?: object;
  idempotencyKey: string;
}

/** Makes a request that changes a rule; loaded with the first, like the checks of rules. */
export function toAlertRequest(
  baseUrl: string,
  name: AlertWriteName,
  id: string,
  json: object | undefined,
): AlertRequest {
  return {
    ...toWriteAddress(baseUrl, name, id),
    ...(json !== undefined && { json }),
    idempotencyKey: createIdempotencyKey(),
  };
}

/** Finds where the body of a route of rules differs from the contract, as `findWrongField` does. */
export function findWrongRules(
  route: Extract<RouteName, 'alerts' | 'budgets'>,
  body: unknown,
): string | null {
  return route === 'alerts' ? checkAlerts(body) : checkBudgets(body);
}

/** Method and address of a writing endpoint. @param id of what its path names */
function toWriteAddress(
  baseUrl: string,
  name: AlertWriteName,
  id: string,
): { method: string; url: string } {
  const { method, path } = WRITES[name];
  const filled = path.replace(/:\w+/, () => encodeSegment(id));
  return { method, url: `${baseUrl.replace(/\/+$/, '')}${filled}` };
}

const KEY_BYTES = 16;

/** Random, so that the server knows a request that is sent again; `randomUUID` is missing on pages without https. */
function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
