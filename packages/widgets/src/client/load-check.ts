import type { RouteName } from '@usage-kit/server-sdk/contract';
import type { Check } from './checks.js';
import { BAD_RESPONSE, toNoResponseError } from './send-request.js';
import { UsageRequestError } from './usage-request-error.js';
import { importPart } from '../utils/import-part.js';

/**
 * Loads what checks the bodies of a route, in one of three files: no page asks every route.
 *
 * @throws UsageRequestError `NETWORK`, which is tried again as if the request had failed
 */
export const loadCheck = (route: RouteName): Promise<Check> =>
  importCheck(route).catch((cause: unknown) => {
    throw toNoResponseError('NETWORK', cause);
  });

async function importCheck(route: RouteName): Promise<Check> {
  switch (route) {
    case 'quota':
    case 'overview':
    case 'trends':
    case 'projectStats':
    case 'projectTrends':
    case 'projectCalls': {
      const { findWrongField } = await importPart(() => import('./check-body.js'));
      return (body) => findWrongField(route, body);
    }
    case 'alerts':
    case 'budgets': {
      const { findWrongRules } = await importPart(() => import('./alert-requests.js'));
      return (body) => findWrongRules(route, body);
    }
    default: {
      const { findWrongOther } = await importPart(() => import('./check-others.js'));
      return (body) => findWrongOther(route, body);
    }
  }
}

/** @param wrong what a check found @throws UsageRequestError `BAD_RESPONSE` */
export function requireRight(name: string, wrong: string | null, body: unknown): unknown {
  if (wrong === null) return body;
  throw new UsageRequestError(`The response does not match the contract: ${name}${wrong}.`, {
    code: BAD_RESPONSE,
    status: 200,
    retryable: true,
  });
}
