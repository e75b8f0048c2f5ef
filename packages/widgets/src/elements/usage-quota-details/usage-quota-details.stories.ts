import { html, type TemplateResult } from 'lit';
import { createStories } from '../../test-support/story.js';

export default { title: 'Elements/Quota Details', component: 'usage-quota-details' };

const render = (): TemplateResult => html`<usage-quota-details></usage-quota-details>`;
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
