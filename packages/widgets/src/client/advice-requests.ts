import type { AdviceItem, WRITE_ROUTES } from '@usage-kit/server-sdk/contract';
import { findWrongAdviceItem } from './check-advice.js';
import { encodeSegment } from './serialize-query.js';
import type { RangeParams } from './usage-client.js';

/** The writing endpoints of advice, typed as the contract's own literal. */
const WRITES: Pick<typeof WRITE_ROUTES, 'dismissAdvice' | 'finishAdvice' | 'reopenAdvice'> = {
  dismissAdvice: { method: 'POST', path: '/advice/:adviceId/dismiss' },
  finishAdvice: { method: 'POST', path: '/advice/:adviceId/done' },
  reopenAdvice: { method: 'POST', path: '/advice/:adviceId/reopen' },
};

/** A request that changes an advice, below the base URL. */
export interface AdviceRequest {
  method: string;
  path: string;
  json: object;
  /** Finds where the answer is wrong; `null`: there is none. */
  findWrong: ((body: unknown) => string | null) | null;
}

/** Requests that change advice; loaded with the first, like the checks of advice. */
export function toAdviceRequest(
  adviceId: string,
  state: AdviceItem['state'],
  range: Pick<RangeParams, 'from' | 'to'>,
): AdviceRequest {
  const name =
    state === 'open' ? 'reopenAdvice' : state === 'done' ? 'finishAdvice' : 'dismissAdvice';
  const { method, path } = WRITES[name];
  return {
    method,
    path: path.replace(':adviceId', () => encodeSegment(adviceId)),
    json: state === 'open' ? {} : range,
    findWrong: state === 'open' ? null : findWrongAdviceItem,
  };
}
