import type {
  AlertRuleInput,
  AlertRulePatch,
  Alerts,
  Budgets,
  SnoozeInput,
} from '@usage-kit/server-sdk/contract';
import type { AlertWriteName } from './alert-requests.js';
import type { RequestOptions } from './usage-client.js';

/** Reads and writes alert rules, and reads budgets. Every method throws as those of {@link UsageClient}. */
export interface AlertClient {
  getAlerts(options?: RequestOptions): Promise<Alerts>;
  getBudgets(options?: RequestOptions): Promise<Budgets>;
  createAlert(input: AlertRuleInput, options?: RequestOptions): Promise<void>;
  changeAlert(ruleId: string, patch: AlertRulePatch, options?: RequestOptions): Promise<void>;
  /** With its state; its events stay in the history of deliveries. */
  deleteAlert(ruleId: string, options?: RequestOptions): Promise<void>;
  /** Also of a budget, as {@link snoozeAlert}. */
  acknowledgeAlert(ruleId: string, options?: RequestOptions): Promise<void>;
  snoozeAlert(ruleId: string, input: SnoozeInput, options?: RequestOptions): Promise<void>;
}

/** Sends a request that changes something. */
export type WriteRequest = (
  name: AlertWriteName,
  id: string,
  json: object | undefined,
  options?: RequestOptions,
) => Promise<unknown>;

/** Makes the methods that change rules; a page reads the rules again afterwards. */
export function createAlertClient(
  write: WriteRequest,
  reads: Pick<AlertClient, 'getAlerts' | 'getBudgets'>,
): AlertClient {
  return {
    ...reads,
    createAlert: async (input, o) => void (await write('createAlert', '', input, o)),
    changeAlert: async (ruleId, patch, o) => void (await write('changeAlert', ruleId, patch, o)),
    deleteAlert: async (ruleId, o) => void (await write('deleteAlert', ruleId, undefined, o)),
    acknowledgeAlert: async (ruleId, o) => void (await write('acknowledgeAlert', ruleId, {}, o)),
    snoozeAlert: async (ruleId, input, o) => void (await write('snoozeAlert', ruleId, input, o)),
  };
}
