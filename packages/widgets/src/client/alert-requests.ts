import type { RouteName, WRITE_ROUTES, WriteRouteName } from '@usage-kit/server-sdk/contract';
import type { WriteOptions } from './alert-client.js';
import type { SendForJson } from './send-request.js';
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

/**
 * Sends a request that changes a rule; loaded with the first, like the checks of rules.
 *
 * @param args of the method of the client: the id of the rule unless one is created, what to store if anything, options
 */
export async function writeRule(
  send: SendForJson,
  name: AlertWriteName,
  args: readonly unknown[],
): Promise<void> {
  const { id, body, options = {} } = readArguments(name, args);
  const { signal, idempotencyKey = createIdempotencyKey() } = options;
  // One key for the request, also when it is sent again with a fresh token.
  await send(
    (baseUrl) => ({ ...toWriteAddress(baseUrl, name, id), json: body, idempotencyKey }),
    signal,
  );
}

interface WriteArguments {
  id: string;
  body: object | undefined;
  options: WriteOptions | undefined;
}

function readArguments(name: AlertWriteName, args: readonly unknown[]): WriteArguments {
  const [first, second, third] = args;
  if (name.startsWith('create')) return { id: '', body: first, options: second } as WriteArguments;
  if (name.startsWith('delete')) {
    return { id: first, body: undefined, options: second } as WriteArguments;
  }
  if (name === 'acknowledgeAlert') {
    return { id: first, body: {}, options: second } as WriteArguments;
  }
  return { id: first, body: second, options: third } as WriteArguments;
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
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
