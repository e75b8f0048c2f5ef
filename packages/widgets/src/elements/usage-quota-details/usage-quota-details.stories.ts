import type { QuotaDetails, QuotaDetailsParams } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import { quotaDetailsFixture } from '@usage-kit/testing/fixtures/quota-details';
import {
  createStories,
  find,
  getRoot,
  waitFor,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Quota Details', component: 'usage-quota-details' };

const render = (): TemplateResult => html`<usage-quota-details></usage-quota-details>`;
const stories = createStories(render);

export const Ready = stories.Ready;
export const Loading = stories.Loading;
export const Empty = stories.Empty;
export const Failed = stories.Failed;
export const FailedOverOldData = stories.FailedOverOldData;
export const SignedOut = stories.SignedOut;
export const Forbidden = stories.Forbidden;
export const RateLimited = stories.RateLimited;
export const Offline = stories.Offline;
export const OfflineOverOldData = stories.OfflineOverOldData;

const withDetails = (change: Partial<QuotaDetails>): ElementStory => ({
  render,
  parameters: {
    usage: {
      overrides: {
        getQuotaDetails: (params: object) =>
          Promise.resolve({ ...quotaDetailsFixture(params), ...change }),
      },
    },
  },
});
// The rows of the fixture add up to the balance after the newest of them.
const sum = { balance: '10087.64', rows: '10103.89', pending: '-16.25', unexplained: '0' };

export const Pending = withDetails({ sum });
export const Unexplained = withDetails({
  sum: { ...sum, balance: '9775.24', unexplained: '-312.4' },
});
export const Stale = withDetails({ stale: { since: '2026-11-22T08:00:00Z', ageSeconds: 5400 } });
export const Unavailable = withDetails({
  items: [],
  total: 0,
  currency: null,
  sum: null,
  status: 'unavailable',
  reason: 'noAnswer',
});

/** Days of which the entries come as they are given. */
function withDays(getEntries: () => Promise<QuotaDetails>): ElementStory {
  const getQuotaDetails = (params: QuotaDetailsParams): Promise<QuotaDetails> =>
    params.from === undefined ? Promise.resolve(quotaDetailsFixture(params)) : getEntries();
  return { render, parameters: { usage: { overrides: { getQuotaDetails } } } };
}

async function openFirst(context: Parameters<typeof getRoot>[0], shown: string): Promise<void> {
  const root = await getRoot(context);
  (await find(root, '.day-toggle')).click();
  await find(root, shown);
}

/** One kind of row. */
export const OneKind: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="segments"] button:nth-child(2)')).click();
    await waitFor(() => root.querySelectorAll('[part="row"]').length === 3, 'three grants');
  },
};

/** A day that is open, with its entries. */
export const OpenedDay: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    await waitFor(() => root.querySelectorAll('.day-toggle').length > 1, 'days');
    root.querySelectorAll<HTMLButtonElement>('.day-toggle')[1]?.click();
    await waitFor(() => root.querySelectorAll('tr.of-day .amount').length === 2, 'two entries');
  },
};

/** A day whose entries are still loading. */
export const OpeningDay: ElementStory = {
  ...withDays(() => new Promise<never>(() => undefined)),
  play: (context) => openFirst(context, 'tr.of-day .skeleton-block'),
};

/** A day whose entries could not be loaded. */
export const DayFailed: ElementStory = {
  ...withDays(() => Promise.reject(new TypeError('offline'))),
  play: (context) => openFirst(context, '[part="day-retry"]'),
};

/** Each entry, as a person chose. */
export const EachEntry: ElementStory = {
  render: () => html`<usage-quota-details .viewState=${{ groupBy: 'none' }}></usage-quota-details>`,
};
