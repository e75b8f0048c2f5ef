import { html, type TemplateResult } from 'lit';
import { createStories } from '../../test-support/story.js';

export default { title: 'Elements/Alerts', component: 'usage-alerts' };

const render = (): TemplateResult => html`<usage-alerts></usage-alerts>`;
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
