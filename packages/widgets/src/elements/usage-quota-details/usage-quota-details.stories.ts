import type { QuotaDetails } from '@usage-kit/server-sdk/contract';
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

/** One kind of row. */
export const OneKind: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    (await find(root, '[part="segments"] button:nth-child(2)')).click();
    await waitFor(() => root.querySelectorAll('[part="row"]').length === 3, 'three grants');
  },
};
