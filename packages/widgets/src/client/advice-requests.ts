import type { AdviceItem, WRITE_ROUTES } from '@usage-kit/server-sdk/contract';
import { findWrongAdviceItem } from './check-advice.js';
import { requireRight } from './load-check.js';
import type { SendForJson } from './send-request.js';
import { encodeSegment } from './serialize-query.js';
import type { RangeParams, RequestOptions } from './usage-client.js';

/** The writing endpoints of advice, typed as the contract's own literal. */
const WRITES: Pick<typeof WRITE_ROUTES, 'dismissAdvice' | 'finishAdvice' | 'reopenAdvice'> = {
  dismissAdvice: { method: 'POST', path: '/advice/:adviceId/dismiss' },
  finishAdvice: { method: 'POST', path: '/advice/:adviceId/done' },
  reopenAdvice: { method: 'POST', path: '/advice/:adviceId/reopen' },
};

/** An advice, what becomes of it, and the range in which it is shown. */
export type AdviceChange = [
  adviceId: string,
  state: AdviceItem['state'],
  range: Pick<RangeParams, 'from' | 'to'>,
  options?: RequestOptions,
];

/** Changes an advice; loaded with the first, like the checks of advice. @throws UsageRequestError */
export async function changeAdvice(
  sendForJson: SendForJson,
  [adviceId, state, range, options]: AdviceChange,
): Promise<unknown> {
  const name =
    state === 'open' ? 'reopenAdvice' : state === 'done' ? 'finishAdvice' : 'dismissAdvice';
  const { method, path } = WRITES[name];
  const json = state === 'open' ? {} : range;
  const filled = path.replace(':adviceId', () => encodeSegment(adviceId));
  const body = await sendForJson(
    (baseUrl) => ({ method, url: baseUrl.replace(/\/+$/, '') + filled, json }),
    options?.signal,
  );
  // Reopening has no answer.
  return requireRight(filled, state === 'open' ? null : findWrongAdviceItem(body), body);
}
