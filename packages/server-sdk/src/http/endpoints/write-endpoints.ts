import type { WriteRouteName } from '../../contract/write-routes.js';
import {
  dismissAdviceEndpoint,
  finishAdviceEndpoint,
  reopenAdviceEndpoint,
} from './change-advice.js';
import type { WriteEndpoint } from './define-write-endpoint.js';
import {
  acknowledgeAlertEndpoint,
  changeAlertEndpoint,
  createAlertEndpoint,
  deleteAlertEndpoint,
  snoozeAlertEndpoint,
} from './write-alerts.js';
import {
  changeBudgetEndpoint,
  createBudgetEndpoint,
  deleteBudgetEndpoint,
} from './write-budgets.js';

/** Every writing endpoint by its name. */
const WRITE_ENDPOINTS: Readonly<Record<WriteRouteName, WriteEndpoint>> = {
  createAlert: createAlertEndpoint,
  changeAlert: changeAlertEndpoint,
  deleteAlert: deleteAlertEndpoint,
  acknowledgeAlert: acknowledgeAlertEndpoint,
  snoozeAlert: snoozeAlertEndpoint,
  createBudget: createBudgetEndpoint,
  changeBudget: changeBudgetEndpoint,
  deleteBudget: deleteBudgetEndpoint,
  dismissAdvice: dismissAdviceEndpoint,
  finishAdvice: finishAdviceEndpoint,
  reopenAdvice: reopenAdviceEndpoint,
};

/** The same as a list, in the order of the documentation. */
export const WRITE_ENDPOINT_LIST: readonly WriteEndpoint[] = Object.values(WRITE_ENDPOINTS);
