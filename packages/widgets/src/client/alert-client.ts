import type {
  AlertRuleInput,
  AlertRulePatch,
  Alerts,
  BudgetInput,
  BudgetPatch,
  Budgets,
  SnoozeInput,
} from '@usage-kit/server-sdk/contract';
import type { AlertWriteName } from './alert-requests.js';
import type { SendForJson } from './send-request.js';
import type { RequestOptions } from './usage-client.js';
import { importPart } from '../utils/import-part.js';

type AlertWrites = Pick<AlertClient, AlertWriteName>;

/** Given to every request that changes something. */
export interface WriteOptions extends RequestOptions {
  /**
   * Names what a person wants, in 8 to 128 printable characters: the same for every attempt, so that the server does it once.
   * @default another for each call
   */
  idempotencyKey?: string | undefined;
}

/** Reads and writes alert rules and budgets. Every method throws as those of {@link UsageClient}. */
export interface AlertClient {
  getAlerts(options?: RequestOptions): Promise<Alerts>;
  getBudgets(options?: RequestOptions): Promise<Budgets>;
  createAlert(input: AlertRuleInput, options?: WriteOptions): Promise<void>;
  changeAlert(ruleId: string, patch: AlertRulePatch, options?: WriteOptions): Promise<void>;
  /** With its state; its events stay in the history of deliveries. */
  deleteAlert(ruleId: string, options?: WriteOptions): Promise<void>;
  /** Also of a budget, as {@link snoozeAlert}. */
  acknowledgeAlert(ruleId: string, options?: WriteOptions): Promise<void>;
  snoozeAlert(ruleId: string, input: SnoozeInput, options?: WriteOptions): Promise<void>;
  createBudget(input: BudgetInput, options?: WriteOptions): Promise<void>;
  changeBudget(ruleId: string, patch: BudgetPatch, options?: WriteOptions): Promise<void>;
  deleteBudget(ruleId: string, options?: WriteOptions): Promise<void>;
}

/** Names of the methods that change rules: those of their endpoints. */
const WRITE_NAMES: readonly AlertWriteName[] = [
  ...(['createAlert', 'changeAlert', 'deleteAlert', 'acknowledgeAlert', 'snoozeAlert'] as const),
  ...(['createBudget', 'changeBudget', 'deleteBudget'] as const),
];

/** Makes the methods that change rules, of which only the names are loaded; a page reads the rules again afterwards. */
export function createAlertClient(
  sendForJson: SendForJson,
  reads: Pick<AlertClient, 'getAlerts' | 'getBudgets'>,
): AlertClient {
  const writes = WRITE_NAMES.map((name) => [
    name,
    async (...args: unknown[]) =>
      (await importPart(() => import('./alert-requests.js'))).writeRule(sendForJson, name, args),
  ]);
  return { ...reads, ...(Object.fromEntries(writes) as AlertWrites) };
}
