import type { WriteRouteName } from '../../contract/write-routes.js';
import {
  dismissAdviceEndpoint,
  finishAdviceEndpoint,
  reopenAdviceEndpoint,
} from './change-advice.js';
import type { WriteEndpoint } from './define-write-endpoint.js';

/** Every writing endpoint by its name. */
export const WRITE_ENDPOINTS: Readonly<Record<WriteRouteName, WriteEndpoint>> = {
  dismissAdvice: dismissAdviceEndpoint,
  finishAdvice: finishAdviceEndpoint,
  reopenAdvice: reopenAdviceEndpoint,
};

/** The same as a list, in the order of the documentation. */
export const WRITE_ENDPOINT_LIST: readonly WriteEndpoint[] = Object.values(WRITE_ENDPOINTS);
