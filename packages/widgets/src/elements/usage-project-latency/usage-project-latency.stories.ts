import { html, type TemplateResult } from 'lit';
import {
  choose,
  createStories,
  createTableStory,
  find,
  getRoot,
  type ElementStory,
} from '../../test-support/story.js';

export default { title: 'Elements/Project Latency', component: 'usage-project-latency' };

const render = (): TemplateResult =>
  html`<usage-project-latency
    app-did="zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c"
  ></usage-project-latency>`;
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

/** A bar read with the keyboard. */
export const Bar: ElementStory = {
  render,
  async play(context) {
    const root = await getRoot(context);
    choose(await find<HTMLInputElement>(root, '.chart-slider'), '6');
    await find(root, '.bar.active');
  },
};
