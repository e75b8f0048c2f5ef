import { html, type TemplateResult } from 'lit';
import {
  createStories,
  createPointStory,
  createTableStory,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Project Trends', component: 'usage-project-trends' };

const render = (): TemplateResult =>
  html`<usage-project-trends
    app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
  ></usage-project-trends>`;
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

/** The same numbers as a table. */
export const Table: ElementStory = createTableStory(render);

/** A point read with the keyboard. */
export const Point: ElementStory = createPointStory(render);

/** Calls stacked by model, with the calls of the period before. */
export const ByModel: ElementStory = {
  render: () =>
    html`<usage-project-trends
      app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
      group-by="model"
      compare
    ></usage-project-trends>`,
};
