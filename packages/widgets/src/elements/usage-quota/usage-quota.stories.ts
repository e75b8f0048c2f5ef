import { currentWorld } from '@usage-kit/testing/world';
import {
  QUOTA_DEPLETED,
  QUOTA_HUGE,
  QUOTA_IDLE,
  QUOTA_LOW,
  QUOTA_NO_ACCOUNT,
  QUOTA_OVERDUE,
  QUOTA_STALE,
  QUOTA_UNAVAILABLE,
  QUOTA_UNEVEN,
  QUOTA_UNLIMITED,
  QUOTA_WARNING,
} from '@usage-kit/testing/fixtures/quota';
import type { Quota } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import {
  choose,
  createStories,
  find,
  getRoot,
  waitFor,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Quota', component: 'usage-quota' };

const render = (): TemplateResult => html`<usage-quota></usage-quota>`;
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

const withQuota = (quota: Quota): ElementStory => ({
  render,
  parameters: { usage: { overrides: { getQuota: () => Promise.resolve(quota) } } },
});

export const Warning = withQuota(QUOTA_WARNING);
export const Low = withQuota(QUOTA_LOW);
export const Depleted = withQuota(QUOTA_DEPLETED);
export const Overdue = withQuota(QUOTA_OVERDUE);
export const Uneven = withQuota(QUOTA_UNEVEN);
export const NoRecentUse = withQuota(QUOTA_IDLE);
export const Stale = withQuota(QUOTA_STALE);
export const Unavailable = withQuota(QUOTA_UNAVAILABLE);
export const NoAccount = withQuota(QUOTA_NO_ACCOUNT);
export const Unlimited = withQuota(QUOTA_UNLIMITED);
export const Huge = withQuota(QUOTA_HUGE);

/** The automatic refresh is slower (WCAG 2.2.2). */
export const Slower: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    choose(await find<HTMLSelectElement>(root, '[part="poll"] select'), 'slow');
    await waitFor(() => currentWorld().store.pollRate === 'slow', 'the slower rate');
  },
};

/** With the number of alerts that fire. */
export const FiringAlerts: ElementStory = {
  render: () => html`<usage-quota show-alerts></usage-quota>`,
  async play(context) {
    await find(await getRoot(context), '[part="alerts"]');
  },
};
