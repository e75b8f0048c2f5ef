import {
  QUOTA_LOW,
  QUOTA_STALE,
  QUOTA_UNAVAILABLE,
  QUOTA_UNLIMITED,
} from '../../../../../.storybook/fixtures/quota.js';
import type { Quota } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import { createStories, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Quota', component: 'usage-quota' };

const render = (): TemplateResult => html`<usage-quota></usage-quota>`;
const stories = createStories(render);

export const Ready = stories.Ready;
export const Loading = stories.Loading;
export const Empty = stories.Empty;
export const Failed = stories.Failed;
export const SignedOut = stories.SignedOut;
export const Forbidden = stories.Forbidden;
export const RateLimited = stories.RateLimited;
export const Offline = stories.Offline;
export const Narrow = stories.Narrow;
export const Dark = stories.Dark;

const withQuota = (quota: Quota): ElementStory => ({
  render,
  parameters: { usage: { overrides: { getQuota: () => Promise.resolve(quota) } } },
});

export const Low = withQuota(QUOTA_LOW);
export const Stale = withQuota(QUOTA_STALE);
export const Unavailable = withQuota(QUOTA_UNAVAILABLE);
export const Unlimited = withQuota(QUOTA_UNLIMITED);
