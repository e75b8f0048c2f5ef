import type { RouteName } from '@usage-kit/server-sdk/contract';
import type { QueryParams } from '../client/serialize-query.js';
import type { RangeParams, RequestOptions } from '../client/usage-client.js';
import type { QueryRequest } from '../controllers/query-controller.js';
import { toQueryKey } from '../store/query-key.js';
import { icons } from './icons.js';
import type { Notice } from './render-states.js';
import type { RangeInput, ResolvedRange } from '../format/range.js';
import type { UsageElement } from './usage-element.js';

/** A question about a range. */
export interface RangeQuestion<T> {
  route: RouteName;
  /** Parameters beside the range; part of the key. */
  params?: QueryParams;
  appDid?: string;
  intervalMs?: number;
  /** In place of the element's range. */
  range?: RangeInput;
  ask(range: RangeParams, options: RequestOptions): Promise<T>;
}

/**
 * Turns a question about the element's range into a request to the store; `null` while the range cannot be read.
 *
 * The range is resolved when the request is sent, not when the element renders: `last-30-days` follows now.
 */
export function toRangeRequest<T>(
  host: UsageElement,
  question: RangeQuestion<T>,
): QueryRequest<T> | null {
  const { store, timeZone } = host.settings;
  const { route, appDid, params = {}, intervalMs = null, range = host.settings.range } = question;
  if (host.resolveRangeFor(range, timeZone) === null) return null;
  const key = toQueryKey(route, { ...params, ...range, timeZone }, appDid);
  return {
    store,
    intervalMs,
    group: `${route} ${appDid ?? ''}`,
    query: {
      key,
      fetch: ({ signal }) => {
        const resolved = host.resolveRangeFor(range, timeZone);
        return question.ask({ ...resolved, timeZone }, { signal });
      },
    },
  };
}

/** Why an element has no question to ask; `null` when it has one. */
export function rangeProblem(host: UsageElement): Notice | null {
  if (host.resolveRangeNow() !== null) return null;
  const { t } = host.localizer;
  return {
    icon: icons.warning(24),
    title: t('invalidRangeTitle'),
    text: t('invalidRangeText'),
  };
}

const HOURLY_UP_TO_MS = 7.1 * 86_400_000;

/** Buckets for a trend: hours up to a week (with its 25-hour day), days beyond. */
export function granularityFor(range: ResolvedRange | null): 'hour' | 'day' {
  if (range === null) return 'day';
  return Date.parse(range.to) - Date.parse(range.from) <= HOURLY_UP_TO_MS ? 'hour' : 'day';
}
