import { html, type TemplateResult } from 'lit';
import { createStories, createTableStory, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Models', component: 'usage-models' };

const render = (): TemplateResult => html`<usage-models></usage-models>`;
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

/** The same shares as a table. */
export const Table: ElementStory = createTableStory(render);
