import { html, type TemplateResult } from 'lit';
import { createStories, createTableStory, type ElementStory } from '../../test-support/story.js';

export default { title: 'Elements/Project Models', component: 'usage-project-models' };

const render = (): TemplateResult =>
  html`<usage-project-models
    app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
  ></usage-project-models>`;
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

export const NotFound: ElementStory = {
  render,
  parameters: { usage: { mode: 'not-found' } },
};
