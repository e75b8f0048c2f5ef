import { html, type TemplateResult } from 'lit';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import { createStories, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Overview', component: 'usage-overview' };

const render = (): TemplateResult => html`<usage-overview></usage-overview>`;
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

/** What calls cost in money. */
export const Money: ElementStory = {
  render: () => html`<usage-overview amounts="money"></usage-overview>`,
};

/** The same in a currency of the host's choice. */
export const ConvertedMoney: ElementStory = {
  render: () =>
    html`<usage-overview
      amounts="money"
      display-currency='{"currency":"EUR","rate":"0.92","date":"2026-11-28"}'
    ></usage-overview>`,
};

/** The cost of some calls is not known. */
export const PartlyPricedMoney: ElementStory = {
  render: () => html`<usage-overview amounts="money"></usage-overview>`,
  parameters: {
    usage: {
      overrides: {
        getOverview: () =>
          Promise.resolve({ ...OVERVIEW, totals: { ...OVERVIEW.totals, unpricedCalls: 2_411 } }),
      },
    },
  },
};
