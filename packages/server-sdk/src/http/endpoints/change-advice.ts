import { z } from 'zod';
import { WRITE_ROUTES } from '../../contract/write-routes.js';
import { setAdviceState, reopenAdvice } from '../../advice/change-advice.js';
import { resolveRange } from '../core/define-query.js';
import type { HandlerDependencies } from '../core/request-context.js';
import { adviceItem } from '../schemas/advice-parts.js';
import { instant } from '../schemas/range-parameters.js';
import { defineWriteEndpoint, type WriteRequest } from './define-write-endpoint.js';

/** The range in which the advice is shown, by default the last 30 days. */
const RANGE_BODY = z.strictObject({ from: instant.optional(), to: instant.optional() });

type RangeBody = z.infer<typeof RANGE_BODY>;

function keep(
  state: 'dismissed' | 'done',
): (
  deps: HandlerDependencies,
  request: WriteRequest & { body: RangeBody },
) => ReturnType<typeof setAdviceState> {
  return (deps, { userDid, projects, nowMs, params, body }) =>
    setAdviceState(deps, userDid, {
      ...{ state, projects, nowMs, adviceId: params['adviceId'] ?? '' },
      range: resolveRange(body, nowMs, deps.limits),
    });
}

/** `POST /advice/:adviceId/dismiss`. */
export const dismissAdviceEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.dismissAdvice,
  name: 'dismissAdvice',
  summary: 'Hides an advice',
  scope: 'advice:write',
  body: RANGE_BODY,
  response: adviceItem,
  handle: keep('dismissed'),
});

/** `POST /advice/:adviceId/done`. */
export const finishAdviceEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.finishAdvice,
  name: 'finishAdvice',
  summary: 'Says that an advice was followed, so that what it saves is measured',
  scope: 'advice:write',
  body: RANGE_BODY,
  response: adviceItem,
  handle: keep('done'),
});

/** `POST /advice/:adviceId/reopen`. */
export const reopenAdviceEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.reopenAdvice,
  name: 'reopenAdvice',
  summary: 'Takes back that an advice was dismissed or done',
  scope: 'advice:write',
  body: null,
  response: null,
  handle: async (deps, { userDid, projects, params }) => {
    await reopenAdvice(deps, userDid, { projects, adviceId: params['adviceId'] ?? '' });
    return null;
  },
});
